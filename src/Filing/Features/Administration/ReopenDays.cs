using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 撤销本地停止办公日: days that were put down as closed are worked after all. Without <see cref="Digest"/> nothing is done: the answer lists which open deadlines would move. With it, just that is done,
/// or it is refused as <c>calendar.stale</c>.
/// </summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, in the same year; of the days between, those that were put down.</param>
/// <param name="Source">The paper that orders it.</param>
/// <param name="Reason">Why; it stands in the event of each deadline that moves.</param>
/// <param name="Government">The government, by its code; null where the asker keeps the rules of only one.</param>
/// <param name="Digest">The digest of the list that was confirmed; null lists and does nothing.</param>
[Verb("reopen-days", "撤销本地停止办公日")]
[Needs(Function.KeepRules)]
public sealed record ReopenDays(DateOnly From, DateOnly To, string Source, string Reason, string? Government = null, string? Digest = null) : ICommand<CalendarOutcome>, IReasoned;

internal sealed class ReopenDaysValidator : AbstractValidator<ReopenDays>
{
    public ReopenDaysValidator()
    {
        RuleFor(c => c.Source).NotEmpty().WithMessage("请写明依据的文件。").MaximumLength(200).WithMessage("依据不能超过 200 字。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明变更日历的理由。").MaximumLength(500).WithMessage("理由不能超过 500 字。");
        RuleFor(c => c.To).Must((c, to) => to >= c.From).WithErrorCode("date.order").WithMessage("末日不能早于首日。");
        RuleFor(c => c.To).Must((c, to) => to.Year == c.From.Year).WithErrorCode("calendar.closure-year").WithMessage("首尾两日应在同一年；跨年的请分两次撤销。");
    }
}

internal sealed class ReopenDaysHandler(Work work, Laws laws) : IRequestHandler<ReopenDays, Result<CalendarOutcome>>
{
    public async Task<Result<CalendarOutcome>> Handle(ReopenDays command, CancellationToken cancellationToken)
    {
        if (!(await CalendarChange.GovernmentAsync(work, command.Government)).TryGet(out var government, out var error)) return error;
        var change = await CalendarChange.BeginAsync(work, laws);
        var days = change.ClosuresOf(government, command.From.Year);
        if (days.RemoveAll(d => d.Date >= command.From && d.Date <= command.To) == 0)
            return Error.Invalid("calendar.not-closed", $"{CalendarChange.Span(command.From, command.To)}没有登记本地停止办公日。", "from");
        return await change.GoAsync(CalendarChange.Closures(government, command.From.Year, days, $"撤销{CalendarChange.Span(command.From, command.To)}本地停止办公", command.Source, command.Reason), command.Digest);
    }
}
