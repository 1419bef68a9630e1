using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>将到期清单: what is due today or within some days, the most urgent first.</summary>
/// <param name="Days">How many days ahead; 0 is today alone.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadDueSoon(int Days = 7, int Skip = 0, int Take = 100) : IQuery<DeadlinePage>;

internal sealed class ReadDueSoonValidator : AbstractValidator<ReadDueSoon>
{
    public ReadDueSoonValidator()
    {
        RuleFor(q => q.Days).InclusiveBetween(0, 3660).WithMessage("天数应在 0 至 3660 之间。");
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadDueSoonHandler(Work work) : IRequestHandler<ReadDueSoon, Result<DeadlinePage>>
{
    public async Task<Result<DeadlinePage>> Handle(ReadDueSoon query, CancellationToken cancellationToken) =>
        await WatchedDeadline.PageAsync(work, work.Today, work.Today.AddDays(query.Days), query.Skip, query.Take);
}
