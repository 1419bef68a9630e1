using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Filing.BrowserTests;

/// <summary>Somebody at a browser: signs in, goes to pages, fills in what is asked, presses what is offered, and every page is looked at.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly bool _scripts;
    private int _shots;

    private Person(IBrowserContext context, IPage page, string name, bool scripts) => (_context, Page, Name, _scripts) = (context, page, name, scripts);

    /// <summary>The window.</summary>
    public IPage Page { get; }

    /// <summary>The login; <c>citizen</c> for nobody.</summary>
    public string Name { get; }

    /// <summary>Somebody who is signed in as one of the demonstration's people; null for a citizen.</summary>
    public static async Task<Person> ComesAsync(string? login, bool scripts = true, int width = 1366, int height = 768, Uri? address = null)
    {
        var context = await Office.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = scripts, Locale = "zh-CN", BaseURL = (address ?? Office.Address).ToString() });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        var person = new Person(context, page, $"{login ?? "citizen"}{(scripts ? "" : "-noscript")}{(width == 1366 ? "" : $"-{width}")}", scripts);
        page.Console += (_, message) =>
        {
            // Screenshots bring a style of their own, which our policy blocks; that is theirs.
            if (message.Type == "error" && !message.Text.Contains("inline style", StringComparison.Ordinal) && !message.Text.Contains("status of 4", StringComparison.Ordinal)) person._complaints.Add(message.Text);
        };
        page.PageError += (_, error) => person._complaints.Add(error);
        if (login is null) return person;
        await page.GotoAsync("/sign-in");
        // Bodies other than the city's are folded.
        var folded = page.Locator($"details:has(button[value='{login}']):not([open]) > summary");
        if (await folded.CountAsync() > 0) await folded.ClickAsync();
        await page.ClickAsync($"button[name=login][value='{login}']");
        return person;
    }

    /// <summary>Goes to a page, which must be there.</summary>
    public async Task<Person> GoesToAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        Assert.That(answer!.Status, Is.EqualTo(200), path);
        return this;
    }

    /// <summary>Follows a link by its words.</summary>
    public async Task FollowsAsync(string words) => await Page.GetByRole(AriaRole.Link, new() { Name = words }).First.ClickAsync();

    /// <summary>Presses a button by its words.</summary>
    public async Task PressesAsync(string words) => await Page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    /// <summary>Writes into a field by its label.</summary>
    public async Task WritesAsync(string label, string text) => await Page.GetByLabel(label).First.FillAsync(text);

    /// <summary>Chooses among radio buttons or ticks a box, by its words.</summary>
    public async Task ChoosesAsync(string words) => await Page.GetByLabel(words).First.CheckAsync();

    /// <summary>Opens the first task of that name in the inbox.</summary>
    public async Task OpensTaskAsync(string name) => await Page.Locator("td a.tag", new() { HasTextString = name }).First.ClickAsync();

    /// <summary>Goes on to the check of the answers, looks at it, and confirms.</summary>
    public async Task ConfirmsAsync(string act)
    {
        await Page.Locator("button[name=Go][value=check]:visible").Last.ClickAsync();
        await LooksAsync($"check-{act}");
        await PressesAsync($"确认：{act}");
    }

    /// <summary>The words of the page.</summary>
    public Task<string> SeesAsync() => Page.InnerTextAsync("main");

    /// <summary>
    /// Looks at the page: nothing sticks out to the right, no script complained, axe finds nothing; a screenshot is kept. With scripts off axe
    /// cannot run, so the same page with scripts on speaks for it.
    /// </summary>
    public async Task LooksAsync(string what)
    {
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Office.Screenshots, $"{Name}-{++_shots:00}-{what}.png"), FullPage = true });
        if (_scripts)
        {
            Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), $"{what}: the page is wider than its window");
            var axe = await Page.RunAxe();
            Assert.That(axe.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Take(3).Select(n => n.Html))}"), Is.Empty, $"{what} ({Page.Url})");
        }

        Assert.That(_complaints, Is.Empty, what);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
