using Filing.Tests.Support;

namespace Filing.Benchmarks.Lives;

/// <summary>Whole lives of government documents, from the submission to the registered filing, and what the program holds in memory after many.</summary>
internal static class LivesBenchmark
{
    /// <summary>Lives a second, and what each step costs.</summary>
    public static async Task RunAsync(Report report, TimeSpan each, int[] clients)
    {
        report.Part($"Whole lives: {Life.Steps.Count} commands from the submission to the registered filing");
        await using var register = await BenchRegister.OpenAsync();
        var serial = 0;
        await LifeAsync(register, ++serial, new Watch());
        foreach (var count in clients)
        {
            var name = $"{count} client{(count == 1 ? "" : "s")}";
            // Several short rounds: a neighbour on the machine spoils one of them, not the median.
            var rounds = new List<Measured>();
            for (var round = 0; round < 5; round++)
                rounds.Add(await Measured.RunAsync(count, each, (_, watch) => LifeAsync(register, Interlocked.Increment(ref serial), watch)));
            rounds.Sort((a, b) => a.PerSecond.CompareTo(b.PerSecond));
            var median = rounds[rounds.Count / 2];
            report.Add(new($"{name}: lives a second", median.PerSecond / Life.Steps.Count, "/s"));
            report.Add(new($"{name}: commands a second", median.PerSecond, "/s"));
            report.Add(new($"{name}: 99% of the commands wait at most", median.Wait(0.99), "ms"));
            report.Add(new($"{name}: processor time a command", median.CpuMicroseconds, "us"));
            report.Add(new($"{name}: of that the writer", median.WriterMicroseconds, "us"));
            report.Add(new($"{name}: allocated a command", median.Kilobytes, "kB"));
        }

        await StepByStepAsync(report, register, serial);
        report.Add(new($"database after {serial:N0} lives", new FileInfo(Path.Combine(register.Folder, Data.Database.SqliteFileName)).Length / 1048576.0, "MB"));
    }

    /// <summary>Resident memory after many lives.</summary>
    public static async Task MemoryAsync(Report report, int lives)
    {
        report.Part($"Memory after {lives:N0} whole lives, eight clients, workstation garbage collection");
        await using var register = await BenchRegister.OpenAsync();
        report.Add(new("resident before the first", Machine.ResidentMegabytes(), "MB"));
        var (serial, highest) = (0, 0.0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref serial) is var mine && mine <= lives)
            {
                await LifeAsync(register, mine, new Watch());
                if (mine % 100 == 0) highest = Math.Max(highest, Machine.ResidentMegabytes());
            }
        })));
        var resident = Machine.ResidentMegabytes();
        report.Add(new("resident after the last", resident, "MB", Target: "< 300", Met: resident < 300));
        report.Add(new("highest seen on the way", highest, "MB"));
        report.Add(new("of that managed", GC.GetTotalMemory(false) / 1048576.0, "MB"));
        report.Add(new("database", new FileInfo(Path.Combine(register.Folder, Data.Database.SqliteFileName)).Length / 1048576.0, "MB"));
    }

    private static async Task StepByStepAsync(Report report, BenchRegister register, int serial)
    {
        const int Lives = 40;
        var times = Life.Steps.Select(_ => new List<double>(Lives)).ToArray();
        for (var i = 0; i < Lives; i++)
        {
            var life = new Life(register.Clock.Today, serial + 1 + i);
            for (var step = 0; step < Life.Steps.Count; step++)
            {
                var writer = Machine.WriterTime();
                await life.StepAsync(register);
                times[step].Add((Machine.WriterTime() - writer).TotalMicroseconds);
            }
        }

        // Of one client alone, so that every commit is its own: with more, many commands share it.
        for (var step = 0; step < Life.Steps.Count; step++) report.Add(new($"writer, commit included: {Life.Steps[step].Name}", times[step].Order().ElementAt(Lives / 2), "us"));
    }

    /// <summary>One whole life, each command timed.</summary>
    internal static async Task LifeAsync(BenchRegister register, int serial, Watch watch)
    {
        var life = new Life(register.Clock.Today, serial);
        bool more;
        do
        {
            watch.Start();
            more = await life.StepAsync(register);
            if (more) watch.Stop();
        }
        while (more);
    }
}
