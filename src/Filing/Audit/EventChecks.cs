using System.Text.Json;
using Filing.Data;
using Filing.Features.Cases;

namespace Filing.Audit;

/// <summary>What must hold of processes and events: the bytes are the record, everything beside them a copy.</summary>
internal static class EventChecks
{
    private const int Page = 500;

    /// <summary>Each process has its events, numbered from 1 without gap; each event's digest is that of its bytes, and its columns say what the bytes say.</summary>
    public static async Task EventsAsync(Session db, Laws laws, Findings findings)
    {
        foreach (var row in await db.QueryAsync<ProcessRow>(
            """
            -- Audit/EventChecks: processes whose events are not 1, 2, 3
            SELECT p.Id, p.Command, COUNT(e.Id) AS Events FROM Process p LEFT JOIN Event e ON e.ProcessId = p.Id
            GROUP BY p.Id, p.Command HAVING COUNT(e.Id) = 0 OR MIN(e.Seq) <> 1 OR MAX(e.Seq) <> COUNT(e.Id)
            """))
        {
            findings.Offend($"办理 {row.Id}（{row.Command}）的事件不全，现有 {row.Events} 条");
        }

        for (var after = Guid.Empty; ;)
        {
            var rows = await db.QueryAsync<EventRow>(db.Dialect.Page(
                """
                -- Audit/EventChecks: events
                SELECT e.Id, e.ProcessId, p.Id AS Process, e.Seq, e.Type, e.DocumentId, e.At, e.Bytes, e.Digest FROM Event e LEFT JOIN Process p ON p.Id = e.ProcessId
                WHERE e.Id > @after ORDER BY e.Id
                """), new { after, Skip = 0, Take = Page });
            if (rows.Count == 0) return;
            after = rows[^1].Id;
            foreach (var row in rows)
            {
                findings.Look();
                if (row.Process is null) findings.Offend($"事件 {row.Id} 没有办理记录");
                if (EventBytes.Digest(row.Bytes) != row.Digest) findings.Offend($"事件 {row.Id}（{row.Type}）的内容与摘要不符");
                else if (Differs(row) is { } what) findings.Offend($"事件 {row.Id}（{row.Type}）的{what}与内容不符");
            }
        }
    }

    /// <summary>Each fact has its process, and an event of that process that tells it as it is.</summary>
    public static async Task FactsAsync(Session db, Laws laws, Findings findings)
    {
        for (var after = Guid.Empty; ;)
        {
            var rows = await db.QueryAsync<FactRow>(db.Dialect.Page(
                """
                -- Audit/EventChecks: facts
                SELECT f.Id, f.DocumentId, f.Kind, f.LegalDate, f.Value, f.ProcessId, p.Id AS Process FROM Fact f LEFT JOIN Process p ON p.Id = f.ProcessId
                WHERE f.Id > @after ORDER BY f.Id
                """), new { after, Skip = 0, Take = Page });
            if (rows.Count == 0) return;
            after = rows[^1].Id;
            var told = new Dictionary<Guid, FactTold>();
            foreach (var bytes in await db.QueryAsync<byte[]>(
                """
                -- Audit/EventChecks: the events of some facts
                SELECT Bytes FROM Event WHERE Type = 'fact-recorded' AND ProcessId IN @ids
                """, new { ids = rows.Select(r => r.ProcessId).Distinct().ToList() }))
            {
                if (FactTold.Read(bytes) is { } fact) told.TryAdd(fact.Id, fact);
            }

            foreach (var row in rows)
            {
                findings.Look();
                if (row.Process is null) findings.Offend($"事实 {row.Id}（{row.Kind}）没有办理记录");
                else if (!told.TryGetValue(row.Id, out var fact)) findings.Offend($"事实 {row.Id}（{row.Kind}）没有事件");
                else if ((fact.Kind, fact.LegalDate, fact.Value) != (row.Kind, row.LegalDate, row.Value)) findings.Offend($"事实 {row.Id}（{row.Kind}）与其事件不符");
            }
        }
    }

    private static string? Differs(EventRow row)
    {
        try
        {
            using var json = JsonDocument.Parse(row.Bytes);
            var root = json.RootElement;
            var document = root.TryGetProperty("document", out var id) ? id.GetGuid() : (Guid?)null;
            return root.GetProperty("type").GetString() != row.Type ? "种类"
                : root.GetProperty("process").GetGuid() != row.ProcessId || root.GetProperty("seq").GetInt32() != row.Seq ? "办理和次序"
                : document != row.DocumentId ? "文件"
                : root.GetProperty("at").GetDateTimeOffset() != row.At ? "时间"
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "格式";
        }
    }

    private sealed record FactTold(Guid Id, string? Kind, DateOnly LegalDate, string? Value)
    {
        public static FactTold? Read(byte[] bytes)
        {
            try
            {
                using var json = JsonDocument.Parse(bytes);
                var data = json.RootElement.GetProperty("data");
                return new(
                    data.GetProperty("fact").GetGuid(), data.GetProperty("kind").GetString(), ChineseDay(data.GetProperty("legalDate").GetString()!),
                    data.TryGetProperty("value", out var value) ? value.GetString() : null);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                // The check of the events names it; here its fact is left without one.
                return null;
            }
        }

        private static DateOnly ChineseDay(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record ProcessRow
    {
        public required Guid Id { get; init; }
        public required string Command { get; init; }
        public required int Events { get; init; }
    }

    private sealed record EventRow
    {
        public required Guid Id { get; init; }
        public required Guid ProcessId { get; init; }
        public Guid? Process { get; init; }
        public required int Seq { get; init; }
        public required string Type { get; init; }
        public Guid? DocumentId { get; init; }
        public required DateTimeOffset At { get; init; }
        public required byte[] Bytes { get; init; }
        public required string Digest { get; init; }
    }

    private sealed record FactRow
    {
        public required Guid Id { get; init; }
        public required Guid DocumentId { get; init; }
        public required string Kind { get; init; }
        public required DateOnly LegalDate { get; init; }
        public string? Value { get; init; }
        public required Guid ProcessId { get; init; }
        public Guid? Process { get; init; }
    }
}
