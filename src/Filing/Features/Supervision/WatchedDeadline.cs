using Dapper;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Supervision;

/// <summary>A deadline as a supervisor reads it.</summary>
public sealed record WatchedDeadline
{
    /// <summary>The deadline.</summary>
    public required Guid DeadlineId { get; init; }

    /// <summary>Its document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The document's title.</summary>
    public required string Title { get; init; }

    /// <summary>制定机关.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>The limit, as the definitions call it.</summary>
    public required string Name { get; init; }

    /// <summary>The limit, in Chinese.</summary>
    public required string Label { get; init; }

    /// <summary>The rule that it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The day of the fact that started it.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>The last day on which it is in time.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>True when a day that was counted lies in a year without an announced plan.</summary>
    public required bool Provisional { get; init; }

    /// <summary>The moment of the last alert that stands; null when there is none.</summary>
    public DateTimeOffset? LastAlertAt { get; init; }

    /// <summary>How many calendar days late it is on a day; 0 and less while it is in time.</summary>
    public int DaysLate(DateOnly on) => on.DayNumber - Due.DayNumber;

    /// <summary>
    /// Open duties that are due within a span of days, the earliest first. Whoever sits at a desk of a party sees them; the superior sees of a lower
    /// government's documents what is to be filed with it. The ends of validity are no duties and have lists of their own.
    /// </summary>
    internal static async Task<DeadlinePage> PageAsync(Work work, DateOnly from, DateOnly to, int skip, int take, string? limit = null, string? government = null)
    {
        var args = Args(work, from, to, limit, government);
        args.With(new { Skip = skip, Take = take });
        var items = await work.Db.QueryAsync<WatchedDeadline>(
            work.Db.Dialect.Page(
                $"""
                -- Supervision/WatchedDeadline: open duties by due date
                SELECT l.Id AS DeadlineId, l.DocumentId, d.Title, i.Name AS IssuingBody, r.Name AS DraftingBody, l.Name, l.Label, l.Source, l.FromDate, l.Due, l.Provisional,
                  (SELECT MAX(a.RaisedAt) FROM Alert a WHERE a.DocumentId = l.DocumentId AND a.DeadlineId = l.Id AND a.WithdrawnAt IS NULL) AS LastAlertAt
                FROM Deadline l JOIN Document d ON d.Id = l.DocumentId JOIN Body i ON i.Id = d.IssuingBodyId JOIN Body r ON r.Id = d.DraftingBodyId
                {Where} ORDER BY l.Due, l.Id
                """),
            args);
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- Supervision/WatchedDeadline: how many there are
            SELECT COUNT(*) FROM Deadline l {Where}
            """,
            args);
        return new DeadlinePage(items, total);
    }

    /// <summary>How many open duties are due on each day of a span, by limit: what <see cref="PageAsync"/> lists, counted.</summary>
    internal static Task<IReadOnlyList<DueCount>> CountAsync(Work work, DateOnly from, DateOnly to, string? government = null) => work.Db.QueryAsync<DueCount>(
        $"""
        -- Supervision/WatchedDeadline: open duties by day and limit
        SELECT l.Due, l.Name, MAX(l.Label) AS Label, COUNT(*) AS [Count] FROM Deadline l {Where} GROUP BY l.Due, l.Name ORDER BY l.Due, l.Name
        """,
        Args(work, from, to, null, government));

    private static DynamicParameters Args(Work work, DateOnly from, DateOnly to, string? limit, string? government) =>
        Gathered.Of(new { from, to, limit, government, all = Sight.All(work), anchors = Sight.Anchors(work) });

    private const string Where =
        """
        WHERE l.ClosedAt IS NULL AND l.Due IS NOT NULL AND l.Due >= @from AND l.Due <= @to AND l.UntilFact <> 'term-ended'
          AND (@limit IS NULL OR l.Name = @limit)
          AND (@government IS NULL OR EXISTS (SELECT 1 FROM Document o JOIN Body g ON g.Id = o.GovernmentId WHERE o.Id = l.DocumentId AND g.Code = @government))
          AND (@all = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = l.DocumentId AND p.BodyId IN @anchors
            AND (p.Part <> 'superior' OR l.UntilFact IN ('filed', 'filing-received', 'supplemented'))))
        """;
}

/// <summary>Open duties that are due on a day.</summary>
public sealed record DueCount
{
    /// <summary>The day.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The limit, as the definitions call it.</summary>
    public required string Name { get; init; }

    /// <summary>The limit, in Chinese.</summary>
    public required string Label { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }
}

/// <summary>A page of deadlines.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record DeadlinePage(IReadOnlyList<WatchedDeadline> Items, int Total)
{
    /// <summary>How many there are under each limit, where the question was of one list for several.</summary>
    public IReadOnlyList<LimitCount> Limits { get; init; } = [];
}
