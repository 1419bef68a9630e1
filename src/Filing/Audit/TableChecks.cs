using System.Text.Json;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Audit;

/// <summary>What must hold of the number books, the outbox, and the files.</summary>
internal static class TableChecks
{
    /// <summary>In each owned series and year, each serial from the opening to the last given one is there once, issued or void.</summary>
    public static async Task NumbersAsync(Session db, Laws laws, Findings findings)
    {
        foreach (var fault in await NumberFaultsAsync(db, findings.Look)) findings.Offend(fault.Row);
    }

    /// <summary>What is wrong with the number books, by series and year: the one rule, for the verdict over the register and for those over each series.</summary>
    /// <param name="db">The session.</param>
    /// <param name="look">Told how many numbers were looked at.</param>
    public static async Task<IReadOnlyList<NumberFault>> NumberFaultsAsync(Session db, Action<long> look)
    {
        var faults = new List<NumberFault>();
        var years = await db.QueryAsync<YearRow>(
            """
            -- Audit/TableChecks: what was given in each year of each owned series
            SELECT s.Id AS SeriesId, s.Code, y.Year, y.Opening, y.Next,
              (SELECT COUNT(DISTINCT n.Serial) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.Serial >= y.Opening AND n.Serial < y.Next) AS Kinds,
              (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.Serial >= y.Opening) AS Given
            FROM Series s JOIN SeriesYear y ON y.SeriesId = s.Id WHERE s.Pool = 'owned' ORDER BY s.Code, y.Year
            """);
        foreach (var year in years)
        {
            var wanted = year.Next - year.Opening;
            look(wanted);
            if (wanted < 0) faults.Add(new(year.SeriesId, year.Year, $"{year.Code} {year.Year}年：下一号 {year.Next} 小于起始号 {year.Opening}"));
            else if (year.Kinds == wanted && year.Given == wanted) continue;
            else await MissingAsync(db, year, faults);
        }

        await OffendAsync("作废的时间、经手人、理由不全",
            """
            -- Audit/TableChecks: numbers that are half void
            SELECT SeriesId, Year, Text FROM Number
            WHERE (VoidedOn IS NULL AND (VoidedBy IS NOT NULL OR VoidReason IS NOT NULL)) OR (VoidedOn IS NOT NULL AND (VoidedBy IS NULL OR VoidReason IS NULL))
            ORDER BY Text
            """);
        await OffendAsync("文件未公布即已撤回或者办结，编号没有作废",
            """
            -- Audit/TableChecks: numbers that stand though their document was withdrawn, or its case is over, before it was published
            SELECT n.SeriesId, n.Year, n.Text FROM Number n JOIN Document d ON d.Id = n.DocumentId
            WHERE n.VoidedOn IS NULL AND d.Origin = 'here'
              AND NOT EXISTS (SELECT 1 FROM Fact p WHERE p.DocumentId = d.Id AND p.Kind = 'published')
              AND (d.ClosedAt IS NOT NULL OR EXISTS (SELECT 1 FROM Fact w WHERE w.DocumentId = d.Id AND w.Kind = 'withdrawn'))
            ORDER BY n.Text
            """);
        await OffendAsync("不在编号簿已编的范围内",
            """
            -- Audit/TableChecks: numbers of an owned series whose year was never opened
            SELECT n.SeriesId, n.Year, n.Text FROM Number n JOIN Series s ON s.Id = n.SeriesId
            WHERE s.Pool = 'owned' AND n.VoidedOn IS NULL AND EXISTS (SELECT 1 FROM Document d WHERE d.Id = n.DocumentId AND d.Origin = 'here')
              AND NOT EXISTS (SELECT 1 FROM SeriesYear y WHERE y.SeriesId = n.SeriesId AND y.Year = n.Year AND n.Serial >= y.Opening AND n.Serial < y.Next)
            ORDER BY n.Text
            """);
        return faults;

        async Task OffendAsync(string says, string sql)
        {
            foreach (var number in await db.QueryAsync<FaultyNumber>(sql)) faults.Add(new(number.SeriesId, number.Year, $"{number.Text}：{says}"));
        }
    }

    /// <summary>No key lies in the outbox twice, and what lies there can be read.</summary>
    public static async Task OutboxAsync(Session db, Laws laws, Findings findings)
    {
        foreach (var key in await db.QueryAsync<string>(
            """
            -- Audit/TableChecks: keys that lie in the outbox twice
            SELECT DeliveryKey FROM Outbox GROUP BY DeliveryKey HAVING COUNT(*) > 1 ORDER BY DeliveryKey
            """))
        {
            findings.Offend($"{key}：键重复");
        }

        for (var after = Guid.Empty; ;)
        {
            var rows = await db.QueryAsync<OutboxRow>(db.Dialect.Page(
                """
                -- Audit/TableChecks: the outbox
                SELECT Id, DeliveryKey, Channel, Payload, Attempts, DeliveredAt FROM Outbox WHERE Id > @after ORDER BY Id
                """), new { after, Skip = 0, Take = 500 });
            if (rows.Count == 0) return;
            after = rows[^1].Id;
            foreach (var row in rows)
            {
                findings.Look();
                findings.Demand(row.DeliveredAt is null || row.Attempts > 0, () => $"{row.DeliveryKey}：记为已投递，却没有投递过");
                findings.Demand(row.Channel != Outbox.Mail || Readable(row.Payload), () => $"{row.DeliveryKey}：内容无法读取");
            }
        }
    }

    /// <summary>The hashes under which files must be found, once each.</summary>
    public static Task<IReadOnlyList<string>> MaterialsAsync(Session db) => db.QueryAsync<string>(
        """
        -- Audit/TableChecks: the files that must be there
        SELECT DISTINCT Sha256 FROM Material ORDER BY Sha256
        """);

    private static async Task MissingAsync(Session db, YearRow year, List<NumberFault> faults)
    {
        var serials = await db.QueryAsync<int>(
            """
            -- Audit/TableChecks: the serials of a year
            SELECT Serial FROM Number WHERE SeriesId = @SeriesId AND Year = @Year AND Serial >= @Opening ORDER BY Serial
            """, year);
        foreach (var serial in Enumerable.Range(year.Opening, year.Next - year.Opening).Except(serials)) Add($"缺第 {serial} 号");
        foreach (var serial in serials.Where(s => s >= year.Next)) Add($"第 {serial} 号超出已编的范围");
        foreach (var twice in serials.GroupBy(s => s).Where(g => g.Count() > 1)) Add($"第 {twice.Key} 号有 {twice.Count()} 个");

        void Add(string says) => faults.Add(new(year.SeriesId, year.Year, $"{year.Code} {year.Year}年：{says}"));
    }

    private static bool Readable(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<Mail>(payload, Json.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record FaultyNumber
    {
        public required Guid SeriesId { get; init; }
        public required int Year { get; init; }
        public required string Text { get; init; }
    }

    private sealed record YearRow
    {
        public required Guid SeriesId { get; init; }
        public required string Code { get; init; }
        public required int Year { get; init; }
        public required int Opening { get; init; }
        public required int Next { get; init; }
        public required int Kinds { get; init; }
        public required int Given { get; init; }
    }

    private sealed record OutboxRow
    {
        public required Guid Id { get; init; }
        public required string DeliveryKey { get; init; }
        public required string Channel { get; init; }
        public required string Payload { get; init; }
        public required int Attempts { get; init; }
        public DateTimeOffset? DeliveredAt { get; init; }
    }
}

/// <summary>Something wrong with a year of a series of numbers.</summary>
/// <param name="SeriesId">The series.</param>
/// <param name="Year">The year.</param>
/// <param name="Row">What, in Chinese.</param>
internal sealed record NumberFault(Guid SeriesId, int Year, string Row);
