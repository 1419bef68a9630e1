using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>
/// 说明不采纳理由: where the profile lets an explanation do, the drafter says why a binding finding is not followed. The reason stands in the
/// fact; before signing it is looked for again.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Reason">Why.</param>
/// <param name="Authority">On whose decision, e.g. a leader or a meeting; null when the unit itself decided.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("explain-not-followed", "说明不采纳理由")]
[Finishes("explain-not-followed")]
public sealed record ExplainNotFollowed(Guid DocumentId, string Reason, string? Authority = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class ExplainNotFollowedValidator : AbstractValidator<ExplainNotFollowed>
{
    public ExplainNotFollowedValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明不采纳审查意见的理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
        RuleFor(c => c.Authority).MaximumLength(200).WithMessage("决定人或者机关不能超过 200 字。");
    }
}

internal sealed class ExplainNotFollowedHandler(Work work, CaseFlow flow) : IRequestHandler<ExplainNotFollowed, Result<Done>>
{
    public async Task<Result<Done>> Handle(ExplainNotFollowed command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (!(await ReviewGates.AmendingAsync(work, command.DocumentId)).TryGet(out var review, out error)) return error;
        if (review.Followed != Following.NotFollowed || file.Latest(FactKind.OpinionNotFollowed) is not { } fact)
            return Error.Refused("findings.nothing-to-explain", "没有未采纳的必须修改的意见，不需要说明理由。");
        if (file.Profile.OpinionNotFollowed.Value == OpinionGate.Block)
            return Error.Refused("findings.must-be-followed", $"按照本地规则，未按审查意见修改的不得制发，说明理由不能代替修改（{file.Profile.OpinionNotFollowed.Source}）。");
        await work.Db.ExecuteAsync(
            """
            -- LegalityReview/ExplainNotFollowed: why the opinion is not followed
            UPDATE LegalityReview SET Explanation = @Reason, Authority = @Authority WHERE Id = @Id
            """,
            new { review.Id, command.Reason, command.Authority });
        work.Record(new NotFollowingExplained(review.Id, command.Reason, command.Authority), command.DocumentId);
        var value = command.Authority is { Length: > 0 } authority ? $"{command.Reason}（{authority}）" : command.Reason;
        // The same fact, now with its reason: the day on which the opinion was not followed stays.
        if (await flow.RecordAsync(file, new(FactKind.OpinionNotFollowed, fact.LegalDate, "说明不采纳理由", value, fact.Id)) is { } refused) return refused;
        return await flow.FinishAsync("Explained");
    }
}
