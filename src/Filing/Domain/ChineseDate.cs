using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>
/// Dates as Chinese offices write them: 2013年4月2日, 二○一二年六月十四日, 2013-04-02, 2013.4.2, 2013/4/2, 20130402, with spaces and
/// full-width digits anywhere. Only whole dates with a four-digit year from 1000 on; a date that does not exist is none.
/// </summary>
public static class ChineseDate
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>Reads a text that is one date and nothing else. A weekday may follow (2013年4月17日 星期三); it must be the right one.</summary>
    /// <param name="text">The text; null and blank are no date.</param>
    /// <param name="date">The date, or the default value.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateOnly date)
    {
        date = default;
        if (string.IsNullOrEmpty(text))
            return false;

        var at = SkipBlanks(text, 0);
        return (TryReadCompact(text, at, out var end, out var read) || TryRead(text, at, out end, out read))
            && TryReadWeekday(text, ref end, read)
            && SkipBlanks(text, end) == text.Length
            && (date = read) != default;
    }

    /// <summary>
    /// Every date in running text, in order and not overlapping, with its place in UTF-16 units. Eight digits in a row are not taken for a date
    /// here (they are usually a number), and a date is not torn out of a longer run of digits.
    /// </summary>
    public static IEnumerable<(int Start, int Length, DateOnly Date)> FindAll(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Find(text);
    }

    /// <summary>2013年4月2日, without leading zeros (GB/T 9704-2012 §7.3.5.4).</summary>
    public static string Format(DateOnly date) => $"{date.Year}年{date.Month}月{date.Day}日";

    /// <summary>2013年4月17日 星期三.</summary>
    public static string FormatFull(DateOnly date) => $"{Format(date)} {Weekday(date)}";

    /// <summary>4月17日: for a sentence whose year is known.</summary>
    public static string FormatShort(DateOnly date) => $"{date.Month}月{date.Day}日";

    /// <summary>星期三.</summary>
    public static string Weekday(DateOnly date) => $"星期{Weekdays[(int)date.DayOfWeek]}";

    private static IEnumerable<(int, int, DateOnly)> Find(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Glyph.ChineseDigit(text[at]) < 0 || (at > 0 && Glyph.ChineseDigit(text[at - 1]) >= 0))
                continue;
            if (!TryRead(text, at, out var end, out var date) || (end < text.Length && Glyph.Digit(text[end - 1]) >= 0 && Glyph.Digit(text[end]) >= 0))
                continue;
            yield return (at, end - at, date);
            at = end - 1;
        }
    }

    private static bool TryRead(string text, int at, out int end, out DateOnly date)
    {
        (end, date) = (at, default);
        if (!TryReadYear(text, ref at, out var year))
            return false;

        at = SkipBlanks(text, at);
        if (at == text.Length)
            return false;
        var mark = text[at++];
        var worded = mark == '年';
        if (!worded && Separator(mark) == '\0')
            return false;
        if (!TryReadNumber(text, ref at, worded, 12, out var month))
            return false;

        at = SkipBlanks(text, at);
        if (at == text.Length || (worded ? text[at] != '月' : Separator(text[at]) != Separator(mark)))
            return false;
        at++;
        if (!TryReadNumber(text, ref at, worded, 31, out var day))
            return false;

        if (worded)
        {
            at = SkipBlanks(text, at);
            if (at == text.Length || text[at] is not ('日' or '号'))
                return false;
            at++;
        }

        end = at;
        return TryMake(year, month, day, out date);
    }

    private static bool TryReadCompact(string text, int at, out int end, out DateOnly date)
    {
        (end, date) = (at, default);
        Span<int> digits = stackalloc int[8];
        var count = 0;
        for (; at < text.Length; at++)
        {
            if (Glyph.IsBlank(text[at]))
                continue;
            var digit = Glyph.Digit(text[at]);
            if (digit < 0)
                break;
            if (count == 8)
                return false;
            digits[count++] = digit;
            end = at + 1;
        }

        return count == 8 && TryMake(
            (digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3],
            (digits[4] * 10) + digits[5],
            (digits[6] * 10) + digits[7],
            out date);
    }

    private static bool TryReadYear(string text, ref int at, out int year)
    {
        year = 0;
        for (var count = 0; count < 4; count++)
        {
            at = SkipBlanks(text, at);
            var digit = at < text.Length ? Glyph.ChineseDigit(text[at]) : -1;
            if (digit < 0)
                return false;
            year = (year * 10) + digit;
            at++;
        }

        return year >= 1000;
    }

    private static bool TryReadNumber(string text, ref int at, bool worded, int limit, out int number)
    {
        at = SkipBlanks(text, at);
        var start = at;
        number = 0;
        var next = at;
        for (var count = 0; count < 2; count++)
        {
            // 4月1 5日 is the 15th; but 2013.4.1 5人 is the first.
            next = worded ? SkipBlanks(text, next) : next;
            var digit = next < text.Length ? Glyph.Digit(text[next]) : -1;
            if (digit < 0)
                break;
            number = (number * 10) + digit;
            at = ++next;
        }

        if (at == start && worded)
        {
            if (limit == 12 && at < text.Length && text[at] == '元')
            {
                at++;
                number = 1;
            }
            else if (!ChineseNumeral.TryRead(text, ref at, out number))
            {
                return false;
            }
        }

        return at > start && number >= 1 && number <= limit;
    }

    private static bool TryReadWeekday(string text, ref int at, DateOnly date)
    {
        var next = SkipBlanks(text, at);
        var bracketed = next < text.Length && Glyph.IsOpening(text[next]);
        if (bracketed)
            next = SkipBlanks(text, next + 1);
        var rest = text.AsSpan(next);
        var word = rest.StartsWith("星期") || rest.StartsWith("礼拜") ? 2 : rest.StartsWith("周") ? 1 : 0;
        if (word == 0)
            return true;
        if (rest.Length == word)
            return false;

        var name = rest[word] == '天' ? '日' : rest[word];
        next += word + 1;
        if (bracketed)
        {
            next = SkipBlanks(text, next);
            if (next == text.Length || !Glyph.IsClosing(text[next]))
                return false;
            next++;
        }

        at = next;
        return Weekdays[(int)date.DayOfWeek] == name;
    }

    private static bool TryMake(int year, int month, int day, out DateOnly date)
    {
        var exists = year >= 1000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    private static char Separator(char c) => Glyph.Narrow(c) switch
    {
        '.' or '·' or '\u2024' => '.',
        '/' or '\u2044' => '/',
        var other when Glyph.IsDash(other) => '-',
        _ => '\0',
    };

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && Glyph.IsBlank(text[at]))
            at++;
        return at;
    }
}
