using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 导入年度放假安排: a year gets the plan of rest days and make-up working days that was announced for it, or another one. Without <see cref="Digest"/> nothing is done: the answer lists which open deadlines
/// would move, with the digest of that list. With it, just that is done, or it is refused as <c>calendar.stale</c>; the deadlines then move in steps, each with its event.
/// </summary>
/// <param name="Year">The year, from 2004 to 2100.</param>
/// <param name="Content">The plan as text: JSON as in the calendar file, CSV (<c>date,kind,name</c>) or iCalendar. At most 1 MB.</param>
/// <param name="Source">The paper that announces it, e.g. 国办发明电〔2026〕7号.</param>
/// <param name="Reason">Why; it stands in the event of each deadline that moves.</param>
/// <param name="Digest">The digest of the list that was confirmed; null lists and does nothing.</param>
[Verb("import-holidays", "导入年度放假安排")]
[Needs(Function.KeepRules)]
public sealed record ImportHolidays(int Year, string Content, string Source, string Reason, string? Digest = null) : ICommand<CalendarOutcome>, IReasoned;

internal sealed class ImportHolidaysValidator : AbstractValidator<ImportHolidays>
{
    public ImportHolidaysValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明变更日历的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
    }
}

internal sealed class ImportHolidaysHandler(Work work, Laws laws) : IRequestHandler<ImportHolidays, Result<CalendarOutcome>>
{
    public async Task<Result<CalendarOutcome>> Handle(ImportHolidays command, CancellationToken cancellationToken)
    {
        if (!HolidayPlan.Read(command.Content, command.Year).TryGet(out var plan, out var error)) return error;
        var change = await CalendarChange.BeginAsync(work, laws);
        if (change.Conflict(plan) is { } conflict) return conflict;
        return await change.GoAsync(
            new(CalendarRow.PlanKind, null, plan.Year, JsonSerializer.Serialize(plan.Days, Json.Options), [.. plan.Days.Select(d => $"{d.Date:yyyy-MM-dd} {(d.Working ? "work" : "rest")} {d.Name}")],
                $"{plan.Year}年放假安排", command.Source, command.Reason, [.. plan.Doubts, .. change.Doubts(plan)]),
            command.Digest);
    }
}
