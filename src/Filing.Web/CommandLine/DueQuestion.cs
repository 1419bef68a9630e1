using System.Globalization;
using Filing.Domain;

namespace Filing.Web.CommandLine;

/// <summary>When is something due that begins on a day and may take so long?</summary>
/// <param name="From">The day of the event; it is not counted.</param>
/// <param name="Limit">The length.</param>
internal readonly record struct DueQuestion(DateOnly From, Limit Limit)
{
    // Beyond it the longest limit, rolled over, would leave the calendar of the machine.
    private const int LastYear = 9900;

    /// <summary>Reads a question from its four texts; the field that is wrong is named.</summary>
    public static Result<DueQuestion> Read(string? from, string? length, string? unit, string? kind, int? line = null)
    {
        if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year > LastYear)
            return Error.Invalid("due.from", $"起算日应写作 2013-01-28 这样的日期，不能是“{from}”。", "from", line);
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return Error.Invalid("due.length", $"长度应为不小于 1 的整数，不能是“{length}”。", "length", line);
        if (!Kebab.TryParse<LimitUnit>(unit, out var counted)) return Error.Invalid("due.unit", $"单位应为 day、month 或 year，不能是“{unit}”。", "unit", line);
        if (!Kebab.TryParse<DayKind>(kind, out var days)) return Error.Invalid("due.kind", $"日期种类应为 calendar 或 working，不能是“{kind}”。", "kind", line);
        return Limit.TryCreate(count, counted, days, out var limit, out var error)
            ? new DueQuestion(day, limit)
            : error with { Field = error.Code == "limit.working-months" ? "kind" : "length", Line = line };
    }
}
