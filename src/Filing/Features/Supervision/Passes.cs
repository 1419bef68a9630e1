using System.Collections.Concurrent;
using System.Diagnostics;

namespace Filing.Features.Supervision;

/// <summary>How the work that runs by itself is getting on: each kind with its last success. In real time.</summary>
public sealed class Passes(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PassState> _states = new(StringComparer.Ordinal);

    /// <summary>Each kind of work, by name.</summary>
    public IReadOnlyList<PassState> All => [.. _states.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Announces a kind of work and how often it runs.</summary>
    public void Announce(string name, TimeSpan interval) => _states[name] = new PassState(name, interval, time.GetUtcNow());

    /// <summary>A run came through in this process.</summary>
    public void Succeeded(string name, TimeSpan took, string detail) => _states.AddOrUpdate(
        name, _ => throw new KeyNotFoundException(name), (_, s) => s with { LastSuccess = time.GetUtcNow(), Took = took, Detail = detail, Failures = 0, LastError = null });

    /// <summary>A run failed; true when it is the first, or fails in another way than the one before, so that it is worth a line in the log.</summary>
    public bool Failed(string name, string error)
    {
        var before = _states[name];
        _states[name] = before with { Failures = before.Failures + 1, LastError = error };
        return before.LastError != error;
    }

    /// <summary>A run came through in another process, which is as good; nothing changes if this one has a later one of its own.</summary>
    public void SucceededElsewhere(string name, DateTimeOffset at)
    {
        if (!_states.TryGetValue(name, out var mine) || at <= mine.LastSuccess) return;
        _states.TryUpdate(name, mine with { LastSuccess = at, Took = null, Detail = "由另一台服务器完成", Failures = 0, LastError = null }, mine);
    }

    /// <summary>Runs something once and keeps what became of it.</summary>
    /// <param name="name">The kind of work, as it was announced.</param>
    /// <param name="run">The work; it answers what came of it.</param>
    /// <param name="ct">Stops it; a run that was stopped counts for nothing.</param>
    /// <exception cref="Exception">What the work threw, after it was noted.</exception>
    public async Task RunAsync(string name, Func<CancellationToken, Task<string>> run, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var detail = await run(ct);
            Succeeded(name, Stopwatch.GetElapsedTime(start), detail);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failed(name, e.Message);
            throw;
        }
    }

    /// <summary>What the readiness check shows.</summary>
    public object Report() => All.Select(s => new { s.Name, s.LastSuccess, tookMs = s.Took?.TotalMilliseconds, s.Detail, s.Failures, s.LastError, late = s.Late(time.GetUtcNow()) });
}

/// <summary>Knows of runs in other processes, where several share the work; the readiness check asks it first.</summary>
public interface IPassesElsewhere
{
    /// <summary>Tells the newest runs that came through. It may wait for a database.</summary>
    void Tell(Passes passes);
}

/// <summary>A kind of work that runs by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Interval">How often it runs.</param>
/// <param name="Since">When it began to.</param>
public sealed record PassState(string Name, TimeSpan Interval, DateTimeOffset Since)
{
    /// <summary>The end of the last run that came through; null when none has yet.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How long that run took.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>What came of it.</summary>
    public string? Detail { get; init; }

    /// <summary>Runs that failed since.</summary>
    public int Failures { get; init; }

    /// <summary>Why the last one failed; null when it came through.</summary>
    public string? LastError { get; init; }

    /// <summary>True when it should have come through since: three times its interval and a minute have gone by.</summary>
    public bool Late(DateTimeOffset now) => now - (LastSuccess ?? Since) > (3 * Interval) + TimeSpan.FromMinutes(1);
}
