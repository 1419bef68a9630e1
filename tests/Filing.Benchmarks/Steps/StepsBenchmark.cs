using Microsoft.Data.Sqlite;

namespace Filing.Benchmarks.Steps;

/// <summary>
/// Start, wait, resume, complete: a draft is submitted, its workflow starts and waits; the legal office says that it is no normative
/// document, the workflow resumes and completes. Two durable steps, beside a bare program that commits the same rows.
/// </summary>
internal static class StepsBenchmark
{
    private const int Rounds = 9;

    public static async Task RunAsync(Report report, TimeSpan each, int[] clients)
    {
        report.Part("Durable steps through the mediator (embedded SQLite, synchronous=FULL), beside the same rows bare");
        foreach (var count in clients) await RunAsync(report, each, count);
    }

    private static async Task RunAsync(Report report, TimeSpan each, int clients)
    {
        await using var register = await BenchRegister.OpenAsync();
        var (steps, ids) = await WatchAsync(register);
        var files = (Shared: Path.Combine(register.Folder, "shared.db"), Own: Path.Combine(register.Folder, "own.db"));
        Copy(register, files.Shared);
        Copy(register, files.Own);
        using var shared = new Floor(files.Shared);
        var own = Enumerable.Range(0, clients).Select(_ => new Floor(files.Own)).ToArray();
        var gate = new Lock();

        var rounds = new List<(Measured Product, Measured Floor)>();
        for (var round = -1; round < Rounds; round++)
        {
            // The first round, and a shorter one, warms up.
            var time = round < 0 ? each / 2 : each;
            var product = await Measured.RunAsync(clients, time, (_, watch) => LifeAsync(register, watch));
            var one = Measured.Run(clients, time, (_, watch) => FloorLife(steps, ids, watch, (rows, life) =>
            {
                lock (gate) shared.Step(rows, life);
            }));
            var many = clients == 1 ? one : Measured.Run(clients, time, (n, watch) => FloorLife(steps, ids, watch, own[n].Step));
            if (round >= 0) rounds.Add((product, one.PerSecond > many.PerSecond ? one : many));
        }

        foreach (var connection in own) connection.Dispose();
        Tell(report, clients, steps.Sum(s => s.Count) / 2.0, rounds);
    }

    private static void Tell(Report report, int clients, double rows, List<(Measured Product, Measured Floor)> rounds)
    {
        var (ratio, target) = (Median(rounds.Select(r => r.Product.PerSecond / r.Floor.PerSecond)), clients switch { 1 => 0.5, 64 => 3.0, _ => (double?)null });
        var name = $"{clients} client{(clients == 1 ? "" : "s")}";
        report.Add(new($"{name}: steps a second ({rows:0} rows each)", Median(rounds.Select(r => r.Product.PerSecond)), "/s",
            Median(rounds.Select(r => r.Floor.PerSecond)), ratio, target is null ? null : $">= {target}", target is null ? null : ratio >= target));
        var waits = new Measured(0, [.. rounds.SelectMany(r => r.Product.Waits).Order()], 0, 0, 0);
        var floor = new Measured(0, [.. rounds.SelectMany(r => r.Floor.Waits).Order()], 0, 0, 0);
        foreach (var (part, word) in new[] { (0.5, "half"), (0.95, "95%"), (0.99, "99%") })
            report.Add(new($"{name}: {word} wait at most", waits.Wait(part), "ms", floor.Wait(part)));
        report.Add(new($"{name}: longest wait", waits.Waits[^1], "ms", floor.Waits[^1], Target: "< 1000", Met: waits.Waits[^1] < 1000));
        report.Add(new($"{name}: processor time a step", Median(rounds.Select(r => r.Product.CpuMicroseconds)), "us", Median(rounds.Select(r => r.Floor.CpuMicroseconds))));
        report.Add(new($"{name}: of that the writer", Median(rounds.Select(r => r.Product.WriterMicroseconds)), "us"));
        report.Add(new($"{name}: allocated a step", Median(rounds.Select(r => r.Product.Kilobytes)), "kB", Median(rounds.Select(r => r.Floor.Kilobytes))));
    }

    private static async Task LifeAsync(BenchRegister register, Watch watch)
    {
        watch.Start();
        var document = await ShortCase.StartAsync(register);
        watch.Stop();
        watch.Start();
        await ShortCase.EndAsync(register, document);
        watch.Stop();
    }

    private static void FloorLife(IReadOnlyList<RowChange>[] steps, int ids, Watch watch, Action<IReadOnlyList<RowChange>, string[]> step)
    {
        var life = Floor.Ids(ids);
        foreach (var rows in steps)
        {
            watch.Start();
            step(rows, life);
            watch.Stop();
        }
    }

    /// <summary>The rows of each of the two steps, as the product leaves them.</summary>
    private static async Task<(IReadOnlyList<RowChange>[] Steps, int Ids)> WatchAsync(BenchRegister register)
    {
        var rows = new RowWatch(Path.Combine(register.Folder, Data.Database.SqliteFileName));
        rows.Begin();
        var document = await ShortCase.StartAsync(register);
        var start = rows.Changes();
        await ShortCase.EndAsync(register, document);
        return ([start, rows.Changes()], rows.Ids);
    }

    private static void Copy(BenchRegister register, string to)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(register.Folder, Data.Database.SqliteFileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{to}'";
        command.ExecuteNonQuery();
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
