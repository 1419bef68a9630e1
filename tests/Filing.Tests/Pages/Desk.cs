using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Filing.Tests.Support;
using Filing.Web;
using Filing.Web.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Pages;

/// <summary>
/// A server over a register in which a journey has already brought documents to a stage, with everybody of <see cref="World"/> able to sign in, and
/// browsers without scripts: they read a page, fill in its form as it stands there, and press one of its buttons.
/// </summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly Server _server;

    private Desk(TestRegister register, Server server) => (Register, _server) = (register, server);

    public TestRegister Register { get; }

    /// <summary>A server over a register, its clock standing where the register's stands.</summary>
    public static async Task<Desk> OpenAsync(TestRegister register, params (string Key, string Value)[] settings)
    {
        await Settings.WriteAsync(register.Database, Settings.Demo, "1");
        var opened = await Server.OpenAsync(
            new ServerStart(register.Folder, "http://127.0.0.1:0", new ClockSetting(register.Clock.GetUtcNow(), 0), "Development"),
            builder =>
            {
                Stack.Configure(builder.Configuration);
                foreach (var (key, value) in settings) builder.Configuration[key] = value;
                builder.Logging.ClearProviders();
            });
        Assert.That(opened.Error, Is.Null);
        await opened.Value.App.StartAsync();
        return new(register, opened.Value);
    }

    /// <summary>Every endpoint of the server.</summary>
    public IEnumerable<Endpoint> Endpoints => _server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Anybody at a browser, without signing in.</summary>
    public Browser Anybody() => new(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = new(_server.App.Urls.First()) });

    /// <summary>Somebody at a browser.</summary>
    public async Task<Browser> As(string login)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = new(_server.App.Urls.First()) };
        var browser = new Browser(client);
        var page = await browser.GetAsync("/sign-in");
        var answer = await client.PostAsync("/sign-in?handler=Demo", new FormUrlEncodedContent([new("Login", login), new("__RequestVerificationToken", page.Value("__RequestVerificationToken"))]));
        Assert.That((int)answer.StatusCode, Is.EqualTo(302));
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Register.DisposeAsync();
    }
}

/// <summary>A browser without scripts.</summary>
internal sealed class Browser(HttpClient client)
{
    /// <summary>Reads a page.</summary>
    public async Task<Shown> GetAsync(string path) => await ShownAsync(path, await client.GetAsync(path));

    /// <summary>What comes from an address as bytes.</summary>
    public Task<HttpResponseMessage> RawAsync(string path) => client.GetAsync(path);

    /// <summary>Sends fields as a script does, with the token of one of our pages in the header; without one where it is null.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string? token, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (token is not null) request.Headers.Add("X-Form-Token", token);
        return client.SendAsync(request);
    }

    /// <summary>Sends a body as a script of a page of a site does.</summary>
    /// <param name="method">GET, POST, DELETE and so on.</param>
    /// <param name="path">Where to.</param>
    /// <param name="json">The body; null for none.</param>
    /// <param name="site">Whose page it is, in the words of a browser: <c>same-origin</c> for ours.</param>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? json = null, string site = "same-origin")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", site);
        return client.SendAsync(request);
    }

    /// <summary>Fills in the form of a page and presses one of its buttons; goes on where it is sent.</summary>
    /// <param name="page">The page as it was shown.</param>
    /// <param name="button">The button: its words.</param>
    /// <param name="fields">What is filled in: name and value. A null takes the field out; a name that comes twice is several values.</param>
    public async Task<Shown> PressAsync(Shown page, string button, params (string Name, string? Value)[] fields)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>("form.step") ?? throw new AssertionException($"There is no form in {page.Path}: {page.Text}");
        var pressed = form.QuerySelectorAll<IHtmlButtonElement>("button").FirstOrDefault(b => !b.ClassList.Contains("default") && b.TextContent.Trim() == button)
            ?? throw new AssertionException($"There is no button “{button}” in {page.Path}");
        return await SubmitAsync(page, form, pressed, fields);
    }

    /// <summary>Presses the button of the page's form with a file chosen.</summary>
    public Task<Shown> PressAsync(Shown page, string button, (string Name, string FileName, byte[] Content) file, params (string Name, string? Value)[] fields)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>("form.step")!;
        return SubmitAsync(page, form, form.QuerySelectorAll<IHtmlButtonElement>("button").First(b => b.TextContent.Trim() == button), fields, file);
    }

    /// <summary>Presses the button with a value, e.g. that of an article.</summary>
    public async Task<Shown> PressValueAsync(Shown page, string value, params (string Name, string? Value)[] fields)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>("form.step")!;
        return await SubmitAsync(page, form, form.QuerySelectorAll<IHtmlButtonElement>("button").First(b => b.GetAttribute("value") == value), fields);
    }

    /// <summary>Presses the button of one of several forms.</summary>
    public Task<Shown> SubmitAsync(Shown page, string form, params (string Name, string? Value)[] fields)
    {
        var chosen = page.Document.QuerySelector<IHtmlFormElement>(form) ?? throw new AssertionException($"There is no {form} in {page.Path}: {page.Text}");
        return SubmitAsync(page, chosen, chosen.QuerySelectorAll<IHtmlButtonElement>("button").First(), fields);
    }

    private async Task<Shown> SubmitAsync(Shown page, IHtmlFormElement form, IHtmlButtonElement pressed, (string Name, string? Value)[] fields, (string Name, string FileName, byte[] Content)? file = null)
    {
        var values = Successful(form).Where(v => fields.All(f => f.Name != v.Key)).Concat(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!))).ToList();
        if (pressed.Name is { Length: > 0 } name) values.Add(new(name, pressed.GetAttribute("value") ?? ""));
        var action = pressed.GetAttribute("formaction") is { } own ? page.Path.Split('?')[0] + own : form.GetAttribute("action") ?? page.Path;
        var content = new MultipartFormDataContent();
        foreach (var (key, value) in values.Where(v => v.Key != file?.Name)) content.Add(new StringContent(value), key);
        if (file is { } chosen) content.Add(new ByteArrayContent(chosen.Content), chosen.Name, chosen.FileName);
        var answer = await client.PostAsync(action, content);
        return answer.Headers.Location is { } to ? await GetAsync(to.OriginalString) : await ShownAsync(action, answer);
    }

    private static IEnumerable<KeyValuePair<string, string>> Successful(IHtmlFormElement form)
    {
        foreach (var element in form.QuerySelectorAll("input, textarea, select"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when !box.IsChecked:
                case IHtmlInputElement { Name: null or "" }:
                    break;
                case IHtmlInputElement input:
                    yield return new(input.Name!, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(area.Name!, area.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return new(select.Name!, select.Value ?? "");
                    break;
            }
        }
    }

    private static async Task<Shown> ShownAsync(string path, HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync();
        return new(path, (int)answer.StatusCode, await new HtmlParser().ParseDocumentAsync(html));
    }
}

/// <summary>A page as it was shown.</summary>
internal sealed record Shown(string Path, int Status, IHtmlDocument Document)
{
    /// <summary>Its text, white space squeezed.</summary>
    public string Text => string.Join(' ', (Document.QuerySelector("main") ?? Document.Body)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The text of the first element that a selector finds; null where there is none.</summary>
    public string? Of(string selector) => Document.QuerySelector(selector) is { } found ? string.Join(' ', found.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : null;

    /// <summary>What stands in a field.</summary>
    public string Value(string name) => Document.QuerySelector($"[name='{name}']") switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => throw new AssertionException($"There is no field {name} in {Path}"),
    };

    /// <summary>What is wrong, as the page says at its head.</summary>
    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".errors li").Select(l => l.TextContent.Trim())];
}
