using System.Collections.Concurrent;

namespace Filing.Features.Cases;

/// <summary>
/// Keeps figures that took long to count, for sixty times as long as the counting took: over a hundred thousand documents they are a
/// little old (half a minute), and counting never takes more than a small part of the machine. Figures of few documents are never kept, so
/// that a small register always shows what is. The lists beside the figures are read each time.
/// </summary>
/// <param name="time">Real time: it is about the machine and not about the law.</param>
public sealed class KeptCounts(TimeProvider time)
{
    private const int Times = 60;
    private const int Few = 10_000;
    private const int Most = 200;
    private readonly ConcurrentDictionary<string, (object Figures, long Counted, TimeSpan Good)> _kept = new(StringComparer.Ordinal);

    /// <summary>The figures that are kept under a key, or else what counting them now gives.</summary>
    /// <param name="key">Everything on which the figures depend, who asks included.</param>
    /// <param name="count">Counts them.</param>
    /// <param name="documents">Of how many documents they are: those of few are not kept.</param>
    public async Task<T> OfAsync<T>(string key, Func<Task<T>> count, Func<T, int> documents)
        where T : class
    {
        if (_kept.TryGetValue(key, out var kept) && Holds(kept)) return (T)kept.Figures;
        var begun = time.GetTimestamp();
        var figures = await count();
        var took = time.GetElapsedTime(begun);
        if (documents(figures) <= Few)
        {
            _kept.TryRemove(key, out _);
            return figures;
        }

        if (_kept.Count >= Most)
        {
            foreach (var (old, entry) in _kept)
            {
                if (!Holds(entry)) _kept.TryRemove(old, out _);
            }

            if (_kept.Count >= Most) _kept.Clear();
        }

        _kept[key] = (figures, time.GetTimestamp(), took * Times);
        return figures;
    }

    private bool Holds((object Figures, long Counted, TimeSpan Good) entry) => time.GetElapsedTime(entry.Counted) < entry.Good;
}
