using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>逾期清单: what should be done and is not, the longest overdue first. It is asked anew each time; nothing has to run for it to be right.</summary>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadOverdue(int Skip = 0, int Take = 100) : IQuery<DeadlinePage>;

internal sealed class ReadOverdueValidator : AbstractValidator<ReadOverdue>
{
    public ReadOverdueValidator()
    {
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadOverdueHandler(Work work) : IRequestHandler<ReadOverdue, Result<DeadlinePage>>
{
    public async Task<Result<DeadlinePage>> Handle(ReadOverdue query, CancellationToken cancellationToken) =>
        await WatchedDeadline.PageAsync(work, new DateOnly(1900, 1, 1), work.Today.AddDays(-1), query.Skip, query.Take);
}
