using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingReview;

/// <summary>What the filing authority does with a filing after the check of its form (国令789号 第九条, as a model).</summary>
public enum FilingAnswer
{
    /// <summary>备案登记.</summary>
    Registered,

    /// <summary>暂缓登记: something is missing.</summary>
    Held,

    /// <summary>不予登记.</summary>
    Refused,
}

/// <summary>Why a filing is not registered.</summary>
public enum FilingRefusal
{
    /// <summary>不属于规范性文件.</summary>
    NotNormative,

    /// <summary>不属于本机关备案.</summary>
    NotOurs,
}

/// <summary>接收备案: the filing authority registers a filing, holds it for correction, or refuses it. Nobody answers a filing of the house that he or she sits in.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Outcome">What is done.</param>
/// <param name="ReceivedOn">The day on which the filing arrived; the day of the answer when absent. Of a filing that was held, the first day stays.</param>
/// <param name="On">The day of the answer; today when absent.</param>
/// <param name="ReceiptNumber">备案登记号, where it is not given here.</param>
/// <param name="Ground">Why it is refused.</param>
/// <param name="Note">What is missing, or why it is refused.</param>
/// <param name="TaskId">The task that the author saw.</param>
[Verb("receive-filing", "接收备案", Once = true)]
[Finishes("receive-filing")]
public sealed record ReceiveFiling(
    Guid DocumentId, FilingAnswer Outcome, DateOnly? ReceivedOn = null, DateOnly? On = null, string? ReceiptNumber = null, FilingRefusal? Ground = null, string? Note = null,
    Guid? TaskId = null) : ICommand<FilingReceipt>, IFinishesTask;

/// <summary>The answer to a filing.</summary>
/// <param name="ReceiptNumber">备案登记号; null when it was not registered.</param>
public sealed record FilingReceipt(string? ReceiptNumber);

internal sealed class ReceiveFilingValidator : AbstractValidator<ReceiveFiling>
{
    public ReceiveFilingValidator()
    {
        RuleFor(c => c.Note).NotEmpty().When(c => c.Outcome == FilingAnswer.Held).WithMessage("请写明缺少或者不符合要求的材料。");
        RuleFor(c => c.Note).NotEmpty().When(c => c.Outcome == FilingAnswer.Refused).WithMessage("请写明不予登记的理由。");
        RuleFor(c => c.Note).MaximumLength(2000).WithMessage("说明不能超过 2000 字。");
        RuleFor(c => c.Ground).NotNull().When(c => c.Outcome == FilingAnswer.Refused).WithMessage("请选择不予登记的种类。");
        RuleFor(c => c.ReceiptNumber).Null().When(c => c.Outcome != FilingAnswer.Registered).WithMessage("未予登记的，不编备案登记号。").MaximumLength(100).WithMessage("备案登记号不能超过 100 字。");
    }
}

internal sealed class ReceiveFilingHandler(Work work, CaseFlow flow) : IRequestHandler<ReceiveFiling, Result<FilingReceipt>>
{
    public async Task<Result<FilingReceipt>> Handle(ReceiveFiling command, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(command.DocumentId)).TryGet(out var file, out var error)) return error;
        if (await IsOwnAsync(file)) return Error.Refused("filing.own", "不得接收本机关或者本人报送的备案件，请由其他工作人员办理。");
        var on = command.On ?? work.Today;
        var received = file.Latest(FactKind.FilingReceived)?.LegalDate;
        var arrived = received ?? command.ReceivedOn ?? on;
        var order = Chronology.Check("receivedOn", new("报送备案", file.Latest(FactKind.Filed)?.LegalDate), new("收到", arrived))
            ?? Chronology.Check("on", new("收到", arrived), new("补正", file.Latest(FactKind.Supplemented)?.LegalDate), new("答复", on));
        if (order is not null) return order;
        if (received is null && await flow.RecordAsync(file, new(FactKind.FilingReceived, arrived, "接收备案")) is { } early) return early with { Field = "receivedOn" };
        string? receipt = null;
        if (command.Outcome == FilingAnswer.Registered && !(await ReceiptAsync(command, file, on)).TryGet(out receipt, out error)) return error;
        var answered = await work.Db.ExecuteAsync(
            """
            -- FilingReview/ReceiveFiling: a filing is answered
            UPDATE FilingCase SET State = @State, ReceivedOn = @arrived, RegisteredOn = @RegisteredOn, ReceiptNumber = @receipt, Note = @Note
            WHERE InstanceId = @InstanceId AND State IN ('sent', 'resent')
            """,
            new
            {
                State = Kebab.Of(command.Outcome),
                arrived,
                RegisteredOn = command.Outcome == FilingAnswer.Registered ? on : (DateOnly?)null,
                receipt,
                command.Note,
                work.Task!.InstanceId,
            });
        if (answered != 1) return Error.Conflict("filing.answered", "该备案件刚刚已由他人办理。");
        work.Record(new FilingAnswered(command.Outcome, arrived, on, receipt, command.Ground, command.Note), file.DocumentId);
        if (await flow.RecordAsync(file, new(FactOf(command.Outcome), on, "接收备案", receipt ?? command.Note)) is { } refused) return refused;
        return await flow.FinishTaskAsync(command.Outcome.ToString()) is { } failed ? failed : new FilingReceipt(receipt);
    }

    private async Task<Result<string>> ReceiptAsync(ReceiveFiling command, Case file, DateOnly on)
    {
        var target = file.SuperiorId!.Value;
        if (command.ReceiptNumber?.Trim() is not { Length: > 0 } typed)
        {
            if (file.Profile.ReceiptPattern is null) return Error.Invalid("filing.receipt-required", "请填写备案登记号。", "receiptNumber");
            return (await NumberSeries.OwnedAsync(work, file.Profile, NumberKind.FilingReceipt, target)).TryGet(out var series, out var error)
                ? await NumberBook.AllocateAsync(work, series, on.Year, file.DocumentId, on)
                : error;
        }

        var taken = await work.Db.ScalarAsync<int>(
            """
            -- FilingReview/ReceiveFiling: is a receipt number in use?
            SELECT COUNT(*) FROM FilingCase WHERE TargetId = @target AND ReceiptNumber = @typed
            """,
            new { target, typed });
        return taken == 0 ? typed : Error.Conflict("filing.receipt-taken", $"备案登记号“{typed}”已经用过。");
    }

    private async Task<bool> IsOwnAsync(Case file)
    {
        if (work.Actor.Kind != ActorKind.Person) return false;
        if (work.Desks.Any(d => d.AnchorId == file.GovernmentId || d.AnchorId == file.IssuingBodyId || d.AnchorId == file.DraftingBodyId)) return true;
        return await work.Db.ScalarAsync<int>(
            """
            -- FilingReview/ReceiveFiling: did this account send it?
            SELECT COUNT(*) FROM Fact f JOIN Process p ON p.Id = f.ProcessId
            WHERE f.DocumentId = @DocumentId AND f.Kind IN ('filed', 'supplemented') AND p.ActorId = @AccountId
            """,
            new { file.DocumentId, work.Actor.AccountId }) > 0;
    }

    private static FactKind FactOf(FilingAnswer answer) => answer switch
    {
        FilingAnswer.Registered => FactKind.FilingRegistered,
        FilingAnswer.Held => FactKind.FilingHeld,
        FilingAnswer.Refused => FactKind.FilingRefused,
    };
}
