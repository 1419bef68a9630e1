using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>Something that a draft lacks.</summary>
/// <param name="Item">What is missing, e.g. 起草说明.</param>
/// <param name="Reason">Why it is needed, or what is wrong with what was handed in.</param>
public sealed record Missing(string Item, string Reason);

/// <summary>
/// 受理: the legal office takes a draft in for review, which starts the limit of the review and a new round bound to the text as it is now;
/// or finds it incomplete and says what is missing. A new round voids the signatures of the rounds before it.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Taken in, or incomplete.</param>
/// <param name="Missing">What is missing, when it is incomplete.</param>
/// <param name="On">The day on which the materials were received; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("accept-for-review", "受理")]
[Finishes("accept-review")]
public sealed record AcceptForReview(Guid DocumentId, AcceptanceOutcome Outcome, IReadOnlyList<Missing>? Missing = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask;

internal sealed class AcceptForReviewValidator : AbstractValidator<AcceptForReview>
{
    public AcceptForReviewValidator()
    {
        RuleFor(c => c.Missing).NotEmpty().When(c => c.Outcome == AcceptanceOutcome.Incomplete).WithMessage("请列明需要补正的材料。");
        RuleFor(c => c.Missing).Empty().When(c => c.Outcome == AcceptanceOutcome.Accepted).WithMessage("予以受理的，不应再列需要补正的材料。");
        RuleFor(c => c.Missing)
            .Must(m => m is null || m.All(i => !string.IsNullOrWhiteSpace(i.Item) && !string.IsNullOrWhiteSpace(i.Reason))).WithMessage("每项需要补正的材料都应写明名称和理由。")
            .Must(m => m is null || m.All(i => i.Item.Length <= 200 && i.Reason.Length <= 2000)).WithMessage("材料名称不能超过 200 字，理由不能超过 2000 字。");
    }
}

internal sealed class AcceptForReviewHandler(Work work, CaseFlow flow) : IRequestHandler<AcceptForReview, Result<Done>>
{
    public async Task<Result<Done>> Handle(AcceptForReview command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.OwnDraftAsync(work, file) is { } own) return own;
        var on = command.On ?? work.Today;
        if (DateOrder.After(work.Today, file, ("收到送审材料", on),
            FactKind.Identified, FactKind.DraftCompleted, FactKind.DepartmentChecked, FactKind.ReviewConcluded, FactKind.OpinionFollowed, FactKind.OpinionNotFollowed,
            FactKind.Decided, FactKind.Signed) is { } disorder) return disorder;
        return command.Outcome == AcceptanceOutcome.Accepted ? await AcceptAsync(file, on) : await AskForMoreAsync(file, command.Missing!, on);
    }

    private async Task<Result<Done>> AcceptAsync(Case file, DateOnly on)
    {
        if (await DocumentTexts.LatestAsync(work, file.DocumentId) is not { } text) return Error.Refused("review.no-text", "该文件没有正文，不能受理。");
        await Signatures.VoidAsync(work, file.DocumentId, "重新进行合法性审查");
        var round = 1 + await work.Db.ScalarAsync<int>(
            """
            -- LegalityReview/AcceptForReview: how many rounds there are
            SELECT COALESCE(MAX(Round), 0) FROM LegalityReview WHERE DocumentId = @DocumentId
            """,
            new { file.DocumentId });
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/AcceptForReview: a round
            INSERT INTO LegalityReview (Id, DocumentId, Round, TextId, ReceivedOn) VALUES (@id, @DocumentId, @round, @TextId, @on)
            """,
            new { id, file.DocumentId, round, TextId = text.Id, on });
        work.Record(new ReviewAccepted(id, round, text.Digest, on), file.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.ReviewReceived, on, "受理")) is { } refused) return refused;
        return await flow.FinishAsync(nameof(AcceptanceOutcome.Accepted));
    }

    private async Task<Result<Done>> AskForMoreAsync(Case file, IReadOnlyList<Missing> missing, DateOnly on)
    {
        foreach (var item in missing)
        {
            await work.Db.ExecuteAsync(
                """
                -- LegalityReview/AcceptForReview: what is missing
                INSERT INTO MissingItem (Id, DocumentId, Item, Reason, AskedOn, AskedBy, AskedAt) VALUES (@Id, @DocumentId, @Item, @Reason, @on, @Name, @Now)
                """,
                new { Id = Work.NewId(), file.DocumentId, Item = item.Item.Trim(), Reason = item.Reason.Trim(), on, work.Actor.Name, work.Now });
        }

        work.Record(new DraftFoundIncomplete(missing), file.DocumentId);
        return await flow.FinishAsync(nameof(AcceptanceOutcome.Incomplete));
    }
}
