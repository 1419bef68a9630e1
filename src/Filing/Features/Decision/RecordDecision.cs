using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>记录集体讨论决定: who met when, who was absent, who disagreed, and what was decided on which text.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">What was decided.</param>
/// <param name="Meeting">The meeting, e.g. 市政府常务会议.</param>
/// <param name="MeetingNumber">Its number, e.g. 第12次.</param>
/// <param name="Chair">Who chaired it.</param>
/// <param name="Attendees">Who took part, the chair included or not.</param>
/// <param name="Absent">Who did not.</param>
/// <param name="Dissent">Other opinions, truthfully (江门 2018 第十五项); null when there were none.</param>
/// <param name="Reason">What is to be changed, discussed again, or why it was rejected; wanted unless it was adopted.</param>
/// <param name="On">The day of the meeting; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("record-decision", "记录集体讨论决定")]
[Finishes("decide")]
public sealed record RecordDecision(
    Guid DocumentId, DecisionOutcome Outcome, string Meeting, string MeetingNumber, string Chair, IReadOnlyList<string> Attendees, IReadOnlyList<string>? Absent = null,
    string? Dissent = null, string? Reason = null, DateOnly? On = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class RecordDecisionValidator : AbstractValidator<RecordDecision>
{
    public RecordDecisionValidator()
    {
        RuleFor(c => c.Meeting).NotEmpty().WithMessage("请填写会议名称。").MaximumLength(200).WithMessage("会议名称不能超过 200 字。");
        RuleFor(c => c.MeetingNumber).NotEmpty().WithMessage("请填写会议次数或者编号。").MaximumLength(100).WithMessage("会议次数不能超过 100 字。");
        RuleFor(c => c.Chair).NotEmpty().WithMessage("请填写主持人。").MaximumLength(100).WithMessage("主持人不能超过 100 字。");
        RuleFor(c => c.Attendees).Must(a => a.Any(n => !string.IsNullOrWhiteSpace(n))).WithErrorCode("decision.no-attendees").WithMessage("请填写出席人员。集体讨论不能只有主持人。");
        RuleFor(c => c.Absent).Must((c, a) => a is null || !a.Any(n => n == c.Chair || c.Attendees.Contains(n)))
            .WithErrorCode("decision.present-and-absent").WithMessage("同一人不能既出席又缺席。");
        RuleFor(c => c.Dissent).MaximumLength(8000).WithMessage("不同意见不能超过 8000 字。");
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Outcome != DecisionOutcome.Adopted)
            .WithErrorCode("decision.reason-missing").WithMessage("原则通过、再议或者不通过的，应当写明修改要求或者理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
    }
}

internal sealed class RecordDecisionHandler(Work work, CaseFlow flow) : IRequestHandler<RecordDecision, Result<Done>>
{
    public async Task<Result<Done>> Handle(RecordDecision command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (!(await DecisionGates.DecidableAsync(work, file)).TryGet(out var ready, out error)) return error;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("集体讨论", on), ("合法性审查完成", ready.Review.On)) is { } disorder) return disorder;
        var decision = new NewDecision(
            DecisionMode.Collective, command.Outcome, on, command.Chair, command.Attendees, command.Absent ?? [], command.Meeting, command.MeetingNumber, command.Dissent, command.Reason);
        await Decisions.AddAsync(work, command.DocumentId, decision, ready.Review, ready.Text);
        if (await flow.RecordAsync(file, new(FactKind.Decided, on, $"{command.Meeting}{command.MeetingNumber}", Decisions.FactValue(command.Outcome, ready.Text.Digest))) is { } refused) return refused;
        return await flow.FinishAsync(command.Outcome.ToString());
    }
}
