using Filing.Domain;

namespace Filing.Features.LegalityReview;

/// <summary>Dates of acts follow each other as the acts do, and none lies ahead. The same day is in order.</summary>
internal static class DateOrder
{
    /// <summary>An error when the act lies ahead of today, or before something that must have come first.</summary>
    /// <param name="today">The day in Asia/Shanghai.</param>
    /// <param name="act">The act and its day.</param>
    /// <param name="before">What came first, and when; what has no day is left out.</param>
    public static Error? Check(DateOnly today, (string What, DateOnly On) act, params IEnumerable<(string What, DateOnly? On)> before)
    {
        if (act.On > today) return Error.Invalid("fact.in-future", $"{ChineseDate.Format(act.On)}还没有到，不能作为{act.What}的日期。", "on");
        foreach (var (what, on) in before)
        {
            if (on is { } first && first > act.On)
                return Error.Invalid("date.order", $"{act.What}的日期（{ChineseDate.Format(act.On)}）早于{what}的日期（{ChineseDate.Format(first)}），请核对。", "on");
        }

        return null;
    }

    /// <summary>As <see cref="Check(DateOnly, ValueTuple{string, DateOnly}, IEnumerable{ValueTuple{string, DateOnly?}})"/>, after the facts of these kinds.</summary>
    public static Error? After(DateOnly today, Cases.Case file, (string What, DateOnly On) act, params IEnumerable<FactKind> kinds) =>
        Check(today, act, kinds.Select(kind => (kind.Name(), file.Latest(kind)?.LegalDate)));
}
