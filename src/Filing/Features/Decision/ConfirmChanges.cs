using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>
/// 核对修改: after an adoption in principle the reviewer looks whether the changes are lawful and no more than the meeting wanted. Confirmed, the
/// approval binds the changed text; returned, the draft is reviewed anew.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Confirmed or returned.</param>
/// <param name="Reason">Why it is returned; a remark otherwise.</param>
/// <param name="On">The day of the confirmation; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("confirm-changes", "核对修改")]
[Finishes("confirm-changes")]
public sealed record ConfirmChanges(Guid DocumentId, ChangesOutcome Outcome, string? Reason = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class ConfirmChangesValidator : AbstractValidator<ConfirmChanges>
{
    public ConfirmChangesValidator() => RuleFor(c => c.Reason)
        .NotEmpty().When(c => c.Outcome == ChangesOutcome.Returned).WithMessage("退回重新审查的，应当写明理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
}

internal sealed class ConfirmChangesHandler(Work work, CaseFlow flow) : IRequestHandler<ConfirmChanges, Result<Done>>
{
    public async Task<Result<Done>> Handle(ConfirmChanges command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.OwnDraftAsync(work, file) is { } own) return own;
        if (await DecisionRow.LatestAsync(work, command.DocumentId) is not { Decided: DecisionOutcome.AdoptedInPrinciple, ApprovedDigest: null } decision
            || decision.ReviewId != (await ReviewRow.LatestAsync(work, command.DocumentId))?.Id)
            return Error.Refused("changes.not-in-principle", "该文件不是原则通过后待核对的文件。");
        if (command.Outcome == ChangesOutcome.Returned)
        {
            work.Record(new ChangesReturned(decision.Id, command.Reason!), command.DocumentId);
            return await flow.FinishAsync(nameof(ChangesOutcome.Returned));
        }

        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("核对修改", on), ("集体讨论", decision.HeldOn)) is { } disorder) return disorder;
        var text = (await DocumentTexts.LatestAsync(work, command.DocumentId))!;
        if (text.Digest == decision.Digest) return Error.Refused("changes.none", "起草单位尚未提交按会议要求修改的正文。");
        return await ConfirmAsync(file, decision, text, on);
    }

    private async Task<Result<Done>> ConfirmAsync(Case file, DecisionRow decision, TextVersion text, DateOnly on)
    {
        var confirmed = await work.Db.ExecuteAsync(
            """
            -- Decision/ConfirmChanges: the approval binds the changed text
            UPDATE Decision SET ApprovedTextId = @TextId, ApprovedDigest = @Digest, ApprovedOn = @on, ConfirmedBy = @Name WHERE Id = @Id AND ApprovedDigest IS NULL
            """,
            new { decision.Id, TextId = text.Id, text.Digest, on, work.Actor.Name });
        if (confirmed != 1) return Error.Conflict("changes.confirmed", "修改已经核对过了，请刷新后查看。");
        work.Record(new ChangesConfirmed(decision.Id, text.Digest, on), file.DocumentId);
        // The same decision of the same day, now on the text that it wanted.
        if (file.Latest(FactKind.Decided) is { } decided
            && await flow.RecordAsync(
                file, new(FactKind.Decided, decided.LegalDate, "核对修改", Decisions.FactValue(DecisionOutcome.AdoptedInPrinciple, text.Digest), decided.Id)) is { } refused) return refused;
        return await flow.FinishAsync(nameof(ChangesOutcome.Confirmed));
    }
}
