using Filing.Features.Supervision;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Hosting;

namespace Filing.Hangfire;

/// <summary>
/// Puts the recurring jobs down at every start, and calls for each at once: their schedule stands in this file, not in a database. Afterwards it knows
/// from Hangfire's storage when another process last ran them.
/// </summary>
internal sealed class RecurringJobs(IRecurringJobManager manager, JobStorage storage, Pace pace, Passes passes) : IHostedService, IPassesElsewhere
{
    /// <summary>The name of a job in Hangfire.</summary>
    public static string IdOf(string pass) => $"filing-{pass}";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A run that was missed is caught up by one; the round itself finds all that has become due.
        var options = new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed };
        var (sweep, outbox, delivery) = (IdOf(SweepRound.Name), IdOf(OutboxRound.Name), Pace.AtMost(OutboxRound.Interval));
        passes.Announce(SweepRound.Name, pace.Interval);
        passes.Announce(OutboxRound.Name, delivery.Interval);
        manager.AddOrUpdate<SweepJob>(sweep, HangfireSetup.SweepQueue, job => job.RunAsync(CancellationToken.None), pace.Cron, options);
        manager.AddOrUpdate<OutboxJob>(outbox, HangfireSetup.OutboxQueue, job => job.RunAsync(CancellationToken.None), delivery.Cron, options);
        manager.Trigger(sweep);
        manager.Trigger(outbox);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Tell(Passes passes)
    {
        using var connection = storage.GetConnection();
        var jobs = connection.GetRecurringJobs();
        foreach (var name in (string[])[SweepRound.Name, OutboxRound.Name])
        {
            if (jobs.FirstOrDefault(j => j.Id == IdOf(name)) is { LastJobState: "Succeeded", LastExecution: { } at })
                passes.SucceededElsewhere(name, new DateTimeOffset(at.Ticks, TimeSpan.Zero));
        }
    }
}
