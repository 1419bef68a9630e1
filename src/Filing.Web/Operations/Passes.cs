using System.Collections.Concurrent;

namespace Filing.Web.Operations;

/// <summary>How the work that runs by itself is getting on: each kind with its last success. In real time.</summary>
public sealed class Passes(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, PassState> _states = new(StringComparer.Ordinal);

    /// <summary>Each kind of work, by name.</summary>
    public IReadOnlyList<PassState> All => [.. _states.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Announces a kind of work and how often it runs.</summary>
    internal void Announce(string name, TimeSpan interval) => _states[name] = new PassState(name, interval, time.GetUtcNow());

    /// <summary>A run came through.</summary>
    internal void Succeeded(string name, TimeSpan took, string detail) => _states.AddOrUpdate(
        name, _ => throw new KeyNotFoundException(name), (_, s) => s with { LastSuccess = time.GetUtcNow(), Took = took, Detail = detail, Failures = 0, LastError = null });

    /// <summary>A run failed; true when it is the first, or fails in another way than the one before, so that it is worth a line in the log.</summary>
    internal bool Failed(string name, string error)
    {
        var before = _states[name];
        _states[name] = before with { Failures = before.Failures + 1, LastError = error };
        return before.LastError != error;
    }

    /// <summary>What the readiness check shows.</summary>
    internal object Report() => All.Select(s => new { s.Name, s.LastSuccess, tookMs = s.Took?.TotalMilliseconds, s.Detail, s.Failures, s.LastError, late = s.Late(time.GetUtcNow()) });
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
