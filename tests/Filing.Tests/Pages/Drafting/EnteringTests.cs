using Filing.Domain;
using Filing.Features.Administration;

namespace Filing.Tests.Pages.Drafting;

/// <summary>补录: facts with their source, entered by one and checked by another.</summary>
[TestFixture]
internal sealed class EnteringTests
{
    private const string Page = "/documents/enter";
    private const string Issued = "郴州市人民政府文件\n郴政发〔2025〕9号\n郴州市人民政府关于加强城镇房屋租赁管理的通知\n\n各县市区人民政府：\n第一条 出租人应当备案。\n第二条 本通知自印发之日起施行，有效期五年。\n郴州市人民政府\n2025年3月4日";

    private DraftingTown _town = null!;
    private HttpClient _drafter = null!;
    private HttpClient _keeper = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _town = await DraftingTown.StartAsync();
        (_drafter, _keeper) = (await _town.Server.SignedIn("drafter"), await _town.Server.SignedIn("keeper"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _drafter.Dispose();
        _keeper.Dispose();
        await _town.DisposeAsync();
    }

    private async Task<PageForm> BlankAsync(HttpClient browser) => await PageForm.OpenAsync(browser, await (await PageForm.OpenAsync(browser, Page)).PressOnAsync("blank"));

    private static PageForm Filled(PageForm form, string number) => form.Fill(
        ("Title", "关于租赁的通知"), ("Kind", "Government"), ("IssuingBody", "CZ"), ("DraftingBody", "CZ-ZJJ"), ("IssueNumber", number), ("Source", "市政府公报2025年第3期"),
        ("Dates[signed]", "二○二五年三月四日"), ("Dates[published]", "2025-03-10"), ("Carrier", "政府公报"), ("Term", "Years"), ("TermLength", "5"));

    [Test]
    public async Task Who_enters_nothing_is_refused()
    {
        using var secretary = await _town.Server.SignedIn("secretary-1");
        Assert.That((int)(await secretary.GetAsync(Page)).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task A_paper_proposes_its_facts_with_their_lines_and_asks_for_the_publication()
    {
        var form = await PageForm.OpenAsync(_drafter, await (await PageForm.OpenAsync(_drafter, Page)).Fill(("Pasted", Issued), ("NotSecret", "true")).PressOnAsync("read"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((form["IssueNumber"], form["Dates[signed]"], form["Sources[signed]"]), Is.EqualTo(("郴政发〔2025〕9号", "2025-03-04", "原文第 9 行")));
            Assert.That((form["Term"], form["TermLength"]), Is.EqualTo(("Years", "5")));
            Assert.That(form.Page.QuerySelectorAll(".checks li b").Select(b => b.TextContent), Does.Contain("公布日期"));
        }

        var refused = await form.PressRefusedAsync("check");
        Assert.That(refused.Wrong, Does.Contain("请查明并填写公布日期"));
        var check = await PageForm.OfAsync(_drafter, await refused.Fill(("Dates[published]", "2025-03-10"), ("Carrier", "政府公报")).PressAsync("check"));
        var document = Guid.Parse((await check.PressOnAsync("do")).Split('/')[^1]);
        Assert.That(await _town.Server.Scalar<string>("SELECT m.FileName FROM Material m JOIN DocumentText t ON t.MaterialId = m.Id WHERE m.DocumentId = @document AND m.Kind = 'official-text'", new { document }), Is.EqualTo("粘贴的正文.txt"));
    }

    [Test]
    public async Task What_was_entered_is_checked_by_the_legal_office_and_counts_from_then_on()
    {
        var check = await PageForm.OfAsync(_drafter, await Filled(await BlankAsync(_drafter), "郴政发〔2025〕31号").PressAsync("check"));
        Assert.That(check.Said, Does.Contain("2025年3月4日").And.Contain("核对补录"));
        var there = await check.PressOnAsync("do");
        var document = Guid.Parse(there.Split('/')[^1]);
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("check-entry"));
        Assert.That(await _drafter.GetStringAsync($"{there}/check-entry"), Does.Contain("由其他岗位办理"));

        var form = await PageForm.OpenAsync(_keeper, $"{there}/check-entry");
        Assert.That(form.Said, Does.Contain("未经本系统审查").And.Contain("市政府公报2025年第3期").And.Contain("郴政发〔2025〕31号"));
        Assert.That((await form.PressRefusedAsync("check")).Wrong, Does.Contain("请选择核对结果"));
        Assert.That((await form.Fill(("Outcome", "Rejected")).PressRefusedAsync("check")).Wrong, Does.Contain("请写明不予补录的理由"));
        await (await PageForm.OfAsync(_keeper, await form.Fill(("Outcome", "Confirmed")).PressAsync("check"))).PressOnAsync("do");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _town.TasksAsync(document), Does.Not.Contain("check-entry"));
            Assert.That(await _town.Server.Scalar<string>("SELECT State FROM ElsewhereEntry WHERE DocumentId = @document", new { document }), Is.EqualTo("confirmed"));
            Assert.That(await _town.EventsAsync(document), Does.Contain("entry-checked"));
            Assert.That(await _keeper.GetStringAsync(there), Does.Contain("补录 · 未经本系统审查"));
        }
    }

    [TestCase("Dates[signed]", "2025-13-40", "不是日期")]
    [TestCase("Dates[signed]", "", "请填写签署（成文）日期")]
    [TestCase("Dates[published]", "2024-01-01", "顺序")]
    [TestCase("Source", "", "请写明补录的来源")]
    [TestCase("IssueNumber", "随便写的", "年份")]
    [TestCase("Term", "", "请选择有效期")]
    [TestCase("TermLength", "很多", "“很多”不可用")]
    [TestCase("NeverPublished", "true", "又勾选了“未公布”")]
    public async Task What_cannot_be_is_refused_and_stays_in_its_field(string field, string value, string said)
    {
        var refused = await Filled(await BlankAsync(_drafter), "郴政发〔2025〕77号").Fill((field, value)).PressRefusedAsync("check");
        Assert.That(refused.Wrong, Does.Contain(said));
        if (field != "NeverPublished" && field != "Term") Assert.That(refused[field], Is.EqualTo(value));
    }

    [Test]
    public async Task A_paper_that_was_never_published_is_entered_as_such()
    {
        var form = Filled(await BlankAsync(_drafter), "郴政发〔2025〕32号").Fill(("Dates[published]", ""), ("NeverPublished", "true"), ("Term", "Unknown"), ("TermLength", ""));
        var check = await PageForm.OfAsync(_drafter, await form.PressAsync("check"));
        Assert.That(check.Said, Does.Contain("从未公布"));
        Assert.That(await check.PressOnAsync("do"), Does.StartWith("/documents/"));
    }

    [Test]
    public async Task What_is_kept_comes_back_dates_and_all()
    {
        var address = await Filled(await BlankAsync(_drafter), "郴政发〔2025〕33号").PressOnAsync("keep");
        var form = await PageForm.OpenAsync(_drafter, address);
        Assert.That((form["Dates[signed]"], form["Carrier"], form["Term"], form["TermLength"]), Is.EqualTo(("二○二五年三月四日", "政府公报", "Years", "5")), "as they were typed");
        await form.PressOnAsync("drop");
    }

    [Test]
    public async Task A_body_that_has_ended_can_have_issued_a_paper_of_its_days()
    {
        await _town.Server.Operator(new EstablishBody("CZ-FGJ", "郴州市房产管理局", BodyKind.Department, new(2000, 1, 1), "CZ"));
        await _town.Server.Operator(new DissolveBody("CZ-FGJ", new(2025, 6, 30), "CZ-ZJJ"));
        var form = await BlankAsync(_keeper);
        Assert.That(form.Page.QuerySelector("select[name=IssuingBody]")!.TextContent, Does.Contain("郴州市房产管理局（至2025年6月30日）"));
        Filled(form, "郴房发〔2025〕3号").Fill(("Kind", "Department"), ("IssuingBody", "CZ-FGJ"), ("DraftingBody", "CZ-FGJ"));
        Assert.That((await PageForm.OfAsync(_keeper, await form.PressAsync("check"))).Said, Does.Contain("核对补录"));
        Assert.That((await form.Fill(("Dates[signed]", "2025-08-01"), ("Dates[published]", "2025-08-02")).PressRefusedAsync("check")).Wrong, Does.Contain("不是存续中的机关"));
    }

    [Test]
    public async Task The_registrar_enters_those_of_the_whole_government()
    {
        var check = await PageForm.OfAsync(_keeper, await Filled(await BlankAsync(_keeper), "郴政发〔2025〕34号").Fill(("DraftingBody", "CZ-CZJ")).PressAsync("check"));
        Assert.That(check.Said, Does.Contain("核对补录"));
    }
}
