using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>有效期终止: the task on which the term of a document hangs is done; the date is the first day without force, and may lie ahead.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Source">The number or title of the paper that shows that the task is done.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day; today when absent.</param>
[Verb("end-term", "确认任务完成", Once = true)]
[Needs(Function.EndValidity, At = [Place.LegalOffice])]
public sealed record EndTerm(Guid DocumentId, string Source, string Reason, DateOnly? On = null) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class EndTermValidator : AbstractValidator<EndTerm>
{
    public EndTermValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class EndTermHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<EndTerm, Result<Done>>
{
    public Task<Result<Done>> Handle(EndTerm command, CancellationToken cancellationToken) =>
        EndOfValidity.RecordAsync(work, flow, deadlines, command.DocumentId, FactKind.TermEnded, command.On, command.Source, command.Reason);
}
