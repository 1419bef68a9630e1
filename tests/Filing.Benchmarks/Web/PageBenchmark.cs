using System.Text.RegularExpressions;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Tests.Support;
using Filing.Web;
using Filing.Web.Operations;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Filing.Benchmarks.Web;

/// <summary>
/// What a reviewer's pages cost over a register with documents at every step of their lives, through Kestrel and the session cookie, beside
/// a bare host that has the same bytes ready.
/// </summary>
internal static partial class PageBenchmark
{
    private const int Rounds = 5;
    private const string Password = "a-long-password";

    public static async Task RunAsync(Report report, TimeSpan each, int documents)
    {
        report.Part($"Pages of a reviewer over {documents:N0} documents, beside the same bytes from a bare host");
        var folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
        var opened = await Server.OpenAsync(new ServerStart(folder, "http://127.0.0.1:0", Environment: "Production"), builder =>
        {
            builder.Configuration["Timers:IntervalSeconds"] = "3600";
            builder.Configuration["Logging:LogLevel:Default"] = builder.Configuration["Logging:LogLevel:Filing"] = "Warning";
            builder.Logging.ClearProviders();
        });
        if (!opened.TryGet(out var server, out var error)) throw new InvalidOperationException(error.ToString());
        await using (server)
        {
            var document = await FillAsync(server.Register, folder, documents);
            await server.App.StartAsync();
            using var browser = await SignedInAsync(new Uri(server.App.Urls.First()));
            var older = Next().Match(await browser.GetStringAsync("/documents")).Groups[1].Value;
            var paths = new[]
            {
                "/", "/documents", $"/documents?before={older}", $"/documents?q={Uri.EscapeDataString("房屋租赁")}", $"/documents?q={Uri.EscapeDataString("没有这样的标题")}",
                $"/documents?q={Uri.EscapeDataString($"郴政发〔{server.Register.Clock.Today.Year}〕{documents / 2}号")}", $"/documents/{document}", "/alerts",
                "/?which=waiting", "/register", "/register?page=1000", $"/register?year={server.Register.Clock.Today.Year}", $"/register?q={Uri.EscapeDataString($"第{documents / 2}号")}", "/filings", "/filings?state=overdue",
                "/board", "/board/filings", "/validity", $"/validity?q={Uri.EscapeDataString($"第{documents / 2}号")}", "/public", "/public?page=1000", $"/public?q={Uri.EscapeDataString($"第{documents / 2}号")}",
                $"/public?on={server.Register.Clock.Today.AddYears(-3):yyyy-MM-dd}", "/healthz",
            };
            var bytes = new Dictionary<string, byte[]>();
            foreach (var path in paths) bytes[path] = await browser.GetByteArrayAsync(path);
            await using var bare = Bare.Make("http://127.0.0.1:0", bytes);
            await bare.StartAsync();
            using var other = new HttpClient { BaseAddress = new Uri(bare.Urls.First()) };
            foreach (var clients in new[] { 1, 8 })
            {
                foreach (var path in paths) await OneAsync(report, each, browser, other, path, clients, bytes[path].Length);
            }
        }

        Directory.Delete(folder, true);
    }

    private static async Task OneAsync(Report report, TimeSpan each, HttpClient browser, HttpClient bare, string path, int clients, int length)
    {
        var rounds = new List<(Measured Page, Measured Bare)>();
        for (var round = -1; round < Rounds; round++)
        {
            var time = each / 4;
            var (page, least) = (await GetAsync(browser, path, clients, time), await GetAsync(bare, path, clients, time));
            if (round >= 0) rounds.Add((page, least));
        }

        var name = $"{Guids().Replace(Uri.UnescapeDataString(path), "…")} ({length / 1024.0:0.0} kB), {clients} client{(clients == 1 ? "" : "s")}";
        report.Add(new($"{name}: a second", Median(rounds, r => r.Page.PerSecond), "/s", Median(rounds, r => r.Bare.PerSecond), Median(rounds, r => r.Page.PerSecond / r.Bare.PerSecond)));
        report.Add(new($"{name}: half within", Median(rounds, r => r.Page.Wait(0.5)), "ms", Median(rounds, r => r.Bare.Wait(0.5))));
        report.Add(new($"{name}: processor time, the client's included", Median(rounds, r => r.Page.CpuMicroseconds / 1000), "ms", Median(rounds, r => r.Bare.CpuMicroseconds / 1000)));
        var slow = Median(rounds, r => r.Page.Wait(0.95));
        var asked = clients == 1 && path != "/healthz";
        report.Add(new($"{name}: 95% within", slow, "ms", Median(rounds, r => r.Bare.Wait(0.95)), Target: asked ? "< 50" : null, Met: asked ? slow < 50 : null));
    }

    private static Task<Measured> GetAsync(HttpClient client, string path, int clients, TimeSpan time) => Measured.RunAsync(clients, time, async (_, watch) =>
    {
        watch.Start();
        using var answer = await client.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        watch.Stop();
    });

    private static async Task<Guid> FillAsync(Register register, string folder, int documents)
    {
        var people = new Served(register);
        await World.BuildAsync(people);
        await people.Send(null, new CreateAccount("reader", "审查员乙", Password));
        await people.Send(null, new GivePost("reader", World.CityLegal, Role.Reviewer, new DateOnly(2000, 1, 1)));
        return await Archive.FillAsync(people, folder, register.Clock.Today, documents);
    }

    private static async Task<HttpClient> SignedInAsync(Uri address)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address };
        var token = Token().Match(await browser.GetStringAsync("/sign-in")).Groups[1].Value;
        var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["Login"] = "reader", ["Password"] = Password, ["__RequestVerificationToken"] = token }));
        return (int)answer.StatusCode == 302 ? browser : throw new InvalidOperationException($"The reader cannot sign in: {(int)answer.StatusCode}");
    }

    private static double Median(List<(Measured Page, Measured Bare)> rounds, Func<(Measured Page, Measured Bare), double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("before=([^\"&]+)")]
    private static partial Regex Next();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Guids();

    private sealed class Served(Register register) : IPeople
    {
        private readonly Dictionary<string, Actor> _people = [];

        public void Knows(string login, Guid account) => _people[login] = new(ActorKind.Person, account, login);

        public async Task<T> Send<T>(string? login, IRequest<Result<T>> request)
        {
            var result = await register.AskAsync(login is null ? Actor.Operator("bench") : _people[login], m => m.Send(request));
            return result.TryGet(out var value, out var error) ? value : throw new InvalidOperationException($"{request.GetType().Name} by {login}: {error}");
        }

        public async Task<StoredMaterial> StoreAsync(byte[] content) => (await register.Materials.StoreAsync(new MemoryStream(content), content.Length)).Value;
    }
}
