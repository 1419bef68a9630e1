using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>期限清单: open duties that are due in a span of days, the earliest first; what a figure of the board leads to.</summary>
/// <param name="From">The first day; without it everything up to <paramref name="To"/>.</param>
/// <param name="To">The last day; without it everything from <paramref name="From"/> on.</param>
/// <param name="Limit">One limit, as the definitions call it.</param>
/// <param name="Government">Code of the government in whose register they are.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadDeadlines(DateOnly? From = null, DateOnly? To = null, string? Limit = null, string? Government = null, int Skip = 0, int Take = 50) : IQuery<DeadlinePage>;

internal sealed class ReadDeadlinesValidator : AbstractValidator<ReadDeadlines>
{
    public ReadDeadlinesValidator()
    {
        RuleFor(q => q.To).Must((q, to) => to is null || q.From is null || to >= q.From).WithMessage("截止日期早于开始日期。");
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadDeadlinesHandler(Work work) : IRequestHandler<ReadDeadlines, Result<DeadlinePage>>
{
    public async Task<Result<DeadlinePage>> Handle(ReadDeadlines query, CancellationToken cancellationToken)
    {
        var (from, to) = (query.From ?? new DateOnly(1900, 1, 1), query.To ?? new DateOnly(9999, 12, 31));
        return (await WatchedDeadline.PageAsync(work, from, to, query.Skip, query.Take, query.Limit, query.Government)) with
        {
            Limits = LimitCount.Of(await WatchedDeadline.CountAsync(work, from, to, query.Government)),
        };
    }
}
