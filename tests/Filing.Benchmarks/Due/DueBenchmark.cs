using System.Diagnostics;
using System.Globalization;
using System.Text;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Benchmarks.Due;

/// <summary>Due dates and statuses on one processor: pure functions, for orientation.</summary>
internal static class DueBenchmark
{
    private const int Days = 4096;
    private const int Rows = 100_000;

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
            report.Add(new($"the same with what the batch prints", PerSecond(day => Sum(Deadline.DatesOnly(day, limit!, calendar))), "/s"));
            if (unit == LimitUnit.Day) report.Add(new($"the same with the derivation in words", PerSecond(day => Deadline.Compute(day, limit!, calendar).Due.DayNumber), "/s"));
        }

        static int Sum((DateOnly RawEnd, DateOnly Due, bool Provisional) dates) => dates.RawEnd.DayNumber + dates.Due.DayNumber + (dates.Provisional ? 1 : 0);

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

    /// <summary>Many questions in one file, asked of the program itself: from the start of the process to its end.</summary>
    public static async Task BatchAsync(Report report)
    {
        report.Part($"filing due --batch, {Rows:N0} rows");
        var folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
        var (empty, full) = (Path.Combine(folder, "empty.csv"), Path.Combine(folder, "rows.csv"));
        var text = new StringBuilder("from,length,unit,kind\n");
        await File.WriteAllTextAsync(empty, text.ToString());
        for (var row = 0; row < Rows; row++)
        {
            var (unit, kind) = (row % 4) switch { 0 => ("day", "working"), 1 => ("month", "calendar"), 2 => ("year", "calendar"), _ => ("day", "calendar") };
            text.Append(CultureInfo.InvariantCulture, $"{new DateOnly(2004, 1, 1).AddDays(row % 7000):O},{1 + (row % 20)},{unit},{kind}\n");
        }

        await File.WriteAllTextAsync(full, text.ToString());
        await AskAsync(full);
        var (start, all) = (await AskAsync(empty), await AskAsync(full));
        report.Add(new("start of the program", start, "ms"));
        report.Add(new("the rows, after the start", all - start, "ms", Target: "< 2000", Met: all - start < 2000));
        Directory.Delete(folder, true);
    }

    private static async Task<double> AskAsync(string file)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "filing.exe" : "filing");
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, ["due", "--batch", file]) { RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Count(c => c == '\n');
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && lines > 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{program} ended with {process.ExitCode} after {lines} lines.");
    }
}
