using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>Whether an answer to a finding holds.</summary>
/// <param name="No">The number of the finding in the opinion.</param>
/// <param name="Confirmed">True when the text does what the answer says.</param>
/// <param name="Remark">What is still to do; wanted where it is not confirmed.</param>
public sealed record FindingVerdict(int No, bool Confirmed, string? Remark = null);

/// <summary>
/// 核对意见落实: the reviewer looks at every answer in the amended text. What comes of it follows from the verdicts: something said to be
/// adopted is not done: again; otherwise, a binding finding was not adopted: not followed; otherwise followed.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Verdicts">One for each finding that was adopted or partly adopted; others need none.</param>
/// <param name="On">The day of the verdict; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("confirm-findings", "核对意见落实")]
[Finishes("confirm-findings")]
public sealed record ConfirmFindings(Guid DocumentId, IReadOnlyList<FindingVerdict> Verdicts, DateOnly? On = null, Guid? TaskId = null) : ICommand<Following>, IFinishesTask;

internal sealed class ConfirmFindingsValidator : AbstractValidator<ConfirmFindings>
{
    public ConfirmFindingsValidator()
    {
        RuleFor(c => c.Verdicts).Must(v => v.DistinctBy(i => i.No).Count() == v.Count).WithMessage("同一条审查意见只能核对一次。");
        RuleFor(c => c.Verdicts).Must(v => v.All(i => i.Confirmed || !string.IsNullOrWhiteSpace(i.Remark)))
            .WithErrorCode("findings.remark-missing").WithMessage("未落实的，应当写明还需修改的内容。");
        RuleFor(c => c.Verdicts).Must(v => v.All(i => i.Remark is null || i.Remark.Length <= 2000)).WithMessage("说明不能超过 2000 字。");
    }
}

internal sealed class ConfirmFindingsHandler(Work work, CaseFlow flow) : IRequestHandler<ConfirmFindings, Result<Following>>
{
    public async Task<Result<Following>> Handle(ConfirmFindings command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.OwnDraftAsync(work, file) is { } own) return own;
        if (!(await ReviewGates.AmendingAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("核对意见落实", on), ("出具审查意见", review.ConcludedOn)) is { } disorder) return disorder;
        var findings = await FindingRow.OfReviewAsync(work, review.Id);
        if (Unsound(command, findings) is { } unsound) return unsound;
        var outcome = Derive(command, findings);
        if (outcome != Following.Again && (await DocumentTexts.LatestAsync(work, command.DocumentId))!.Digest != review.Text.Digest)
            return Error.Refused("review.text-changed", "正文在答复之后有变动，请退回起草单位重新答复。");
        await StoreAsync(command, review.Id, outcome, on);
        work.Record(new FindingsConfirmed(review.Id, command.Verdicts, outcome, review.Text.Digest), command.DocumentId);
        if (Fact(outcome, findings, review, on) is { } fact && await flow.RecordAsync(file, fact) is { } refused) return refused;
        return await flow.FinishTaskAsync(outcome.ToString()) is { } stuck ? stuck : outcome;
    }

    private static Error? Unsound(ConfirmFindings command, IReadOnlyList<FindingRow> findings)
    {
        if (findings.FirstOrDefault(f => f.Answered is null) is { } silent) return Error.Refused("findings.unanswered", $"第 {silent.No} 条审查意见尚未答复。");
        if (command.Verdicts.FirstOrDefault(v => findings.All(f => f.No != v.No)) is { } strange) return Error.Invalid("findings.unknown", $"没有第 {strange.No} 条审查意见。", "verdicts");
        if (findings.FirstOrDefault(f => f.Answered != AnswerKind.NotAdopted && command.Verdicts.All(v => v.No != f.No)) is { } open)
            return Error.Invalid("findings.unconfirmed", $"第 {open.No} 条审查意见的落实情况尚未核对。", "verdicts");
        return findings.FirstOrDefault(f => f is { Binding: true, Answered: AnswerKind.NotAdopted } && command.Verdicts.Any(v => v.No == f.No && v.Confirmed)) is { } refused
            ? Error.Invalid("findings.not-adopted", $"第 {refused.No} 条是必须修改的意见，起草单位没有采纳，不能核对为已落实。", "verdicts")
            : null;
    }

    private static Following Derive(ConfirmFindings command, IReadOnlyList<FindingRow> findings)
    {
        if (findings.Any(f => f.Answered != AnswerKind.NotAdopted && !command.Verdicts.First(v => v.No == f.No).Confirmed)) return Following.Again;
        return findings.Any(f => f is { Binding: true, Answered: AnswerKind.NotAdopted }) ? Following.NotFollowed : Following.Followed;
    }

    private static NewFact? Fact(Following outcome, IReadOnlyList<FindingRow> findings, ReviewRow review, DateOnly on) => outcome switch
    {
        Following.Followed => new(FactKind.OpinionFollowed, on, "核对意见落实", review.Text.Digest),
        Following.NotFollowed => new(FactKind.OpinionNotFollowed, on, "核对意见落实",
            $"未采纳第 {string.Join("、", findings.Where(f => f is { Binding: true, Answered: AnswerKind.NotAdopted }).Select(f => f.No))} 条审查意见"),
        Following.Again => null,
    };

    private async Task StoreAsync(ConfirmFindings command, Guid reviewId, Following outcome, DateOnly on)
    {
        foreach (var verdict in command.Verdicts)
        {
            await work.Db.ExecuteAsync(
                """
                -- LegalityReview/ConfirmFindings: a verdict
                UPDATE Finding SET Confirmed = @Confirmed, ConfirmedBy = @Name, ConfirmRemark = @Remark WHERE ReviewId = @reviewId AND No = @No
                """,
                new { reviewId, verdict.No, verdict.Confirmed, verdict.Remark, work.Actor.Name });
        }

        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/ConfirmFindings: what came of the opinion
            UPDATE LegalityReview SET Following = @Following, FollowingOn = @on WHERE Id = @reviewId
            """,
            new { reviewId, Following = Kebab.Of(outcome), on });
    }
}
