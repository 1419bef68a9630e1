using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>What comes of the check of an entry.</summary>
public enum EntryCheck
{
    /// <summary>核对无误.</summary>
    Confirmed,

    /// <summary>不予补录.</summary>
    Rejected,
}

/// <summary>核对补录: the legal office compares an entry with the paper. From then on the document counts, its numbers are kept, and its validity is watched.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Confirmed or rejected.</param>
/// <param name="Reason">Why it is rejected.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("confirm-entry", "核对补录", Once = true)]
[Finishes("check-entry")]
public sealed record ConfirmEntry(Guid DocumentId, EntryCheck Outcome = EntryCheck.Confirmed, string? Reason = null, Guid? TaskId = null)
    : ICommand<EntryResult>, IFinishesTask, IReasoned;

/// <summary>A checked entry.</summary>
/// <param name="Findings">What is to be looked into; empty when nothing is.</param>
public sealed record EntryResult(IReadOnlyList<string> Findings);

internal sealed class ConfirmEntryValidator : AbstractValidator<ConfirmEntry>
{
    public ConfirmEntryValidator() =>
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Outcome == EntryCheck.Rejected).WithMessage("请写明不予补录的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
}

internal sealed class ConfirmEntryHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<ConfirmEntry, Result<EntryResult>>
{
    public async Task<Result<EntryResult>> Handle(ConfirmEntry command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var entry = await work.Db.QuerySingleOrDefaultAsync<EntryRow>(
            """
            -- Registration/ConfirmEntry: what was entered
            SELECT Source, IssueNumber, RegistrationNumber FROM ElsewhereEntry WHERE DocumentId = @DocumentId AND State = 'entered'
            """,
            new { file.DocumentId });
        if (entry is null) return Error.Conflict("entry.checked", "该补录已经核对过。");
        IReadOnlyList<string> findings = [];
        if (command.Outcome == EntryCheck.Confirmed
            && !(await ElsewhereNumbers.KeepAsync(work, file, entry.IssueNumber, entry.RegistrationNumber, entry.Source)).TryGet(out findings!, out error)) return error;
        if (command.Outcome == EntryCheck.Confirmed && Deadlines.FilingUnknown(file, laws)) findings = [.. findings, FilingUnknown(file)];
        await work.Db.ExecuteAsync(
            """
            -- Registration/ConfirmEntry: the entry is checked
            UPDATE ElsewhereEntry SET State = @State, Findings = @Findings, CheckedOn = @Today, CheckedBy = @Name, Note = @Reason WHERE DocumentId = @DocumentId
            """,
            new { file.DocumentId, State = Kebab.Of(command.Outcome), Findings = JsonSerializer.Serialize(findings, Json.Options), work.Today, work.Actor.Name, command.Reason });
        await ValiditySpans.RewriteAsync(work.Db, file);
        work.Record(new EntryChecked(command.Outcome, command.Reason, findings), file.DocumentId);
        if (await WatchAsync(command.Outcome, file) is { } refused) return refused;
        if (await flow.FinishTaskAsync(command.Outcome.ToString()) is { } failed) return failed;
        return await EndOfValidity.DeliverAsync(work, flow, deadlines, file) is { } undelivered ? undelivered : new EntryResult(findings);
    }

    private async Task<Error?> WatchAsync(EntryCheck outcome, Case file)
    {
        if (outcome == EntryCheck.Rejected) return await flow.RecordAsync(file, new(FactKind.Abandoned, work.Today, "核对补录"));
        if (file.Has(FactKind.Published) && (file.MustBeFiled || file.Has(FactKind.Filed)) && file.SuperiorId is { } superior)
            await Parties.AddAsync(work, file.DocumentId, superior, Parties.Superior);
        // The last day of an old paper has long passed: that is what its status says, and nobody is to be reminded of it.
        if (!(Domain.Validity.LastValidDay(file.History, DateOnly.MaxValue) < work.Today)) await TermDeadlines.SetAsync(laws, deadlines, file, "补录");
        return null;
    }

    private static string FilingUnknown(Case file) =>
        $"报备情况不明：{ChineseDate.Format(file.Latest(FactKind.Published)!.LegalDate)}公布，补录时报备期限已过，没有报备日期，请核实后补记";

    private sealed record EntryRow
    {
        public required string Source { get; init; }
        public string? IssueNumber { get; init; }
        public string? RegistrationNumber { get; init; }
    }
}
