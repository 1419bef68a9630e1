using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>The drafter's answer to a finding.</summary>
/// <param name="No">The number of the finding in the opinion.</param>
/// <param name="Answer">Adopted, partly, or not.</param>
/// <param name="Reason">Why; wanted unless it is adopted.</param>
public sealed record FindingAnswer(int No, AnswerKind Answer, string? Reason = null);

/// <summary>
/// 按意见修改并答复: the drafter answers every finding that is not yet confirmed, and hands in the amended text where a binding one is adopted.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Answers">The answers, one a finding.</param>
/// <param name="Text">The amended body text.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("answer-findings", "按意见修改并答复")]
[Finishes("answer-findings")]
public sealed record AnswerFindings(Guid DocumentId, IReadOnlyList<FindingAnswer> Answers, string? Text = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class AnswerFindingsValidator : AbstractValidator<AnswerFindings>
{
    public AnswerFindingsValidator()
    {
        RuleFor(c => c.Answers).NotEmpty().WithMessage("请逐条答复审查意见。");
        RuleFor(c => c.Answers).Must(a => a.DistinctBy(i => i.No).Count() == a.Count).WithMessage("同一条审查意见只能答复一次。");
        RuleFor(c => c.Answers).Must(a => a.All(i => i.Answer == AnswerKind.Adopted || !string.IsNullOrWhiteSpace(i.Reason)))
            .WithErrorCode("findings.reason-missing").WithMessage("部分采纳或者不采纳的，应当说明理由。");
        RuleFor(c => c.Answers).Must(a => a.All(i => i.Reason is null || i.Reason.Length <= 2000)).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class AnswerFindingsHandler(Work work, CaseFlow flow) : IRequestHandler<AnswerFindings, Result<Done>>
{
    public async Task<Result<Done>> Handle(AnswerFindings command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out _, out var error)) return error;
        if (!(await ReviewGates.AmendingAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        var findings = await FindingRow.OfReviewAsync(work, review.Id);
        if (command.Answers.FirstOrDefault(a => findings.All(f => f.No != a.No)) is { } strange) return Error.Invalid("findings.unknown", $"没有第 {strange.No} 条审查意见。", "answers");
        if (findings.FirstOrDefault(f => f.Confirmed != true && command.Answers.All(a => a.No != f.No)) is { } silent)
            return Error.Invalid("findings.unanswered", $"第 {silent.No} 条审查意见尚未答复。", "answers");

        var latest = (await DocumentTexts.LatestAsync(work, command.DocumentId))!;
        var wanted = command.Answers.Any(a => a.Answer != AnswerKind.NotAdopted && findings.First(f => f.No == a.No).Binding);
        var changed = !string.IsNullOrWhiteSpace(command.Text) && CanonicalText.From(command.Text).Digest != latest.Digest;
        if (wanted && string.IsNullOrWhiteSpace(command.Text)) return Error.Invalid("findings.text-missing", "采纳必须修改的意见的，应当提交修改后的正文。", "text");
        if (wanted && !changed) return Error.Refused("findings.text-unchanged", "提交的正文与原稿相同，没有按意见修改。");
        if (changed) latest = await DocumentTexts.AddAsync(work, command.DocumentId, DocumentTexts.Draft, command.Text!);
        await StoreAsync(command, review.Id, latest.Id);
        work.Record(new FindingsAnswered(review.Id, command.Answers, changed ? latest.Digest : null), command.DocumentId);
        return await flow.FinishAsync("Answered");
    }

    private async Task StoreAsync(AnswerFindings command, Guid reviewId, Guid textId)
    {
        foreach (var answer in command.Answers)
        {
            await work.Db.ExecuteAsync(
                """
                -- LegalityReview/AnswerFindings: an answer; what was confirmed of an earlier one no longer counts
                UPDATE Finding SET Answer = @Answer, AnswerReason = @Reason, AnsweredBy = @Name, Confirmed = NULL, ConfirmedBy = NULL, ConfirmRemark = NULL
                WHERE ReviewId = @reviewId AND No = @No
                """,
                new { reviewId, answer.No, Answer = Kebab.Of(answer.Answer), answer.Reason, work.Actor.Name });
        }

        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/AnswerFindings: the text that is to be looked at
            UPDATE LegalityReview SET AmendedTextId = @textId, Following = NULL, FollowingOn = NULL, Explanation = NULL, Authority = NULL WHERE Id = @reviewId
            """,
            new { reviewId, textId });
    }
}
