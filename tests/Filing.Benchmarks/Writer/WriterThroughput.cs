using System.Diagnostics;
using System.Globalization;
using Dapper;
using Filing.Data;
using Microsoft.Data.Sqlite;

namespace Filing.Benchmarks.Writer;

/// <summary>
/// Commands a second through the grouped writer, beside one transaction each: on a real file, with every commit on disk. A command
/// is what a registration does at least: take the next number, write the fact, the event and the outbox row.
/// </summary>
internal static class WriterThroughput
{
    private const string Schema =
        """
        CREATE TABLE Series (Id INTEGER PRIMARY KEY, Next INTEGER NOT NULL) STRICT;
        CREATE TABLE Row (Id TEXT NOT NULL PRIMARY KEY, Kind TEXT NOT NULL, Number INTEGER NOT NULL, At TEXT NOT NULL, Value TEXT NOT NULL) STRICT;
        INSERT INTO Series VALUES (1, 1);
        """;

    private const string Take = "UPDATE Series SET Next = Next + 1 WHERE Id = @id";
    private const string Look = "SELECT Next FROM Series WHERE Id = @id";
    private const string Insert = "INSERT INTO Row (Id, Kind, Number, At, Value) VALUES (@Id, @Kind, @Number, @At, @Value)";

    public static async Task RunAsync(TimeSpan each)
    {
        Console.WriteLine("clients   grouped/s   99% ms   one transaction each/s   99% ms");
        foreach (var clients in new[] { 1, 8, 64 })
        {
            var grouped = await GroupedAsync(clients, each);
            var single = await SingleAsync(clients, each);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clients,7}   {grouped.PerSecond,9:0}   {grouped.Late,6:0.0}   {single.PerSecond,22:0}   {single.Late,6:0.0}"));
        }

        await StatementsAsync();
    }

    private static async Task<(double PerSecond, double Late)> GroupedAsync(int clients, TimeSpan each)
    {
        var folder = Directory.CreateTempSubdirectory("filing-writer-").FullName;
        await using (var db = Database.OpenSqlite(folder))
        {
            await db.WriteAsync(s => s.ExecuteAsync(Schema));
            var figures = await MeasureAsync(clients, each, () => db.WriteAsync(async s =>
            {
                await s.ExecuteAsync(Take, new { id = 1 });
                var number = await s.ScalarAsync<long>(Look, new { id = 1 });
                foreach (var kind in new[] { "fact", "event", "outbox" })
                    await s.ExecuteAsync(Insert, new { Id = Guid.CreateVersion7(), Kind = kind, Number = number, At = DateTimeOffset.UnixEpoch, Value = "a value" });
                return number;
            }));
            var rows = await db.ReadAsync(s => s.ScalarAsync<long>("SELECT COUNT(*) FROM Row"));
            var next = await db.ReadAsync(s => s.ScalarAsync<long>("SELECT Next FROM Series"));
            if (rows != 3 * (next - 1)) throw new InvalidOperationException($"{rows} rows for {next - 1} numbers");
            await db.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            return figures;
        }
    }

    private static async Task<(double PerSecond, double Late)> SingleAsync(int clients, TimeSpan each)
    {
        var folder = Directory.CreateTempSubdirectory("filing-writer-").FullName;
        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "t.db"), DefaultTimeout = 60 }.ToString();
        await using (var first = new SqliteConnection(text))
        {
            await first.OpenAsync();
            await first.ExecuteAsync("PRAGMA journal_mode = WAL");
            await first.ExecuteAsync(Schema);
        }

        var gate = new SemaphoreSlim(1);
        var figures = await MeasureAsync(clients, each, async () =>
        {
            // The kindest form: a queue in the process, since SQLite's own waiting is far slower.
            await gate.WaitAsync();
            try
            {
                await using var connection = new SqliteConnection(text);
                await connection.OpenAsync();
                await connection.ExecuteAsync("PRAGMA synchronous = FULL");
                await using var transaction = connection.BeginTransaction();
                await connection.ExecuteAsync(Take, new { id = 1 }, transaction);
                var number = await connection.ExecuteScalarAsync<long>(Look, new { id = 1 }, transaction);
                foreach (var kind in new[] { "fact", "event", "outbox" })
                    await connection.ExecuteAsync(Insert, new { Id = Guid.CreateVersion7(), Kind = kind, Number = number, At = DateTimeOffset.UnixEpoch, Value = "a value" }, transaction);
                await transaction.CommitAsync();
            }
            finally
            {
                gate.Release();
            }
        });
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return figures;
    }

    private static async Task StatementsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("filing-writer-").FullName;
        await using (var db = Database.OpenSqlite(folder))
        {
            await db.WriteAsync(s => s.ExecuteAsync(Schema));
            const int count = 100_000;
            for (var round = 0; round < 3; round++)
            {
                await db.WriteAsync(async s =>
                {
                    var started = Stopwatch.GetTimestamp();
                    for (var i = 0; i < count; i++)
                        await s.ExecuteAsync(Insert, new { Id = Guid.CreateVersion7(), Kind = "x", Number = (long)i, At = DateTimeOffset.UnixEpoch, Value = "a value" });
                    var insert = Stopwatch.GetElapsedTime(started) / count;
                    started = Stopwatch.GetTimestamp();
                    for (var i = 0; i < count; i++) await s.ScalarAsync<long>(Look, new { id = 1 });
                    var look = Stopwatch.GetElapsedTime(started) / count;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a simple insert {insert.TotalMicroseconds:0.00} us, a look-up {look.TotalMicroseconds:0.00} us"));
                    return 0;
                });
            }

            await db.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(double PerSecond, double Late)> MeasureAsync(int clients, TimeSpan each, Func<Task> command)
    {
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(command)));
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < each)
            {
                var sent = Stopwatch.GetTimestamp();
                await command();
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return own;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = times.SelectMany(own => own).Order().ToArray();
        return (all.Length / elapsed.TotalSeconds, all[(int)(all.Length * 0.99)]);
    }
}
