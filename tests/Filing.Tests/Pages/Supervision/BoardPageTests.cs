using Filing.Domain;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Supervision;

/// <summary>看板: every figure on it is a link, and where it leads there are as many rows.</summary>
[TestFixture]
internal sealed class BoardPageTests
{
    private Desk _desk = null!;

    [OneTimeSetUp]
    public async Task Publish_some()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.FiledAsync(register, "郴政发〔2013〕1号");
        var late = await Issuing.PublishedAsync(register, DocumentKind.Government, "郴政发〔2013〕2号");
        await Issuing.PublishedAsync(register, DocumentKind.Government, "郴政发〔2013〕3号");
        register.On(2013, 6, 3);
        await register.AddBasisAsync(late.Document);
        await register.As("filer").Send(new FileUp(late.Document));
        await register.As("receiver-province").Send(new ReceiveFiling(late.Document, FilingAnswer.Held, Note: "缺少制定说明"));
        await Issuing.PublishedAsync(register, DocumentKind.Government, "郴政发〔2013〕5号");
        _desk = await Desk.OpenAsync(register);
    }

    [OneTimeTearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [TestCase("administrator")]
    [TestCase("security")]
    public async Task Those_who_handle_no_documents_have_no_board(string login)
    {
        var browser = await _desk.As(login);
        foreach (var path in new[] { "/board", "/board/filings", "/alerts", "/validity" }) Assert.That((await browser.GetAsync(path)).Status, Is.EqualTo(403), path);
    }

    [TestCase("supervisor", "/board")]
    [TestCase("supervisor-province", "/board?year=all")]
    [TestCase("drafter-finance", "/board")]
    public async Task Every_figure_is_a_link_to_as_many_rows(string login, string path)
    {
        var browser = await _desk.As(login);
        var board = await browser.GetAsync(path);
        var figures = board.Document.QuerySelectorAll("main a[data-count]").Select(a => (Href: a.GetAttribute("href")!, Count: a.TextContent.Trim())).Distinct().ToList();
        Assert.That(figures, Has.Count.GreaterThan(5));
        foreach (var (href, count) in figures)
        {
            var list = await browser.GetAsync(href);
            Assert.That((list.Status, list.Of(".total")), Is.EqualTo((200, count)), href);
            Assert.That(list.Document.QuerySelectorAll("main tbody tr").Length, Is.EqualTo(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)), href);
        }
    }

    [Test]
    public async Task Every_column_of_the_picture_leads_to_its_day_and_the_picture_says_itself_in_words()
    {
        var browser = await _desk.As("supervisor");
        var board = await browser.GetAsync("/board");
        var picture = board.Document.QuerySelector("svg.load")!;
        Assert.That(picture.GetAttribute("aria-labelledby")!.Split(' ').Select(id => board.Document.GetElementById(id)?.TextContent), Has.None.Null.And.None.Empty);
        var columns = picture.QuerySelectorAll("a");
        Assert.That(columns, Is.Not.Empty);
        foreach (var column in columns) Assert.That(column.QuerySelector("title")!.TextContent, Does.EndWith($" {(await browser.GetAsync(column.GetAttribute("href")!)).Of(".total")} 件"));
        Assert.That(picture.OuterHtml, Does.Not.Contain("style="));
    }

    [Test]
    public async Task A_share_is_never_without_its_parts_and_of_nothing_it_is_a_dash()
    {
        var board = await (await _desk.As("supervisor")).GetAsync("/board?year=2013");
        Assert.That(board.Text, Does.Contain("66.7% 2/3").And.Contain("50.0% 1/2"));
        Assert.That((await (await _desk.As("supervisor")).GetAsync("/board?year=2011")).Text, Does.Contain("报备率—已报 0 / 应报 0").And.Contain("2011年没有公布须报备的文件"));
    }

    [TestCase("/alerts?list=nothing", 404)]
    [TestCase("/alerts?list=due&from=%E5%89%8D%E5%A4%A9", 400)]
    [TestCase("/alerts?list=due&from=2013-06-09&to=2013-06-01", 400)]
    [TestCase("/board/filings?standing=unknown", 404)]
    [TestCase("/board/filings?year=abc", 404)]
    [TestCase("/validity?which=unknown", 404)]
    [TestCase("/board?year=abc", 200)]
    public async Task What_no_link_says_is_answered_plainly(string path, int status) => Assert.That((await (await _desk.As("supervisor")).GetAsync(path)).Status, Is.EqualTo(status));

    [Test]
    public async Task The_figures_beside_the_lists_of_alerts_and_validity_are_right()
    {
        var browser = await _desk.As("supervisor");
        foreach (var page in new[] { "/alerts", "/alerts?list=overdue", "/alerts?list=due", "/validity" })
        {
            foreach (var filter in (await browser.GetAsync(page)).Document.QuerySelectorAll(".filters a").Where(a => a.QuerySelector("b") is not null))
                Assert.That((await browser.GetAsync(filter.GetAttribute("href")!)).Of(".total"), Is.EqualTo(filter.QuerySelector("b")!.TextContent), $"{page} {filter.TextContent}");
        }
    }
}
