using System.Diagnostics;
using System.Globalization;
using Filing.Benchmarks.Lives;
using Filing.Data;
using Filing.Tests.Support;
using Microsoft.Data.SqlClient;

namespace Filing.Benchmarks.OnServer;

/// <summary>
/// Whole lives on the server of <c>FILING_TEST_SQLSERVER</c>, beside the floor of bare transactions there: a connection a client, one row and one commit each. Then the
/// same clients in one process and shared by two.
/// </summary>
internal static class ServerBenchmark
{
    /// <summary>The verb of a process that this benchmark starts: <c>server-child CONNECTION SECONDS CLIENTS FIRST-SERIAL</c>.</summary>
    public const string Child = "server-child";

    private const int Shared = 8;

    public static async Task RunAsync(Report report, TimeSpan each, int[] clients)
    {
        if (Environment.GetEnvironmentVariable("FILING_TEST_SQLSERVER") is not { Length: > 0 } server)
        {
            Console.WriteLine("  FILING_TEST_SQLSERVER names no server: left out");
            return;
        }

        var name = $"filing_bench_{Guid.CreateVersion7():N}";
        await OnServerAsync(server, $"CREATE DATABASE {name}");
        var connection = new SqlConnectionStringBuilder(server) { InitialCatalog = name, MaxPoolSize = 200 }.ConnectionString;
        try
        {
            await using var register = await BenchRegister.OpenAsync(open: _ => Database.OpenSqlServer(connection));
            report.Part($"Whole lives on a server: {await new DatabaseProbe(register.Database).VersionAsync()}"[..110]);
            var serial = 0;
            // Every connection of the pool has seen every text before anything is measured.
            await Measured.RunAsync(clients.Max(), each * 2, (_, watch) => LivesBenchmark.LifeAsync(register, Interlocked.Increment(ref serial), watch));
            foreach (var count in clients)
            {
                var rounds = new List<(double Floor, Measured Lives)>();
                for (var round = 0; round < 3; round++)
                {
                    var floor = await BareAsync(connection, count, each);
                    rounds.Add((floor.PerSecond, await Measured.RunAsync(count, each, (_, watch) => LivesBenchmark.LifeAsync(register, Interlocked.Increment(ref serial), watch))));
                }

                var median = rounds.OrderBy(r => r.Lives.PerSecond / r.Floor).ElementAt(rounds.Count / 2);
                var many = $"{count} client{(count == 1 ? "" : "s")}";
                report.Add(new($"{many}: commands a second, beside bare commits", median.Lives.PerSecond, "/s", median.Floor, median.Lives.PerSecond / median.Floor));
                report.Add(new($"{many}: lives a second", median.Lives.PerSecond / Life.Steps.Count, "/s"));
                report.Add(new($"{many}: 95% of the commands wait at most", median.Lives.Wait(0.95), "ms"));
                report.Add(new($"{many}: processor time a command, this side", median.Lives.CpuMicroseconds, "us"));
            }

            await TwoAsync(report, connection, each * 3, serial);
        }
        finally
        {
            SqlConnection.ClearAllPools();
            await Task.Delay(1000);
            await OnServerAsync(server, $"DROP DATABASE {name}");
        }
    }

    /// <summary>Lives of a process that others share the register with; prints commands and the 95th of their waits.</summary>
    public static async Task<int> RunChildAsync(string connection, string seconds, string clients, string first)
    {
        await using var register = await BenchRegister.JoinAsync(Database.OpenSqlServer(connection));
        var serial = int.Parse(first, CultureInfo.InvariantCulture);
        var (count, each) = (int.Parse(clients, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        await Measured.RunAsync(count, each / 2, (_, watch) => LivesBenchmark.LifeAsync(register, Interlocked.Increment(ref serial), watch));
        var measured = await Measured.RunAsync(count, each, (_, watch) => LivesBenchmark.LifeAsync(register, Interlocked.Increment(ref serial), watch));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measured.PerSecond} {measured.Wait(0.95)}"));
        return 0;
    }

    private static async Task TwoAsync(Report report, string connection, TimeSpan each, int serial)
    {
        report.Part($"{Shared} clients at one server process, and shared by two");
        foreach (var processes in new[] { 1, 2 })
        {
            var ran = await Task.WhenAll(Enumerable.Range(0, processes).Select(n => ChildAsync(connection, each, Shared / processes, serial + 10_000 * (processes * 2 + n))));
            report.Add(new($"{processes} process{(processes == 1 ? "" : "es")}: commands a second", ran.Sum(r => r.PerSecond), "/s"));
            report.Add(new($"{processes} process{(processes == 1 ? "" : "es")}: 95% of the commands wait at most", ran.Max(r => r.Wait), "ms"));
        }
    }

    private static async Task<(double PerSecond, double Wait)> ChildAsync(string connection, TimeSpan each, int clients, int first)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { Child, connection, each.TotalSeconds.ToString(CultureInfo.InvariantCulture), clients.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
        await process.WaitForExitAsync();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static async Task<Measured> BareAsync(string server, int clients, TimeSpan each)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            var connection = new SqlConnection(server);
            await connection.OpenAsync();
            return connection;
        }));
        try
        {
            return await Measured.RunAsync(clients, each, async (client, watch) =>
            {
                watch.Start();
                await using var transaction = (SqlTransaction)await connections[client].BeginTransactionAsync();
                await using var command = new SqlCommand("INSERT INTO Setting (Name, Value) VALUES (@name, N'1')", connections[client], transaction);
                command.Parameters.Add("@name", System.Data.SqlDbType.NVarChar, 200).Value = $"bench-{Guid.CreateVersion7()}";
                await command.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
                watch.Stop();
            });
        }
        finally
        {
            foreach (var connection in connections) await connection.DisposeAsync();
        }
    }

    private static async Task OnServerAsync(string server, string sql)
    {
        await using var connection = new SqlConnection(server);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
