using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>
/// 领办: somebody at the desk of a task takes it, so that no colleague does the same work. What another holds can be taken over, with a reason:
/// nobody's absence stops a step of the law.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Reason">Why it is taken over; needed where another holds it.</param>
[Verb("take-task", "领办")]
[Needs(Function.ReadDocuments)]
public sealed record TakeTask(Guid DocumentId, Guid TaskId, string? Reason = null) : ICommand<Done>, IForDocument, IReasoned;

/// <summary>转交: hands a task over to a colleague who sits at the same desk.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task.</param>
/// <param name="To">The colleague's account.</param>
/// <param name="Note">What he or she should know.</param>
[Verb("hand-over-task", "转交")]
[Needs(Function.ReadDocuments)]
public sealed record HandOverTask(Guid DocumentId, Guid TaskId, Guid To, string? Note = null) : ICommand<Done>, IForDocument;

/// <summary>退回待领: gives a task that one holds back to the desk.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task.</param>
[Verb("return-task", "退回待领")]
[Needs(Function.ReadDocuments)]
public sealed record ReturnTask(Guid DocumentId, Guid TaskId) : ICommand<Done>, IForDocument;

internal sealed class TakeTaskValidator : AbstractValidator<TakeTask>
{
    public TakeTaskValidator() => RuleFor(c => c.Reason).MaximumLength(500).WithMessage("理由不超过 500 字。");
}

internal sealed class HandOverTaskValidator : AbstractValidator<HandOverTask>
{
    public HandOverTaskValidator() => RuleFor(c => c.Note).MaximumLength(500).WithMessage("说明不超过 500 字。");
}

internal sealed class TakeTaskHandler(Work work) : IRequestHandler<TakeTask, Result<Done>>
{
    public async Task<Result<Done>> Handle(TakeTask command, CancellationToken cancellationToken)
    {
        if (!(await HeldTask.AtMyDeskAsync(work, command.DocumentId, command.TaskId)).TryGet(out var task, out var error)) return error;
        var me = work.Actor.AccountId!.Value;
        if (task.HolderId == me) return Done.It;
        if (task.HolderId is not null && string.IsNullOrWhiteSpace(command.Reason)) return Error.Refused("task.held", $"“{task.Name}”由{task.Holder}办理中，改由您办理的，请写明理由。") with { Field = "reason" };
        if (!await HeldTask.HoldAsync(work, task, me, null, command.Reason)) return HeldTask.Moved;
        work.Record(new TaskTaken(task.Id, task.Code, me, task.HolderId), command.DocumentId);
        return Done.It;
    }
}

internal sealed class HandOverTaskHandler(Work work) : IRequestHandler<HandOverTask, Result<Done>>
{
    public async Task<Result<Done>> Handle(HandOverTask command, CancellationToken cancellationToken)
    {
        if (!(await HeldTask.AtMyDeskAsync(work, command.DocumentId, command.TaskId)).TryGet(out var task, out var error)) return error;
        var me = work.Actor.AccountId!.Value;
        if (task.HolderId is { } holder && holder != me) return HeldTask.HeldBy(task);
        if (command.To == me) return Error.Invalid("task.to-oneself", "不能转交给本人。", "to");
        var seats = await DesksOf.SeatsAsync(work.Db, task.Desk, work.Today);
        if (seats.FirstOrDefault(s => s.AccountId == command.To) is not { } seat) return Error.Refused("task.not-at-desk", "只能转交给同一岗位的同事。") with { Field = "to" };
        if (!await HeldTask.HoldAsync(work, task, command.To, me, command.Note)) return HeldTask.Moved;
        work.Record(new TaskHandedOver(task.Id, task.Code, command.To, command.Note), command.DocumentId);
        if (seat.Email is { Length: > 0 } email)
            await Outbox.MailAsync(work, $"task:{task.Id}:{work.ProcessId}", new Mail(email, seat.Name, $"转交：{task.Name}", $"{work.Actor.Name}将“{task.Name}”转交给您办理。{command.Note}"));
        return Done.It;
    }
}

internal sealed class ReturnTaskHandler(Work work) : IRequestHandler<ReturnTask, Result<Done>>
{
    public async Task<Result<Done>> Handle(ReturnTask command, CancellationToken cancellationToken)
    {
        if (!(await HeldTask.AtMyDeskAsync(work, command.DocumentId, command.TaskId)).TryGet(out var task, out var error)) return error;
        if (task.HolderId is null) return Done.It;
        if (task.HolderId != work.Actor.AccountId) return HeldTask.HeldBy(task);
        if (!await HeldTask.HoldAsync(work, task, null, null, null)) return HeldTask.Moved;
        work.Record(new TaskReturned(task.Id, task.Code), command.DocumentId);
        return Done.It;
    }
}
