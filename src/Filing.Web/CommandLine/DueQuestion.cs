using System.Globalization;
using Filing.Domain;

namespace Filing.Web.CommandLine;

/// <summary>When is something due that begins on a day and may take so long?</summary>
/// <param name="From">The day of the event; it is not counted.</param>
/// <param name="Limit">The length.</param>
internal readonly record struct DueQuestion(DateOnly From, Limit Limit)
{
    // Beyond them the longest limit, forwards or backwards, rolled over, would leave the calendar of the machine.
    private const int FirstYear = 100;
    private const int LastYear = 9900;

    /// <summary>Reads a question from its four texts; the field that is wrong is named.</summary>
    public static Result<DueQuestion> Read(string? from, string? length, string? unit, string? kind, int? line = null)
    {
        if (!Day(from, out var day))
            return Error.Invalid("due.from", $"起算日应写作 2013-01-28 这样的日期，不能是“{from}”。", "from", line);
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return Error.Invalid("due.length", $"长度应为不小于 1 的整数，不能是“{length}”。", "length", line);
        if (!Kebab.TryParse<LimitUnit>(unit, out var counted)) return Error.Invalid("due.unit", $"单位应为 day、month 或 year，不能是“{unit}”。", "unit", line);
        if (!Kebab.TryParse<DayKind>(kind, out var days)) return Error.Invalid("due.kind", $"日期种类应为 calendar 或 working，不能是“{kind}”。", "kind", line);
        return Limit.TryCreate(count, counted, days, out var limit, out var error)
            ? new DueQuestion(day, limit)
            : error with { Field = error.Code == "limit.working-months" ? "kind" : "length", Line = line };
    }

    /// <summary>
    /// Reads the days that are not counted, each written <c>2013-02-01..2013-02-05</c>, both ends included; those that overlap or touch are one. They lie after the
    /// day from which a limit is counted, or, where it is counted back, before it.
    /// </summary>
    public Result<DateSpan[]> Suspended(IReadOnlyList<string> ranges, bool before)
    {
        var spans = new List<DateSpan>();
        foreach (var range in ranges)
        {
            if (range.Split("..") is not [var first, var last] || !Day(first, out var from) || !Day(last, out var to))
                return Error.Invalid("due.suspend", $"中止期间应写作 2013-02-01..2013-02-05，不能是“{range}”。", "suspend");
            if (to < from) return Error.Invalid("due.suspend-order", $"中止期间“{range}”的末日早于首日。", "suspend");
            if (before ? to >= From : from <= From)
                return Error.Invalid("due.suspend-outside", $"中止期间“{range}”应在起算日（{ChineseDate.Format(From)}）{(before ? "之前" : "之后")}。", "suspend");
            if (to.DayNumber - from.DayNumber >= Limit.MaxDays) return Error.Invalid("due.suspend-long", $"中止期间“{range}”过长，最多 {Limit.MaxDays} 日。", "suspend");
            spans.Add(new DateSpan(from, to));
        }

        return DateSpan.Merge(spans).ToArray();
    }

    private static bool Day(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= FirstYear and <= LastYear;
}
