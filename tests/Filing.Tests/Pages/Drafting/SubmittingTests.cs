using System.Text;
using System.Text.Json;
using Filing.Tests.Drafting.Intake;

namespace Filing.Tests.Pages.Drafting;

/// <summary>新送审: the paper first, then what it says, confirmed.</summary>
[TestFixture]
internal sealed class SubmittingTests
{
    private const string Page = "/drafts/new";
    private const string Joint = "中共郴州市委 郴州市人民政府\n印发《关于加快建设法治政府的实施方案》的通知\n\n各县市区党委和人民政府：\n现将《关于加快建设法治政府的实施方案》印发给你们，请认真贯彻执行。\n中共郴州市委\n郴州市人民政府\n2026年3月25日";

    private DraftingTown _town = null!;
    private HttpClient _drafter = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _town = await DraftingTown.StartAsync();
        _drafter = await _town.Server.SignedIn("drafter");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _drafter.Dispose();
        await _town.DisposeAsync();
    }

    [Test]
    public async Task Who_drafts_nothing_is_refused()
    {
        using var secretary = await _town.Server.SignedIn("secretary-1");
        Assert.That((int)(await secretary.GetAsync(Page)).StatusCode, Is.EqualTo(403));
        using var nobody = _town.Server.Browser();
        Assert.That((await nobody.GetAsync(Page)).Headers.Location!.AbsolutePath, Is.EqualTo("/sign-in"));
    }

    [Test]
    public async Task Nothing_is_taken_in_without_the_declaration_that_it_holds_no_secret()
    {
        var before = Files();
        var refused = await (await PageForm.OpenAsync(_drafter, Page)).Fill(("Pasted", DraftingTown.Text), ("NotSecret", "false")).PressRefusedAsync("read");
        Assert.That(refused.Wrong, Does.Contain("不涉密"));
        Assert.That(refused["Pasted"]!.ReplaceLineEndings("\n"), Is.EqualTo(DraftingTown.Text), "what was pasted is still there");
        Assert.That(Files(), Is.EqualTo(before));
    }

    private static TestCaseData[] WrongFiles =>
    [
        new TestCaseData("图.docx", new byte[] { 0x89, 0x50, 0x4E, 0x47, 1, 2 }, "内容却是图片").SetArgDisplayNames("a picture under the name of a letter"),
        new TestCaseData("图.png", new byte[] { 0x89, 0x50, 0x4E, 0x47, 1, 2 }, "不能读取图片").SetArgDisplayNames("a picture"),
        new TestCaseData("空.docx", Array.Empty<byte>(), "文件是空的").SetArgDisplayNames("an empty file"),
        new TestCaseData("旧.doc", new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }, "另存为 .docx").SetArgDisplayNames("an old Word file"),
        new TestCaseData("坏.docx", Encoding.ASCII.GetBytes("PK\u0003\u0004rubbish"), "Word 文件已损坏").SetArgDisplayNames("a damaged Word file"),
    ];

    [TestCaseSource(nameof(WrongFiles))]
    public async Task A_file_that_cannot_be_read_is_refused_with_what_to_do(string name, byte[] content, string said)
    {
        var refused = await (await PageForm.OpenAsync(_drafter, Page)).Fill(("NotSecret", "true")).Choose("Upload", name, content).PressRefusedAsync("read");
        Assert.That(refused.Wrong, Does.Contain(said));
    }

    [Test]
    public async Task Neither_file_nor_text_is_asked_for() =>
        Assert.That((await (await PageForm.OpenAsync(_drafter, Page)).Fill(("NotSecret", "true")).PressRefusedAsync("read")).Wrong, Does.Contain("请选择文件"));

    [Test]
    public async Task What_the_paper_says_is_proposed_with_its_place_checked_and_submitted_once()
    {
        var clutter = "当前位置：首页 > 政府文件\n来源：本站 时间：2026-11-01\n" + DraftingTown.Text.Replace("租赁管理的", "租赁登记的", StringComparison.Ordinal) + "\n【打印】【关闭】\n湘ICP备00000000号";
        var form = await TakenAsync(clutter);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((form["Title"], form["IssuingBody"], form["Kind"], form["DraftingBody"]), Is.EqualTo(("关于加强城镇房屋租赁登记的通知", "CZ", "Government", "CZ-ZJJ")));
            Assert.That(form["Bases"], Does.Contain("《商品房屋租赁管理办法》"));
            Assert.That(form.Page.QuerySelector("#m-title + mark")!.TextContent, Does.Contain("关于加强城镇房屋租赁登记的通知"));
            Assert.That(form.Page.QuerySelectorAll("a[href='#m-title']"), Is.Not.Empty);
            Assert.That(form.Page.QuerySelectorAll(".source .around").Select(l => l.TextContent), Has.Some.Contains("ICP备"));
            Assert.That(form.Page.QuerySelectorAll(".checks li.ok b").Select(b => b.TextContent), Is.SupersetOf(["标题", "制定机关", "施行日期", "有效期"]));
        }

        var check = await PageForm.OfAsync(_drafter, await form.Fill(("CoIssuers", "CZ-CZJ"), ("Reason", "请认定")).PressAsync("check"));
        Assert.That(check.Said, Does.Contain("确认后将发生").And.Contain("认定（郴州市人民政府法制办公室").And.Contain("郴州市财政局"));
        Assert.That(await Count("Document WHERE Title = '关于加强城镇房屋租赁登记的通知'"), Is.Zero, "a trial leaves nothing");
        var there = await check.PressOnAsync("do");
        Assert.That(await check.PressOnAsync("do"), Is.EqualTo(there), "pressed twice it is submitted once");
        var document = Guid.Parse(there.Split('/')[^1]);
        var args = new { document };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Count("Document WHERE Title = '关于加强城镇房屋租赁登记的通知' AND Issuance = 'joint'"), Is.EqualTo(1));
            Assert.That(await _town.Server.Scalar<string>("SELECT Body FROM DocumentText WHERE DocumentId = @document AND MaterialId IS NOT NULL", args), Does.StartWith("郴州市人民政府关于").And.Not.Contain("ICP").And.Not.Contain("当前位置"));
            Assert.That(await _town.Server.Scalar<string>("SELECT FileName FROM Material WHERE DocumentId = @document AND Kind = 'text'", args), Is.EqualTo("粘贴的正文.txt"));
            Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM Citation WHERE DocumentId = @document", args), Is.EqualTo(2));
            Assert.That(await _town.Server.Scalar<string>("SELECT p.Reason FROM Process p JOIN Event e ON e.ProcessId = p.Id WHERE e.DocumentId = @document AND e.Type = 'draft-submitted'", args), Is.EqualTo("请认定"));
            Assert.That(await _town.EventsAsync(document), Does.Contain("draft-submitted").And.Contain("material-added"));
            Assert.That(await _town.TasksAsync(document), Is.EqualTo("identify"));
        }

        var page = await _drafter.GetStringAsync(there);
        Assert.That(page, Does.Contain("已送审。法制机构将认定"));
        Assert.That(await _drafter.GetStringAsync(Page), Does.Not.Contain("关于加强城镇房屋租赁登记的通知"), "nothing of it is left over");
    }

    [Test]
    public async Task A_Word_file_is_read_and_kept_as_material()
    {
        var docx = Packages.Docx(string.Concat(DraftingTown.Text.Replace("租赁管理", "租赁安全管理", StringComparison.Ordinal).Split('\n').Select(Packages.P)));
        var form = await (await PageForm.OpenAsync(_drafter, Page)).Fill(("NotSecret", "true")).Choose("Upload", "送审稿.docx", docx).PressOnAsync("read");
        var check = await PageForm.OfAsync(_drafter, await (await PageForm.OpenAsync(_drafter, form)).PressAsync("check"));
        var document = Guid.Parse((await check.PressOnAsync("do")).Split('/')[^1]);
        Assert.That(await _town.Server.Scalar<string>("SELECT FileName FROM Material WHERE DocumentId = @document", new { document }), Is.EqualTo("送审稿.docx"));
    }

    [Test]
    public async Task Odd_characters_come_through_unharmed()
    {
        const string title = "关于𠮷林路🏠租赁𫖯管理的‏通知";
        var form = await TakenAsync(DraftingTown.Text);
        var check = await PageForm.OfAsync(_drafter, await form.Fill(("Title", title)).PressAsync("check"));
        var document = Guid.Parse((await check.PressOnAsync("do")).Split('/')[^1]);
        Assert.That(await _town.Server.Scalar<string>("SELECT Title FROM Document WHERE Id = @document", new { document }), Is.EqualTo(title));
        Assert.That((await PageForm.OpenAsync(_drafter, $"/documents/{document}/withdraw")).Page.QuerySelector("h1")!.TextContent, Does.Contain(title));
    }

    [Test]
    public async Task A_title_of_ten_thousand_characters_is_refused_and_kept_in_its_field()
    {
        var title = new string('办', 10_000);
        var refused = await (await TakenAsync(DraftingTown.Text)).Fill(("Title", title)).PressRefusedAsync("check");
        Assert.That(refused.Wrong, Is.EqualTo("标题不能超过 200 字。"));
        Assert.That(refused["Title"], Is.EqualTo(title));
    }

    [Test]
    public async Task What_is_missing_is_named_all_at_once()
    {
        var refused = await (await TakenAsync("没有标题的几句话。\n应当怎样怎样。")).Fill(("Title", ""), ("IssuingBody", "")).PressRefusedAsync("check");
        Assert.That(refused.Wrong, Does.Contain("请填写标题").And.Contain("请选择文件种类").And.Contain("请选择制定机关"));
    }

    [Test]
    public async Task A_paper_of_Party_and_government_says_why_it_is_none_and_wants_a_reason()
    {
        var form = await TakenAsync(Joint);
        Assert.That(form.Said, Does.Contain("不进入本登记簿").And.Contain("党内规范性文件"));
        form.Fill(("IssuingBody", "CZ"), ("Kind", "Government"));
        var refused = await form.PressRefusedAsync("check");
        Assert.That(refused.Wrong, Does.Contain("请写明理由"));
        var check = await PageForm.OfAsync(_drafter, await refused.Fill(("Reason", "市委办要求一并认定")).PressAsync("check"));
        Assert.That(await check.PressOnAsync("do"), Does.StartWith("/documents/"));
    }

    [Test]
    public async Task Of_several_papers_one_is_chosen()
    {
        var second = DraftingTown.Text.Replace("加强城镇房屋租赁管理", "规范户外广告设置", StringComparison.Ordinal);
        var choose = await TakenAsync(DraftingTown.Text + "\n\n" + second);
        Assert.That(choose.Page.QuerySelectorAll("table.choose tbody tr"), Has.Length.EqualTo(2));
        var form = await PageForm.OpenAsync(_drafter, await choose.PressOnAsync("paper-1"));
        Assert.That(form["Title"], Is.EqualTo("关于规范户外广告设置的通知"));
        Assert.That(form.Page.QuerySelector(".source")!.TextContent, Does.Not.Contain("城镇房屋租赁管理的通知"));
    }

    [Test]
    public async Task A_scan_is_kept_and_its_text_asked_for()
    {
        var there = await (await PageForm.OpenAsync(_drafter, Page)).Fill(("NotSecret", "true")).Choose("Upload", "扫描件.pdf", Packages.Pdf(null)).PressOnAsync("read");
        var ask = await PageForm.OpenAsync(_drafter, there);
        Assert.That(ask.Said, Does.Contain("“扫描件.pdf”已作为材料保存"));
        var form = await PageForm.OpenAsync(_drafter, await ask.Fill(("Pasted", DraftingTown.Text), ("NotSecret", "true")).PressOnAsync("read"));
        var check = await PageForm.OfAsync(_drafter, await form.PressAsync("check"));
        var document = Guid.Parse((await check.PressOnAsync("do")).Split('/')[^1]);
        Assert.That(await _town.Server.Scalar<string>("SELECT FileName FROM Material WHERE DocumentId = @document", new { document }), Is.EqualTo("扫描件.pdf"));
    }

    [Test]
    public async Task Text_that_is_put_right_keeps_what_was_filled_in()
    {
        var form = await TakenAsync(DraftingTown.Text);
        var correcting = await PageForm.OfAsync(_drafter, await form.Fill(("Title", "改过的标题"), ("Reason", "说明一下")).PressAsync("correct"));
        Assert.That(correcting["Pasted"], Does.Contain("第一条 出租人应当备案。"));
        var again = await PageForm.OpenAsync(_drafter, await correcting.Fill(("Pasted", correcting["Pasted"]!.Replace("应当备案", "应当登记备案", StringComparison.Ordinal)), ("NotSecret", "true")).PressOnAsync("read"));
        Assert.That((again["Title"], again["Reason"]), Is.EqualTo(("改过的标题", "说明一下")));
        Assert.That(again.Page.QuerySelector(".source")!.TextContent, Does.Contain("应当登记备案"));
    }

    [Test]
    public async Task What_is_kept_comes_back_and_two_windows_do_not_overwrite_each_other()
    {
        var form = await TakenAsync(DraftingTown.Text);
        var address = await form.Fill(("Title", "第一个窗口")).PressOnAsync("keep");
        Assert.That(await _drafter.GetStringAsync(Page), Does.Contain("第一个窗口"), "it is listed where a new one begins");
        var (one, other) = (await PageForm.OpenAsync(_drafter, address), await PageForm.OpenAsync(_drafter, address));
        Assert.That(one["Title"], Is.EqualTo("第一个窗口"));
        Assert.That((int)(await one.Fill(("Title", "一")).PressAsync(handler: "Save")).StatusCode, Is.EqualTo(200));
        var late = await other.Fill(("Title", "二")).PressAsync(handler: "Save");
        Assert.That((int)late.StatusCode, Is.EqualTo(409));
        Assert.That(JsonElement.Parse(await late.Content.ReadAsStringAsync()).GetProperty("message").GetString(), Does.Contain("另一个窗口"));
        Assert.That((await PageForm.OpenAsync(_drafter, address))["Title"], Is.EqualTo("一"));
        await (await PageForm.OpenAsync(_drafter, address)).PressOnAsync("drop");
        Assert.That((await _drafter.GetAsync(address)).Headers.Location!.OriginalString, Is.EqualTo(Page), "given up is gone");
    }

    [Test]
    public async Task A_paper_that_was_issued_already_goes_on_to_be_entered()
    {
        var issued = "郴州市人民政府文件\n郴政发〔2025〕9号\n" + DraftingTown.Text + "\n郴州市人民政府\n2025年3月4日";
        var form = await TakenAsync(issued);
        Assert.That(form.Said, Does.Contain("已经制发"));
        var enter = await PageForm.OpenAsync(_drafter, await form.PressOnAsync("enter"));
        Assert.That((enter["Title"], enter["IssueNumber"], enter["Dates[signed]"]), Is.EqualTo(("关于加强城镇房屋租赁管理的通知", "郴政发〔2025〕9号", "2025-03-04")));
    }

    [Test]
    public async Task Nobody_submits_in_the_name_of_another_unit()
    {
        var answer = await (await TakenAsync(DraftingTown.Text)).Fill(("DraftingBody", "CZ-CZJ")).PressAsync("do");
        Assert.That((int)answer.StatusCode, Is.EqualTo(403));
    }

    private async Task<PageForm> TakenAsync(string text) =>
        await PageForm.OpenAsync(_drafter, await (await PageForm.OpenAsync(_drafter, Page)).Fill(("Pasted", text), ("NotSecret", "true")).PressOnAsync("read"));

    private Task<int> Count(string of) => _town.Server.Scalar<int>($"SELECT COUNT(*) FROM {of}")!;

    private int Files() => Directory.Exists(Store) ? Directory.GetFiles(Store, "*", SearchOption.AllDirectories).Length : 0;

    private string Store => Path.Combine(_town.Server.Register.Folder, "materials");
}
