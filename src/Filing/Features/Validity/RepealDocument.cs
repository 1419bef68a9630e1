using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>废止: the maker ends its document; the date is the first day without force, and may lie ahead.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Source">The number or title of the decision that repeals it.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day; today when absent.</param>
[Verb("repeal-document", "废止", Once = true)]
[Needs(Function.EndValidity, At = [Place.LegalOffice])]
public sealed record RepealDocument(Guid DocumentId, string Source, string Reason, DateOnly? On = null) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class RepealDocumentValidator : AbstractValidator<RepealDocument>
{
    public RepealDocumentValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class RepealDocumentHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<RepealDocument, Result<Done>>
{
    public Task<Result<Done>> Handle(RepealDocument command, CancellationToken cancellationToken) =>
        EndOfValidity.RecordAsync(work, flow, deadlines, command.DocumentId, FactKind.Repealed, command.On, command.Source, command.Reason);
}
