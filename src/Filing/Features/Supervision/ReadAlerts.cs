using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>预警: the alerts on the desks at which the asker sits, the newest first.</summary>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
/// <param name="Standing">Only those that <see cref="DeskCounts.Alerts"/> counts: something can still be done about them.</param>
/// <param name="Level"><c>info</c>, <c>warning</c> or <c>serious</c>; every level when absent.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadAlerts(int Skip = 0, int Take = 50, bool Standing = false, string? Level = null) : IQuery<AlertPage>;

/// <summary>A page of alerts.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record AlertPage(IReadOnlyList<AlertLine> Items, int Total);

/// <summary>An alert on a desk.</summary>
public sealed record AlertLine
{
    /// <summary>The alert.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>The document that it is about.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The deadline that rang; null when it is of none.</summary>
    public Guid? DeadlineId { get; init; }

    /// <summary>Which notice it is.</summary>
    public required string Notice { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>serious</c>.</summary>
    public required string Level { get; init; }

    /// <summary>The subject line.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary>When it was raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was withdrawn, because the due date moved; null while it holds.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>When its deadline ended; null while that runs, or when it is of none.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>True while there is something to do about it: neither withdrawn, nor its deadline ended.</summary>
    public bool Stands => WithdrawnAt is null && SettledAt is null;
}

internal sealed class ReadAlertsValidator : AbstractValidator<ReadAlerts>
{
    public ReadAlertsValidator()
    {
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Level).Must(l => l is null or "info" or "warning" or "serious").WithMessage("预警级别只有 info、warning、serious。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadAlertsHandler(Work work) : IRequestHandler<ReadAlerts, Result<AlertPage>>
{
    /// <summary>A condition, beginning with AND, that leaves the alerts that stand, with their deadlines as l and the day thirty days ago as @since.</summary>
    public const string StandingAlerts = "AND a.WithdrawnAt IS NULL AND l.ClosedAt IS NULL AND (a.DeadlineId IS NOT NULL OR a.RaisedOn >= @since)";

    public async Task<Result<AlertPage>> Handle(ReadAlerts query, CancellationToken cancellationToken)
    {
        var (filter, args) = Sight.Desks(work, "a");
        args.Add("since", work.Today.AddDays(-30));
        args.Add("level", query.Level);
        if (query.Standing) filter += $" {StandingAlerts}";
        if (query.Level is not null) filter += " AND a.Level = @level";
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- Supervision/ReadAlerts: how many there are
            SELECT COUNT(*) FROM Alert a LEFT JOIN Deadline l ON l.Id = a.DeadlineId WHERE a.Id IS NOT NULL {filter}
            """,
            args);
        args.Add("Skip", query.Skip);
        args.Add("Take", query.Take);
        var items = await work.Db.QueryAsync<AlertLine>(
            work.Db.Dialect.Page(
                $"""
                -- Supervision/ReadAlerts: the alerts of some desks
                SELECT a.Id AS AlertId, a.DocumentId, a.DeadlineId, a.Notice, a.Level, a.Title, a.Body, a.RaisedAt, a.WithdrawnAt, l.ClosedAt AS SettledAt
                FROM Alert a LEFT JOIN Deadline l ON l.Id = a.DeadlineId
                WHERE a.Id IS NOT NULL {filter}
                ORDER BY a.RaisedAt DESC, a.Id DESC
                """),
            args);
        return new AlertPage(items, total);
    }
}
