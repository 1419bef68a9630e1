namespace Filing.Pipeline;

/// <summary>
/// The clock of the law and of business: real time, or a shifted or accelerated one for demonstrations, tests and rehearsals of years.
/// Sessions, lockouts, retries and the sweep's own interval use <see cref="TimeProvider.System"/> instead.
/// </summary>
public sealed class LegalClock : TimeProvider
{
    /// <summary>Asia/Shanghai, without summer time since 1992.</summary>
    public static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly TimeProvider _real;
    private readonly Lock _gate = new();
    private DateTimeOffset _realAnchor;
    private DateTimeOffset _legalAnchor;
    private double _rate;

    /// <summary>The clock that shows real time.</summary>
    public LegalClock(TimeProvider? real = null)
    {
        _real = real ?? System;
        _realAnchor = _legalAnchor = _real.GetUtcNow();
        _rate = 1;
    }

    /// <summary>True when it does not show real time.</summary>
    public bool Moved { get; private set; }

    /// <summary>How many legal seconds pass in a real one; 0 when it stands still.</summary>
    public double Rate => _rate;

    /// <summary>The day in Asia/Shanghai.</summary>
    public DateOnly Today => DayOf(GetUtcNow());

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        if (!Moved) return _real.GetUtcNow();
        lock (_gate) return _legalAnchor + TimeSpan.FromTicks((long)((_real.GetUtcNow() - _realAnchor).Ticks * _rate));
    }

    /// <summary>Moves the clock; from then on it runs <paramref name="rate"/> times as fast as real time (0: it stands still).</summary>
    public void Move(DateTimeOffset to, double rate = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        lock (_gate)
        {
            (_realAnchor, _legalAnchor, _rate, Moved) = (_real.GetUtcNow(), to.ToUniversalTime(), rate, true);
        }
    }

    /// <summary>The day in Asia/Shanghai at a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(China).DateTime);

    /// <summary>The first moment of a day in Asia/Shanghai.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), China);

    /// <summary>The last moment of a day in Asia/Shanghai, to the millisecond: what was recorded on the day was recorded up to it.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1)).AddMilliseconds(-1);
}
