using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Documents;

/// <summary>文件页 and the list that leads to it.</summary>
[TestFixture]
internal sealed class DocumentPageTests
{
    private Desk _desk = null!;
    private Guid _published;
    private Guid _review;

    [OneTimeSetUp]
    public async Task Bring_two_documents_on_their_way()
    {
        var register = await TestRegister.OpenAsync();
        var amended = await Journey.ToReviewAsync(register);
        await amended.AskToAmendAsync(Journey.Fee, Journey.Wording);
        await amended.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        await amended.ConfirmAsync(true, true);
        _review = amended.Document;
        _published = (await Issuing.PublishedAsync(register)).Document;
        var term = await register.Scalar<Guid>("SELECT Id FROM Fact WHERE DocumentId = @_published AND Kind = 'term-set'", new { _published });
        await register.As("registrar").Send(new CorrectFact(_published, term, register.Today, "原件", "漏记期限", ValidityTerm.Until(new(2030, 12, 31)).ToString()));
        _desk = await Desk.OpenAsync(register);
    }

    [OneTimeTearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [TestCase("administrator", 403)]
    [TestCase("drafter-finance", 404)]
    [TestCase("receiver-province", 200)]
    public async Task Who_may_not_see_a_document_sees_no_page(string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync($"/documents/{_published}")).Status, Is.EqualTo(status));

    [TestCase("registrar", "登记的文件")]
    [TestCase("drafter", "起草的文件")]
    [TestCase("filer", "报备的文件")]
    [TestCase("secretary", "待决定的文件")]
    public async Task Every_button_leads_to_a_page_that_opens(string login, string what)
    {
        var browser = await _desk.As(login);
        foreach (var document in new[] { _published, _review })
        {
            var page = await browser.GetAsync($"/documents/{document}");
            Assert.That(page.Status, Is.EqualTo(200), what);
            foreach (var link in page.Document.QuerySelectorAll(".buttons a.btn, aside a, main .card a").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith('/') && !h.EndsWith(".docx", StringComparison.Ordinal)).Distinct())
                Assert.That((await browser.GetAsync(link)).Status, Is.EqualTo(200), $"{login} {link}");
        }
    }

    [Test]
    public async Task My_task_comes_first_and_what_others_have_to_do_is_said()
    {
        var filer = await (await _desk.As("filer")).GetAsync($"/documents/{_published}");
        Assert.That(filer.Of(".now a.btn.main"), Is.EqualTo("报送备案"));
        var drafter = await (await _desk.As("drafter")).GetAsync($"/documents/{_published}");
        Assert.That(drafter.Document.QuerySelector(".now a.btn"), Is.Null);
        Assert.That(drafter.Of(".now"), Does.Contain("报送备案（郴州市人民政府办公室 · 报备员"));
    }

    [Test]
    public async Task What_it_is_who_has_to_do_what_and_by_when_comes_before_the_picture_of_the_process()
    {
        var page = await (await _desk.As("filer")).GetAsync($"/documents/{_published}");
        Assert.That(page.Of(".now .due"), Does.Match("应于 .+年.+月.+日 星期. 前办结，还有 [0-9]+ 天"));
        var parts = page.Document.QuerySelectorAll(".now, table.dated, .deadline, .process").Select(e => e.ClassName!.Split(' ')[^1]).Distinct();
        Assert.That(parts.Select(p => p == "stack" ? "facts" : p), Is.EqualTo(["now", "facts", "deadline", "process"]));
        Assert.That(page.Document.QuerySelector("details.process[open] svg"), Is.Not.Null, "without scripts it is open");
    }

    [Test]
    public async Task A_corrected_fact_stands_with_what_it_corrected_under_it()
    {
        var page = await (await _desk.As("registrar")).GetAsync($"/documents/{_published}");
        var rows = page.Document.QuerySelectorAll("table.dated tbody tr").ToList();
        var at = rows.FindIndex(r => r.TextContent.Contains("（更正）", StringComparison.Ordinal));
        Assert.That((rows[at].TextContent.Contains("2030年12月31日", StringComparison.Ordinal), rows[at + 1].ClassList.Contains("gone")), Is.EqualTo((true, true)));
        Assert.That(page.Document.QuerySelectorAll("table.dated a[href*='correct-fact']").Length, Is.EqualTo(rows.Count(r => !r.ClassList.Contains("gone"))));
        Assert.That((await (await _desk.As("drafter")).GetAsync($"/documents/{_published}")).Document.QuerySelector("a[href*='correct-fact']"), Is.Null);
    }

    [Test]
    public async Task Reviews_decisions_signatures_filings_and_whole_digests_are_on_the_page()
    {
        var review = await (await _desk.As("secretary")).GetAsync($"/documents/{_review}");
        Assert.That(review.Text, Does.Contain("收费没有上位法依据，应当删去。").And.Contain("另有规定").And.Contain("已落实"));
        var page = await (await _desk.As("publisher")).GetAsync($"/documents/{_published}");
        Assert.That(page.Text, Does.Contain("市政府常务会议第12次").And.Contain("缺席副市长丙").And.Contain(CanonicalText.From(Journey.Text).Digest.ToString()));
        Assert.That(page.Document.QuerySelectorAll("details .paper").Select(p => p.TextContent.Trim()), Has.Member(Journey.Text));
        Assert.That(page.Document.QuerySelector("[style]"), Is.Null);
    }

    [TestCase("registrar")]
    [TestCase("drafter")]
    public async Task The_figures_beside_the_filters_of_the_list_are_right(string login)
    {
        var browser = await _desk.As(login);
        foreach (var page in new[] { "/documents", "/documents?kind=government", "/documents?q=" + Uri.EscapeDataString("租赁") })
        {
            foreach (var filter in (await browser.GetAsync(page)).Document.QuerySelectorAll("a[data-filter]"))
            {
                if (filter.GetAttribute("aria-current") is not null) continue;
                var list = await browser.GetAsync(filter.GetAttribute("href")!);
                Assert.That((list.Of("h1 .total"), list.Document.QuerySelectorAll("tbody tr").Length.ToString(System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo((filter.QuerySelector("b")!.TextContent, filter.QuerySelector("b")!.TextContent)), filter.TextContent);
            }
        }
    }

    [TestCase("/documents?stage=nowhere", 404)]
    [TestCase("/documents?year=abc", 404)]
    [TestCase("/documents?before=somewhere", 400)]
    [TestCase("/documents?q=%F0%9F%A6%80%E2%80%AE", 200)]
    public async Task What_no_link_says_is_answered_plainly(string path, int status) => Assert.That((await (await _desk.As("registrar")).GetAsync(path)).Status, Is.EqualTo(status));
}
