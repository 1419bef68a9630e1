using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>How much lies on the desks at which the asker sits: for the head of every page.</summary>
[Needs(Function.ReadBoard)]
public sealed record CountsForDesk : IQuery<DeskCounts>;

/// <summary>How much lies on some desks.</summary>
public sealed record DeskCounts
{
    /// <summary>Open tasks.</summary>
    public required int Tasks { get; init; }

    /// <summary>Of those, overdue today.</summary>
    public required int Late { get; init; }

    /// <summary>Of those, due today or within three days.</summary>
    public required int DueSoon { get; init; }

    /// <summary>Of those, held by the asker.</summary>
    public required int Mine { get; init; }

    /// <summary>Of those, held by nobody.</summary>
    public required int Free { get; init; }

    /// <summary>Of those, handed over by the asker to others.</summary>
    public required int HandedOver { get; init; }

    /// <summary>Alerts that stand: neither withdrawn, nor of a deadline that has ended; of no deadline, from the last 30 days.</summary>
    public required int Alerts { get; init; }
}

internal sealed class CountsForDeskHandler(Work work) : IRequestHandler<CountsForDesk, Result<DeskCounts>>
{
    public async Task<Result<DeskCounts>> Handle(CountsForDesk query, CancellationToken cancellationToken)
    {
        var (filter, args) = Sight.Desks(work, "t");
        args.Add("today", work.Today);
        args.Add("soon", work.Today.AddDays(3));
        args.Add("me", work.Actor.AccountId);
        var counts = await work.Db.QuerySingleOrDefaultAsync<DeskCounts>(
            $"""
            -- Supervision/CountsForDesk: the tasks of some desks
            SELECT COUNT(*) AS Tasks, 0 AS Alerts,
              COALESCE(SUM(CASE WHEN l.Due < @today THEN 1 ELSE 0 END), 0) AS Late,
              COALESCE(SUM(CASE WHEN l.Due >= @today AND l.Due <= @soon THEN 1 ELSE 0 END), 0) AS DueSoon,
              COALESCE(SUM(CASE WHEN t.HolderId = @me THEN 1 ELSE 0 END), 0) AS Mine,
              COALESCE(SUM(CASE WHEN t.HolderId IS NULL THEN 1 ELSE 0 END), 0) AS Free,
              COALESCE(SUM(CASE WHEN t.HandedOverBy = @me AND t.HolderId <> @me THEN 1 ELSE 0 END), 0) AS HandedOver
            FROM Task t LEFT JOIN Deadline l ON l.DocumentId = t.DocumentId AND l.CaseId = t.CaseId AND l.Name = t.LimitName AND l.ClosedAt IS NULL
            WHERE t.State = 'open' {filter}
            """,
            args);
        (filter, args) = Sight.Desks(work, "a");
        args.Add("since", work.Today.AddDays(-30));
        var alerts = await work.Db.ScalarAsync<int>(
            $"""
            -- Supervision/CountsForDesk: the alerts of some desks that stand
            SELECT COUNT(*) FROM Alert a LEFT JOIN Deadline l ON l.Id = a.DeadlineId
            WHERE a.Id IS NOT NULL {ReadAlertsHandler.StandingAlerts} {filter}
            """,
            args);
        return counts! with { Alerts = alerts };
    }
}
