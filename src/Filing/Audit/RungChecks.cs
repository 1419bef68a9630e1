using Filing.Data;
using Filing.Features.Cases;

namespace Filing.Audit;

/// <summary>What must hold of rungs, alerts, and the list of what is overdue.</summary>
internal static class RungChecks
{
    /// <summary>What the overdue list says, as its page asks it: by document and limit.</summary>
    public static async Task<IEnumerable<(Guid DocumentId, string Name)>> OverdueAsync(Session db, DateOnly today) => (await db.QueryAsync<Listed>(
        """
        -- Audit/RungChecks: the overdue list
        SELECT DocumentId, Name FROM Deadline WHERE ClosedAt IS NULL AND Due IS NOT NULL AND Due < @today AND UntilFact <> 'term-ended'
        """,
        new { today })).Select(l => (l.DocumentId, l.Name));

    /// <summary>A rung rings once for each projection, no desk hears it twice, and each alert of a deadline has its rung.</summary>
    public static async Task OnceAsync(Session db, Laws laws, Findings findings)
    {
        findings.Look(await db.ScalarAsync<int>(
            """
            -- Audit/RungChecks: how many rungs fired
            SELECT COUNT(*) FROM Rung
            """));
        foreach (var row in await db.QueryAsync<RungRow>(
            """
            -- Audit/RungChecks: rungs of projections that are not
            SELECT r.DeadlineId, r.Projection, r.Days, COUNT(*) AS Times FROM Rung r LEFT JOIN Deadline l ON l.Id = r.DeadlineId
            GROUP BY r.DeadlineId, r.Projection, r.Days, l.Projection
            HAVING COUNT(*) > 1 OR l.Projection IS NULL OR r.Projection > l.Projection OR r.Projection < 1
            """))
        {
            findings.Offend($"期限 {row.DeadlineId} 第 {row.Projection} 次排定第 {row.Days} 日的级次记录有误（{row.Times} 次）");
        }

        foreach (var row in await db.QueryAsync<RungRow>(
            """
            -- Audit/RungChecks: alerts of one rung twice on one desk
            SELECT DeadlineId, Projection, Days, COUNT(*) AS Times FROM Alert WHERE DeadlineId IS NOT NULL
            GROUP BY DeadlineId, Projection, Days, Notice, Role, Place, AnchorId HAVING COUNT(*) > 1
            """))
        {
            findings.Offend($"期限 {row.DeadlineId} 第 {row.Projection} 次排定第 {row.Days} 日的预警在同一岗位有 {row.Times} 条");
        }

        foreach (var row in await db.QueryAsync<RungRow>(
            """
            -- Audit/RungChecks: alerts without a rung that sounded
            SELECT a.DeadlineId, a.Projection, a.Days, 1 AS Times FROM Alert a
            WHERE a.DeadlineId IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM Rung r WHERE r.DeadlineId = a.DeadlineId AND r.Projection = a.Projection AND r.Days = a.Days AND r.Overtaken = 0)
            """))
        {
            findings.Offend($"期限 {row.DeadlineId} 第 {row.Projection} 次排定第 {row.Days} 日有预警，却没有响过的级次");
        }
    }

    /// <summary>The next day on which an open deadline rings is that of its first rung which has not: nothing is forgotten by the sweep.</summary>
    public static async Task ArmedAsync(Session db, Laws laws, Findings findings)
    {
        for (var after = Guid.Empty; ;)
        {
            var rows = await db.QueryAsync<Armed>(db.Dialect.Page(
                """
                -- Audit/RungChecks: open deadlines
                SELECT Id, Label, Due, Projection, Rungs, NextRungOn FROM Deadline WHERE ClosedAt IS NULL AND Id > @after ORDER BY Id
                """), new { after, Skip = 0, Take = 500 });
            if (rows.Count == 0) return;
            after = rows[^1].Id;
            var claimed = (await db.QueryAsync<RungRow>(
                """
                -- Audit/RungChecks: the rungs of some deadlines that were claimed
                SELECT DeadlineId, Projection, Days, 1 AS Times FROM Rung WHERE DeadlineId IN @ids
                """, new { ids = rows.Select(r => r.Id).ToList() })).ToLookup(r => (r.DeadlineId, r.Projection), r => r.Days);
            foreach (var row in rows)
            {
                findings.Look();
                DateOnly? next = row.Due is { } due
                    ? RungPlan.Read(row.Rungs).Where(r => !claimed[(row.Id, row.Projection)].Contains(r.Days)).Select(r => (DateOnly?)due.AddDays(r.Days)).Min()
                    : null;
                findings.Demand(next == row.NextRungOn, () => $"期限 {row.Id}“{row.Label}”下次预警日记为{row.NextRungOn:yyyy-MM-dd}，应为{next:yyyy-MM-dd}");
            }
        }
    }

    private sealed record Listed
    {
        public required Guid DocumentId { get; init; }
        public required string Name { get; init; }
    }

    private sealed record RungRow
    {
        public required Guid DeadlineId { get; init; }
        public required int Projection { get; init; }
        public required int Days { get; init; }
        public required int Times { get; init; }
    }

    private sealed record Armed
    {
        public required Guid Id { get; init; }
        public required string Label { get; init; }
        public DateOnly? Due { get; init; }
        public required int Projection { get; init; }
        public required string Rungs { get; init; }
        public DateOnly? NextRungOn { get; init; }
    }
}
