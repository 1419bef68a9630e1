using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>What a paper is found to be.</summary>
public enum IdentificationOutcome
{
    /// <summary>规范性文件.</summary>
    Normative,

    /// <summary>不属于规范性文件.</summary>
    NotNormative,

    /// <summary>转其他渠道办理, e.g. a paper of the Party and the government together.</summary>
    OtherChannel,
}

/// <summary>认定: the legal office decides whether a paper is a normative document at all.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">What it is found to be.</param>
/// <param name="Reason">Why; it stands in the printed answer.</param>
/// <param name="Ground">For a paper that is none: which kind of the profile's exclusion list.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("identify-document", "认定")]
[Finishes("identify")]
public sealed record IdentifyDocument(Guid DocumentId, IdentificationOutcome Outcome, string Reason, string? Ground = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class IdentifyDocumentValidator : AbstractValidator<IdentifyDocument>
{
    public IdentifyDocumentValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明认定的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
        RuleFor(c => c.Ground).NotEmpty().When(c => c.Outcome == IdentificationOutcome.NotNormative).WithMessage("请选择不属于规范性文件的种类。");
    }
}

internal sealed class IdentifyDocumentHandler(Work work, CaseFlow flow) : IRequestHandler<IdentifyDocument, Result<Done>>
{
    public async Task<Result<Done>> Handle(IdentifyDocument command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await ReviewGates.OwnDraftAsync(work, file) is { } own) return own;
        if (command.Ground is { } ground && !file.Profile.Excluded.Value.Contains(ground))
            return Error.Invalid("identification.unknown-ground", $"“{ground}”不在排除清单中。", "ground");
        await work.Db.ExecuteAsync(
            """
            -- Drafting/IdentifyDocument: the identification
            INSERT INTO Identification (Id, DocumentId, Outcome, Ground, Reason, DecidedOn, DecidedBy)
            VALUES (@Id, @DocumentId, @Outcome, @Ground, @Reason, @Today, @Name)
            """,
            new { Id = Work.NewId(), command.DocumentId, Outcome = Kebab.Of(command.Outcome), command.Ground, command.Reason, work.Today, work.Actor.Name });
        work.Record(new DocumentIdentified(command.Outcome, command.Ground, command.Reason), command.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.Identified, work.Today, "认定", Kebab.Of(command.Outcome))) is { } refused) return refused;
        return await flow.FinishAsync(command.Outcome.ToString());
    }
}
