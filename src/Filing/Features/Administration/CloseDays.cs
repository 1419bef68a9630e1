using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 登记本地停止办公日: days on which a government closes on its own; they are rest days for the documents in its register. Without <see cref="Digest"/> nothing is done: the answer lists which open
/// deadlines would move. With it, just that is done, or it is refused as <c>calendar.stale</c>.
/// </summary>
/// <param name="From">The first day. Rest days between the first and the last are passed over; a make-up working day of the plan cannot be closed.</param>
/// <param name="To">The last day, in the same year.</param>
/// <param name="Name">The occasion in a few words, e.g. 防汛; it stands in the derivation of due dates.</param>
/// <param name="Source">The paper that orders it.</param>
/// <param name="Reason">Why; it stands in the event of each deadline that moves.</param>
/// <param name="Government">The government, by its code; null where the asker keeps the rules of only one.</param>
/// <param name="Digest">The digest of the list that was confirmed; null lists and does nothing.</param>
[Verb("close-days", "登记本地停止办公日")]
[Needs(Function.KeepRules)]
public sealed record CloseDays(DateOnly From, DateOnly To, string Name, string Source, string Reason, string? Government = null, string? Digest = null) : ICommand<CalendarOutcome>, IReasoned;

internal sealed class CloseDaysValidator : AbstractValidator<CloseDays>
{
    public CloseDaysValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("请写明停止办公的事由。").MaximumLength(20).WithMessage("事由不能超过 20 字。");
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明变更日历的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
        RuleFor(c => c.To).Must((c, to) => to >= c.From).WithErrorCode("date.order").WithMessage("末日不能早于首日。");
        RuleFor(c => c.To).Must((c, to) => to.Year == c.From.Year).WithErrorCode("calendar.closure-year").WithMessage("首尾两日应在同一年；跨年的请分两次登记。");
        RuleFor(c => c.From).Must(from => from.Year is >= HolidayPlan.FirstYear and <= HolidayPlan.LastYear).WithErrorCode("calendar.year").WithMessage($"年份应在 {HolidayPlan.FirstYear} 至 {HolidayPlan.LastYear} 之间。");
    }
}

internal sealed class CloseDaysHandler(Work work, Laws laws) : IRequestHandler<CloseDays, Result<CalendarOutcome>>
{
    public async Task<Result<CalendarOutcome>> Handle(CloseDays command, CancellationToken cancellationToken)
    {
        if (!(await CalendarChange.GovernmentAsync(work, command.Government)).TryGet(out var government, out var error)) return error;
        var change = await CalendarChange.BeginAsync(work, laws);
        var (days, common) = (change.ClosuresOf(government, command.From.Year), change.Before.Common);
        for (var day = command.From; day <= command.To; day = day.AddDays(1))
        {
            if (days.Any(d => d.Date == day)) return Error.Invalid("calendar.twice", $"{ChineseDate.Format(day)}已经登记为本地停止办公日。", "from");
            if (common.IsMakeUpWorkday(day)) return Error.Invalid("calendar.closure-make-up", $"{ChineseDate.FormatFull(day)}是放假安排规定的调休上班日，不能登记为本地停止办公日。", "from");
            // Whoever closes from a Friday to a Monday need not say it twice.
            if (common.IsWorkday(day)) days.Add(new(day, command.Name.Trim()));
        }

        if (!days.Any(d => d.Date >= command.From && d.Date <= command.To))
            return Error.Invalid("calendar.closure-rest", $"{CalendarChange.Span(command.From, command.To)}本来就是休息日，不必登记。", "from");

        return await change.GoAsync(CalendarChange.Closures(government, command.From.Year, days, $"{CalendarChange.Span(command.From, command.To)}本地停止办公（{command.Name.Trim()}）", command.Source, command.Reason), command.Digest);
    }
}
