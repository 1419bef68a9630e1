using System.Diagnostics.Metrics;
using Filing.Features.Supervision;
using Filing.Pipeline;

namespace Filing.Web.Operations;

/// <summary>Measures the work that runs by itself, by <c>filing.pass</c>: what <c>/healthz/ready</c> tells of it, for an alarm.</summary>
internal sealed class PassMeter : IDisposable
{
    private readonly Meter _meter = new(Tracing.Meter.Name);

    public PassMeter(Passes passes, TimeProvider time)
    {
        _meter.CreateObservableGauge("filing.pass.late", () => Each(passes, s => s.Late(time.GetUtcNow()) ? 1 : 0), "1", "1 where none came through for three intervals and a minute, otherwise 0.");
        _meter.CreateObservableGauge("filing.pass.failures", () => Each(passes, s => s.Failures), "{pass}", "Runs that failed since the last one that came through.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Each(Passes passes, Func<PassState, int> measure) =>
        passes.All.Select(s => new Measurement<int>(measure(s), new KeyValuePair<string, object?>("filing.pass", s.Name)));
}
