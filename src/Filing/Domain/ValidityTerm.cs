using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Filing.Domain;

/// <summary>How the end of validity is fixed.</summary>
public enum TermKind
{
    /// <summary>有效期至某日: to a day that the text names.</summary>
    UntilDate,

    /// <summary>有效期若干年: a length from publication or from entry into force.</summary>
    Length,

    /// <summary>至任务完成: until the task is done; a fact must say when.</summary>
    UntilDone,

    /// <summary>长期有效.</summary>
    LongTerm,
}

/// <summary>From what a term of validity is counted.</summary>
public enum TermStart
{
    /// <summary>公布之日.</summary>
    Publication,

    /// <summary>施行之日.</summary>
    InForce,
}

/// <summary>On which day a term of a given length ends; the rules do not say, so it is a profile's value (domain: 民法典 202 against the first day counted).</summary>
public enum TermEndConvention
{
    /// <summary>On the anniversary: 2013-04-02 and five years is 2018-04-02.</summary>
    SameDay,

    /// <summary>The day before the anniversary: 2018-04-01.</summary>
    DayBefore,
}

/// <summary>The last day of validity and how it was found.</summary>
/// <param name="LastDay">The last valid day; null when there is none, or it cannot be said yet.</param>
/// <param name="Steps">Chinese sentences without a full stop.</param>
public sealed record ValidityEnd(DateOnly? LastDay, IReadOnlyList<string> Steps);

/// <summary>
/// The term of validity (有效期) of a document. It never rolls over rest days: a document whose term ends on a Sunday is void on Monday.
/// <see cref="ToString"/> gives a code for storage that <see cref="Parse"/> reads back; <see cref="Text"/> is for people.
/// </summary>
public sealed record ValidityTerm
{
    private ValidityTerm(TermKind kind) => Kind = kind;

    /// <summary>How the end is fixed.</summary>
    public TermKind Kind { get; }

    /// <summary>The last valid day that the text names; only of <see cref="TermKind.UntilDate"/>.</summary>
    public DateOnly? LastDay { get; private init; }

    /// <summary>Months or years; only of <see cref="TermKind.Length"/>.</summary>
    public Limit? Length { get; private init; }

    /// <summary>From what the length is counted; only of <see cref="TermKind.Length"/>.</summary>
    public TermStart Start { get; private init; }

    /// <summary>On which day the length ends; only of <see cref="TermKind.Length"/>.</summary>
    public TermEndConvention Convention { get; private init; }

    /// <summary>The task; only of <see cref="TermKind.UntilDone"/>, where it is not empty.</summary>
    public string Task { get; private init; } = "";

    /// <summary>长期有效.</summary>
    public static ValidityTerm LongTerm { get; } = new(TermKind.LongTerm);

    /// <summary>有效期至: the day itself is still valid.</summary>
    public static ValidityTerm Until(DateOnly lastDay) => new(TermKind.UntilDate) { LastDay = lastDay };

    /// <summary>Until a task is done.</summary>
    /// <exception cref="ArgumentException">The task has no name.</exception>
    public static ValidityTerm UntilDone(string task)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(task);
        return new ValidityTerm(TermKind.UntilDone) { Task = task.Trim() };
    }

    /// <summary>A length in months or years.</summary>
    /// <param name="length">The length.</param>
    /// <param name="start">From what it is counted.</param>
    /// <param name="convention">On which day it ends; by default the anniversary from publication, the day before from entry into force.</param>
    /// <exception cref="ArgumentException">The length is in days.</exception>
    public static ValidityTerm For(Limit length, TermStart start, TermEndConvention? convention = null)
    {
        ArgumentNullException.ThrowIfNull(length);
        if (length.Unit == LimitUnit.Day)
            throw new ArgumentException("A term of validity is in months or years.", nameof(length));
        return new ValidityTerm(TermKind.Length)
        {
            Length = length,
            Start = start,
            Convention = convention ?? (start == TermStart.Publication ? TermEndConvention.SameDay : TermEndConvention.DayBefore),
        };
    }

    /// <summary>For people: 有效期至2018年4月30日, 自公布之日起5年, 至灾后重建完成时止, 长期有效.</summary>
    public string Text => Kind switch
    {
        TermKind.UntilDate => $"有效期至{ChineseDate.Format(LastDay!.Value)}",
        TermKind.Length => $"自{StartName}之日起{Length}",
        TermKind.UntilDone => $"至{Task}完成时止",
        TermKind.LongTerm => "长期有效",
    };

    /// <summary>The last valid day, or null when there is none (long-term), it is not known (a task) or its start has no date yet.</summary>
    public DateOnly? LastValidDay(DateOnly? published, DateOnly? inForce) => Kind switch
    {
        TermKind.UntilDate => LastDay,
        TermKind.Length => (Start == TermStart.Publication ? published : inForce) is { } start
            ? Anniversary(start).AddDays(Convention == TermEndConvention.DayBefore ? -1 : 0)
            : null,
        TermKind.UntilDone or TermKind.LongTerm => null,
    };

    /// <summary>The last valid day with its derivation.</summary>
    public ValidityEnd Explain(DateOnly? published, DateOnly? inForce)
    {
        var last = LastValidDay(published, inForce);
        if (Kind != TermKind.Length)
        {
            return new ValidityEnd(last, [Kind switch
            {
                TermKind.UntilDate => $"文件载明有效期至{ChineseDate.Format(LastDay!.Value)}，当日仍有效，遇休息日不顺延",
                TermKind.UntilDone => $"有效期至{Task}完成时止，完成之日尚待确认",
                TermKind.Length or TermKind.LongTerm => "长期有效，没有届满之日",
            }]);
        }

        if (last is not { } end || (Start == TermStart.Publication ? published : inForce) is not { } start)
            return new ValidityEnd(null, [$"有效期自{StartName}之日起{Length}，{StartName}日期尚未确定"]);

        var anniversary = Anniversary(start);
        return new ValidityEnd(end,
        [
            $"{ChineseDate.Format(start)}{StartName}，有效期{Length}",
            anniversary.Day == start.Day
                ? $"满{Length}的对应日为 {ChineseDate.Format(anniversary)}"
                : $"{anniversary.Year}年{anniversary.Month}月没有{start.Day}日，以该月最后一日 {ChineseDate.Format(anniversary)}为对应日",
            Convention == TermEndConvention.SameDay ? "有效期至对应日当日" : $"{StartName}当日计入，有效期至对应日的前一日",
            $"{ChineseDate.Format(end)}为最后有效日，遇休息日不顺延",
        ]);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The code is none.</exception>
    public static ValidityTerm Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads <c>until:2018-04-30</c>, <c>length:5y:published:same-day</c>, <c>length:18m:in-force:day-before</c>, <c>until-done:任务</c>, <c>long-term</c>.</summary>
    /// <param name="text">The code.</param>
    /// <param name="value">The term.</param>
    /// <param name="error"><c>validity.format</c>.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ValidityTerm? value, [NotNullWhen(false)] out Error? error)
    {
        value = text?.Split(':', 2) switch
        {
            ["long-term"] => LongTerm,
            ["until", var day] when DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) => Until(last),
            ["until-done", var task] when !string.IsNullOrWhiteSpace(task) => UntilDone(task),
            ["length", var parts] => ReadLength(parts.Split(':')),
            _ => null,
        };
        error = value is null ? Error.Invalid("validity.format", "有效期的写法无法识别。") : null;
        return value is not null;
    }

    /// <summary>True when the title says that the document is provisional or for trial: （暂行）, （试行）, 暂行办法, 试行规定.</summary>
    public static bool IsTrialTitle(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        if (Glyph.IsBroken(title))
            return false;
        // 《…暂行办法》的补充通知 is itself no trial: what is quoted is another paper, unless the quotation is what is being issued.
        var typed = Glyph.Squeeze(title);
        var issues = typed.StartsWith('《') || (typed.Contains("印发", StringComparison.Ordinal) && !typed.Contains("废止", StringComparison.Ordinal));
        return HasTrialWord(issues ? typed : WithoutQuoted(typed));
    }

    /// <summary>The code for storage; see <see cref="TryParse"/>.</summary>
    public override string ToString() => Kind switch
    {
        TermKind.UntilDate => string.Create(CultureInfo.InvariantCulture, $"until:{LastDay:yyyy-MM-dd}"),
        TermKind.Length => string.Create(CultureInfo.InvariantCulture,
            $"length:{Length!.Length}{(Length.Unit == LimitUnit.Year ? 'y' : 'm')}:{(Start == TermStart.Publication ? "published" : "in-force")}:{(Convention == TermEndConvention.SameDay ? "same-day" : "day-before")}"),
        TermKind.UntilDone => $"until-done:{Task}",
        TermKind.LongTerm => "long-term",
    };

    private string StartName => Start switch { TermStart.Publication => "公布", TermStart.InForce => "施行" };

    private DateOnly Anniversary(DateOnly start) => Deadline.Corresponding(start, Length!, 1);

    private static ValidityTerm? ReadLength(string[] parts)
    {
        if (parts is not [[.. var digits, var unit and ('y' or 'm')], var from and ("published" or "in-force"), var end and ("same-day" or "day-before")]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Limit.TryCreate(count, unit == 'y' ? LimitUnit.Year : LimitUnit.Month, DayKind.Calendar, out var length, out _))
            return null;
        return For(length, from == "published" ? TermStart.Publication : TermStart.InForce, end == "same-day" ? TermEndConvention.SameDay : TermEndConvention.DayBefore);
    }

    private static bool HasTrialWord(string title) =>
        title.Contains("暂行", StringComparison.Ordinal) || title.Contains("试行", StringComparison.Ordinal);

    private static string WithoutQuoted(string title)
    {
        for (var open = title.IndexOf('《', StringComparison.Ordinal); open >= 0; open = title.IndexOf('《', StringComparison.Ordinal))
        {
            var close = title.LastIndexOf('》');
            title = close > open ? title[..open] + title[(close + 1)..] : title[..open];
        }

        return title;
    }
}
