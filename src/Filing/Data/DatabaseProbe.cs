using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Filing.Audit;

namespace Filing.Data;

/// <summary>
/// Asks a database whether it does what the program relies on: how texts and ids compare, what can never be changed, and what becomes of many that write at once. It
/// writes into the register; so it is asked of one that is thrown away afterwards.
/// </summary>
/// <param name="database">The database, with documents in it.</param>
public sealed class DatabaseProbe(Database database)
{
    private const int AtOnce = 64;

    private static readonly string[] Kept = ["Process", "Event", "DocumentText", "Fact", "Number"];

    private bool OnServer => database.Dialect == Dialect.SqlServer;

    /// <summary>Asks one question after the other.</summary>
    public async IAsyncEnumerable<Verdict> RunAsync()
    {
        yield return await AskAsync("text-by-code", "文字按字符区分，大小写、全半角不混同", TextsAsync);
        yield return await AskAsync("text-whole", "生僻字、表情、长文原样取回", RoundTripAsync);
        yield return await AskAsync("like", "查找时通配符只作普通字符", LikeAsync);
        yield return await AskAsync("ids-in-order", "编号标识按产生先后排列", IdsAsync);
        yield return await AskAsync("never-changed", "办理、事件、文本、事实、编号不能改写或删除", NeverChangedAsync);
        yield return await AskAsync("once", $"{AtOnce} 个同时写入同一个键，只有一个写成", OnceAsync);
        yield return await AskAsync("counter", $"{AtOnce} 个同时取号，不重号、不跳号", CounterAsync);
        if (!OnServer) yield break;
        yield return await AskAsync("snapshots", "查询只见同一时刻的数据，读写互不等候", SnapshotsAsync);
        yield return await AskAsync("one-by-one", "同一文件的办理逐个进行", HoldAsync);
        yield return await AskAsync("deadlock", "互相等候时其中一个被退回，并认得出可以重办", DeadlockAsync);
    }

    /// <summary>Which server, or which library, it is.</summary>
    public async Task<string> VersionAsync() => OnServer
        ? (await database.ReadAsync(db => db.ScalarAsync<string>(
            """
            -- sqlserver: Data/DatabaseProbe: which server
            SELECT @@VERSION
            """)) ?? "").ReplaceLineEndings(" ")
        : "SQLite " + await database.ReadAsync(db => db.ScalarAsync<string>(
            """
            -- sqlite: Data/DatabaseProbe: which library
            SELECT sqlite_version()
            """));

    private static async Task<Verdict> AskAsync(string name, string title, Func<Findings, Task> ask)
    {
        var findings = new Findings(name, title);
        try
        {
            await ask(findings);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            findings.Offend(e.Message);
        }

        return findings.Verdict;
    }

    private Task<bool> PutAsync(string name, string value) =>
        database.WriteAsync(db => db.InsertIfAbsentAsync("Setting", ["Name"], ["Value"], new { Name = name, Value = value }));

    private Task<string?> ReadAsync(string name) => database.ReadAsync(db => db.ScalarAsync<string>(
        """
        -- Data/DatabaseProbe: a value
        SELECT Value FROM Setting WHERE Name = @name
        """,
        new { name }));

    private async Task TextsAsync(Findings findings)
    {
        foreach (var name in new[] { "probe-a", "probe-A", "probe-ａ", "probe-á", "probe-編", "probe-编" })
        {
            findings.Look();
            findings.Demand(await PutAsync(name, name), () => $"“{name}”被当作已有的另一个键");
        }
    }

    private async Task RoundTripAsync(Findings findings)
    {
        foreach (var (name, text) in new[] { ("rare", "𠮷野家〔2013〕１号\r\n\t“㋿”😀"), ("long", string.Concat(Enumerable.Repeat("规范性文件", 4000))) })
        {
            findings.Look();
            await PutAsync($"probe-{name}", text);
            findings.Demand(await ReadAsync($"probe-{name}") == text, () => $"“{name}”取回时已不同");
        }
    }

    private async Task LikeAsync(Findings findings)
    {
        await PutAsync("probe-100%_[x]!", "有");
        foreach (var (part, found) in new[] { ("100%", 1), ("%_[", 1), ("[x]!", 1), ("1_0", 0), ("[0-9]", 0) })
        {
            findings.Look();
            var count = await database.ReadAsync(db => db.ScalarAsync<int>(
                """
                -- Data/DatabaseProbe: a part of a text
                SELECT COUNT(*) FROM Setting WHERE Name LIKE @part ESCAPE '!' AND Name LIKE 'probe-1%'
                """,
                new { part = $"%{Like.Escape(part)}%" }));
            findings.Demand(count == found, () => $"查找“{part}”得到 {count} 条，应为 {found} 条");
        }
    }

    private async Task IdsAsync(Findings findings)
    {
        var ids = await database.ReadAsync(db => db.QueryAsync<Guid>(
            """
            -- Data/DatabaseProbe: ids in the order of the database
            SELECT Id FROM Event ORDER BY Id
            """));
        findings.Look(ids.Count);
        findings.Demand(ids.Count > 0, () => "登记簿中还没有事件");
        findings.Demand(ids.SequenceEqual(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)), () => "数据库的顺序与产生先后不同");
    }

    private async Task NeverChangedAsync(Findings findings)
    {
        foreach (var table in Kept)
        {
            foreach (var statement in new[]
            {
                $"""
                -- Data/DatabaseProbe: what must be refused
                UPDATE {table} SET Id = Id
                """,
                $"""
                -- Data/DatabaseProbe: what must be refused
                DELETE FROM {table}
                """,
            })
            {
                findings.Look();
                try
                {
                    await database.WriteAsync(db => db.ExecuteAsync(statement), static _ => false);
                    findings.Offend($"没有被拒绝：{statement}");
                }
                catch (DbException)
                {
                    // As it should be.
                }
            }
        }
    }

    private async Task OnceAsync(Findings findings)
    {
        for (var round = 0; round < 4; round++)
        {
            findings.Look(AtOnce);
            var key = string.Create(CultureInfo.InvariantCulture, $"probe-once-{round}");
            var won = (await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Run(() => PutAsync(key, "1"))))).Count(w => w);
            findings.Demand(won == 1, () => $"{won} 个写成");
        }
    }

    private async Task CounterAsync(Findings findings)
    {
        var row = await database.ReadAsync(db => db.QueryFirstOrDefaultAsync<Counter>(
            """
            -- Data/DatabaseProbe: a series of the demonstration
            SELECT SeriesId, Year, Next FROM SeriesYear ORDER BY SeriesId, Year
            """));
        if (row is null)
        {
            findings.Offend("登记簿中还没有编号序列");
            return;
        }

        var longest = TimeSpan.Zero;
        var taken = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            var mine = new List<int>();
            for (var i = 0; i < 4; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                mine.Add(await database.WriteAsync(async db =>
                {
                    await db.ExecuteAsync(
                        """
                        -- Data/DatabaseProbe: take the next
                        UPDATE SeriesYear SET Next = Next + 1 WHERE SeriesId = @SeriesId AND Year = @Year
                        """,
                        row);
                    return await db.ScalarAsync<int>(
                        """
                        -- Data/DatabaseProbe: what was taken
                        SELECT Next - 1 FROM SeriesYear WHERE SeriesId = @SeriesId AND Year = @Year
                        """,
                        row);
                }));
                var waited = Stopwatch.GetElapsedTime(begun);
                lock (findings) longest = waited > longest ? waited : longest;
            }

            return mine;
        })));
        findings.Look(AtOnce * 4);
        findings.Demand(taken.SelectMany(t => t).Order().SequenceEqual(Enumerable.Range(row.Next, AtOnce * 4)), () => "所取的号有重复或间断");
        findings.Demand(longest < TimeSpan.FromSeconds(20), () => $"最久的一个等了 {longest.TotalSeconds:0.0} 秒");
        await database.WriteAsync(db => db.ExecuteAsync(
            """
            -- Data/DatabaseProbe: as it was
            UPDATE SeriesYear SET Next = @Next WHERE SeriesId = @SeriesId AND Year = @Year
            """,
            row));
    }

    private async Task SnapshotsAsync(Findings findings)
    {
        findings.Look(2);
        var allowed = await database.ReadAsync(db => db.QuerySingleOrDefaultAsync<Snapshots>(
            """
            -- sqlserver: Data/DatabaseProbe: what the database allows
            SELECT CAST(snapshot_isolation_state AS int) AS SnapshotState, CAST(is_read_committed_snapshot_on AS int) AS ReadState FROM sys.databases WHERE database_id = DB_ID()
            """));
        findings.Demand(allowed?.SnapshotState == 1, () => "数据库没有打开 ALLOW_SNAPSHOT_ISOLATION");
        findings.Demand(allowed?.ReadState == 1, () => "数据库没有打开 READ_COMMITTED_SNAPSHOT");
        await PutAsync("probe-seen", "旧");
        var (changed, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        var reading = database.ReadAsync(async db =>
        {
            var first = await SeenAsync(db);
            read.SetResult();
            await changed.Task;
            return (first, await SeenAsync(db));
        });
        await read.Task;
        await database.WriteAsync(async db =>
        {
            await db.UpsertAsync("Setting", ["Name"], ["Value"], new { Name = "probe-seen", Value = "新" });
            return true;
        });
        changed.SetResult();
        findings.Demand(await reading == ("旧", "旧"), () => "同一次查询中途看到了别人的改动");

        static async Task<string?> SeenAsync(Session db) => await db.ScalarAsync<string>(
            """
            -- Data/DatabaseProbe: what a reader sees
            SELECT Value FROM Setting WHERE Name = 'probe-seen'
            """);
    }

    private async Task HoldAsync(Findings findings)
    {
        findings.Look();
        var thing = Guid.CreateVersion7();
        var (held, order) = (new TaskCompletionSource(), new List<string>());
        var first = database.WriteAsync(async db =>
        {
            await db.HoldAsync("probe", thing);
            held.SetResult();
            await Task.Delay(500);
            lock (order) order.Add("first");
            return true;
        });
        await held.Task;
        await database.WriteAsync(async db =>
        {
            await db.HoldAsync("probe", thing);
            lock (order) order.Add("second");
            return true;
        });
        await first;
        findings.Demand(order is ["first", "second"], () => "后来的没有等前一个办完");
    }

    private async Task DeadlockAsync(Findings findings)
    {
        findings.Look();
        await PutAsync("probe-left", "0");
        await PutAsync("probe-right", "0");
        using var both = new Barrier(2);
        var ends = await Task.WhenAll(CrossAsync("probe-left", "probe-right"), CrossAsync("probe-right", "probe-left"));
        findings.Demand(ends.Count(e => e is null) == 1, () => $"两个之中 {ends.Count(e => e is null)} 个办成，应恰有一个");
        foreach (var thrown in ends.OfType<Exception>()) findings.Demand(database.IsTransient(thrown), () => $"没有认出可以重办：{thrown.Message}");

        Task<Exception?> CrossAsync(string one, string other) => Task.Run<Exception?>(async () =>
        {
            try
            {
                await database.WriteAsync(async db =>
                {
                    await TouchAsync(db, one);
                    both.SignalAndWait(TimeSpan.FromSeconds(10));
                    return await TouchAsync(db, other);
                });
                return null;
            }
            catch (Exception e) when (e is DbException or TimeoutException)
            {
                return e;
            }
        });

        static Task<int> TouchAsync(Session db, string name) => db.ExecuteAsync(
            """
            -- Data/DatabaseProbe: hold a row
            UPDATE Setting SET Value = '1' WHERE Name = @name
            """,
            new { name });
    }

    private sealed record Counter
    {
        public required Guid SeriesId { get; init; }
        public required int Year { get; init; }
        public required int Next { get; init; }
    }

    private sealed record Snapshots
    {
        public required int SnapshotState { get; init; }
        public required int ReadState { get; init; }
    }
}
