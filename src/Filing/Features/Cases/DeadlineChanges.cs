using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>The limits that come and go when a case goes on in a newer version of a definition. What runs on keeps its start, its length and its due date.</summary>
/// <param name="Ended">Limits that the new version does not know.</param>
/// <param name="Begun">Limits that only the new version knows, whose start has come and whose end has not, with the fact that starts each.</param>
internal sealed record LimitChanges(IReadOnlyList<LimitSpec> Ended, IReadOnlyList<(LimitSpec Spec, DatedFact From)> Begun);

public sealed partial class Deadlines
{
    private const string Moved = "改按新版流程办理";

    /// <summary>The limits that come and go between two versions of a case.</summary>
    internal LimitChanges ChangedBetween(Case before, Case after)
    {
        var (old, now) = (laws.LimitsOf(before), laws.LimitsOf(after));
        return new(
            [.. old.Where(o => !now.Any(n => n.Name == o.Name))],
            [.. from spec in now
                where !old.Any(o => o.Name == spec.Name) && spec.From is not null && Applies(spec, after, laws)
                let start = after.Facts.Where(f => f.Kind == spec.From && after.History.Current.Contains(f)).MaxBy(f => f.Recorded)
                where start is not null && !after.Facts.Any(f => f.Kind == Until(spec, after.Profile) && f.Recorded >= start.Recorded)
                select (spec, start)]);
    }

    /// <summary>The due date that a limit would have.</summary>
    internal DateOnly? DueOf(Case @case, LimitSpec spec, DatedFact from) => Plan(@case, spec, from).Due;

    /// <summary>Ends the limits that are no more, and starts those that are new.</summary>
    internal async Task ChangeAsync(Case @case, LimitChanges changes)
    {
        foreach (var spec in changes.Ended) await CloseAsync(@case, spec.Name, null, Moved);
        foreach (var (spec, from) in changes.Begun) await PutAsync(@case, Plan(@case, spec, from), Moved);
    }

    /// <summary>
    /// Gives an open deadline other rungs; its due date stays. A reminder whose day has passed is not said now; what is late is, so that nothing late is silent.
    /// </summary>
    internal async Task RearmAsync(Case @case, string name, IReadOnlyList<RungPlan> rungs)
    {
        foreach (var row in await OpenAsync(@case, name))
        {
            if (RungPlan.Write(rungs.OrderBy(r => r.Days)) == RungPlan.Write(row.Plan)) continue;
            var claimed = (await work.Db.QueryAsync<int>(
                """
                -- Cases/DeadlineChanges: the rungs that were claimed
                SELECT Days FROM Rung WHERE DeadlineId = @Id AND Projection = @Projection
                """,
                new { row.Id, row.Projection })).ToHashSet();
            foreach (var rung in rungs.Where(r => !r.Late && row.Due?.AddDays(r.Days) < work.Today && claimed.Add(r.Days))) await ClaimAsync(row, rung, true);
            await work.Db.ExecuteAsync(
                """
                -- Cases/DeadlineChanges: a deadline rings otherwise
                UPDATE Deadline SET Rungs = @Rungs, NextRungOn = @NextRungOn WHERE Id = @Id AND ClosedAt IS NULL
                """,
                new { Rungs = RungPlan.Write(rungs.OrderBy(r => r.Days)), NextRungOn = FirstRung(row.Due, rungs.Where(r => !claimed.Contains(r.Days))), row.Id });
        }
    }
}
