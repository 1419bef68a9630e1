using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;

namespace Filing.Tests.Pages.Drafting;

/// <summary>The steps of the drafting unit, each done on its page without scripts.</summary>
[TestFixture]
internal sealed class StepTests
{
    private static readonly string[] Pages = ["complete", "consult-units", "consult-public", "department-check", "supplement", "revise", "submit-changes", "withdraw", "urgent", "materials"];

    private readonly Dictionary<string, HttpClient> _browsers = [];
    private DraftingTown _town = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _town = await DraftingTown.StartAsync();
        foreach (var login in new[] { "drafter", "legal", "stranger", "checker", "secretary-1" }) _browsers[login] = await _town.Server.SignedIn(login);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var browser in _browsers.Values) browser.Dispose();
        await _town.DisposeAsync();
    }

    private Task<PageForm> Open(string login, Guid document, string step) => PageForm.OpenAsync(_browsers[login], $"/documents/{document}/{step}");

    [TestCaseSource(nameof(Pages))]
    public async Task A_document_of_others_is_not_there(string page)
    {
        var document = await _town.SubmittedAsync();
        Assert.That((int)(await _browsers["stranger"].GetAsync($"/documents/{document}/{page}")).StatusCode, Is.EqualTo(404));
    }

    [TestCase("complete")]
    [TestCase("consult-units")]
    [TestCase("department-check")]
    [TestCase("supplement")]
    [TestCase("revise")]
    public async Task A_step_that_is_not_due_says_so_and_offers_nothing(string step)
    {
        var document = await _town.SubmittedAsync();
        var page = await _browsers["drafter"].GetStringAsync($"/documents/{document}/{step}");
        Assert.That(page, Does.Contain("目前不在").And.Not.Contain("name=\"Go\" value=\"do\""));
    }

    [Test]
    public async Task A_step_of_another_desk_is_not_offered()
    {
        var document = await _town.ToCheckAsync();
        Assert.That(await _browsers["drafter"].GetStringAsync($"/documents/{document}/department-check"), Does.Contain("由其他岗位办理"));
    }

    [Test]
    public async Task An_identification_ends_with_the_answer_to_print()
    {
        var document = await _town.SubmittedAsync();
        var form = await Open("checker", document, "identify");
        var check = await PageForm.OfAsync(_browsers["checker"], await form.Fill(("Outcome", "Normative"), ("Reason", "普遍适用。")).PressAsync("check"));
        var there = await check.PressOnAsync("do");
        Assert.That(there, Does.EndWith("/papers/identification-answer"));
        Assert.That(await _browsers["drafter"].GetStringAsync(there), Does.Contain("是否属于规范性文件的答复"));
        Assert.That((int)(await _browsers["drafter"].GetAsync(there + ".docx")).StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Materials_are_completed_with_explanation_and_bases()
    {
        var document = await _town.ToCompleteAsync();
        var form = await Open("drafter", document, "complete");
        Assert.That(form.Page.QuerySelectorAll(".checks li cite").Length, Is.GreaterThan(4), "each line has its rule");
        var refused = await form.PressRefusedAsync("do");
        Assert.That(refused.Wrong, Is.EqualTo("请填写起草说明。"));
        refused = await refused.Fill(("Explanation", new string('说', 20_001))).PressRefusedAsync("do");
        Assert.That(refused.Wrong, Is.EqualTo("起草说明不能超过 2 万字。"));
        refused = await refused.Fill(("Explanation", "为了规范租赁。")).PressRefusedAsync("do");
        Assert.That(refused.Wrong, Is.EqualTo("请至少列出一项制定依据。"));
        refused.Fill(("Bases", "《商品房屋租赁管理办法》（住建部令第6号）\r\n国发[2008]17号"), ("Text", refused["Text"] + "\r\n第三条 另行规定。"));
        Assert.That(await refused.PressOnAsync("do"), Is.EqualTo($"/documents/{document}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _town.TasksAsync(document), Is.EqualTo("consult-public,consult-units"));
            Assert.That(await _town.Server.Scalar<string>("SELECT Number FROM Citation WHERE DocumentId = @document AND No = 1", new { document }), Is.EqualTo("国发〔2008〕17号"));
            Assert.That(await _town.Server.Scalar<string>("SELECT Body FROM DocumentText WHERE DocumentId = @document AND No = 2", new { document }), Is.EqualTo(DraftingTown.Text + "\n第三条 另行规定。"));
            Assert.That(await _town.EventsAsync(document), Does.Contain("text-handed-in"));
        }
    }

    [Test]
    public async Task An_unchanged_text_makes_no_new_version()
    {
        var document = await _town.ToCompleteAsync();
        await (await Open("drafter", document, "complete")).Fill(("Explanation", "说明"), ("Bases", "宪法")).PressOnAsync("do");
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM DocumentText WHERE DocumentId = @document", new { document }), Is.EqualTo(1));
    }

    [Test]
    public async Task A_text_is_read_from_a_file_once_it_is_declared_to_hold_no_secret()
    {
        var document = await _town.ToCompleteAsync();
        var file = System.Text.Encoding.UTF8.GetBytes("郴州市人民政府关于新题目的通知\n各县市区人民政府：\n第一条 应当登记。");
        var form = (await Open("drafter", document, "complete")).Choose("TextFile", "新稿.txt", file);
        var refused = await form.PressRefusedAsync("file");
        Assert.That(refused.Wrong, Does.Contain("不涉密"));
        var read = await PageForm.OfAsync(_browsers["drafter"], await refused.Fill(("NotSecret", "true"), ("Explanation", "已写的说明")).Choose("TextFile", "新稿.txt", file).PressAsync("do"));
        Assert.That((read["Text"], read["Explanation"]), Is.EqualTo(("郴州市人民政府关于新题目的通知\n各县市区人民政府：\n第一条 应当登记。", "已写的说明")), "chosen, a file is read whichever button is pressed");
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("complete"));
        refused = await read.Choose("TextFile", "新稿.docx", file).Fill(("NotSecret", "true")).PressRefusedAsync("file");
        Assert.That(refused.Wrong, Does.Contain("扩展名是 .docx"));
    }

    [Test]
    public async Task Somebody_else_was_quicker()
    {
        var document = await _town.ToCompleteAsync();
        var form = (await Open("drafter", document, "complete")).Fill(("Explanation", "说明"), ("Bases", "宪法"));
        await _town.Do("colleague", new CompleteDraft(document, "同事的说明", [new("宪法")]));
        var answer = await form.PressAsync("do");
        Assert.That((int)answer.StatusCode, Is.EqualTo(409));
        Assert.That((await PageForm.PageOf(answer)).QuerySelector("main")!.TextContent, Does.Contain("可能已由同事办结"));
    }

    [Test]
    public async Task Units_are_consulted_from_the_invitation_to_the_table_of_adoption()
    {
        var document = await _town.ToConsultAsync();
        var form = await Open("drafter", document, "consult-units");
        Assert.That(form.Page.QuerySelectorAll("button[value=check], button[value=do]"), Is.Empty, "what hinders the closing is a checklist instead of a button");
        Assert.That(form.Said, Does.Contain("还没有发起征求意见"));
        var refused = await form.PressRefusedAsync("open");
        Assert.That(refused.Wrong, Is.EqualTo("请填写截止日期。"));
        var today = _town.Server.Register.Clock.Today;
        refused = await refused.Fill(("ClosesOn", ChineseDate.Format(today.AddDays(7))), ("Channel", "公函")).PressRefusedAsync("open");
        Assert.That(refused.Wrong, Is.EqualTo("请列出征求意见的单位。"));
        await refused.Fill(("Invited", "市财政局、市发改委")).PressOnAsync("open");

        form = await Open("drafter", document, "consult-units");
        await form.Fill(("Author", "市民王某"), ("Comment", "字太小‏ 🏠"), ("Pasted", "还没贴完")).PressOnAsync("comment");
        form = await Open("drafter", document, "consult-units");
        Assert.That((form["Author"], form["Pasted"]), Is.EqualTo(("", "还没贴完")), "what was typed into another part is still there");
        refused = await form.PressRefusedAsync("paste");
        Assert.That(refused.Wrong, Does.Contain("第 1 行"));
        await refused.Fill(("Pasted", "市财政局：删去收费。\r\n市发改委\t同意。\t2026年1月5日")).PressOnAsync("paste");

        form = await Open("drafter", document, "consult-units");
        Assert.That(form.Page.QuerySelectorAll("table.adopt td.said b").Select(b => b.TextContent), Is.EqualTo(["市民王某", "市财政局", "市发改委"]));
        Assert.That(form.Said, Does.Contain("还有 3 条意见没有填写采纳情况"));
        var names = form.Page.QuerySelectorAll("table.adopt select").Select(s => s.GetAttribute("name")!).ToArray();
        refused = await form.Fill((names[0], "NotAdopted"), (names[1], "Adopted"), (names[2], "Adopted")).PressRefusedAsync("decide");
        Assert.That(refused.Said, Does.Contain("请写明理由"));
        Assert.That(refused[names[1]], Is.EqualTo("Adopted"), "what was chosen is still chosen");
        await refused.Fill((names[0].Replace("Adoption", "Why", StringComparison.Ordinal), "与本文件无关")).PressOnAsync("decide");

        form = await Open("drafter", document, "consult-units");
        var check = await PageForm.OfAsync(_browsers["drafter"], await form.PressAsync("check"));
        Assert.That(check.Said, Does.Contain("3 条").And.Contain("采纳 2 条"));
        await check.PressOnAsync("do");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _town.TasksAsync(document), Is.EqualTo("consult-public"));
            Assert.That(await _town.Server.Scalar<string>("SELECT m.AdoptionReason FROM ConsultationComment m JOIN Consultation c ON c.Id = m.ConsultationId WHERE c.DocumentId = @document AND m.Author = '市民王某'", new { document }), Is.EqualTo("与本文件无关"));
            Assert.That(await _town.EventsAsync(document), Does.Contain("consultation-closed"));
        }
    }

    [Test]
    public async Task The_public_is_asked_as_long_as_the_rule_says_unless_there_is_a_reason()
    {
        var document = await _town.ToConsultAsync();
        var today = _town.Server.Register.Clock.Today;
        var form = await Open("drafter", document, "consult-public");
        var days = DateOnly.Parse(form["ClosesOn"]!, null).DayNumber - today.DayNumber + 1;
        Assert.That(form.Said, Does.Contain($"不少于 {days} 天"), "the proposed day fits the rule");
        var refused = await form.Fill(("ClosesOn", ChineseDate.Format(today.AddDays(2)))).PressRefusedAsync("open", 422);
        Assert.That(refused.Wrong, Does.Contain("请写明理由"));
        await refused.Fill(("ShortenedReason", "防汛需要")).PressOnAsync("open");
        form = await Open("drafter", document, "consult-public");
        Assert.That(form.Said, Does.Contain("缩短期限的理由：防汛需要").And.Contain("起可以结束"));
        Assert.That(form.Page.QuerySelectorAll("button[value=check]"), Is.Empty);
        Assert.That((int)(await form.PressAsync("check")).StatusCode, Is.EqualTo(422), "the command refuses as the page does");
        Assert.That(await _town.TasksAsync(document), Does.Contain("consult-public"));
    }

    [Test]
    public async Task The_unit_s_own_legal_section_checks_before_it_leaves_the_house()
    {
        var document = await _town.ToCheckAsync();
        var form = await Open("legal", document, "department-check");
        Assert.That((await form.PressRefusedAsync("check")).Wrong, Does.Contain("请选择审核结果"));
        var check = await PageForm.OfAsync(_browsers["legal"], await form.Fill(("Outcome", "passed"), ("Opinion", "同意送审")).PressAsync("check"));
        Assert.That(check.Said, Does.Contain("审核通过").And.Contain("受理"));
        await check.PressOnAsync("do");
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("accept-review"));
    }

    [Test]
    public async Task What_the_legal_office_asked_for_is_supplied()
    {
        var document = await _town.ToCheckAsync();
        await _town.Do("legal", new CheckByDepartment(document, true, "同意"));
        await _town.Do("checker", new AcceptForReview(document, AcceptanceOutcome.Incomplete, [new("公平竞争审查结论", "涉及经营者")]));
        var form = await Open("drafter", document, "supplement");
        Assert.That(form.Said, Does.Contain("公平竞争审查结论").And.Contain("涉及经营者"));
        Assert.That((await form.PressRefusedAsync("do")).Wrong, Is.EqualTo("请说明补正了什么。"));
        await form.Fill(("Note", "已补")).PressOnAsync("do");
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("accept-review"));
    }

    [TestCase(DecisionOutcome.Deferred, "revise", "再议修改")]
    [TestCase(DecisionOutcome.AdoptedInPrinciple, "submit-changes", "提交修改稿")]
    public async Task What_the_meeting_wanted_changed_is_handed_in(DecisionOutcome outcome, string step, string heading)
    {
        var document = await _town.ToCheckAsync();
        await _town.Do("legal", new CheckByDepartment(document, true, "同意"));
        await _town.Do("checker", new AcceptForReview(document, AcceptanceOutcome.Accepted));
        await _town.Do("checker", new ConcludeReview(document, ReviewConclusion.Passed, Support.Journey.AllPassed, Support.Journey.Forbidden));
        await _town.Do("secretary-1", new RecordDecision(document, outcome, "市政府常务会议", "第12次", "市长", ["市长"], [], Reason: "第一条写明城镇"));
        var form = await Open("drafter", document, step);
        Assert.That(form.Said, Does.Contain("第一条写明城镇").And.Contain(heading));
        if (step == "submit-changes") Assert.That((await form.Fill(("Note", "没改")).PressRefusedAsync("do", 422)).Wrong, Does.Contain("与现有文本相同"));
        await form.Fill(("Text", DraftingTown.Text.Replace("出租人", "城镇出租人", StringComparison.Ordinal)), ("Note", "已写明")).PressOnAsync("do");
        Assert.That(await _town.Server.Scalar<int>("SELECT MAX(No) FROM DocumentText WHERE DocumentId = @document", new { document }), Is.EqualTo(2));
        Assert.That(await _town.TasksAsync(document), Is.EqualTo(step == "revise" ? "accept-review" : "confirm-changes"));
    }

    [Test]
    public async Task A_draft_is_withdrawn_after_a_second_look()
    {
        var document = await _town.SubmittedAsync();
        var form = await Open("drafter", document, "withdraw");
        Assert.That((await form.PressRefusedAsync("check")).Wrong, Is.EqualTo("请写明撤回的理由。"));
        var check = await PageForm.OfAsync(_browsers["drafter"], await form.Fill(("Reason", "政策调整")).PressAsync("check"));
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("identify"), "a trial leaves nothing");
        await check.PressOnAsync("do");
        Assert.That(await _town.TasksAsync(document), Is.Empty);
        Assert.That(await _town.EventsAsync(document), Does.Contain("draft-withdrawn"));
        Assert.That((int)(await _browsers["checker"].GetAsync($"/documents/{document}/withdraw")).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task Urgency_is_declared_before_what_it_spares()
    {
        var document = await _town.ToCompleteAsync();
        var form = await Open("checker", document, "urgent");
        Assert.That((await form.PressRefusedAsync("check")).Wrong, Does.Contain("理由"));
        var check = await PageForm.OfAsync(_browsers["checker"], await form.Fill(("Shortened", "PublicConsultation"), ("Reason", "防汛"), ("Authority", "市长 某某")).PressAsync("check"));
        Assert.That(check.Said, Does.Contain("不公开征求意见"));
        await check.PressOnAsync("do");
        await _town.Do("drafter", new CompleteDraft(document, "说明", [new("防洪法")]));
        Assert.That(await _town.TasksAsync(document), Is.EqualTo("consult-units"));
        Assert.That((int)(await _browsers["drafter"].GetAsync($"/documents/{document}/urgent")).StatusCode, Is.EqualTo(403));
    }
}
