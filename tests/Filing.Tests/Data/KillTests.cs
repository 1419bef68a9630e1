using System.Diagnostics;
using System.Globalization;
using Filing.Data;

namespace Filing.Tests.Data;

/// <summary>A process that is killed at a random moment has kept every promise it made before.</summary>
public sealed class KillTests
{
    /// <summary>The verb of the child process.</summary>
    public const string Child = "commit-until-killed";

    private const int Clients = 16;

    /// <summary>The child: commits numbered pairs of rows from many clients and says each number once it is acknowledged.</summary>
    public static async Task<int> RunChildAsync(string folder, int first)
    {
        await using var db = Database.OpenSqlite(folder);
        await db.WriteAsync(s => s.ExecuteAsync("CREATE TABLE IF NOT EXISTS T (N INTEGER NOT NULL, Half INTEGER NOT NULL, PRIMARY KEY (N, Half)) STRICT"));
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var n = Interlocked.Increment(ref next);
                await db.WriteAsync(async s =>
                {
                    await s.ExecuteAsync("INSERT INTO T (N, Half) VALUES (@n, 1)", new { n });
                    return await s.ExecuteAsync("INSERT INTO T (N, Half) VALUES (@n, 2)", new { n });
                });
                lock (db) Console.Out.WriteLine($"{n}.");
            }
        })));
        return 0;
    }

    [Test]
    public async Task Every_acknowledged_row_is_there_after_a_kill_and_no_command_is_there_by_half()
    {
        using var folder = new TempFolder();
        var acknowledged = new HashSet<int>();
        for (var round = 0; round < 6; round++)
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            var first = (round * 1_000_000).ToString(CultureInfo.InvariantCulture);
            foreach (var argument in new[] { "exec", typeof(KillTests).Assembly.Location, Child, folder.Path, first }) start.ArgumentList.Add(argument);
            using var child = Process.Start(start)!;
            var errors = child.StandardError.ReadToEndAsync();
            var told = 0;
            // The first acknowledgement shows that it is at work; then any moment is a good one to die.
            var line = await child.StandardOutput.ReadLineAsync();
            Assert.That(line, Is.Not.Null, () => errors.Result);
            var kill = Task.Delay(Random.Shared.Next(1, 250)).ContinueWith(_ => child.Kill(), TaskScheduler.Default);
            for (; line is not null; line = await child.StandardOutput.ReadLineAsync())
            {
                // The kill may cut the last line; a cut number would be a promise that nobody made.
                if (!line.EndsWith('.')) break;
                acknowledged.Add(int.Parse(line.AsSpan(0, line.Length - 1), CultureInfo.InvariantCulture));
                told++;
            }

            await kill;
            await child.WaitForExitAsync();
            await using var db = Database.OpenSqlite(folder.Path);
            var found = await db.ReadAsync(s => s.QueryAsync<int>("SELECT N FROM T GROUP BY N HAVING COUNT(*) = 2"));
            var halves = await db.ReadAsync(s => s.QueryAsync<int>("SELECT N FROM T GROUP BY N HAVING COUNT(*) <> 2"));
            TestContext.Out.WriteLine($"round {round}: {told} acknowledged, {found.Count} found in all");
            Assert.That(acknowledged.Except(found), Is.Empty, "acknowledged and lost");
            Assert.That(halves, Is.Empty, "done by half");
            Assert.That(await db.ReadAsync(s => s.ScalarAsync<string>("PRAGMA integrity_check")), Is.EqualTo("ok"));
        }

        Assert.That(acknowledged, Has.Count.GreaterThan(100));
    }
}
