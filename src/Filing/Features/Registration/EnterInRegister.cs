using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>What comes of a document at the register.</summary>
public enum RegisterOutcome
{
    /// <summary>登记.</summary>
    Registered,

    /// <summary>退回: its signatures are voided, and it goes back to the legality review.</summary>
    Returned,
}

/// <summary>统一登记: the legal office enters a signed document in the unified register, or returns it (郴政发〔2013〕2号 第十三项).</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">Entered or returned.</param>
/// <param name="Reason">Why it is returned.</param>
/// <param name="On">The day of registration; today when absent. Its year is the year of the registration number.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("enter-in-register", "统一登记", Once = true)]
[Finishes("register")]
public sealed record EnterInRegister(
    Guid DocumentId, RegisterOutcome Outcome = RegisterOutcome.Registered, string? Reason = null, DateOnly? On = null, Guid? TaskId = null)
    : ICommand<Done>, IFinishesTask, IReasoned;

internal sealed class EnterInRegisterValidator : AbstractValidator<EnterInRegister>
{
    public EnterInRegisterValidator()
    {
        RuleFor(c => c.Reason).NotEmpty().When(c => c.Outcome == RegisterOutcome.Returned).WithMessage("请写明退回的理由。");
        RuleFor(c => c.Reason).MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
    }
}

internal sealed class EnterInRegisterHandler(Work work, CaseFlow flow) : IRequestHandler<EnterInRegister, Result<Done>>
{
    public async Task<Result<Done>> Handle(EnterInRegister command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (IssueGates.NotRegistered(file) is { } already) return already;
        return command.Outcome == RegisterOutcome.Returned ? await ReturnAsync(command) : await RegisterAsync(command, file);
    }

    private async Task<Result<Done>> RegisterAsync(EnterInRegister command, Case file)
    {
        var on = command.On ?? work.Today;
        var approval = await Approval.LoadAsync(work, file);
        if ((IssueGates.Signed("register.not-signed", "登记", approval) ?? IssueGates.Unchanged("register.text-changed", "登记", approval)) is { } closed) return closed;
        if (Chronology.Check("on", new("签署", approval.SignedOn), new("登记", on)) is { } disorder) return disorder;
        work.Record(new DocumentRegistered(on, approval.Text!.Digest), command.DocumentId);
        if (await flow.RecordAsync(file, new(FactKind.Registered, on, "统一登记")) is { } refused) return refused;
        return await flow.FinishAsync(nameof(RegisterOutcome.Registered));
    }

    private async Task<Result<Done>> ReturnAsync(EnterInRegister command)
    {
        work.Record(new ReturnedFromRegister(command.Reason!), command.DocumentId);
        await Signatures.VoidAsync(work, command.DocumentId, "登记退回");
        return await flow.FinishAsync(nameof(RegisterOutcome.Returned));
    }
}
