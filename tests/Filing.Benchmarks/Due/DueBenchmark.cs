using System.Diagnostics;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Benchmarks.Due;

/// <summary>Due dates and statuses on one processor: pure functions, for orientation.</summary>
internal static class DueBenchmark
{
    private const int Days = 4096;

    public static void Run(Report report)
    {
        report.Part("Pure rules on one processor");
        var calendar = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows")).Calendar;
        // From 2008 on, so that the ends lie in years whose plans of rest days are known.
        var days = Enumerable.Range(0, Days).Select(new DateOnly(2008, 1, 1).AddDays).ToArray();
        foreach (var (length, unit, kind) in new[]
        {
            (15, LimitUnit.Day, DayKind.Calendar), (15, LimitUnit.Day, DayKind.Working), (2, LimitUnit.Month, DayKind.Calendar), (5, LimitUnit.Year, DayKind.Calendar),
        })
        {
            if (!Limit.TryCreate(length, unit, kind, out var limit, out var error)) throw new InvalidOperationException(error.ToString());
            report.Add(new($"due dates, {length} {Kebab.Of(kind)} {Kebab.Of(unit)}s", PerSecond(day => Deadline.DueOnly(day, limit!, calendar).DayNumber), "/s"));
            if (unit == LimitUnit.Day) report.Add(new($"the same with the derivation in words", PerSecond(day => Deadline.Compute(day, limit!, calendar).Due.DayNumber), "/s"));
        }

        double PerSecond(Func<DateOnly, int> due)
        {
            var rounds = new List<double>();
            for (var round = 0; round < 9; round++)
            {
                var (count, sum, started) = (0, 0L, Stopwatch.GetTimestamp());
                do
                {
                    foreach (var day in days) sum += due(day);
                    count += Days;
                }
                while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(100));
                rounds.Add(count / Stopwatch.GetElapsedTime(started).TotalSeconds);
                if (sum == 0) throw new UnreachableException();
            }

            rounds.Sort();
            return rounds[rounds.Count / 2];
        }
    }
}
