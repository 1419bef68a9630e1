using Filing.Features.Supervision;
using Hangfire;

namespace Filing.Hangfire;

/// <summary>
/// A round of the sweep as a job. Any number at once, or one of them twice, ring each rung once. One that fails is not tried again, since the next is
/// soon: it lies among the deleted ones with its exception until it expires, so that a night without a database leaves no heap.
/// </summary>
public sealed class SweepJob(SweepRound round, Passes passes)
{
    /// <summary>Goes once. Fails when a deadline could not be rung.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task RunAsync(CancellationToken ct) => passes.RunAsync(SweepRound.Name, round.RunAsync, ct);
}

/// <summary>
/// A round of the delivery as a job. Each delivery is leased, so that servers side by side share the work; what fails has its retries in the outbox,
/// and not in Hangfire, which may lose them.
/// </summary>
public sealed class OutboxJob(OutboxRound round, Passes passes)
{
    /// <summary>Goes once. Fails only when the outbox cannot be read.</summary>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task RunAsync(CancellationToken ct) => passes.RunAsync(OutboxRound.Name, round.RunAsync, ct);
}
