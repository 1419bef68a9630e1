using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Features.Validity;

/// <summary>
/// Acts on a published document: what must hold for each, the dated fact, and, once its date has come, the end of the watch over its validity.
/// The legal date is the first day of the new state.
/// </summary>
internal static class EndOfValidity
{
    /// <summary>The signal for which the definitions wait.</summary>
    public const string Ended = "ended";

    private static readonly FactKind[] Endings = [FactKind.Repealed, FactKind.DeclaredLapsed, FactKind.Annulled, FactKind.TermEnded, FactKind.Withdrawn];

    /// <summary>Records the act, and delivers its end where its date has come; <c>foreseen</c>: by a published paper that names a day to come.</summary>
    public static async Task<Result<Done>> RecordAsync(Work work, CaseFlow flow, Deadlines deadlines, Guid documentId, FactKind kind, DateOnly? date, string source, string reason, bool foreseen = false)
    {
        if (!(await flow.CaseAsync(documentId)).TryGet(out var file, out var error)) return error;
        var on = date ?? work.Today;
        if (Gate(file.History, kind, on) is { } closed) return closed;
        work.Record(new ValidityChanged(kind, on, source, reason), documentId);
        if (await flow.RecordAsync(file, new(kind, on, source, reason) { Foreseen = foreseen }) is { } refused) return refused with { Field = "on" };
        return await DeliverAsync(work, flow, deadlines, file) is { } failed ? failed : Done.It;
    }

    /// <summary>Ends the watch over a document whose end has come; nothing happens before, or when the watch is over.</summary>
    public static async Task<Error?> DeliverAsync(Work work, CaseFlow flow, Deadlines deadlines, Case file)
    {
        if (EndedOn(file.History) is not { } end || end.LegalDate > work.Today) return null;
        // What ends is said before the case is closed: a limit that is still open then would end as if its work were done.
        await deadlines.CloseAsync(file, Deadlines.ValidityEnd, null, end.Kind.Name());
        await deadlines.CloseAsync(file, Deadlines.Evaluation, null, end.Kind.Name());
        return (await flow.SignalAsync(file.Id, "signal", Ended, new Signal("Received"))).TryGet(out _, out var error) ? null : error;
    }

    /// <summary>The earliest act that ends the document's force; null when there is none.</summary>
    public static DatedFact? EndedOn(FactHistory facts) => facts.Current.FirstOrDefault(f => Endings.Contains(f.Kind));

    /// <summary>What forbids an act on a day; null when nothing does.</summary>
    public static Error? Gate(FactHistory facts, FactKind kind, DateOnly on)
    {
        if (facts.Latest(FactKind.Published) is not { } published) return Error.Refused("validity.not-published", $"该文件尚未公布，无从{kind.Name()}。");
        if (on < published.LegalDate)
            return Error.Invalid("date.order", $"{kind.Name()}日期（{ChineseDate.Format(on)}）早于公布日期（{ChineseDate.Format(published.LegalDate)}），顺序不可能，请核对。", "on");
        // A superior may annul what its maker has repealed; nothing else follows an end.
        var end = facts.Current.FirstOrDefault(f => Endings.Contains(f.Kind) && (kind != FactKind.Annulled || f.Kind is FactKind.Annulled or FactKind.Withdrawn));
        if (end is not null && (kind is not (FactKind.Suspended or FactKind.Resumed) || end.LegalDate <= on))
            return Error.Refused("validity.already-ended", $"该文件自{ChineseDate.Format(end.LegalDate)}起已{end.Kind.Name()}。");
        var suspended = facts.Current.LastOrDefault(f => f.Kind is FactKind.Suspended or FactKind.Resumed);
        return kind switch
        {
            FactKind.Suspended when suspended?.Kind == FactKind.Suspended =>
                Error.Refused("validity.already-suspended", $"该文件自{ChineseDate.Format(suspended.LegalDate)}起已停止执行。"),
            FactKind.Resumed when suspended?.Kind != FactKind.Suspended => Error.Refused("validity.not-suspended", "该文件没有停止执行，无从恢复。"),
            FactKind.Suspended or FactKind.Resumed when suspended is not null && on < suspended.LegalDate => Error.Invalid(
                "date.order", $"{kind.Name()}日期（{ChineseDate.Format(on)}）早于{suspended.Kind.Name()}日期（{ChineseDate.Format(suspended.LegalDate)}），顺序不可能，请核对。", "on"),
            FactKind.TermEnded when !(ValidityTerm.TryParse(facts.Latest(FactKind.TermSet)?.Value, out var term, out _) && term.Kind == TermKind.UntilDone) =>
                Error.Refused("validity.no-task", "该文件的有效期不以任务完成为止。"),
            _ => null,
        };
    }
}
