using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Filing.Audit;
using Filing.Features.Administration;
using Filing.Tests.CommandLine;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Web;

/// <summary>
/// Three processes serve one register: on SQLite over one folder, on SQL Server each over a folder of its own with a shared one beside it. They are killed in turn while
/// registrars number documents, and while each of them sweeps the same overdue filings.
/// </summary>
[TestFixture]
[BuiltInHost("processes of one register do not share what Elsa keeps")]
internal sealed class ServersTests
{
    private const int Servers = 3, Documents = 12, Filings = 4;

    [Test]
    public async Task Killed_in_turn_they_lose_no_answer_and_do_nothing_twice()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        for (var i = 0; i < Filings; i++) await Issuing.PublishedAsync(register, number: $"郴政发〔2013〕{100 + i}号");
        var journeys = new List<Journey>();
        for (var i = 0; i < Documents; i++) journeys.Add(await Issuing.RegisteredAsync(register));
        var before = await register.Scalar<int>("SELECT COUNT(*) FROM Number WHERE Text LIKE 'CZCR-2013-%'");
        var key = ApiKeyText.New();
        await register.Operator.Send(new AddApiKey("registrar", "servers", ApiKeyText.Hash(key)));
        await Settings.WriteAsync(register.Database, Settings.Demo, "1");
        register.Clock.Move(register.Clock.GetUtcNow().AddDays(30), 0);

        await using var pool = await ServerPool.StartAsync(register, Servers);
        await SignedInOnOneIsSignedInOnAll(pool);

        var acknowledged = new ConcurrentDictionary<Guid, string>();
        var waiting = new ConcurrentQueue<(Journey Journey, int Index)>(journeys.Select((j, i) => (j, i)));
        var clients = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var next)) acknowledged[next.Journey.Document] = await NumberAsync(pool, key, next.Journey.Document, $"郴政发〔2013〕{900 + next.Index}号", n);
        })).ToArray();
        for (var turn = 0; turn < Servers || !Task.WhenAll(clients).IsCompleted; turn++) await pool.KillAndStartAsync(turn % Servers);
        await Task.WhenAll(clients);
        await pool.DisposeAsync();

        var stand = (await register.Database.ReadAsync(db => db.QueryAsync<Stands>("SELECT DocumentId, Text FROM Number WHERE Text LIKE 'CZCR-2013-%' ORDER BY Text"))).ToList();
        Assert.That(stand.Select(n => n.Text), Is.EqualTo(Enumerable.Range(1, before + Documents).Select(n => $"CZCR-2013-00{n:000}")), "no gap and no duplicate");
        Assert.That(stand.Where(n => acknowledged.ContainsKey(n.DocumentId)).ToDictionary(n => n.DocumentId, n => n.Text), Is.EqualTo(acknowledged), "what was answered is what stands");
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Rung"), Is.Positive, "they swept");
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL AND NextRungOn <= @Today", new { register.Today }), Is.Zero, "and left nothing that was due");
        var verdicts = await register.Services.GetRequiredService<Invariants>().VerifyAsync();
        Assert.That(verdicts.Where(v => !v.Holds).SelectMany(v => v.Rows.Select(r => $"{v.Name}: {r}")), Is.Empty);
    }

    private static async Task SignedInOnOneIsSignedInOnAll(ServerPool pool)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true });
        var browser = new Pages.Browser(client);
        client.BaseAddress = pool.Address(0);
        var page = await browser.GetAsync("/sign-in");
        var token = page.Value("__RequestVerificationToken");
        // The form came from the first and is sent to the second.
        var answer = await client.PostAsync(new Uri(pool.Address(1), "/sign-in?handler=Demo"), new FormUrlEncodedContent([new("Login", "registrar"), new("__RequestVerificationToken", token)]));
        Assert.That((int)answer.StatusCode, Is.EqualTo(302));
        for (var i = 0; i < Servers; i++) Assert.That((int)(await client.GetAsync(new Uri(pool.Address(i), "/"))).StatusCode, Is.EqualTo(200), $"server {i}");
    }

    /// <summary>Asks until somebody answers, always under the same key, the next server after a failure.</summary>
    private static async Task<string> NumberAsync(ServerPool pool, string key, Guid document, string issue, int first)
    {
        var once = Guid.CreateVersion7().ToString();
        var until = Stopwatch.StartNew();
        for (var server = first; until.Elapsed < TimeSpan.FromMinutes(4); server++)
        {
            try
            {
                using var client = new HttpClient { BaseAddress = pool.Address(server % Servers), Timeout = TimeSpan.FromSeconds(20) };
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/commands/assign-number") { Content = JsonContent.Create(new { documentId = document, issueNumber = issue }) };
                request.Headers.Add("Idempotency-Key", once);
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode) return JsonDocument.Parse(text).RootElement.GetProperty("registrationNumber").GetString()!;
                // A conflict is one with ourselves: the same request of a moment ago is still under way on the other server.
                Assert.That((int)answer.StatusCode, Is.EqualTo(409).Or.GreaterThanOrEqualTo(500), text);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                // It was killed; whether it had done it, the key knows.
            }

            await Task.Delay(100);
        }

        throw new AssertionException($"Nobody numbered {document}.");
    }

    private sealed record Stands
    {
        public required Guid DocumentId { get; init; }
        public required string Text { get; init; }
    }

    /// <summary>Processes over one register.</summary>
    private sealed class ServerPool(TestRegister register, TempFolder folder, int count) : IAsyncDisposable
    {
        private readonly Process?[] _processes = new Process?[count];
        private readonly Uri[] _addresses = new Uri[count];

        public Uri Address(int server) => _addresses[server];

        public static async Task<ServerPool> StartAsync(TestRegister register, int count)
        {
            var pool = new ServerPool(register, new TempFolder(), count);
            await Task.WhenAll(Enumerable.Range(0, count).Select(pool.StartAsync));
            return pool;
        }

        public async Task KillAndStartAsync(int server)
        {
            await Task.Delay(500);
            await KillAsync(server);
            await StartAsync(server);
        }

        private async Task KillAsync(int server)
        {
            if (_processes[server] is not { } process) return;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _processes[server] = null;
        }

        private async Task StartAsync(int server)
        {
            var data = register.Folder;
            var environment = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Timers__IntervalSeconds"] = "1", ["Logging__LogLevel__Default"] = "Warning" };
            if (TestDatabase.IsSqlServer)
            {
                data = folder[$"server{server}"];
                Directory.CreateDirectory(data);
                File.Copy(Path.Combine(register.Folder, FilingOptions.FileName), Path.Combine(data, FilingOptions.FileName), overwrite: true);
                environment["Servers__SharedFolder"] = register.Folder;
            }

            (_processes[server], _addresses[server]) = await Cli.ServeAsync(environment, "--urls", "http://127.0.0.1:0", "--data", data, "--clock", register.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mmzzz", System.Globalization.CultureInfo.InvariantCulture));
        }

        public async ValueTask DisposeAsync()
        {
            for (var i = 0; i < _processes.Length; i++) await KillAsync(i);
            folder.Dispose();
        }
    }
}
