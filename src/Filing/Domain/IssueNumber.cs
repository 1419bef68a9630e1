using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Filing.Domain;

/// <summary>
/// The issue number (发文字号) of an official paper: code of the body (机关代字), year and serial, e.g. 郴政发〔2013〕2号
/// (GB/T 9704-2012 §7.2.5; 党政机关公文处理工作条例 Art 9). Written canonically with 〔 〕 and without leading zeros; two numbers that were
/// typed differently are equal when they mean the same. Years 1900 to 2099, serial 1 to 99999, code 1 to 14 Chinese characters, among
/// them rare ones beyond U+9FFF.
/// </summary>
public sealed record IssueNumber
{
    /// <summary>The largest serial that is accepted.</summary>
    public const int MaxSerial = 99_999;

    /// <summary>The longest code that is accepted, in characters as people count them.</summary>
    public const int MaxCodeLength = 14;

    private const int MaxTyped = 200;

    private IssueNumber(string code, int year, int serial) => (Code, Year, Serial) = (code, year, serial);

    /// <summary>机关代字, e.g. 郴政发 or 豫依法行政领办; in Unicode's composed form.</summary>
    public string Code { get; }

    /// <summary>The year in the brackets.</summary>
    public int Year { get; }

    /// <summary>The serial within code and year, from 1.</summary>
    public int Serial { get; }

    /// <summary>Puts a number together from its parts.</summary>
    /// <returns>The number, or why it cannot be: the codes are those of <see cref="TryParse"/>.</returns>
    public static Result<IssueNumber> Create(string code, int year, int serial)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (CheckCode(code, out var composed) is { } bad)
            return bad;
        if (CheckYear(year) is { } wrongYear)
            return wrongYear;
        return serial switch
        {
            < 1 => SerialZero(),
            > MaxSerial => SerialTooLarge(),
            _ => new IssueNumber(composed, year, serial),
        };
    }

    /// <summary>Reads a number; for texts of the program and its tests.</summary>
    /// <exception cref="FormatException">The text is no issue number.</exception>
    public static IssueNumber Parse(string text) =>
        TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>
    /// Reads what people really type: any brackets and spaces, full-width digits, 第2号, 002号, 二〇一三, a missing 号, a label before it
    /// (文号：…) or brackets around the whole.
    /// </summary>
    /// <param name="text">The text; it must be one number and nothing else.</param>
    /// <param name="value">The number.</param>
    /// <param name="error">
    /// <c>number.empty</c>, <c>number.too-long</c>, <c>number.no-year</c>, <c>number.year-out-of-range</c>, <c>number.no-code</c>,
    /// <c>number.bad-code</c>, <c>number.code-too-long</c>, <c>number.no-serial</c>, <c>number.bad-serial</c>, <c>number.serial-zero</c>,
    /// <c>number.serial-too-large</c> or <c>number.trailing</c>.
    /// </param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out IssueNumber? value, [NotNullWhen(false)] out Error? error)
    {
        value = null;
        error = TypedNumber.Prepare(text, MaxTyped, out var typed) ?? Read(typed, out value);
        return error is null;
    }

    /// <summary>
    /// Every issue number in running text with its place in UTF-16 units, in order: （国发〔2008〕17号） gives 国发〔2008〕17号. The code begins
    /// after a bracket, quotation mark, punctuation, blank, letter, digit or 号, or at the start; common words before it (根据、贯彻、和)
    /// are not taken into it. Only numbers with 号 are found; a code that would be too long is left out rather than guessed.
    /// </summary>
    public static IEnumerable<(int Start, int Length, IssueNumber Number)> FindAll(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return RunningText.FindIssueNumbers(text);
    }

    /// <summary>郴政发〔2013〕2号.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code}〔{Year}〕{Serial}号");

    private static Error? Read(string typed, out IssueNumber? value)
    {
        value = null;
        var open = typed.AsSpan().IndexOfAny(TypedNumber.Openings);
        var length = open < 0 ? -1 : typed.AsSpan(open + 1).IndexOfAny(TypedNumber.Closings);
        if (length < 0)
            return NoYear();

        if (ReadYear(typed.AsSpan(open + 1, length), out var year) is { } wrongYear)
            return wrongYear;
        if (open == 0)
            return Error.Invalid("number.no-code", "年份之前没有机关代字，例如“郴政发〔2013〕2号”中的“郴政发”。");
        if (CheckCode(typed[..open], out var code) is { } badCode)
            return badCode;
        if (ReadSerial(typed[(open + length + 2)..], out var serial) is { } badSerial)
            return badSerial;

        value = new IssueNumber(code, year, serial);
        return null;
    }

    private static Error? ReadYear(ReadOnlySpan<char> typed, out int year)
    {
        year = 0;
        if (typed.EndsWith("年"))
            typed = typed[..^1];
        if (typed.IsEmpty)
            return NoYear();
        foreach (var c in typed)
        {
            var digit = Glyph.ChineseDigit(c);
            if (digit < 0)
                return NoYear();
            year = Math.Min((year * 10) + digit, 1_000_000);
        }

        return typed.Length == 4 ? CheckYear(year) : YearOutOfRange();
    }

    private static Error? ReadSerial(string typed, out int serial)
    {
        serial = 0;
        var start = typed.StartsWith('第') ? 1 : 0;
        var mark = typed.IndexOf('号', StringComparison.Ordinal);
        var end = mark < 0 ? typed.Length : mark;
        if (start >= end)
            return Error.Invalid("number.no-serial", "年份之后没有顺序号，例如“郴政发〔2013〕2号”中的“2”。");
        if (mark >= 0 && mark + 1 < typed.Length)
            return Error.Invalid("number.trailing", $"“号”之后还有多余的文字{Glyph.Quoted(typed[(mark + 1)..])}，请只填一个文号。");

        var digits = typed.AsSpan(start, end - start);
        if (!digits.ContainsAnyExceptInRange('0', '9'))
        {
            digits = digits.TrimStart('0');
            if (digits.IsEmpty)
                return SerialZero();
            if (digits.Length > 5)
                return SerialTooLarge();
            serial = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            return null;
        }

        var at = start;
        if (!ChineseNumeral.TryRead(typed, ref at, out serial) || at != end)
            return Error.Invalid("number.bad-serial", $"顺序号{Glyph.Quoted(typed[start..end])}不是数字。");
        return serial == 0 ? SerialZero() : serial > MaxSerial ? SerialTooLarge() : null;
    }

    private static Error? CheckCode(string typed, out string code)
    {
        code = typed;
        if (typed.Length == 0)
            return Error.Invalid("number.no-code", "没有机关代字。");
        if (Glyph.IsBroken(typed))
            return TypedNumber.Broken();

        var length = 0;
        foreach (var rune in typed.EnumerateRunes())
        {
            if (!Glyph.IsHan(rune) || rune.Value == '号')
                return Error.Invalid("number.bad-code", $"机关代字{Glyph.Quoted(typed)}中的“{rune}”不是汉字，或不能用于机关代字。");
            length++;
        }

        code = typed.Normalize(NormalizationForm.FormC);
        return length > MaxCodeLength
            ? Error.Invalid("number.code-too-long", $"机关代字{Glyph.Quoted(typed)}超过 {MaxCodeLength} 个字，请只填文号本身。")
            : null;
    }

    private static Error? CheckYear(int year) => year is >= 1900 and <= 2099 ? null : YearOutOfRange();

    private static Error NoYear() => Error.Invalid("number.no-year", "没有用括号括起的年份，例如“郴政发〔2013〕2号”中的“〔2013〕”。");

    private static Error YearOutOfRange() => Error.Invalid("number.year-out-of-range", "年份应为 1900 至 2099 的四位数字。");

    private static Error SerialZero() => Error.Invalid("number.serial-zero", "顺序号从 1 开始，不能为 0。");

    private static Error SerialTooLarge() => Error.Invalid("number.serial-too-large", $"顺序号不能大于 {MaxSerial}。");
}
