namespace Filing.BrowserTests;

/// <summary>Each page that lists or shows something, at the width of an office screen and of a telephone, with scripts on and off.</summary>
[TestFixture]
internal sealed class PageTests
{
    private static readonly (string? Login, string Name, string Path)[] Pages =
    [
        (null, "sign-in", "/sign-in"), ("reviewer", "inbox", "/"), ("drafter-cgj", "waiting", "/?which=waiting"), ("supervisor", "documents", "/documents"), ("supervisor", "alerts", "/alerts"),
        ("supervisor", "board", "/board"), ("supervisor", "validity", "/validity"), ("supervisor", "received", "/filings/received"), ("registrar", "register", "/register"), ("registrar", "series", "/series"),
        ("registrar", "enter", "/documents/enter"), ("publisher", "filings", "/filings"), ("administrator", "bodies", "/bodies"), ("administrator", "accounts", "/accounts"), (null, "public", "/public"),
    ];

    [TestCase(1366, 768, true)]
    [TestCase(390, 844, true)]
    [TestCase(1366, 768, false)]
    public async Task Every_page_is_whole(int width, int height, bool scripts)
    {
        foreach (var someone in Pages.GroupBy(p => p.Login))
        {
            await using var person = await Person.ComesAsync(someone.Key, scripts, width, height);
            foreach (var (_, name, path) in someone)
            {
                await person.GoesToAsync(path);
                await person.LooksAsync(name);
            }
        }
    }

    [TestCase(1366, 768)]
    [TestCase(390, 844)]
    public async Task A_documents_page_is_whole(int width, int height)
    {
        await using var person = await Person.ComesAsync("supervisor", true, width, height);
        await person.GoesToAsync("/documents");
        await person.Page.Locator("table a").First.ClickAsync();
        await person.LooksAsync("document");
    }
}
