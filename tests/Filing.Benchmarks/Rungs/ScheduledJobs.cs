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

namespace Filing.Benchmarks.Rungs;

/// <summary>Rungs as timers of Hangfire: a scheduled job for each.</summary>
internal static class ScheduledJobs
{
    /// <summary>Schedules them for one moment, then lets a server run them all.</summary>
    /// <returns>How long the server took for all, the processor time of that, and how long scheduling took.</returns>
    public static async Task<(TimeSpan Took, TimeSpan Cpu, TimeSpan Scheduled)> RingAsync(IServiceProvider services, Guid[] due, int workers)
    {
        GlobalConfiguration.Configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
        using var storage = new InMemoryStorage();
        var client = new BackgroundJobClient(storage);
        var start = Stopwatch.GetTimestamp();
        var at = DateTime.UtcNow;
        foreach (var deadline in due) client.Create(Job.FromExpression<RingJob>(job => job.RunAsync(deadline)), new ScheduledState(at));
        var scheduled = Stopwatch.GetElapsedTime(start);

        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var options = new BackgroundJobServerOptions
        {
            Activator = new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>()), WorkerCount = workers, SchedulePollingInterval = TimeSpan.FromMilliseconds(100),
        };
        using (new BackgroundJobServer(options, storage))
        {
            var monitor = storage.GetMonitoringApi();
            while (monitor.GetStatistics() is { Failed: 0 } state && state.Succeeded < due.Length) await Task.Delay(20);
            var took = Stopwatch.GetElapsedTime(clock);
            if (monitor.GetStatistics().Failed > 0) throw new InvalidOperationException("A job has failed.");
            return (took, Process.GetCurrentProcess().TotalProcessorTime - cpu, scheduled);
        }
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
        if (!(await mediator.Send(new RingDeadline(deadline))).TryGet(out _, out var error)) throw new InvalidOperationException(error.ToString());
    }
}
#endif
