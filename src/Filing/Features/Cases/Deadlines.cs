using System.Text.Json;
using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>
/// Deadlines are rows: the fact that started them, their length, a due date with its derivation. "Overdue" is never stored. They start and
/// end in the transaction of the command that records the fact.
/// </summary>
public sealed class Deadlines(Work work, Laws laws)
{
    /// <summary>The limit that stands for the last day of validity.</summary>
    public const string ValidityEnd = "validity-end";

    /// <summary>The limit that stands for the start of the evaluation before expiry.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>Starts the limits that a fact starts and ends those that it ends. A corrected fact moves what it had started.</summary>
    internal async Task OnFactAsync(Case @case, DatedFact fact)
    {
        foreach (var spec in laws.LimitsOf(@case.DefinitionId, @case.DefinitionVersion))
        {
            // Where nothing has to be filed with a superior, no such limit runs.
            if (spec.From == fact.Kind && (spec.Until != FactKind.Filed || FilingDuty.Applies(@case))) await StartAsync(@case, spec, fact);
            if (Until(spec, @case.Profile) != fact.Kind) continue;
            if (Corrected(@case, fact) is { } before) await CorrectMetAsync(@case, spec.Name, before.LegalDate, fact.LegalDate);
            else await CloseAsync(@case, spec.Name, fact.LegalDate, "已完成");
        }
    }

    /// <summary>Starts, or moves, a deadline whose due date is not a counted limit: the end of validity and what is counted back from it.</summary>
    internal async Task SetAsync(Case @case, string name, string label, FactKind from, DateOnly fromDate, DateOnly due, IReadOnlyList<string> steps, string source, Confidence confidence, string reason)
    {
        var spec = laws.LimitsOf(@case.DefinitionId, @case.DefinitionVersion).FirstOrDefault(s => s.Name == name);
        if (spec is null) return;
        await PutAsync(@case, new(name, label, from, fromDate, FactKind.TermEnded, null, due, due, false, steps, source, confidence, spec.Rungs), reason);
    }

    /// <summary>Ends whatever is still open: the case is over.</summary>
    internal async Task CloseAllAsync(Case @case, string reason)
    {
        foreach (var open in await OpenAsync(@case.Id, null)) await CloseAsync(@case, open, null, reason);
    }

    /// <summary>Ends a deadline that is open, if it is.</summary>
    /// <param name="case">The case.</param>
    /// <param name="name">The limit.</param>
    /// <param name="metOn">The day on which it was met; null when it is no longer wanted.</param>
    /// <param name="reason">Why, in Chinese.</param>
    internal async Task CloseAsync(Case @case, string name, DateOnly? metOn, string reason)
    {
        foreach (var open in await OpenAsync(@case.Id, name)) await CloseAsync(@case, open, metOn, reason);
    }

    private static FactKind? Until(LimitSpec spec, Profile profile) =>
        spec.Until == FactKind.Filed && profile.FilingCounts.Value == FilingCounts.Received ? FactKind.FilingReceived : spec.Until;

    private async Task StartAsync(Case @case, LimitSpec spec, DatedFact fact)
    {
        var law = @case.Profile.Limits.GetValueOrDefault(spec.Name);
        var limit = law is null ? spec.Limit : law.Limit;
        var source = law?.Source ?? spec.Source;
        var until = Until(spec, @case.Profile)!.Value;
        var word = fact.Kind.Name();
        var confidence = law?.Confidence ?? Confidence.Assumed;
        var planned = limit is null
            ? new Planned(spec.Name, spec.Label, fact.Kind, fact.LegalDate, until, null, null, null, false, [$"来源未规定期限：{source}"], source, confidence, [])
            : Counted(Deadline.Compute(fact.LegalDate, limit, laws.Calendar, null, word));
        if (Corrected(@case, fact) is { } before && await CorrectClosedAsync(@case, planned, before.LegalDate)) return;
        await PutAsync(@case, planned, fact.Supersedes is null ? $"{word}" : $"更正了{word}日期");

        Planned Counted(DueDate due) => new(spec.Name, spec.Label, fact.Kind, fact.LegalDate, until, limit, due.RawEnd, due.Due, due.Provisional, due.Steps, source, confidence, spec.Rungs);
    }

    private static DatedFact? Corrected(Case @case, DatedFact fact) => fact.Supersedes is { } id ? @case.Facts.Find(f => f.Id == id) : null;

    /// <summary>A limit that is over keeps its end, but whether it was met in time follows the corrected date; it does not start again.</summary>
    private async Task<bool> CorrectClosedAsync(Case @case, Planned plan, DateOnly before) => await work.Db.ExecuteAsync(
        """
        -- Cases/Deadlines: the start of a limit that is over was corrected
        UPDATE Deadline SET FromDate = @FromDate, RawEnd = @RawEnd, Due = @Due, Provisional = @Provisional, Steps = @Steps, Projection = Projection + 1
        WHERE CaseId = @CaseId AND Name = @Name AND FromFact = @FromFact AND FromDate = @before AND ClosedAt IS NOT NULL
        """,
        new
        {
            CaseId = @case.Id, plan.Name, FromFact = Kebab.Of(plan.From), plan.FromDate, plan.RawEnd, plan.Due, plan.Provisional,
            Steps = JsonSerializer.Serialize(plan.Steps, Json.Options), before,
        }) > 0;

    private Task<int> CorrectMetAsync(Case @case, string name, DateOnly before, DateOnly after) => work.Db.ExecuteAsync(
        """
        -- Cases/Deadlines: the day on which a limit was met was corrected
        UPDATE Deadline SET MetOn = @after WHERE CaseId = @Id AND Name = @name AND MetOn = @before
        """,
        new { @case.Id, name, before, after });

    private async Task PutAsync(Case @case, Planned plan, string reason)
    {
        if (await OpenAsync(@case.Id, plan.Name) is [var open, ..])
        {
            await MoveAsync(@case, open, plan, reason);
            return;
        }

        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: a deadline starts
            INSERT INTO Deadline (Id, DocumentId, CaseId, Name, Label, FromFact, FromDate, UntilFact, Length, Unit, DayKind, RawEnd, Due, Provisional, Projection, Steps, Source, Confidence, Rungs, NextRungOn)
            VALUES (@Id, @DocumentId, @CaseId, @Name, @Label, @FromFact, @FromDate, @UntilFact, @Length, @Unit, @DayKind, @RawEnd, @Due, @Provisional, 1, @Steps, @Source, @Confidence, @Rungs, @NextRungOn)
            """,
            plan.Row(id, @case));
        work.Record(new DeadlineStarted(id, plan.Name, plan.FromDate, plan.Due, plan.Provisional), @case.DocumentId);
    }

    private async Task MoveAsync(Case @case, OpenDeadline open, Planned plan, string reason)
    {
        await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: a due date moves
            UPDATE Deadline SET FromFact = @FromFact, FromDate = @FromDate, Length = @Length, Unit = @Unit, DayKind = @DayKind, RawEnd = @RawEnd, Due = @Due,
              Provisional = @Provisional, Projection = Projection + 1, Steps = @Steps, Source = @Source, Confidence = @Confidence, Rungs = @Rungs, NextRungOn = @NextRungOn
            WHERE Id = @Id AND ClosedAt IS NULL
            """,
            plan.Row(open.Id, @case, plan.Due > open.Due ? work.Today : null));
        // What was said of the old date no longer applies unless the new one has come that far too.
        await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: withdraw the alerts of a date that no longer holds
            UPDATE Alert SET WithdrawnAt = @Now WHERE DeadlineId = @Id AND Projection = @Projection AND WithdrawnAt IS NULL
            """,
            new { open.Id, open.Projection, work.Now });
        work.Record(new DeadlineMoved(open.Id, plan.Name, open.Projection + 1, open.Due, plan.Due, reason), @case.DocumentId);
    }

    private async Task CloseAsync(Case @case, OpenDeadline open, DateOnly? metOn, string reason)
    {
        var closed = await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: a deadline ends
            UPDATE Deadline SET MetOn = @metOn, ClosedAt = @Now, ClosedReason = @reason WHERE Id = @Id AND ClosedAt IS NULL
            """,
            new { open.Id, metOn, work.Now, reason });
        if (closed != 1) return;
        work.Record(new DeadlineClosed(open.Id, open.Name, metOn, metOn > open.Due, reason), @case.DocumentId);
        work.Closed.Add((@case.Id, open.Name));
    }

    private Task<IReadOnlyList<OpenDeadline>> OpenAsync(Guid caseId, string? name) => work.Db.QueryAsync<OpenDeadline>(
        """
        -- Cases/Deadlines: the open deadlines of a case
        SELECT l.Id, l.Name, l.Due, l.Projection FROM CaseFile c JOIN Deadline l ON l.DocumentId = c.DocumentId
        WHERE c.Id = @caseId AND l.CaseId = @caseId AND l.ClosedAt IS NULL AND (@name IS NULL OR l.Name = @name)
        ORDER BY l.Id
        """,
        new { caseId, name });

    private sealed record OpenDeadline
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public DateOnly? Due { get; init; }
        public required int Projection { get; init; }
    }

    private sealed record Planned(
        string Name, string Label, FactKind From, DateOnly FromDate, FactKind Until, Limit? Limit, DateOnly? RawEnd, DateOnly? Due, bool Provisional,
        IReadOnlyList<string> Steps, string Source, Confidence Confidence, IReadOnlyList<RungPlan> Rungs)
    {
        /// <param name="id">The deadline.</param>
        /// <param name="case">Its case.</param>
        /// <param name="ahead">Re-arm only the rungs from this day on: what a later date makes untimely is not said again.</param>
        public object Row(Guid id, Case @case, DateOnly? ahead = null) => new
        {
            Id = id, @case.DocumentId, CaseId = @case.Id, Name, Label, FromFact = Kebab.Of(From), FromDate, UntilFact = Kebab.Of(Until),
            Limit?.Length, Unit = Limit is null ? null : Kebab.Of(Limit.Unit), DayKind = Limit is null ? null : Kebab.Of(Limit.Kind), RawEnd, Due, Provisional,
            Steps = JsonSerializer.Serialize(Steps, Json.Options), Source, Confidence = Kebab.Of(Confidence), Rungs = RungPlan.Write(Rungs),
            NextRungOn = Due is { } due
                ? Rungs.Select(r => (DateOnly?)due.AddDays(r.Days)).FirstOrDefault(d => ahead is null || d >= ahead)
                : null,
        };
    }
}
