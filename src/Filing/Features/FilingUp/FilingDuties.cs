using Dapper;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.FilingUp;

/// <summary>Which published documents have to be filed, and how each filing stands: one text for the lists of both sides, the figures of the board and the rows behind them.</summary>
internal static class FilingDuties
{
    /// <summary>A duty that ended without being met was none: the document was withdrawn, or need not be filed. Of several filings the latest counts.</summary>
    public const string From =
        """
        FROM Deadline l JOIN Document d ON d.Id = l.DocumentId JOIN Body g ON g.Id = d.GovernmentId
          LEFT JOIN FilingCase k ON k.DocumentId = l.DocumentId AND NOT EXISTS (SELECT 1 FROM FilingCase z WHERE z.DocumentId = k.DocumentId AND z.Id > k.Id)
        WHERE l.Name = 'filing-to-superior' AND (l.ClosedAt IS NULL OR l.MetOn IS NOT NULL)
          AND (@First IS NULL OR (l.FromDate >= @First AND l.FromDate <= @Last))
        """;

    /// <summary>Those of documents that the reader may see.</summary>
    public const string InSight = "(@Everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors))";

    /// <summary>The code of a <see cref="FilingState"/>.</summary>
    public const string State =
        $"""
        CASE WHEN k.State IN ('sent', 'resent') THEN 'sent' WHEN k.State IS NOT NULL THEN k.State
          WHEN l.MetOn IS NOT NULL AND EXISTS (SELECT 1 FROM Fact f WHERE f.DocumentId = l.DocumentId AND f.Kind = 'filing-registered') THEN 'registered'
          WHEN l.MetOn IS NOT NULL THEN 'elsewhere' WHEN {Unfiled} THEN 'overdue' ELSE 'to-file' END
        """;

    /// <summary>迟报.</summary>
    public const string Late = "(l.MetOn IS NOT NULL AND l.MetOn > l.Due)";

    private const string OnTime = "(l.MetOn IS NOT NULL AND (l.Due IS NULL OR l.MetOn <= l.Due))";
    private const string Unfiled = "(l.MetOn IS NULL AND l.Due < @Today)";
    private const string Running = "(l.MetOn IS NULL AND (l.Due IS NULL OR l.Due >= @Today))";
    private const string Held = "(k.State = 'held')";

    private const string Standings =
        $"""
        (SELECT g.Code, g.Name AS Government,
          CASE WHEN {OnTime} THEN 1 ELSE 0 END AS OnTime, CASE WHEN {Late} THEN 1 ELSE 0 END AS Late, CASE WHEN {Unfiled} THEN 1 ELSE 0 END AS Unfiled,
          CASE WHEN {Running} THEN 1 ELSE 0 END AS Running, CASE WHEN {Held} THEN 1 ELSE 0 END AS Held
         {From} AND {InSight}) x
        """;

    /// <summary>The parameters of <see cref="From"/>, <see cref="InSight"/> and the standings.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="year">Year of publication; null for all.</param>
    public static DynamicParameters Seen(Work work, int? year) => Gathered.Of(new
    {
        work.Today,
        First = year is { } y ? new DateOnly(y, 1, 1) : (DateOnly?)null,
        Last = year is { } z ? new DateOnly(z, 12, 31) : (DateOnly?)null,
        Everywhere = Sight.All(work),
        Anchors = Sight.Anchors(work),
    });

    /// <summary>The condition that a standing means.</summary>
    public static string Of(FilingStanding standing) => standing switch
    {
        FilingStanding.Due => $"(l.MetOn IS NOT NULL OR {Unfiled})",
        FilingStanding.Filed => "l.MetOn IS NOT NULL",
        FilingStanding.OnTime => OnTime,
        FilingStanding.Late => Late,
        FilingStanding.Unfiled => Unfiled,
        FilingStanding.Running => Running,
        FilingStanding.Held => Held,
        FilingStanding.All => "1 = 1",
    };

    /// <summary>How they stand, by government.</summary>
    public static Task<IReadOnlyList<FilingTally>> TallyAsync(Work work, KeptCounts kept, int? year) => kept.OfAsync(Key(work, $"tally {year}"), () => work.Db.QueryAsync<FilingTally>(
        $"""
        -- FilingUp/FilingDuties: how they stand
        SELECT x.Code, x.Government, SUM(x.OnTime) AS OnTime, SUM(x.Late) AS Late, SUM(x.Unfiled) AS Unfiled, SUM(x.Running) AS Running, SUM(x.Held) AS Held
        FROM {Standings} GROUP BY x.Code, x.Government ORDER BY x.Code
        """,
        Seen(work, year)), t => t.Sum(g => g.Due + g.Running));

    /// <summary>Under what figures of what the reader sees today are kept.</summary>
    public static string Key(Work work, string what) => $"filings {what} {work.Today:O} {Sight.Key(work)}";
}
