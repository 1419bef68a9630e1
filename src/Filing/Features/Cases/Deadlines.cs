using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>
/// Deadlines are rows: the fact that started them, their length, a due date with its derivation. "Overdue" is never stored. They start and
/// end in the transaction of the command that records the fact.
/// </summary>
public sealed partial class Deadlines(Work work, Laws laws)
{
    /// <summary>The limit that stands for the last day of validity.</summary>
    public const string ValidityEnd = "validity-end";

    /// <summary>The limit that stands for the start of the evaluation before expiry.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>
    /// Starts the limits that a fact starts and ends those that it ends. A correction moves what the corrected fact had started, and the day on
    /// which what it had ended was met; it starts and ends nothing anew.
    /// </summary>
    internal async Task OnFactAsync(Case @case, DatedFact fact)
    {
        foreach (var spec in laws.LimitsOf(@case))
        {
            var (starts, ends) = (spec.From == fact.Kind && Applies(spec, @case, laws), Until(spec, @case.Profile) == fact.Kind);
            if (fact.Supersedes is { } corrected)
            {
                var before = @case.Facts.Find(f => f.Id == corrected)!.LegalDate;
                if (starts) await CorrectStartAsync(@case, spec, fact, before);
                if (ends) await CorrectMetAsync(@case, spec.Name, fact, before);
                continue;
            }

            if (starts) await PutAsync(@case, Plan(@case, spec, fact), fact.Kind.Name());
            if (spec.Until == FactKind.Filed && @case.Origin == DocumentOrigin.Elsewhere) await OnFilingElsewhereAsync(@case, spec, fact, ends);
            if (ends) await CloseAsync(@case, spec.Name, fact.LegalDate, "已完成");
        }

        // What was repealed or annulled needs no reminder of its last day; until a repeal that lies ahead has come, the last day may come first.
        if (fact.LegalDate > work.Today || fact.Kind is not (FactKind.Repealed or FactKind.DeclaredLapsed or FactKind.Annulled)) return;
        await CloseAsync(@case, ValidityEnd, null, fact.Kind.Name());
        await CloseAsync(@case, Evaluation, null, fact.Kind.Name());
    }

    /// <summary>Starts, or moves, a deadline whose due date is not a counted limit: the end of validity and what is counted back from it.</summary>
    internal async Task SetAsync(Case @case, string name, string label, FactKind from, DateOnly fromDate, DateOnly due, IReadOnlyList<string> steps, string source, Confidence confidence, string reason, bool provisional = false)
    {
        var spec = laws.LimitsOf(@case).FirstOrDefault(s => s.Name == name);
        if (spec is null) return;
        await PutAsync(@case, new(name, label, from, fromDate, FactKind.TermEnded, null, due, due, provisional, steps, source, confidence, spec.Rungs), reason);
    }

    /// <summary>Ends whatever is still open: the case is over.</summary>
    internal async Task CloseAllAsync(Case @case, string reason)
    {
        // Those that began in one moment have no order of their own.
        foreach (var open in (await OpenAsync(@case, null)).OrderByDescending(d => d.Name, StringComparer.Ordinal)) await CloseAsync(@case, open, null, reason);
    }

    /// <summary>Ends a deadline that is open, if it is.</summary>
    /// <param name="case">The case.</param>
    /// <param name="name">The limit.</param>
    /// <param name="metOn">The day on which it was met; null when it is no longer wanted.</param>
    /// <param name="reason">Why, in Chinese.</param>
    internal async Task CloseAsync(Case @case, string name, DateOnly? metOn, string reason)
    {
        foreach (var open in await OpenAsync(@case, name)) await CloseAsync(@case, open, metOn, reason);
    }

    /// <summary>The fact that ends a limit under a profile; null for a limit with a due date of its own making.</summary>
    internal static FactKind? Until(LimitSpec spec, Profile profile) =>
        spec.Until == FactKind.Filed && profile.FilingCounts.Value == FilingCounts.Received ? FactKind.FilingReceived : spec.Until;

    /// <summary>False for the limit of a filing that the document does not need, and while nobody knows whether a document from elsewhere was filed.</summary>
    internal static bool Applies(LimitSpec spec, Case @case, Laws laws)
    {
        if (spec.Until != FactKind.Filed || @case.Origin == DocumentOrigin.Here) return spec.Until != FactKind.Filed || @case.MustBeFiled;
        if (!@case.MustBeFiled) return false;
        return @case.Has(Until(spec, @case.Profile)!.Value) || @case.Has(FactKind.FilingMissing) || (!@case.KnownToBeFiled && !EnteredLate(spec, @case, laws));
    }

    /// <summary>
    /// 报备情况不明: it was entered from elsewhere after its filing limit had run out, and nothing tells whether it was filed. An old ledger is full of
    /// such papers: that is a question to whoever keeps it, not a breach to ring about.
    /// </summary>
    internal static bool FilingUnknown(Case @case, Laws laws) =>
        @case.Origin == DocumentOrigin.Elsewhere && @case.MustBeFiled && !@case.KnownToBeFiled && !@case.Has(FactKind.FilingMissing)
        && laws.LimitsOf(@case).Any(s => s.Until == FactKind.Filed && EnteredLate(s, @case, laws));

    private static bool EnteredLate(LimitSpec spec, Case @case, Laws laws)
    {
        if (@case.Latest(FactKind.Published) is not { } published) return false;
        var limit = @case.Profile.Limits.TryGetValue(spec.Name, out var law) ? law.Limit : spec.Limit;
        var due = limit is null ? published.LegalDate : Deadline.DueOnly(published.LegalDate, limit, laws.CalendarOf(@case.GovernmentId), []);
        return due < LegalClock.DayOf(@case.Facts.Where(f => f.Kind == FactKind.Published).Min(f => f.Recorded));
    }

    /// <summary>
    /// What becomes known of the filing of a document from elsewhere: that it was filed, which starts its limit and ends it, so that it counts as in time
    /// or late; that the authority has answered, which leaves open when it was filed; that it was not filed, from which on it is overdue.
    /// </summary>
    private async Task OnFilingElsewhereAsync(Case @case, LimitSpec spec, DatedFact fact, bool ends)
    {
        if (fact.Kind is not (FactKind.Filed or FactKind.FilingReceived or FactKind.FilingRegistered or FactKind.FilingMissing)) return;
        var there = (await DeadlineRow.OfCaseAsync(work.Db, @case.DocumentId, @case.Id, spec.Name)).Count > 0;
        if (!Applies(spec, @case, laws)) await CloseAsync(@case, spec.Name, null, fact.Kind.Name());
        else if (!there && (ends || fact.Kind == FactKind.FilingMissing) && @case.Latest(spec.From!.Value) is { } start) await PutAsync(@case, Plan(@case, spec, start), start.Kind.Name());
    }

    private PlannedDeadline Plan(Case @case, LimitSpec spec, DatedFact fact, IReadOnlyList<SuspensionRow>? suspensions = null)
    {
        var law = @case.Profile.Limits.GetValueOrDefault(spec.Name);
        var limit = law is null ? spec.Limit : law.Limit;
        var source = law?.Source ?? spec.Source;
        var planned = new PlannedDeadline(
            spec.Name, spec.Label, fact.Kind, fact.LegalDate, Until(spec, @case.Profile)!.Value, limit, null, null, false, [$"来源未规定期限：{source}"], source,
            law?.Confidence ?? Confidence.Assumed, limit is null ? [] : spec.Rungs);
        return planned.Counted(laws.CalendarOf(@case.GovernmentId), suspensions ?? []);
    }

    private async Task PutAsync(Case @case, PlannedDeadline plan, string reason)
    {
        if (await OpenAsync(@case, plan.Name) is [var open, ..])
        {
            await MoveAsync(open, plan, reason);
            return;
        }

        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: a deadline starts
            INSERT INTO Deadline (Id, DocumentId, CaseId, Name, Label, FromFact, FromDate, UntilFact, Length, Unit, DayKind, RawEnd, Due, Provisional, Projection, Steps, Source, Confidence, Rungs, NextRungOn)
            VALUES (@Id, @DocumentId, @CaseId, @Name, @Label, @FromFact, @FromDate, @UntilFact, @Length, @Unit, @DayKind, @RawEnd, @Due, @Provisional, 1, @Steps, @Source, @Confidence, @Rungs, @NextRungOn)
            """,
            plan.Row(id, @case.DocumentId, @case.Id, FirstRung(plan.Due, plan.Rungs)));
        work.Record(new DeadlineStarted(id, plan.Name, plan.FromDate, plan.Due, plan.Provisional), @case.DocumentId);
    }

    private async Task CloseAsync(Case @case, DeadlineRow open, DateOnly? metOn, string reason)
    {
        var closed = await work.Db.ExecuteAsync(
            """
            -- Cases/Deadlines: a deadline ends
            UPDATE Deadline SET MetOn = @metOn, ClosedAt = @Now, ClosedReason = @reason WHERE Id = @Id AND ClosedAt IS NULL
            """,
            new { open.Id, metOn, work.Now, reason });
        if (closed != 1) return;
        work.Record(new DeadlineClosed(open.Id, open.Name, metOn, open.IsDuty && metOn > open.Due, reason), @case.DocumentId);
        work.Closed.Add((@case.Id, open.Name));
    }

    private async Task<IReadOnlyList<DeadlineRow>> OpenAsync(Case @case, string? name) =>
        [.. (await DeadlineRow.OfCaseAsync(work.Db, @case.DocumentId, @case.Id, name)).Where(l => l.Open).Reverse()];

    private static DateOnly? FirstRung(DateOnly? due, IEnumerable<RungPlan> rungs) =>
        due is { } on ? rungs.Select(r => (DateOnly?)on.AddDays(r.Days)).Min() : null;
}
