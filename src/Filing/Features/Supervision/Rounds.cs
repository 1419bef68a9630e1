using System.Diagnostics.Metrics;
using Filing.Pipeline;
using Microsoft.Extensions.Logging;

namespace Filing.Features.Supervision;

/// <summary>One round of the watch, whoever calls for it: brings deadlines to a calendar that has changed, then rings what is due.</summary>
public sealed class SweepRound(Sweep sweep, Reprojection reprojection, ILogger<SweepRound> log)
{
    /// <summary>Its name among the <see cref="Passes"/>.</summary>
    public const string Name = "sweep";

    /// <summary>Goes once.</summary>
    /// <param name="ct">Stops between two deadlines; what was rung stays rung.</param>
    /// <returns>What came of it, in Chinese.</returns>
    /// <exception cref="InvalidOperationException">A deadline could not be rung. The others were, and the next round tries it again.</exception>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        // A calendar that cannot be taken up must not keep what is due from ringing.
        Exception? stuck = null;
        try
        {
            if (await reprojection.RunIfCalendarChangedAsync(ct) is { } moved) log.LogInformation("The calendar changed: {Moved} of {Looked} deadlines moved.", moved.Moved, moved.Looked);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            stuck = e;
        }

        var pass = await sweep.RunAsync(ct);
        if (stuck is not null) throw new InvalidOperationException($"日历有变动，期限未能全部重算：{stuck.Message}", stuck);
        return pass.Failures is [var first, ..]
            ? throw new InvalidOperationException($"{pass.Failures.Count} 项未能处理，首项：{first.DeadlineId} {first.Reason}")
            : $"到期 {pass.Found}，预警 {pass.Sounded}";
    }
}

/// <summary>One round of the delivery, whoever calls for it.</summary>
public sealed class OutboxRound(OutboxDelivery delivery)
{
    /// <summary>Its name among the <see cref="Passes"/>.</summary>
    public const string Name = "outbox";

    private static readonly Gauge<long> Waiting = Tracing.Meter.CreateGauge<long>("filing.outbox.waiting", "{delivery}", "What was undelivered after the last round.");
    private static readonly Gauge<long> Failing = Tracing.Meter.CreateGauge<long>("filing.outbox.failing", "{delivery}", "What was undelivered after the last round though it was tried.");

    /// <summary>How often it goes, in real time.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Goes once. A delivery that fails waits in the outbox for its next attempt; the round does not fail for it.</summary>
    /// <param name="ct">Stops; what was not marked is delivered again when its lease has run out.</param>
    /// <returns>What waits now, in Chinese.</returns>
    public async Task<string> RunAsync(CancellationToken ct)
    {
        await delivery.RunAsync(ct);
        var state = await delivery.StateAsync(ct);
        Waiting.Record(state.Waiting);
        Failing.Record(state.Failing);
        return $"待投递 {state.Waiting}，其中曾失败 {state.Failing}";
    }
}
