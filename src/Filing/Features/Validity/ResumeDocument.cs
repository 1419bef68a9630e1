using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>恢复执行: a stopped document has force again from this day.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Source">The number or title of the decision that lets it go on.</param>
/// <param name="Reason">Why.</param>
/// <param name="On">The day; today when absent.</param>
[Verb("resume-document", "恢复执行", Once = true)]
[Needs(Function.EndValidity, At = [Place.LegalOffice, Place.SuperiorLegalOffice])]
public sealed record ResumeDocument(Guid DocumentId, string Source, string Reason, DateOnly? On = null) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class ResumeDocumentValidator : AbstractValidator<ResumeDocument>
{
    public ResumeDocumentValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class ResumeDocumentHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<ResumeDocument, Result<Done>>
{
    public Task<Result<Done>> Handle(ResumeDocument command, CancellationToken cancellationToken) =>
        EndOfValidity.RecordAsync(work, flow, deadlines, command.DocumentId, FactKind.Resumed, command.On, command.Source, command.Reason);
}
