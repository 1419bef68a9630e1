using System.Diagnostics;
using Filing.Features.Supervision;

namespace Filing.Web.Operations;

/// <summary>
/// Work that runs by itself: at once when the server starts, then at an interval of real time, whatever becomes of it. A failure is logged once and
/// measured; the next run is another chance.
/// </summary>
internal abstract class Loop(string name, TimeSpan interval, Passes passes, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>One run.</summary>
    /// <returns>What came of it, for the readiness check.</returns>
    protected abstract Task<string> RunAsync(CancellationToken ct);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        passes.Announce(name, interval);
        // The server does not wait for the first run.
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do await PassAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was under way is taken up at the next start.
        }
    }

    private async Task PassAsync(CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var detail = await RunAsync(ct);
            passes.Succeeded(name, Stopwatch.GetElapsedTime(start), detail);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (passes.Failed(name, e.Message)) log.LogError(e, "{Loop} failed; it is tried again in {Interval}.", name, interval);
        }
    }
}
