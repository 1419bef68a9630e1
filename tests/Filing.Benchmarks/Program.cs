using System.Globalization;
using Filing.Benchmarks;
using Filing.Benchmarks.Due;
using Filing.Benchmarks.Hosts;
using Filing.Benchmarks.Lives;
using Filing.Benchmarks.OnServer;
using Filing.Benchmarks.Rungs;
using Filing.Benchmarks.Steps;
using Filing.Benchmarks.Web;
using Filing.Benchmarks.Writer;

if (args is [Bare.Verb, var url])
{
    await Bare.ServeAsync(url);
    return 0;
}

if (args is [ServerBenchmark.Child, var connection, var seconds, var many, var first]) return await ServerBenchmark.RunChildAsync(connection, seconds, many, first);

string[] known = ["server", "lives", "steps", "page", "paint", "start", "memory", "due", "calendar", "writer", "rungs", "hosts", "all"];
var what = args.FirstOrDefault(a => known.Contains(a));
if (what is null)
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/Filing.Benchmarks -- [{string.Join('|', known)}] [--seconds N] [--clients N,N] [--documents N] [--lives N] [--rungs N] [--deadlines N] [--json FILE]");
    return 2;
}

var each = TimeSpan.FromSeconds(double.Parse(Option("--seconds") ?? "1", CultureInfo.InvariantCulture));
int[] clients = [.. (Option("--clients") ?? "1,8,64").Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
var report = new Report();
Console.WriteLine($"{Machine.Name}, {Machine.Cores} processors, load {Machine.Load ?? "unknown"}");
if (what == "writer") await WriterThroughput.RunAsync(each);
if (what is "steps" or "all") await StepsBenchmark.RunAsync(report, each, clients);
if (what is "lives" or "all") await LivesBenchmark.RunAsync(report, each, clients);
if (what is "page" or "all") await PageBenchmark.RunAsync(report, each, int.Parse(Option("--documents") ?? "100000", CultureInfo.InvariantCulture));
if (what is "paint" or "all") await PaintBenchmark.RunAsync(report);
if (what is "start" or "all") await StartBenchmark.RunAsync(report);
if (what is "due" or "all") DueBenchmark.Run(report);
if (what is "due" or "all") await DueBenchmark.BatchAsync(report);
if (what is "calendar" or "all") await CalendarBenchmark.RunAsync(report, int.Parse(Option("--deadlines") ?? "20000", CultureInfo.InvariantCulture));
if (what is "hosts" or "all") await HostsBenchmark.RunAsync(report, each, clients);
if (what is "rungs" or "all") await RungsBenchmark.RunAsync(report, int.Parse(Option("--rungs") ?? "20000", CultureInfo.InvariantCulture));
if (what is "server" or "all") await ServerBenchmark.RunAsync(report, each, clients);
if (what is "memory" or "all") await LivesBenchmark.MemoryAsync(report, int.Parse(Option("--lives") ?? "10000", CultureInfo.InvariantCulture));
if (Option("--json") is { } file) report.Write(file);
return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
