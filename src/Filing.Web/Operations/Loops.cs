using Filing.Features.Supervision;

namespace Filing.Web.Operations;

/// <summary>Rings what is due; first brings deadlines to a calendar that has changed.</summary>
internal sealed class SweepService(Sweep sweep, Reprojection reprojection, FilingOptions options, Passes passes, TimeProvider time, ILogger<SweepService> log)
    : Loop("sweep", options.SweepInterval, passes, time, log)
{
    /// <inheritdoc/>
    protected override async Task<string> RunAsync(CancellationToken ct)
    {
        if (await reprojection.RunIfCalendarChangedAsync(ct) is { } moved) log.LogInformation("The calendar changed: {Moved} of {Looked} deadlines moved.", moved.Moved, moved.Looked);
        var pass = await sweep.RunAsync(ct);
        return pass.Failures.Count == 0
            ? $"到期 {pass.Found}，预警 {pass.Sounded}"
            : throw new InvalidOperationException($"{pass.Failures.Count} 项未能处理，首项：{pass.Failures[0].DeadlineId} {pass.Failures[0].Reason}");
    }
}

/// <summary>Delivers what lies in the outbox.</summary>
internal sealed class OutboxService(OutboxDelivery delivery, Passes passes, TimeProvider time, ILogger<OutboxService> log)
    : Loop("outbox", TimeSpan.FromSeconds(5), passes, time, log)
{
    /// <inheritdoc/>
    protected override async Task<string> RunAsync(CancellationToken ct)
    {
        await delivery.RunAsync(ct);
        var state = await delivery.StateAsync(ct);
        return $"待投递 {state.Waiting}，其中曾失败 {state.Failing}";
    }
}

/// <summary>Forgets old answers under idempotency keys.</summary>
internal sealed class IdempotencyPurgeService(IdempotencyPurge purge, Passes passes, TimeProvider time, ILogger<IdempotencyPurgeService> log)
    : Loop("idempotency-purge", TimeSpan.FromHours(1), passes, time, log)
{
    /// <inheritdoc/>
    protected override async Task<string> RunAsync(CancellationToken ct) => $"清除 {await purge.RunAsync(ct)}";
}

/// <summary>Removes the files of uploads that never became a material.</summary>
internal sealed class OrphanService(OrphanCollector collector, Passes passes, TimeProvider time, ILogger<OrphanService> log)
    : Loop("orphan-collector", TimeSpan.FromDays(1), passes, time, log)
{
    /// <inheritdoc/>
    protected override async Task<string> RunAsync(CancellationToken ct) => $"清除 {await collector.RunAsync(ct)}";
}
