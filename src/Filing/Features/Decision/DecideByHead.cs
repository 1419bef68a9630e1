using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>
/// 负责人直接决定: on the urgent path the head, or a delegate, decides without a meeting, after the review. Why it is urgent stands in the fact
/// that it is.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Adopted">True when it was approved.</param>
/// <param name="Head">Who decided.</param>
/// <param name="Reason">Why it was not approved.</param>
/// <param name="On">The day of the decision; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("decide-by-head", "负责人直接决定")]
[Finishes("decide-by-head")]
public sealed record DecideByHead(Guid DocumentId, bool Adopted, string Head, string? Reason = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class DecideByHeadValidator : AbstractValidator<DecideByHead>
{
    public DecideByHeadValidator()
    {
        RuleFor(c => c.Head).NotEmpty().WithMessage("请填写作出决定的负责人。").MaximumLength(100).WithMessage("负责人不能超过 100 字。");
        RuleFor(c => c.Reason).NotEmpty().When(c => !c.Adopted).WithErrorCode("decision.reason-missing").WithMessage("未批准的，应当写明理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
    }
}

internal sealed class DecideByHeadHandler(Work work, CaseFlow flow) : IRequestHandler<DecideByHead, Result<Done>>
{
    public async Task<Result<Done>> Handle(DecideByHead command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (file.Latest(FactKind.Urgent) is not { } urgent || !CaseQuestions.Shortens(urgent, CaseQuestions.WithoutMeeting))
            return Error.Refused("decision.not-urgent", "未启用紧急程序的，应当集体讨论决定，不得由负责人直接决定。");
        if (!(await DecisionGates.DecidableAsync(work, file)).TryGet(out var ready, out error)) return error;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("负责人决定", on), ("合法性审查完成", ready.Review.On), ("启用紧急程序", urgent.LegalDate)) is { } disorder) return disorder;
        var outcome = command.Adopted ? DecisionOutcome.Adopted : DecisionOutcome.Rejected;
        await Decisions.AddAsync(
            work, command.DocumentId, new(DecisionMode.Head, outcome, on, command.Head, [], [], null, null, null, command.Reason ?? urgent.Source), ready.Review, ready.Text);
        if (await flow.RecordAsync(file, new(FactKind.Decided, on, "负责人直接决定", Decisions.FactValue(outcome, ready.Text.Digest))) is { } refused) return refused;
        return await flow.FinishAsync(outcome.ToString());
    }
}
