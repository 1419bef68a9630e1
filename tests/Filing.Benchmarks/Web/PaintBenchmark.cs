using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Cookie = System.Net.Cookie;

namespace Filing.Benchmarks.Web;

/// <summary>
/// The first load of the list pages in a real browser with an empty cache, on a processor four times slower and a line of 10 Mbit/s with 40 ms: what goes
/// over the wire, and when something is seen; beside the same bytes from a bare host. The register holds the demonstration.
/// </summary>
internal static partial class PaintBenchmark
{
    private const int Rounds = 5;
    private const double SlowerProcessor = 4;
    private const double BytesPerSecond = 10_000_000 / 8.0;
    private const double Latency = 40;
    private const double MostKilobytes = 40;
    private const double MostMilliseconds = 700;
    private const string Login = "publisher";

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Paths = ["/", "/documents", "/register", "/filings", "/board", "/public"];

    public static async Task RunAsync(Report report)
    {
        report.Part("First load of a list, processor 4 times slower, 10 Mbit/s, 40 ms, empty cache; floor: a bare host with the same bytes");
        if (Browsers.FirstOrDefault(File.Exists) is not { } chromium)
        {
            Console.WriteLine("  left out: chromium is not installed");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "filing.exe" : "filing");
        using (var seed = Start(program, "seed", "--demo", "--data", folder))
        {
            await seed.WaitForExitAsync();
            if (seed.ExitCode != 0) throw new InvalidOperationException("the demonstration was not told");
        }

        var url = $"http://127.0.0.1:{Bare.FreePort()}";
        using var serving = Start(program, "serve", "--data", folder, "--urls", url);
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
            var (cookie, answers) = await PrepareAsync(new Uri(url));
            await using var bare = Bare.Make("http://127.0.0.1:0", answers);
            await bare.StartAsync();
            foreach (var path in Paths) await OneAsync(report, browser, url, bare.Urls.First(), path, cookie);
        }
        finally
        {
            serving.Kill();
            await serving.WaitForExitAsync();
        }

        Directory.Delete(folder, true);
    }

    private static async Task OneAsync(Report report, IBrowser browser, string url, string bare, string path, Cookie cookie)
    {
        var rounds = new List<(Load Page, Load Bare)>();
        for (var round = -1; round < Rounds; round++)
        {
            var (page, least) = (await LoadAsync(browser, url, path, cookie), await LoadAsync(browser, bare, path, null));
            // The first round warms the server up.
            if (round >= 0) rounds.Add((page, least));
        }

        var kilobytes = rounds.Max(r => r.Page.Bytes) / 1024.0;
        report.Add(new($"{path}: over the wire", kilobytes, "kB", rounds.Max(r => r.Bare.Bytes) / 1024.0, null, $"<= {MostKilobytes:0}", kilobytes <= MostKilobytes));
        var (half, ratio) = (Median(rounds, r => r.Page.Painted), Median(rounds, r => r.Page.Painted / r.Bare.Painted));
        report.Add(new($"{path}: first paint, half within", half, "ms", Median(rounds, r => r.Bare.Painted), ratio, $"<= {MostMilliseconds:0}", half <= MostMilliseconds));
        report.Add(new($"{path}: first paint, the worst of {Rounds}", rounds.Max(r => r.Page.Painted), "ms", rounds.Max(r => r.Bare.Painted)));
    }

    private static async Task<Load> LoadAsync(IBrowser browser, string address, string path, Cookie? cookie)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1366, Height = 768 }, Locale = "zh-CN" });
        if (cookie is not null) await context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Url = address }]);
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        var bytes = 0.0;
        session.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += told?.GetProperty("encodedDataLength").GetDouble() ?? 0;
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = Latency, ["downloadThroughput"] = BytesPerSecond, ["uploadThroughput"] = BytesPerSecond });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = SlowerProcessor });
        var answer = await page.GotoAsync(address + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        if (answer is not { Ok: true } || new Uri(page.Url).AbsolutePath != path) throw new InvalidOperationException($"{path}: {answer?.Status} {page.Url}");
        await page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length > 0");
        return new(bytes, await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
    }

    /// <summary>Signs in, and takes every page with its style sheet and script as a browser gets them.</summary>
    private static async Task<(Cookie Cookie, IReadOnlyDictionary<string, BareAnswer> Answers)> PrepareAsync(Uri address)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = address };
        await ReadyAsync(client);
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        var entered = await client.PostAsync("/sign-in?handler=Demo", new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = Login, ["__RequestVerificationToken"] = token }));
        if (cookies.GetCookies(address)["filing"] is not { } cookie) throw new InvalidOperationException($"{Login} cannot sign in: {(int)entered.StatusCode}");
        var answers = new Dictionary<string, BareAnswer>();
        foreach (var path in Paths)
        {
            foreach (Match file in Linked().Matches(await client.GetStringAsync(path))) answers[file.Groups[1].Value] = await AnswerAsync(client, file.Groups[1].Value);
            answers[path] = await AnswerAsync(client, path);
        }

        return (cookie, answers);
    }

    private static async Task<BareAnswer> AnswerAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "gzip, deflate, br" }, { "Sec-Fetch-Site", "none" } } };
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return new(await answer.Content.ReadAsByteArrayAsync(), answer.Content.Headers.ContentType!.ToString(), answer.Content.Headers.ContentEncoding.FirstOrDefault());
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (var left = 600; ; left--)
        {
            try
            {
                if ((await client.GetAsync("/sign-in")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (left > 0)
            {
                // It does not listen yet.
            }

            await Task.Delay(50);
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Production serves no demonstration.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static double Median(List<(Load Page, Load Bare)> rounds, Func<(Load Page, Load Bare), double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("(?:href|src)=\"(/site\\.[^\"]+)\"")]
    private static partial Regex Linked();

    /// <summary>One load of a page.</summary>
    /// <param name="Bytes">What went over the wire, headers included.</param>
    /// <param name="Painted">Milliseconds from the beginning to the first thing seen.</param>
    private readonly record struct Load(double Bytes, double Painted);
}
