using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Workflows;
using FluentValidation;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>撤回: the drafting unit withdraws a draft at any time before its publication. The numbers that it already has are voided with that.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Reason">Why.</param>
[Verb("withdraw-draft", "撤回送审")]
[Needs(Function.Withdraw, At = [Place.DraftingBody])]
public sealed record WithdrawDraft(Guid DocumentId, string Reason) : ICommand<Done>, IForDocument, IReasoned;

internal sealed class WithdrawDraftValidator : AbstractValidator<WithdrawDraft>
{
    public WithdrawDraftValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明撤回的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
}

internal sealed class WithdrawDraftHandler(Work work, CaseFlow flow) : IRequestHandler<WithdrawDraft, Result<Done>>
{
    public async Task<Result<Done>> Handle(WithdrawDraft command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (file.Has(FactKind.Published)) return Error.Refused("withdraw.published", "文件已经公布，不能撤回；需要停止适用的，请办理废止。");
        work.Record(new DraftWithdrawn(command.Reason), command.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.Withdrawn, work.Today, "撤回送审", command.Reason)) is { } refused) return refused;
        await NumberBook.VoidAllAsync(work, command.DocumentId, $"撤回送审：{command.Reason}");
        if (!(await flow.SignalAsync(file.Id, "signal", "withdraw", new Signal("Received"))).TryGet(out var heard, out error)) return error;
        return heard ? Done.It : Error.Refused("withdraw.closed", "该文件已经办结，不能撤回。");
    }
}
