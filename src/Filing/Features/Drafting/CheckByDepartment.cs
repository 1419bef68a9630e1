using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>起草单位法制审核: the drafting unit's own legal section checks the draft before it leaves the house.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Passed">Whether it may leave; otherwise it goes back to the drafter.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("check-by-department", "起草单位法制审核")]
[Finishes("department-check")]
public sealed record CheckByDepartment(Guid DocumentId, bool Passed, string Opinion, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class CheckByDepartmentValidator : AbstractValidator<CheckByDepartment>
{
    public CheckByDepartmentValidator() => RuleFor(c => c.Opinion).NotEmpty().WithMessage("请填写审核意见。").MaximumLength(5000).WithMessage("审核意见不能超过 5000 字。");
}

internal sealed class CheckByDepartmentHandler(Work work, CaseFlow flow) : IRequestHandler<CheckByDepartment, Result<Done>>
{
    public async Task<Result<Done>> Handle(CheckByDepartment command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.IsOwnAsync(work, file)) return Error.Refused("department-check.own-draft", "起草人不得审核自己起草的文件。");
        work.Record(new DraftChecked(command.Passed, command.Opinion), command.DocumentId);
        if (command.Passed && await flow.RecordAsync(file, new(FactKind.DepartmentChecked, work.Today, "起草单位法制审核", command.Opinion)) is { } refused) return refused;
        return await flow.FinishAsync(command.Passed ? "Passed" : "Returned");
    }
}
