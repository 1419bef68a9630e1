using System.Globalization;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>
/// 签发: a leader of the issuing body signs at the next level of the profile, or sends the document back, which voids what was signed. With the
/// last level the document is signed; its fact has the day of the last signature and, as its value, the document's date (成文日期).
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Signed or returned.</param>
/// <param name="Reason">Why it is returned.</param>
/// <param name="DatedBy">Which day stands under the document; asked of the last level.</param>
/// <param name="On">The day of the signature; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("sign-document", "签发")]
[Finishes("sign")]
public sealed record SignDocument(
    Guid DocumentId, SigningOutcome Outcome, string? Reason = null, DatedBy DatedBy = DatedBy.Signature, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class SignDocumentValidator : AbstractValidator<SignDocument>
{
    public SignDocumentValidator() => RuleFor(c => c.Reason)
        .NotEmpty().When(c => c.Outcome == SigningOutcome.Returned).WithMessage("退回的，应当写明理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
}

internal sealed class SignDocumentHandler(Work work, CaseFlow flow) : IRequestHandler<SignDocument, Result<Done>>
{
    public async Task<Result<Done>> Handle(SignDocument command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var standing = await Signatures.StandingAsync(work, command.DocumentId);
        var (levels, level) = (file.Profile.SignatureLevels.Value, 1 + standing.Count(s => s.BodyId == file.IssuingBodyId));
        if (level > levels.Count) return Error.Refused("sign.complete", "各级负责人均已签发。");
        if (command.Outcome == SigningOutcome.Returned)
        {
            work.Record(new SigningReturned(level, levels[level - 1], command.Reason!), command.DocumentId);
            await Signatures.VoidAsync(work, command.DocumentId, $"{levels[level - 1]}退回");
            return await flow.FinishAsync(nameof(SigningOutcome.Returned));
        }

        if (!(await DecisionGates.ApprovedAsync(work, file)).TryGet(out var approved, out error)) return error;
        if (await Signatures.WantingAsync(work, command.DocumentId, approved.Digest) is [_, ..] wanting)
            return Error.Refused("sign.not-countersigned", $"联合制定机关尚未会签：{string.Join("、", wanting)}。");
        if (DecisionGates.SignedBefore(work, standing) is { } again) return again;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("签发", on), [(approved.Act, approved.On), .. Before(file, standing)]) is { } disorder) return disorder;
        var id = await Signatures.AddAsync(work, command.DocumentId, level, levels[level - 1], file.IssuingBodyId, on, approved.Digest);
        work.Record(new DocumentSigned(id, level, levels[level - 1], approved.Digest, on), command.DocumentId);
        if (level == levels.Count && await flow.RecordAsync(file, Fact(command, approved, standing, on)) is { } refused) return refused;
        return await flow.FinishAsync(nameof(SigningOutcome.Signed));
    }

    private static IEnumerable<(string, DateOnly?)> Before(Case file, IReadOnlyList<SignatureRow> standing) =>
        standing.Where(s => s.BodyId == file.IssuingBodyId).Select(s => ($"{s.LevelName}签发", (DateOnly?)s.SignedOn));

    private static NewFact Fact(SignDocument command, Approved approved, IReadOnlyList<SignatureRow> standing, DateOnly on)
    {
        // A co-issuing body may have signed on a later day than the lead's own last level.
        var last = standing.Select(s => s.SignedOn).Append(on).Max();
        var dated = command.DatedBy == DatedBy.Adoption ? approved.AdoptedOn : last;
        return new(FactKind.Signed, last, "签发", dated.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
