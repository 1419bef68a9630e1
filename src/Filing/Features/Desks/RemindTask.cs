using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>催办: somebody who waits reminds the desk at which a task lies, once a day at most. It changes no deadline.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Note">What the reminder says besides.</param>
[Verb("remind-task", "催办")]
[Needs(Function.ReadDocuments)]
public sealed record RemindTask(Guid DocumentId, Guid TaskId, string? Note = null) : ICommand<Done>, IForDocument;

internal sealed class RemindTaskValidator : AbstractValidator<RemindTask>
{
    public RemindTaskValidator() => RuleFor(c => c.Note).MaximumLength(500).WithMessage("说明不超过 500 字。");
}

internal sealed class RemindTaskHandler(Work work) : IRequestHandler<RemindTask, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemindTask command, CancellationToken cancellationToken)
    {
        if (await HeldTask.FindAsync(work, command.DocumentId, command.TaskId) is not { } task) return Error.Conflict("task.closed", "这项待办已经办结，不必催办。");
        if (work.Desks.Contains(task.Desk)) return Error.Refused("task.own-desk", "这项待办就在您的岗位上。");
        var reminded = await work.Db.ExecuteAsync(
            """
            -- Desks/RemindTask: once a day
            UPDATE Task SET RemindedOn = @Today WHERE Id = @Id AND State = 'open' AND (RemindedOn IS NULL OR RemindedOn < @Today)
            """,
            new { work.Today, task.Id });
        if (reminded == 0) return Error.Refused("task.reminded-today", "这项待办今天已经催办过。");
        var title = await work.Db.ScalarAsync<string>(
            """
            -- Desks/RemindTask: the title
            SELECT Title FROM Document WHERE Id = @DocumentId
            """,
            new { command.DocumentId });
        work.Record(new TaskReminded(task.Id, task.Code, command.Note), command.DocumentId);
        await Cases.Alerts.LayAsync(
            work, command.DocumentId, "task-reminded", "info", task.Desk, null, $"催办：{task.Name}《{title}》",
            $"{work.Actor.Name}提请办理《{title}》的“{task.Name}”，该事项{ChineseDate.Format(LegalClock.DayOf(task.OpenedAt))}到达。{command.Note}");
        return Done.It;
    }
}
