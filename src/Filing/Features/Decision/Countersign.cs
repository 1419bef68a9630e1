using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.LegalityReview;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Decision;

/// <summary>会签: a body that issues jointly signs the approved text, or refuses, which sends the document back to review and voids what was signed.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Agreed or refused.</param>
/// <param name="Reason">Why it refuses.</param>
/// <param name="On">The day of the signature; today when null.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("countersign", "会签")]
[Finishes("countersign")]
public sealed record Countersign(Guid DocumentId, CountersigningOutcome Outcome, string? Reason = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class CountersignValidator : AbstractValidator<Countersign>
{
    public CountersignValidator() => RuleFor(c => c.Reason)
        .NotEmpty().When(c => c.Outcome == CountersigningOutcome.Refused).WithMessage("不同意会签的，应当写明理由。").MaximumLength(4000).WithMessage("理由不能超过 4000 字。");
}

internal sealed class CountersignHandler(Work work, CaseFlow flow) : IRequestHandler<Countersign, Result<Done>>
{
    public async Task<Result<Done>> Handle(Countersign command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        var body = work.Task!.AnchorId;
        if (command.Outcome == CountersigningOutcome.Refused)
        {
            work.Record(new CountersigningRefused(body, command.Reason!), command.DocumentId);
            await Signatures.VoidAsync(work, command.DocumentId, "联合制定机关不同意");
            return await flow.FinishAsync(nameof(CountersigningOutcome.Refused));
        }

        if (!(await DecisionGates.ApprovedAsync(work, file)).TryGet(out var approved, out error)) return error;
        if (DecisionGates.SignedBefore(work, await Signatures.StandingAsync(work, command.DocumentId)) is { } again) return again;
        var on = command.On ?? work.Today;
        if (DateOrder.Check(work.Today, ("会签", on), (approved.Act, approved.On)) is { } disorder) return disorder;
        var id = await Signatures.AddAsync(work, command.DocumentId, Signatures.OfCoIssuer, "会签", body, on, approved.Digest);
        work.Record(new DocumentCountersigned(id, body, approved.Digest, on), command.DocumentId);
        var name = await DesksOf.BodyNameAsync(work.Db, DeskPlace.Body, body, on);
        if (await flow.RecordAsync(file, new(FactKind.Countersigned, on, "会签", name)) is { } refused) return refused;
        return await flow.FinishAsync(nameof(CountersigningOutcome.Agreed));
    }
}
