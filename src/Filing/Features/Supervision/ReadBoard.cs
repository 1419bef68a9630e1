using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.FilingUp;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>监督看板: what is late, what is due, who has filed and who has not. Each figure counts the rows of a list that the same asker can open.</summary>
/// <param name="Year">Year of publication of what is counted as filed or not; every year when absent.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadBoard(int? Year = null) : IQuery<Board>;

/// <summary>The board.</summary>
public sealed record Board
{
    /// <summary>The day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Overdue today, by limit.</summary>
    public required IReadOnlyList<LimitCount> Overdue { get; init; }

    /// <summary>Due today or within seven days, by limit.</summary>
    public required IReadOnlyList<LimitCount> DueSoon { get; init; }

    /// <summary>Due on each day from the Monday of this week on, for <see cref="Weeks"/> weeks; days without any are left out, as are days before today.</summary>
    public required IReadOnlyList<DueCount> Days { get; init; }

    /// <summary>Rest days within <see cref="Days"/>.</summary>
    public required IReadOnlyList<DateOnly> RestDays { get; init; }

    /// <summary>The filings, by government.</summary>
    public required IReadOnlyList<FilingTally> Filings { get; init; }

    /// <summary>The years of publication of what is to be filed, latest first.</summary>
    public required IReadOnlyList<int> Years { get; init; }

    /// <summary>What the published documents are, as <see cref="ReadValidity"/> lists them.</summary>
    public required IReadOnlyList<ValidityCount> Validity { get; init; }

    /// <summary>How many weeks are looked ahead.</summary>
    public const int Weeks = 6;

    /// <summary>The Monday of this week.</summary>
    public DateOnly Monday => Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7));

    /// <summary>The last day that is looked at.</summary>
    public DateOnly Last => Monday.AddDays((7 * Weeks) - 1);
}

/// <summary>Open duties under one limit.</summary>
/// <param name="Name">The limit, as the definitions call it.</param>
/// <param name="Label">In Chinese.</param>
/// <param name="Count">How many.</param>
public sealed record LimitCount(string Name, string Label, int Count)
{
    internal static IReadOnlyList<LimitCount> Of(IReadOnlyList<DueCount> counts) =>
        [.. counts.GroupBy(c => c.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new LimitCount(g.Key, g.First().Label, g.Sum(c => c.Count)))];
}

internal sealed class ReadBoardValidator : AbstractValidator<ReadBoard>
{
    public ReadBoardValidator() => RuleFor(q => q.Year).InclusiveBetween(1949, 9998).When(q => q.Year is not null).WithMessage("年份有误。");
}

internal sealed class ReadBoardHandler(Work work, Laws laws, KeptCounts kept) : IRequestHandler<ReadBoard, Result<Board>>
{
    public async Task<Result<Board>> Handle(ReadBoard query, CancellationToken cancellationToken)
    {
        var board = new Board
        {
            Today = work.Today,
            Overdue = LimitCount.Of(await WatchedDeadline.CountAsync(work, new DateOnly(1900, 1, 1), work.Today.AddDays(-1))),
            DueSoon = LimitCount.Of(await WatchedDeadline.CountAsync(work, work.Today, work.Today.AddDays(7))),
            Days = [],
            RestDays = [],
            Filings = await FilingDuties.TallyAsync(work, kept, query.Year),
            Years = await YearsAsync(),
            Validity = await ReadValidityHandler.CountAsync(work, kept, null),
        };
        var span = Enumerable.Range(0, 7 * Board.Weeks).Select(board.Monday.AddDays);
        return board with
        {
            Days = await WatchedDeadline.CountAsync(work, work.Today, board.Last),
            RestDays = [.. span.Where(d => !laws.Calendar.IsWorkday(d))],
        };
    }

    private async Task<IReadOnlyList<int>> YearsAsync()
    {
        var days = await kept.OfAsync(
            FilingDuties.Key(work, "days"),
            () => work.Db.QueryAsync<DayCount>(
                $"""
                -- Supervision/ReadBoard: the days of publication
                SELECT l.FromDate AS Day, COUNT(*) AS Documents {FilingDuties.From} AND {FilingDuties.InSight} GROUP BY l.FromDate
                """,
                FilingDuties.Seen(work, null)),
            d => d.Sum(c => c.Documents));
        return [.. days.Select(d => d.Day.Year).Distinct().OrderDescending()];
    }

    private sealed record DayCount
    {
        public required DateOnly Day { get; init; }
        public required int Documents { get; init; }
    }
}
