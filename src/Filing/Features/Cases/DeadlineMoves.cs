using Filing.Domain;

namespace Filing.Features.Cases;

public sealed partial class Deadlines
{
    /// <summary>
    /// Counts the due date of an open deadline anew, from its start, its suspensions and the calendar as they are, and moves it where it differs.
    /// </summary>
    /// <param name="row">The deadline.</param>
    /// <param name="reason">Why it is counted again, in Chinese.</param>
    /// <param name="suspensions">The days that do not count, where they were read with others; null reads them.</param>
    /// <returns>True when the due date, or how sure it is, changed.</returns>
    internal async Task<bool> RecountAsync(DeadlineRow row, string reason, IReadOnlyList<SuspensionRow>? suspensions = null)
    {
        if (!row.Open || row.Limit is null) return false;
        var plan = row.Planned.Counted(laws.CalendarOf(row.GovernmentId), suspensions ?? await DeadlineRow.SuspensionsAsync(work.Db, row.Id));
        if ((plan.Due, plan.RawEnd, plan.Provisional) == (row.Due, row.RawEnd, row.Provisional)) return false;
        await MoveAsync(row, plan, reason);
        return true;
    }

    /// <summary>
    /// Gives a deadline another due date. A new projection begins: what was said of the old date is withdrawn, and the rungs are armed anew. A reminder
    /// whose day has passed under a later date is not said again; what is late under the new date too is, so that nothing late is silent.
    /// </summary>
    private async Task MoveAsync(DeadlineRow row, PlannedDeadline plan, string reason)
    {
        var moved = plan.Due != row.Due;
        if (!moved && (plan.RawEnd, plan.Provisional, plan.FromDate) == (row.RawEnd, row.Provisional, row.FromDate)) return;
        var untimely = moved && plan.Due is { } due && (row.Due is null || due > row.Due)
            ? plan.Rungs.Where(r => !r.Late && due.AddDays(r.Days) < work.Today).ToList()
            : [];
        if (!moved)
        {
            await work.Db.ExecuteAsync(
                """
                -- Cases/DeadlineMoves: a due date is found otherwise
                UPDATE Deadline SET FromFact = @FromFact, FromDate = @FromDate, Length = @Length, Unit = @Unit, DayKind = @DayKind, RawEnd = @RawEnd, Due = @Due,
                  Provisional = @Provisional, Steps = @Steps, Source = @Source, Confidence = @Confidence, Rungs = @Rungs
                WHERE Id = @Id
                """,
                plan.Row(row.Id, row.DocumentId, row.CaseId, null));
            work.Record(new DeadlineMoved(row.Id, plan.Name, row.Projection, row.Due, plan.Due, reason), row.DocumentId);
            return;
        }

        await work.Db.ExecuteAsync(
            """
            -- Cases/DeadlineMoves: a due date moves, and a new projection begins
            UPDATE Deadline SET FromFact = @FromFact, FromDate = @FromDate, Length = @Length, Unit = @Unit, DayKind = @DayKind, RawEnd = @RawEnd, Due = @Due,
              Provisional = @Provisional, Steps = @Steps, Source = @Source, Confidence = @Confidence, Rungs = @Rungs, Projection = Projection + 1, NextRungOn = @NextRungOn
            WHERE Id = @Id
            """,
            plan.Row(row.Id, row.DocumentId, row.CaseId, row.Open ? FirstRung(plan.Due, plan.Rungs.Except(untimely)) : null));
        await work.Db.ExecuteAsync(
            """
            -- Cases/DeadlineMoves: withdraw the alerts of a date that no longer holds
            UPDATE Alert SET WithdrawnAt = @Now WHERE DeadlineId = @Id AND WithdrawnAt IS NULL
            """,
            new { row.Id, work.Now });
        work.Record(new DeadlineMoved(row.Id, plan.Name, row.Projection + 1, row.Due, plan.Due, reason), row.DocumentId);
        if (!row.Open) return;
        foreach (var rung in untimely) await ClaimAsync(row with { Projection = row.Projection + 1 }, rung, true);
    }

    /// <summary>Claims a rung; false when somebody else has. Whoever claims it sounds it, unless it was overtaken.</summary>
    internal async Task<bool> ClaimAsync(DeadlineRow row, RungPlan rung, bool overtaken)
    {
        var claimed = await work.Db.InsertIfAbsentAsync(
            "Rung", ["DeadlineId", "Projection", "Days"], ["Outcome", "FiredAt", "Overtaken"],
            new { DeadlineId = row.Id, row.Projection, rung.Days, rung.Outcome, FiredAt = work.Now, Overtaken = overtaken });
        if (claimed) work.Record(new RungFired(row.Id, row.Projection, rung.Days, rung.Outcome, overtaken), row.DocumentId);
        return claimed;
    }

    private async Task CorrectStartAsync(Case @case, LimitSpec spec, DatedFact fact, DateOnly before)
    {
        var rows = await DeadlineRow.OfCaseAsync(work.Db, @case.DocumentId, @case.Id, spec.Name);
        if (rows.FirstOrDefault(l => l.FromFact == Kebab.Of(fact.Kind) && l.FromDate == before) is not { } row) return;
        await MoveAsync(row, Plan(@case, spec, fact, await DeadlineRow.SuspensionsAsync(work.Db, row.Id)), $"更正了{fact.Kind.Name()}日期");
    }

    private async Task CorrectMetAsync(Case @case, string name, DatedFact fact, DateOnly before)
    {
        var rows = await DeadlineRow.OfCaseAsync(work.Db, @case.DocumentId, @case.Id, name);
        if (rows.FirstOrDefault(l => l.MetOn == before) is not { } row) return;
        await work.Db.ExecuteAsync(
            """
            -- Cases/DeadlineMoves: the day on which it was met is corrected
            UPDATE Deadline SET MetOn = @LegalDate WHERE Id = @Id AND ClosedAt IS NOT NULL
            """,
            new { row.Id, fact.LegalDate });
        work.Record(new DeadlineClosed(row.Id, name, fact.LegalDate, fact.LegalDate > row.Due, $"更正了{fact.Kind.Name()}日期"), @case.DocumentId);
    }
}
