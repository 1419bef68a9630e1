namespace Filing.Domain;

/// <summary>Days from one to another, both included: 2013-04-05 to 2013-04-05 is one day.</summary>
public sealed record DateSpan
{
    /// <summary>From the first day to the last, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The last day is before the first.</exception>
    public DateSpan(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        (From, To) = (from, to);
    }

    /// <summary>The first day.</summary>
    public DateOnly From { get; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; }

    /// <summary>How many days, at least 1.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>True when the day is the first, the last or between.</summary>
    public bool Contains(DateOnly date) => date >= From && date <= To;

    /// <summary>The same days as spans that neither overlap nor touch, ascending.</summary>
    public static IReadOnlyList<DateSpan> Merge(IEnumerable<DateSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var merged = new List<DateSpan>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            // Compared by number, because the day after the last day of all does not exist.
            if (merged.Count > 0 && span.From.DayNumber <= merged[^1].To.DayNumber + 1)
                merged[^1] = span.To > merged[^1].To ? new DateSpan(merged[^1].From, span.To) : merged[^1];
            else
                merged.Add(span);
        }

        return merged;
    }

    /// <summary>2013-04-05/2013-04-08.</summary>
    public override string ToString() => $"{From:yyyy-MM-dd}/{To:yyyy-MM-dd}";
}
