using System.Diagnostics;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Benchmarks.Rungs;

/// <summary>
/// Many rungs that are due at one moment, each an alert and a mail: half of them found by the sweep, half as one scheduled job of Hangfire each, over one
/// register on SQLite. Either rings by the same command, eight at a time; what differs is how it comes to be called.
/// </summary>
internal static class RungsBenchmark
{
    private const int SideBySide = 8;

    public static async Task RunAsync(Report report, int rungs)
    {
        report.Part($"{rungs:N0} rungs due at once, of as many published documents");
        await using var register = await BenchRegister.OpenAsync();
        var (serial, started) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref serial) is var mine && mine <= rungs) await new Life(register.Clock.Today, mine).ToAsync(register, "publish");
        })));
        report.Add(new("to publish them, not measured below", Stopwatch.GetElapsedTime(started).TotalSeconds, "s"));
        var first = await DueAsync(register, "MIN(NextRungOn)");
        register.Clock.Move(new DateTimeOffset(DateOnly.Parse(first, null), new TimeOnly(9, 0), TimeSpan.FromHours(8)), 0);
        var due = await register.Database.ReadAsync(db => db.QueryAsync<Guid>("SELECT Id FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn <= @first ORDER BY Id", new { first }));
        await HangfireAsync(report, register, [.. due.Where((_, i) => i % 2 == 0)]);

        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var pass = await register.Services.GetRequiredService<Sweep>().RunAsync();
        Tell(report, "built-in sweep", pass.Sounded, Stopwatch.GetElapsedTime(clock), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        var left = await register.Database.ReadAsync(db => db.ScalarAsync<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn <= @first", new { first }));
        if (left > 0 || pass.Failures.Count > 0) throw new InvalidOperationException($"{left} rungs are still due, {pass.Failures.Count} failed.");
    }

#if FULL_EDITION
    private static async Task HangfireAsync(Report report, BenchRegister register, Guid[] due)
    {
        var (took, cpu, scheduled) = await ScheduledJobs.RingAsync(register.Services, due, SideBySide);
        report.Add(new("Hangfire: to schedule the jobs, beforehand", due.Length / scheduled.TotalSeconds, "/s"));
        Tell(report, "Hangfire, a job each, in memory", due.Length, took, cpu);
    }
#else
    private static Task HangfireAsync(Report report, BenchRegister register, Guid[] due)
    {
        Console.WriteLine($"  Hangfire is not in the edition Core: its {due.Length:N0} are left to the sweep; build with -p:Edition=Full");
        return Task.CompletedTask;
    }
#endif

    private static void Tell(Report report, string how, int rungs, TimeSpan took, TimeSpan cpu)
    {
        report.Add(new($"{how}: {rungs:N0} rungs in", took.TotalSeconds, "s"));
        report.Add(new($"{how}: rungs a second", rungs / took.TotalSeconds, "/s"));
        report.Add(new($"{how}: processor time a rung", cpu.TotalMicroseconds / rungs, "us"));
    }

    private static async Task<string> DueAsync(BenchRegister register, string what) =>
        await register.Database.ReadAsync(db => db.ScalarAsync<string>($"SELECT {what} FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn IS NOT NULL")) ?? throw new InvalidOperationException("Nothing rings.");
}
