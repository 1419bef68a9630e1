using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Filing.Tests.Pages;

/// <summary>A form of a page, filled in and sent as a browser without scripts would: every field goes with it, and the button that was pressed.</summary>
internal sealed class PageForm
{
    private readonly HttpClient _browser;
    private readonly Uri _address;
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<(string Name, string FileName, byte[] Content)> _files = [];

    private PageForm(HttpClient browser, Uri address, IHtmlDocument page, string selector)
    {
        (_browser, _address, Page) = (browser, address, page);
        var form = page.QuerySelector(selector) ?? throw new AssertionException($"There is no {selector} in {address}: {page.QuerySelector("main")?.TextContent.Trim()}");
        foreach (var field in form.QuerySelectorAll("input, textarea, select"))
        {
            var value = field switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } => null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null && field.GetAttribute("name") is { } name) _fields.Add((name, value));
        }
    }

    /// <summary>The page that it is on.</summary>
    public IHtmlDocument Page { get; }

    /// <summary>What the page says in its main part.</summary>
    public string Said => Page.QuerySelector("main")!.TextContent;

    /// <summary>Opens a page with a form.</summary>
    public static async Task<PageForm> OpenAsync(HttpClient browser, string path, string selector = "form.step")
    {
        var answer = await browser.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), html);
        return new(browser, new Uri(browser.BaseAddress!, path), Parse(html), selector);
    }

    /// <summary>The form of an answer.</summary>
    public static async Task<PageForm> OfAsync(HttpClient browser, HttpResponseMessage answer, string selector = "form.step") =>
        new(browser, answer.RequestMessage!.RequestUri!, Parse(await answer.Content.ReadAsStringAsync()), selector);

    /// <summary>The page of an answer.</summary>
    public static async Task<IHtmlDocument> PageOf(HttpResponseMessage answer) => Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>What a field holds; null when it is not sent.</summary>
    public string? this[string name] => _fields.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();

    /// <summary>Fills in fields; several values for one name follow each other.</summary>
    public PageForm Fill(params (string Name, string Value)[] values)
    {
        foreach (var name in values.Select(v => v.Name).Distinct()) _fields.RemoveAll(f => f.Name == name);
        _fields.AddRange(values);
        return this;
    }

    /// <summary>Chooses a file.</summary>
    public PageForm Choose(string field, string fileName, byte[] content)
    {
        _files.Add((field, fileName, content));
        return this;
    }

    /// <summary>Presses a button.</summary>
    public Task<HttpResponseMessage> PressAsync(string? go = null, string? handler = null)
    {
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in go is null ? _fields : _fields.Where(f => f.Name != "Go").Append(("Go", go))) body.Add(new StringContent(value), name);
        foreach (var (name, fileName, content) in _files) body.Add(new ByteArrayContent(content), name, fileName);
        var address = handler is null ? _address : new Uri(_address + (_address.Query.Length > 0 ? "&" : "?") + "handler=" + handler);
        return _browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = body, Headers = { Referrer = _address } });
    }

    /// <summary>Presses a button after which the browser goes on to another page; answers where.</summary>
    public async Task<string> PressOnAsync(string? go = null)
    {
        var answer = await PressAsync(go);
        Assert.That((int)answer.StatusCode, Is.EqualTo(302), Errors(Parse(await answer.Content.ReadAsStringAsync())));
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Presses a button that is refused; answers the page with what is wrong.</summary>
    public async Task<PageForm> PressRefusedAsync(string go, int status = 400)
    {
        var answer = await PressAsync(go);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
        return await OfAsync(_browser, answer);
    }

    /// <summary>What is said to be wrong on a page.</summary>
    public static string Errors(IHtmlDocument page) => string.Join('|', page.QuerySelectorAll(".errors li").Select(e => e.TextContent.Trim()));

    /// <summary>What is said to be wrong.</summary>
    public string Wrong => Errors(Page);

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
