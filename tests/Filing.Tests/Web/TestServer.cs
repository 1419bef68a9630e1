using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web;
using Filing.Web.Operations;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Web;

/// <summary>
/// A server on a port of this machine over a data folder of its own, with a small town in it: a drafter, a reviewer, a registrar, a drafter of
/// another bureau, an administrator. Passwords are <see cref="Password"/>.
/// </summary>
internal sealed partial class TestServer : IAsyncDisposable
{
    public const string Password = "a-long-password";
    private readonly TempFolder _folder;

    private TestServer(TempFolder folder, Server server, CapturedLogs logs) => (_folder, Server, Logs) = (folder, server, logs);

    public Server Server { get; }

    public CapturedLogs Logs { get; }

    public Register Register => Server.Register;

    public Uri Address => new(Server.App.Urls.First());

    public static async Task<TestServer> StartAsync(string environment = "Production", ClockSetting? clock = null, bool demo = false, params (string Key, string Value)[] settings)
    {
        var (folder, logs) = (new TempFolder(), new CapturedLogs());
        await TestDatabase.PrepareAsync(folder["data"]);
        var opened = await Server.OpenAsync(
            new ServerStart(folder["data"], "http://127.0.0.1:0", clock, environment),
            builder =>
            {
                Stack.Configure(builder.Configuration);
                foreach (var (key, value) in settings) builder.Configuration[key] = value;
                builder.Logging.ClearProviders().AddProvider(logs);
            });
        Assert.That(opened.Error, Is.Null);
        await BuildTownAsync(opened.Value.Register);
        if (demo) await Settings.WriteAsync(opened.Value.Register.Database, Settings.Demo, "1");
        await opened.Value.App.StartAsync();
        return new(folder, opened.Value, logs);
    }

    /// <summary>Somebody's browser: it keeps cookies and goes where it is sent only when asked to.</summary>
    public HttpClient Browser(bool follow = false) => new(new HttpClientHandler { AllowAutoRedirect = follow, UseCookies = true }) { BaseAddress = Address };

    /// <summary>A program with a key of an account.</summary>
    public async Task<HttpClient> Program(string login, DateTimeOffset? expires = null)
    {
        var key = ApiKeyText.New();
        await Operator(new AddApiKey(login, "test", ApiKeyText.Hash(key), expires));
        return new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
    }

    /// <summary>A browser in which somebody is signed in.</summary>
    public async Task<HttpClient> SignedIn(string login)
    {
        var browser = Browser();
        var answer = await PostFormAsync(browser, "/sign-in", ("Login", login), ("Password", Password));
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), await answer.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>Sends the form of a page, as a browser would.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient browser, string page, params (string Name, string Value)[] fields) =>
        await PostFormAsync(browser, page, page, fields);

    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync(browser, page);
        return await browser.PostAsync(action, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
    }

    /// <summary>The token of a form of a page.</summary>
    public static async Task<string> TokenAsync(HttpClient browser, string page) =>
        Token().Match(await browser.GetStringAsync(page)).Groups[1].Value is { Length: > 0 } token ? token : throw new AssertionException($"There is no form in {page}");

    public static Task<HttpResponseMessage> Command(HttpClient client, string verb, object body, string? key = null, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/commands/{verb}")
        {
            Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body, body.GetType(), new MediaTypeHeaderValue("application/json"), Json.Options),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (token is not null) request.Headers.Add("X-Form-Token", token);
        return client.SendAsync(request);
    }

    /// <summary>The problem that an answer is; its status and media type are looked at.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = JsonElement.Parse(text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(problem.GetProperty("title").GetString(), Does.Match("[一-鿿]"));
            Assert.That(problem.GetProperty("traceId").GetString(), Has.Length.EqualTo(32));
        }

        return problem;
    }

    public async Task<T> Operator<T>(ICommand<T> command)
    {
        var result = await Register.AskAsync(Actor.Operator("test"), m => m.Send(command));
        Assert.That(result.Error, Is.Null);
        return result.Value;
    }

    public Task<T?> Scalar<T>(string sql, object? args = null) => Register.Database.ReadAsync(db => db.ScalarAsync<T>(sql, args));

    public Task<int> Execute(string sql) => Register.Database.WriteAsync(db => db.ExecuteAsync(sql));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task BuildTownAsync(Register register)
    {
        var from = new DateOnly(2000, 1, 1);
        async Task Do<T>(ICommand<T> command) => Assert.That((await register.AskAsync(Actor.Operator("test"), m => m.Send(command))).Error, Is.Null);
        await Do(new EstablishBody("CZ", "郴州市人民政府", BodyKind.Government, from, DivisionCode: "431000"));
        await Do(new EstablishBody("CZ-FZB", "郴州市人民政府法制办公室", BodyKind.LegalOffice, from, "CZ"));
        await Do(new EstablishBody("CZ-ZJJ", "郴州市住房和城乡建设局", BodyKind.Department, from, "CZ"));
        await Do(new EstablishBody("CZ-CZJ", "郴州市财政局", BodyKind.Department, from, "CZ"));
        (string Login, string Name, string Body, Role Role)[] people =
        [
            ("drafter", "起草人甲", "CZ-ZJJ", Role.Drafter), ("drafter-finance", "起草人乙", "CZ-CZJ", Role.Drafter), ("reviewer", "审查员甲", "CZ-FZB", Role.Reviewer),
            ("registrar", "登记员甲", "CZ-FZB", Role.Registrar), ("administrator", "系统管理员", "CZ", Role.Administrator),
        ];
        foreach (var (login, name, body, role) in people)
        {
            await Do(new CreateAccount(login, name, login is "drafter" or "administrator" ? Password : null));
            await Do(new GivePost(login, body, role, from));
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>What a server logged.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines
    {
        get
        {
            lock (_lines) return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Keeper(_lines);

    public void Dispose()
    {
    }

    private sealed class Keeper(List<(LogLevel, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add((logLevel, $"{formatter(state, exception)} {exception}"));
        }
    }
}
