using Filing.Features.Supervision;
using Hangfire;

namespace Filing.Hangfire;

/// <summary>The sweep as a job. Two at once would do no harm, but one is enough: a second waits for the first, or fails and is tried again.</summary>
public sealed class SweepJob(Sweep sweep, Reprojection reprojection)
{
    /// <summary>Brings deadlines to a calendar that has changed, then rings what is due. Fails when one could not be rung, so that the dashboard shows it.</summary>
    [AutomaticRetry(Attempts = 2)]
    [DisableConcurrentExecution(60)]
    public async Task RunAsync(CancellationToken ct)
    {
        await reprojection.RunIfCalendarChangedAsync(ct);
        var pass = await sweep.RunAsync(ct);
        if (pass.Failures is [var first, ..]) throw new InvalidOperationException($"{pass.Failures.Count} 项未能处理，首项：{first.DeadlineId} {first.Reason}");
    }
}

/// <summary>The delivery of the outbox as a job. Each delivery is leased, so that servers side by side share the work.</summary>
public sealed class OutboxJob(OutboxDelivery delivery)
{
    /// <summary>Delivers what is due. What fails waits in the outbox for its next attempt; the job itself does not fail for it.</summary>
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(CancellationToken ct) => delivery.RunAsync(ct);
}
