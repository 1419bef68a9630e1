using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>中止期限: a limit stops running, because something that is not the office's to hasten must happen first.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Reason">Why; it stands in the derivation of the due date.</param>
/// <param name="On">The first day that does not count; today when not given.</param>
[Verb("suspend-deadline", "中止期限")]
[Needs(Function.SuspendDeadline, At = [Place.LegalOffice, Place.SuperiorLegalOffice])]
public sealed record SuspendDeadline(Guid DocumentId, Guid DeadlineId, string Reason, DateOnly? On = null) : ICommand<Redated>, IForDocument, IReasoned;

/// <summary>Where a due date now stands.</summary>
/// <param name="Due">The due date; null while a suspension runs.</param>
/// <param name="Steps">How it was found, in Chinese sentences.</param>
public sealed record Redated(DateOnly? Due, IReadOnlyList<string> Steps);

internal sealed class SuspendDeadlineValidator : AbstractValidator<SuspendDeadline>
{
    public SuspendDeadlineValidator() =>
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明中止的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
}

internal sealed class SuspendDeadlineHandler(Work work, Deadlines deadlines) : IRequestHandler<SuspendDeadline, Result<Redated>>
{
    public async Task<Result<Redated>> Handle(SuspendDeadline command, CancellationToken cancellationToken)
    {
        if (!(await Suspensions.KeptByAsync(work, command.DocumentId, command.DeadlineId)).TryGet(out var row, out var error)) return error;
        var from = command.On ?? work.Today;
        if (from > work.Today) return Error.Invalid("fact.in-future", $"{ChineseDate.Format(from)}还没有到，不能记为已经中止。", "on");
        if (from <= row.FromDate)
            return Error.Invalid("date.order", $"期限自{ChineseDate.Format(row.FromDate)}的次日起算，不能自{ChineseDate.Format(from)}起中止。", "on");
        var before = await DeadlineRow.SuspensionsAsync(work.Db, row.Id);
        if (before.FirstOrDefault(s => s.ToDate is null) is { } running)
            return Error.Refused("deadline.already-suspended", $"该期限自{ChineseDate.Format(running.FromDate)}起已经中止。");
        if (before.LastOrDefault(s => s.ToDate >= from) is { } earlier)
            return Error.Invalid("date.order", $"{ChineseDate.Format(earlier.FromDate)}至{ChineseDate.Format(earlier.ToDate!.Value)}已经中止过，不能再自{ChineseDate.Format(from)}起中止。", "on");
        if (from > row.Due)
            return Error.Refused("deadline.run-out", $"期限已于{ChineseDate.Format(row.Due.Value)}届满，不能自{ChineseDate.Format(from)}起中止。");
        await work.Db.ExecuteAsync(
            """
            -- Supervision/SuspendDeadline: days that do not count begin
            INSERT INTO Suspension (Id, DeadlineId, FromDate, ToDate, Reason) VALUES (@Id, @DeadlineId, @from, NULL, @Reason)
            """,
            new { Id = Work.NewId(), command.DeadlineId, from, command.Reason });
        work.Record(new DeadlineSuspended(row.Id, row.Name, from, command.Reason), row.DocumentId);
        await deadlines.RecountAsync(row, $"自{ChineseDate.Format(from)}起中止：{command.Reason}");
        return await Suspensions.NowAsync(work, row.Id);
    }
}
