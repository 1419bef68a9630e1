using Filing.Features.Desks;
using Filing.Features.Supervision;

namespace Filing.Web.Operations;

/// <summary>Rings what is due.</summary>
internal sealed class SweepService(SweepRound round, FilingOptions options, Passes passes, TimeProvider time, ILogger<SweepService> log)
    : Loop(SweepRound.Name, options.SweepInterval, passes, time, log)
{
    /// <inheritdoc/>
    protected override Task<string> RunAsync(CancellationToken ct) => round.RunAsync(ct);
}

/// <summary>Delivers what lies in the outbox.</summary>
internal sealed class OutboxService(OutboxRound round, Passes passes, TimeProvider time, ILogger<OutboxService> log)
    : Loop(OutboxRound.Name, OutboxRound.Interval, passes, time, log)
{
    /// <inheritdoc/>
    protected override Task<string> RunAsync(CancellationToken ct) => round.RunAsync(ct);
}

/// <summary>Forgets old answers under idempotency keys.</summary>
internal sealed class IdempotencyPurgeService(IdempotencyPurge purge, Passes passes, TimeProvider time, ILogger<IdempotencyPurgeService> log)
    : Loop("idempotency-purge", TimeSpan.FromHours(1), passes, time, log)
{
    /// <inheritdoc/>
    protected override async Task<string> RunAsync(CancellationToken ct) => $"清除 {await purge.RunAsync(ct)}";
}

/// <summary>Gives up kept forms that nobody came back to.</summary>
internal sealed class SavedFormService(SavedFormPurge purge, Passes passes, TimeProvider time, ILogger<SavedFormService> log)
    : Loop("saved-form-purge", TimeSpan.FromDays(1), passes, time, log)
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
