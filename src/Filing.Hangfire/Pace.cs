namespace Filing.Hangfire;

/// <summary>An interval that a schedule of Hangfire can keep evenly: so many seconds of a minute, or minutes of an hour, as fit into it without a rest.</summary>
/// <param name="Interval">The interval, in real time.</param>
/// <param name="Cron">The schedule, with seconds.</param>
internal sealed record Pace(TimeSpan Interval, string Cron)
{
    /// <summary>The longest such interval that is no longer than what is wanted: of 45 seconds, 30; of two hours, one. At least a second.</summary>
    public static Pace AtMost(TimeSpan wanted)
    {
        if (wanted >= TimeSpan.FromHours(1)) return new(TimeSpan.FromHours(1), "0 0 * * * *");
        var (unit, size) = wanted < TimeSpan.FromMinutes(1) ? ((int)wanted.TotalSeconds, TimeSpan.FromSeconds(1)) : ((int)wanted.TotalMinutes, TimeSpan.FromMinutes(1));
        var fits = Enumerable.Range(1, 30).Last(n => 60 % n == 0 && n <= Math.Max(unit, 1));
        return new(fits * size, size.TotalSeconds > 1 ? $"0 */{fits} * * * *" : $"*/{fits} * * * * *");
    }
}
