namespace Filing.Domain;

/// <summary>What a document is from one day to another, both included.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; the end of the calendar where no change is foreseen.</param>
/// <param name="Status">What it is on each of them.</param>
/// <param name="LastValidDay">The last valid day as it is known on each of them; null where there is none.</param>
public readonly record struct ValiditySpan(DateOnly From, DateOnly To, ValidityStatus Status, DateOnly? LastValidDay);

/// <summary>
/// The whole of what <see cref="Validity"/> says of a document, day by day: the spans follow each other without a gap from the first day on which there
/// is anything to say. Like the status it is a function of the facts alone, the days to come included: nothing has to run for a document to lapse.
/// </summary>
public static class ValidityTimeline
{
    /// <summary>The spans, the earliest first; empty for a document that was never published.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="horizonMonths">From how many months before the last valid day it is expiring; 0 for never.</param>
    public static IReadOnlyList<ValiditySpan> Of(FactHistory facts, int horizonMonths = Validity.DefaultHorizonMonths)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var days = new SortedSet<DateOnly>(facts.Current.Select(f => f.LegalDate));
        foreach (var day in days.ToList())
        {
            if (Validity.LastValidDay(facts, day) is not { } last) continue;
            if (last < DateOnly.MaxValue) days.Add(last.AddDays(1));
            // Where the horizon reaches back before the calendar it begins with the document.
            if (horizonMonths > 0 && (last.Year * 12) + last.Month - 13 >= horizonMonths) days.Add(last.AddMonths(-horizonMonths));
        }

        var spans = new List<ValiditySpan>();
        foreach (var day in days)
        {
            var (status, last) = (Validity.Status(facts, day, null, horizonMonths), Validity.LastValidDay(facts, day));
            if (spans.Count == 0 && status == ValidityStatus.NotPublished) continue;
            if (spans.Count > 0 && spans[^1].Status == status && spans[^1].LastValidDay == last) continue;
            if (spans.Count > 0) spans[^1] = spans[^1] with { To = day.AddDays(-1) };
            spans.Add(new(day, DateOnly.MaxValue, status, last));
        }

        return facts.First(FactKind.Published) is null ? [] : spans;
    }
}
