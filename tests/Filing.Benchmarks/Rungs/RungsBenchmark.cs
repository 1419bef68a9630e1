using System.Diagnostics;
using Filing.Benchmarks.Web;
using Filing.Data;
using Filing.Features.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Benchmarks.Rungs;

/// <summary>
/// Many rungs that are due at one moment, each an alert and a mail: found by the sweep, and as one scheduled job of Hangfire each, each over a copy of the same register
/// on SQLite. Either rings by the same command, eight at a time; what differs is how it comes to be called.
/// </summary>
internal static class RungsBenchmark
{
    private const int SideBySide = 8;

    public static async Task RunAsync(Report report, int rungs)
    {
        report.Part($"{rungs:N0} rungs due at once, of as many published documents");
        await using var register = await BenchRegister.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        await Archive.RepeatAsync(register, register.Folder, register.Clock.Today, "publish", rungs);
        report.Add(new("to write them, not measured below", Stopwatch.GetElapsedTime(started).TotalSeconds, "s"));
        var first = DateOnly.Parse(
            await register.Database.ReadAsync(db => db.ScalarAsync<string>("SELECT MIN(NextRungOn) FROM Deadline WHERE ClosedAt IS NULL")) ?? throw new InvalidOperationException("Nothing rings."), null);
        foreach (var storage in Enum.GetValues<JobStorageKind>()) await OverCopyAsync(register, copy => HangfireAsync(report, copy, first, storage), first);
        await OverCopyAsync(register, copy => SweepAsync(report, copy), first);
    }

    private static async Task OverCopyAsync(BenchRegister register, Func<BenchRegister, Task<bool>> ring, DateOnly first)
    {
        var folder = Directory.CreateTempSubdirectory("filing-bench-copy-").FullName;
        await register.CopyAsync(folder);
        await using (var copy = await BenchRegister.JoinAsync(Database.OpenSqlite(folder)))
        {
            copy.Clock.Move(new DateTimeOffset(first, new TimeOnly(9, 0), TimeSpan.FromHours(8)), 0);
            var rang = await ring(copy);
            var left = await copy.Database.ReadAsync(db => db.ScalarAsync<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn <= @first", new { first }));
            if (left > 0 && rang) throw new InvalidOperationException($"{left} rungs are still due.");
        }

        Directory.Delete(folder, true);
    }

    private static async Task<bool> SweepAsync(Report report, BenchRegister register)
    {
        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var pass = await register.Services.GetRequiredService<Sweep>().RunAsync();
        Tell(report, "built-in sweep", pass.Sounded, Stopwatch.GetElapsedTime(clock), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        if (pass.Failures.Count > 0) throw new InvalidOperationException($"{pass.Failures.Count} failed.");
        return true;
    }

    private static async Task<bool> HangfireAsync(Report report, BenchRegister register, DateOnly first, JobStorageKind storage)
    {
        if (!ScheduledJobs.Has(storage))
        {
            Console.WriteLine($"  Hangfire with storage {storage}: not in this build; see docs/benchmarks.md");
            return false;
        }

        var due = await register.Database.ReadAsync(db => db.QueryAsync<Guid>("SELECT Id FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn <= @first ORDER BY Id", new { first }));
        var (took, cpu, scheduled) = await ScheduledJobs.RingAsync(register, due, SideBySide, storage);
        report.Add(new($"Hangfire, {storage}: to schedule the jobs, beforehand", due.Count / scheduled.TotalSeconds, "/s"));
        Tell(report, $"Hangfire, {storage}, a job each", due.Count, took, cpu);
        return true;
    }

    private static void Tell(Report report, string how, int rungs, TimeSpan took, TimeSpan cpu)
    {
        report.Add(new($"{how}: {rungs:N0} rungs in", took.TotalSeconds, "s"));
        report.Add(new($"{how}: rungs a second", rungs / took.TotalSeconds, "/s"));
        report.Add(new($"{how}: processor time a rung", cpu.TotalMicroseconds / rungs, "us"));
    }
}
