using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>停止执行: the maker or the filing authority stops a document; the date is the first day of it.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Source">The number or title of the decision that stops it.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day; today when absent.</param>
[Verb("suspend-document", "停止执行", Once = true)]
[Needs(Function.EndValidity, At = [Place.LegalOffice, Place.SuperiorLegalOffice])]
public sealed record SuspendDocument(Guid DocumentId, string Source, string Reason, DateOnly? On = null) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class SuspendDocumentValidator : AbstractValidator<SuspendDocument>
{
    public SuspendDocumentValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class SuspendDocumentHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<SuspendDocument, Result<Done>>
{
    public Task<Result<Done>> Handle(SuspendDocument command, CancellationToken cancellationToken) =>
        EndOfValidity.RecordAsync(work, flow, deadlines, command.DocumentId, FactKind.Suspended, command.On, command.Source, command.Reason);
}
