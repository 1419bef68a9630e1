using System.Diagnostics;

namespace Filing.Benchmarks.Web;

/// <summary>From the start of the process to the first page, beside the first answer of a bare host of the same framework.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        report.Part("Start of the server: from the process to the first page (/sign-in)");
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "filing.exe" : "filing");
        var folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
        var rounds = new List<(Started New, Started Known, Started Bare)>();
        for (var round = -1; round < Rounds; round++)
        {
            var data = Path.Combine(folder, $"data{round}");
            var fresh = await StartAsync(program, "/sign-in", url => ["serve", "--data", data, "--urls", url]);
            var known = await StartAsync(program, "/sign-in", url => ["serve", "--data", data, "--urls", url]);
            var bare = await StartAsync(Environment.ProcessPath!, "/healthz/ready", url => [Bare.Verb, url]);
            // The first round reads the files into memory.
            if (round >= 0) rounds.Add((fresh, known, bare));
        }

        Directory.Delete(folder, true);
        var (known1, bare1) = (Median(rounds.Select(r => r.Known.Milliseconds)), Median(rounds.Select(r => r.Bare.Milliseconds)));
        report.Add(new("on a register that is there", known1, "ms", bare1, Median(rounds.Select(r => r.Known.Milliseconds / r.Bare.Milliseconds)), "< 2000", known1 < 2000));
        report.Add(new("on an empty folder, schema included", Median(rounds.Select(r => r.New.Milliseconds)), "ms", bare1, Median(rounds.Select(r => r.New.Milliseconds / r.Bare.Milliseconds))));
        report.Add(new("processor time until then", Median(rounds.Select(r => r.Known.CpuMilliseconds)), "ms", Median(rounds.Select(r => r.Bare.CpuMilliseconds))));
        report.Add(new("resident when ready", Median(rounds.Select(r => r.Known.Megabytes)), "MB", Median(rounds.Select(r => r.Bare.Megabytes))));
    }

    private static async Task<Started> StartAsync(string program, string page, Func<string, string[]> arguments)
    {
        var url = $"http://127.0.0.1:{Bare.FreePort()}";
        var start = new ProcessStartInfo(program, arguments(url)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            while (true)
            {
                if (process.HasExited) throw new InvalidOperationException($"{program} ended: {await errors}");
                try
                {
                    if ((await client.GetAsync(page)).IsSuccessStatusCode) break;
                }
                catch (HttpRequestException)
                {
                    // It does not listen yet.
                }

                await Task.Delay(2);
            }

            clock.Stop();
            process.Refresh();
            return new(clock.Elapsed.TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds, process.WorkingSet64 / 1048576.0);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private readonly record struct Started(double Milliseconds, double CpuMilliseconds, double Megabytes);
}
