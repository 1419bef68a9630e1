#if FULL_EDITION
using System.Diagnostics;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
#if HANGFIRE_SQLITE
using Hangfire.Storage.SQLite;
#endif

namespace Filing.Benchmarks.Rungs;

/// <summary>Rungs as timers of Hangfire: a scheduled job for each.</summary>
internal static class ScheduledJobs
{
    /// <summary>Whether this build has the storage.</summary>
    public static bool Has(JobStorageKind storage) =>
#if HANGFIRE_SQLITE
        true;
#else
        storage == JobStorageKind.Memory;
#endif

    /// <summary>Schedules them for one moment, then lets a server run them all.</summary>
    /// <returns>How long the server took for all, the processor time of that, and how long scheduling took.</returns>
    public static async Task<(TimeSpan Took, TimeSpan Cpu, TimeSpan Scheduled)> RingAsync(BenchRegister register, IReadOnlyList<Guid> due, int workers, JobStorageKind kind)
    {
        GlobalConfiguration.Configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
        var storage = Open(kind, Path.Combine(register.Folder, "hangfire.db"));
        using var _ = storage as IDisposable;
        var client = new BackgroundJobClient(storage);
        var start = Stopwatch.GetTimestamp();
        var at = DateTime.UtcNow;
        foreach (var deadline in due) client.Create(Job.FromExpression<RingJob>(job => job.RunAsync(deadline)), new ScheduledState(at));
        var scheduled = Stopwatch.GetElapsedTime(start);

        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var options = new BackgroundJobServerOptions
        {
            Activator = new AspNetCoreJobActivator(register.Services.GetRequiredService<IServiceScopeFactory>()), WorkerCount = workers, SchedulePollingInterval = TimeSpan.FromMilliseconds(100),
        };
        using (new BackgroundJobServer(options, storage))
        {
            var monitor = storage.GetMonitoringApi();
            while (monitor.GetStatistics() is { Failed: 0 } state && state.Succeeded < due.Count) await Task.Delay(kind == JobStorageKind.Memory ? 20 : 500);
            var took = Stopwatch.GetElapsedTime(clock);
            if (monitor.GetStatistics().Failed > 0) throw new InvalidOperationException("A job has failed.");
            return (took, Process.GetCurrentProcess().TotalProcessorTime - cpu, scheduled);
        }
    }

    private static JobStorage Open(JobStorageKind kind, string file)
    {
#if HANGFIRE_SQLITE
        // Its own connections have no lock and are used by several threads, which ends in a crash under load. Its workers look for jobs at this pace: the default of
        // 15 seconds would be measured instead.
        if (kind == JobStorageKind.Sqlite)
        {
            return new SQLiteStorage(
                new SQLiteDbConnectionFactory(() => new SQLite.SQLiteConnection(
                    file, SQLite.SQLiteOpenFlags.ReadWrite | SQLite.SQLiteOpenFlags.Create | SQLite.SQLiteOpenFlags.FullMutex, storeDateTimeAsTicks: true) { BusyTimeout = TimeSpan.FromSeconds(10) }),
                new SQLiteStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50) });
        }
#else
        if (!Has(kind)) throw new InvalidOperationException($"There is no {kind} for {file}.");
#endif
        return new InMemoryStorage();
    }
}

/// <summary>Rings one deadline.</summary>
public sealed class RingJob(IMediator mediator, Caller caller)
{
    /// <summary>Rings what is due of it.</summary>
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(Guid deadline)
    {
        caller.Actor = Actor.System;
        if (!(await mediator.Send(new RingDeadline(deadline))).TryGet(out var _, out var error)) throw new InvalidOperationException(error.ToString());
    }
}
#else
namespace Filing.Benchmarks.Rungs;

/// <summary>Rungs as timers of Hangfire, which the edition Core has not.</summary>
internal static class ScheduledJobs
{
    /// <summary>Never.</summary>
    public static bool Has(JobStorageKind storage) => storage < 0;

    /// <summary>Cannot.</summary>
    public static Task<(TimeSpan Took, TimeSpan Cpu, TimeSpan Scheduled)> RingAsync(BenchRegister register, IReadOnlyList<Guid> due, int workers, JobStorageKind kind) =>
        throw new NotSupportedException($"{due.Count} jobs, {workers} workers, {kind} in {register.Folder}: the edition Core has no Hangfire.");
}
#endif
