using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>
/// 调研论证: where the rules want it, the drafting unit says before it consults anybody what it studied, why the document is needed and whether it can be carried
/// out. The report itself may be a material.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Methods">How it was studied: whom it asked, what it looked at.</param>
/// <param name="Conclusion">Why the document is needed and can be carried out.</param>
/// <param name="On">The day on which it ended; today when absent.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("conclude-research", "完成调研论证")]
[Finishes("research")]
public sealed record ConcludeResearch(Guid DocumentId, string Methods, string Conclusion, DateOnly? On = null, Guid? TaskId = null) : ICommand<Done>, IFinishesTask;

internal sealed class ConcludeResearchValidator : AbstractValidator<ConcludeResearch>
{
    public ConcludeResearchValidator()
    {
        RuleFor(c => c.Methods).NotEmpty().WithMessage("请写明调研的对象和方式。").MaximumLength(2000).WithMessage("调研的对象和方式不能超过 2000 字。");
        RuleFor(c => c.Conclusion).NotEmpty().WithMessage("请填写论证结论。").MaximumLength(5000).WithMessage("论证结论不能超过 5000 字。");
    }
}

internal sealed class ConcludeResearchHandler(Work work, CaseFlow flow) : IRequestHandler<ConcludeResearch, Result<Done>>
{
    public async Task<Result<Done>> Handle(ConcludeResearch command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        work.Record(new ResearchConcluded(command.Methods, command.Conclusion), command.DocumentId);
        return await flow.RecordAsync(file, new(FactKind.Researched, command.On ?? work.Today, "调研论证", command.Conclusion)) is { } refused ? refused : await flow.FinishAsync("Concluded");
    }
}
