using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>恢复期限: a suspended limit runs again; its due date moves by the days that did not count.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Reason">What was waited for and has happened.</param>
/// <param name="On">The first day that counts again; today when not given.</param>
[Verb("resume-deadline", "恢复期限")]
[Needs(Function.SuspendDeadline, At = [Place.LegalOffice, Place.SuperiorLegalOffice])]
public sealed record ResumeDeadline(Guid DocumentId, Guid DeadlineId, string Reason, DateOnly? On = null) : ICommand<Redated>, IForDocument, IReasoned;

internal sealed class ResumeDeadlineValidator : AbstractValidator<ResumeDeadline>
{
    public ResumeDeadlineValidator() =>
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明恢复的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
}

internal sealed class ResumeDeadlineHandler(Work work, Deadlines deadlines) : IRequestHandler<ResumeDeadline, Result<Redated>>
{
    public async Task<Result<Redated>> Handle(ResumeDeadline command, CancellationToken cancellationToken)
    {
        if (!(await Suspensions.KeptByAsync(work, command.DocumentId, command.DeadlineId)).TryGet(out var row, out var error)) return error;
        var day = command.On ?? work.Today;
        if (day > work.Today) return Error.Invalid("fact.in-future", $"{ChineseDate.Format(day)}还没有到，不能记为已经恢复。", "on");
        var running = (await DeadlineRow.SuspensionsAsync(work.Db, row.Id)).FirstOrDefault(s => s.ToDate is null);
        if (running is null) return Error.Refused("deadline.not-suspended", "该期限没有中止，无须恢复。");
        if (day <= running.FromDate)
            return Error.Invalid("date.order", $"期限自{ChineseDate.Format(running.FromDate)}起中止，最早自{ChineseDate.Format(running.FromDate.AddDays(1))}起恢复，不能自{ChineseDate.Format(day)}起。", "on");
        var last = day.AddDays(-1);
        var ended = await work.Db.ExecuteAsync(
            """
            -- Supervision/ResumeDeadline: the last day that does not count
            UPDATE Suspension SET ToDate = @last WHERE Id = @Id AND ToDate IS NULL
            """,
            new { running.Id, last });
        if (ended != 1) return Error.Conflict("deadline.resumed", "该期限刚刚已由他人恢复，请刷新后查看。");
        work.Record(new DeadlineResumed(row.Id, row.Name, last, command.Reason), row.DocumentId);
        await deadlines.RecountAsync(row, $"自{ChineseDate.Format(day)}起恢复：{command.Reason}");
        return await Suspensions.NowAsync(work, row.Id);
    }
}
