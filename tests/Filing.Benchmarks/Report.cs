using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Filing.Benchmarks;

/// <summary>One figure, beside its floor of the same run and what is asked of it.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Floor">What the bare program reached in the same run; null where there is none.</param>
/// <param name="Ratio">The median of the ratios of the rounds, value to floor.</param>
/// <param name="Target">What is asked, in words; null for a figure that is only told.</param>
/// <param name="Met">Whether it is reached.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? Floor = null, double? Ratio = null, string? Target = null, bool? Met = null);

/// <summary>What a run says: on the console as a table, and in a file for those who compare.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Title, List<Figure> Figures)> _parts = [];

    /// <summary>Begins a part.</summary>
    public void Part(string title)
    {
        _parts.Add((title, []));
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine($"  {"",-44}{"value",12} {"unit",-8}{"floor",12}{"ratio",8}  target");
    }

    /// <summary>Adds a figure and shows it.</summary>
    public void Add(Figure figure)
    {
        _parts[^1].Figures.Add(figure);
        var met = figure.Met switch { true => "yes", false => "NO", null => "" };
        Console.WriteLine($"  {figure.Name,-44}{Number(figure.Value),12} {figure.Unit,-8}{Number(figure.Floor),12}{Number(figure.Ratio),8}  {figure.Target} {met}".TrimEnd());
    }

    /// <summary>Writes everything as JSON.</summary>
    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(
        new { Machine = Machine.Name, Machine.Cores, Machine.Load, At = TimeProvider.System.GetUtcNow(), Parts = _parts.Select(p => new { p.Title, p.Figures }) },
        Readable));

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}

/// <summary>The machine on which it runs.</summary>
internal static class Machine
{
    /// <summary>The model of its processor.</summary>
    public static string Name { get; } = File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown"
        : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";

    /// <summary>How many processors the program may use.</summary>
    public static int Cores => Environment.ProcessorCount;

    /// <summary>How many programs wanted a processor in the last minute; null where the system does not say.</summary>
    public static string? Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;

    /// <summary>Processor time that the one writer of the embedded database has used so far; zero where the system does not say.</summary>
    public static TimeSpan WriterTime()
    {
        if (!Directory.Exists("/proc/self/task")) return TimeSpan.Zero;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                // The system keeps the first fifteen characters of a thread's name.
                if (File.ReadAllText(Path.Combine(thread, "comm")).Trim() == "filing writer")
                    return TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0);
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>Resident memory of this process in megabytes.</summary>
    public static double ResidentMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
