using Filing.Elsa;

namespace Filing.Benchmarks.Hosts;

/// <summary>
/// Start, wait, resume, complete, everything durable on SQLite: the product with its built-in host, the product on Elsa, and either host alone, with
/// tables for the state of its flows and nothing of a register, all walking the definition of a government document.
/// </summary>
internal static class HostsBenchmark
{
    private const int Rounds = 3;

    public static async Task RunAsync(Report report, TimeSpan each, int[] clients)
    {
        report.Part("Cases from start to completion: the built-in host beside Elsa (EF Core on SQLite)");
        foreach (var count in clients)
        {
            var name = $"{count} client{(count == 1 ? "" : "s")}";
            Tell(report, $"{name}: the product, built-in host", await ProductAsync(null, each, count), null);
            await using var runner = await BuiltInAlone.OpenAsync();
            await runner.WalkAsync();
            var builtIn = await MedianAsync(each, count, watch => TimeAsync(watch, runner.WalkAsync));
            Tell(report, $"{name}: the built-in host alone", builtIn, null);
            await ElsaAsync(report, name, builtIn, each, count);
        }
    }

#if FULL_EDITION
    private static async Task ElsaAsync(Report report, string name, Measured builtIn, TimeSpan each, int clients)
    {
        // A command waits three seconds at most for Elsa to lay the next step; more clients wait longer than that, and then find no task yet.
        if (clients <= 8) Tell(report, $"{name}: the product on Elsa", await ProductAsync(ElsaHost.Name, each, clients), null);
        await using var elsa = await ElsaAlone.OpenAsync();
        await elsa.WalkAsync();
        var alone = await MedianAsync(each, clients, watch => TimeAsync(watch, elsa.WalkAsync));
        Tell(report, $"{name}: the built-in host alone, beside Elsa alone", alone, builtIn);
    }
#else
    private static Task ElsaAsync(Report report, string name, Measured builtIn, TimeSpan each, int clients)
    {
        Console.WriteLine($"  {name}: Elsa is not in the edition Core; build with -p:Edition=Full");
        return Task.CompletedTask;
    }
#endif

    private static async Task<Measured> ProductAsync(string? host, TimeSpan each, int clients)
    {
        await using var register = await BenchRegister.OpenAsync(host is null ? null : (services, folder) => services.AddElsaHost(ElsaStore.In(folder)));
        await CaseAsync(register);
        return await MedianAsync(each, clients, watch => TimeAsync(watch, () => CaseAsync(register)));
    }

    private static async Task CaseAsync(BenchRegister register) => await ShortCase.EndAsync(register, await ShortCase.StartAsync(register));

    private static async Task TimeAsync(Watch watch, Func<Task> once)
    {
        watch.Start();
        await once();
        watch.Stop();
    }

    private static async Task<Measured> MedianAsync(TimeSpan each, int clients, Func<Watch, Task> once)
    {
        var rounds = new List<Measured>();
        for (var round = 0; round < Rounds; round++) rounds.Add(await Measured.RunAsync(clients, each, (_, watch) => once(watch)));
        rounds.Sort((a, b) => a.PerSecond.CompareTo(b.PerSecond));
        return rounds[Rounds / 2];
    }

    /// <param name="report">Where to.</param>
    /// <param name="how">What was measured.</param>
    /// <param name="cases">The figures; of Elsa where the other is given.</param>
    /// <param name="builtIn">The built-in host, where both are to be told beside each other.</param>
    private static void Tell(Report report, string how, Measured cases, Measured? builtIn)
    {
        var ratio = builtIn?.PerSecond / cases.PerSecond;
        report.Add(builtIn is null
            ? new($"{how}: cases a second", cases.PerSecond, "/s")
            : new($"{how}: cases a second", builtIn.PerSecond, "/s", cases.PerSecond, ratio, ">= 50", ratio >= 50));
        report.Add(new($"{how}: 95% take at most", (builtIn ?? cases).Wait(0.95), "ms", builtIn is null ? null : cases.Wait(0.95)));
        report.Add(new($"{how}: processor time a case", (builtIn ?? cases).CpuMicroseconds, "us", builtIn is null ? null : cases.CpuMicroseconds));
    }
}
