using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.LegalityReview;

/// <summary>合法性审查, without scripts.</summary>
[TestFixture]
internal sealed class ReviewPageTests
{
    private static readonly (string, string?)[] AllChecked = [.. Journey.Forbidden.Select(f => ("ForbiddenChecked", (string?)f))];
    private static readonly (string, string?)[] AllPassed = [.. Enumerable.Range(0, 5).Select(i => ($"Aspects[{i}].Passed", (string?)"true"))];

    private Desk _desk = null!;
    private Journey _journey = null!;
    private Browser _reviewer = null!;
    private string _page = null!;

    [SetUp]
    public async Task Take_a_draft_in_for_review()
    {
        var register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(register);
        await _journey.AcceptAsync();
        _desk = await Desk.OpenAsync(register);
        (_reviewer, _page) = (await _desk.As("reviewer"), $"/documents/{_journey.Document}/review");
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private Task<IReadOnlyList<string>> Findings() =>
        _desk.Register.Rows<string>("SELECT CONCAT(No, ' ', Aspect, ' ', COALESCE(Article, '-'), ' ', COALESCE(Forbidden, '-'), ' ', Binding, ' ', Text) FROM Finding ORDER BY No");

    private Task<Shown> AddAsync(Shown page, string text, string? article = null) =>
        _reviewer.PressAsync(page, "加入意见", ("Finding.Aspect", "Content"), ("Finding.Article", article ?? ""), ("Finding.Text", text));

    [TestCase("administrator", 403)]
    [TestCase("drafter-finance", 404)]
    public async Task Who_may_not_see_the_document_sees_no_page(string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(_page)).Status, Is.EqualTo(status));

    [Test]
    public async Task The_drafter_sees_no_form() => Assert.That((await (await _desk.As("drafter")).GetAsync(_page)).Document.QuerySelector("form.step"), Is.Null);

    [Test]
    public async Task An_article_that_is_chosen_stands_in_the_form_and_nothing_typed_is_lost()
    {
        var shown = await _reviewer.PressValueAsync(await _reviewer.GetAsync(_page), "第二条", ("Summary", "写到一半"), ("ForbiddenChecked", "收费"), ("Finding.Text", "半条"));
        Assert.That(shown.Path, Does.EndWith("#a2"));
        Assert.That((shown.Value("Finding.Article"), shown.Value("Summary"), shown.Value("Finding.Text")), Is.EqualTo(("第二条", "写到一半", "半条")));
        Assert.That(shown.Of(".clause.chosen"), Does.StartWith("第二条 出租人"));
        Assert.That(shown.Document.QuerySelector("input[name=ForbiddenChecked][value=收费]")!.HasAttribute("checked"), Is.True);
    }

    [Test]
    public async Task A_finding_is_added_shown_at_its_article_changed_and_taken_out_and_its_words_come_back()
    {
        var shown = await AddAsync(await _reviewer.GetAsync(_page), "收费没有依据。", "第二条");
        Assert.That((shown.Of(".notice"), shown.Path.EndsWith("#a2", StringComparison.Ordinal)), Is.EqualTo(("已加入意见。", true)));
        Assert.That(shown.Of("#a2 .note"), Is.EqualTo("意见 1 必须修改 收费没有依据。"));
        Assert.That(shown.Value("Finding.Text"), Is.Empty);
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("finding-added"));

        var editing = await _reviewer.PressAsync(shown, "修改");
        Assert.That((editing.Of("#finding h2"), editing.Value("Finding.Text")), Is.EqualTo(("修改第 1 条意见", "收费没有依据。")));
        var changed = await _reviewer.PressAsync(editing, "保存修改", ("Finding.Text", "收费没有上位法依据。"), ("Finding.Forbidden", "收费"));
        Assert.That(await Findings(), Is.EqualTo(["1 content 第二条 收费 1 收费没有上位法依据。"]));
        Assert.That(changed.Of("#finding h2"), Is.EqualTo("提出意见"));

        var gone = await _reviewer.PressAsync(changed, "删除");
        Assert.That(await Findings(), Is.Empty);
        Assert.That((gone.Value("Finding.Text"), gone.Of(".notice")!.Contains("重新加入", StringComparison.Ordinal)), Is.EqualTo(("收费没有上位法依据。", true)));
    }

    [Test]
    public async Task Something_forbidden_that_was_found_begins_a_finding_at_its_article()
    {
        var shown = await _reviewer.PressValueAsync(await _reviewer.GetAsync(_page), "收费", ("At[3]", "第二条"));
        // The first element with that value is the tick; the button is in the same row.
        Assert.That((shown.Value("Finding.Forbidden"), shown.Value("Finding.Article")), Is.EqualTo(("收费", "第二条")));
        await _reviewer.PressAsync(shown, "加入意见", ("Finding.Text", "删去。"));
        Assert.That(await Findings(), Is.EqualTo(["1 content 第二条 收费 1 删去。"]));
    }

    [TestCase("", "请写明审查意见。")]
    [TestCase("长", "一条审查意见不能超过 4000 字。")]
    public async Task A_finding_without_words_or_with_too_many_is_refused_and_stays(string text, string message)
    {
        var typed = text.Length == 0 ? "" : new string('长', 10_000);
        var shown = await _reviewer.PressAsync(await _reviewer.GetAsync(_page), "加入意见", ("Finding.Aspect", "Form"), ("Finding.Text", typed), ("Summary", "还在"));
        Assert.That((shown.Errors.Single(), shown.Value("Finding.Text"), shown.Value("Summary")), Is.EqualTo((message, typed, "还在")));
        Assert.That(shown.Document.QuerySelector(".errors a")!.GetAttribute("href"), Is.EqualTo("#f-Finding-Text"));
    }

    [Test]
    public async Task A_finding_needs_an_aspect()
    {
        var shown = await _reviewer.PressAsync(await _reviewer.GetAsync(_page), "加入意见", ("Finding.Text", "无题"));
        Assert.That((shown.Status, shown.Errors.Single()), Is.EqualTo((400, "请选择这条意见属于哪个方面。")));
    }

    [Test]
    public async Task Marks_of_direction_and_emoji_come_through_as_they_were_typed()
    {
        var shown = await AddAsync(await _reviewer.GetAsync(_page), "\u202E删去😀<b>收费</b>");
        Assert.That(await Findings(), Is.EqualTo(["1 content - - 1 \u202E删去😀<b>收费</b>"]));
        Assert.That(shown.Document.QuerySelector("#findings b b"), Is.Null, "nobody's markup");
        Assert.That(shown.Of("#findings .typed"), Does.Contain("<b>收费</b>"));
    }

    [Test]
    public async Task The_opinion_is_given_after_its_check_and_can_be_printed()
    {
        var shown = await AddAsync(await _reviewer.GetAsync(_page), "收费没有依据。", "第二条");
        var check = await _reviewer.PressAsync(shown, "下一步：核对", [("Conclusion", "Amend"), ("Summary", "按意见修改。"), .. AllPassed[..2], ("Aspects[2].Passed", "false"), ("Aspects[2].Remark", "见意见"), .. AllPassed[3..], .. AllChecked]);
        Assert.That(check.Errors, Is.Empty);
        Assert.That(check.Text, Does.Contain("修改后合法").And.Contain("1 条，其中必须修改 1 条").And.Contain("有问题 见意见").And.Contain("下一步 按意见修改并答复"));
        Assert.That(check.Of(".official h1"), Does.Contain("意见书"));
        var done = await _reviewer.PressAsync(check, "确认：合法性审查");
        Assert.That(done.Of(".notice"), Is.EqualTo("已出具审查意见：修改后合法。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["answer-findings"]));
        Assert.That(await _journey.FactsAsync(FactKind.ReviewConcluded), Is.EqualTo(["Amend"]));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("review-concluded"));
        var paper = await _reviewer.GetAsync($"/documents/{_journey.Document}/papers/legality-opinion");
        Assert.That(paper.Of(".official"), Does.Contain("合法性审核意见书").And.Contain("1.第二条（内容，必须修改）：收费没有依据。").And.Contain("未发现设定许可"));
        var file = await _reviewer.RawAsync($"/documents/{_journey.Document}/papers/legality-opinion.docx");
        Assert.That(((int)file.StatusCode, (await file.Content.ReadAsByteArrayAsync())[..2]), Is.EqualTo((200, "PK"u8.ToArray())));
    }

    [Test]
    public async Task A_finding_that_was_typed_and_not_added_holds_the_opinion_back()
    {
        var shown = await _reviewer.PressAsync(await _reviewer.GetAsync(_page), "下一步：核对", [("Finding.Text", "忘了加入"), ("Conclusion", "Passed"), .. AllPassed, .. AllChecked]);
        Assert.That(shown.Errors.Single(), Does.Contain("没有加入的意见"));
        Assert.That(shown.Value("Finding.Text"), Is.EqualTo("忘了加入"));
    }

    [Test]
    public async Task What_is_not_complete_is_named()
    {
        var page = await _reviewer.GetAsync(_page);
        Assert.That((await _reviewer.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请选择审查结论。"]));
        Assert.That((await _reviewer.PressAsync(page, "下一步：核对", [("Conclusion", "Passed"), .. AllPassed])).Errors.Single(), Does.Contain("尚未逐项核对禁止设定的事项"));
        Assert.That((await _reviewer.PressAsync(page, "下一步：核对", [("Conclusion", "Passed"), .. AllPassed[1..], .. AllChecked])).Errors, Is.EqualTo(["尚未对主体作出结论。"]));
        Assert.That((await _reviewer.PressAsync(page, "下一步：核对", [("Conclusion", "Amend"), .. AllPassed, .. AllChecked])).Errors.Single(), Does.Contain("至少应有一条审查意见"));
    }

    [Test]
    public async Task A_form_that_is_sent_twice_acts_once()
    {
        var check = await _reviewer.PressAsync(await _reviewer.GetAsync(_page), "下一步：核对", [("Conclusion", "Passed"), .. AllPassed, .. AllChecked]);
        await _reviewer.PressAsync(check, "确认：合法性审查");
        var again = await _reviewer.PressAsync(check, "确认：合法性审查");
        Assert.That(again.Status, Is.EqualTo(200).Or.EqualTo(409));
        Assert.That((await _journey.EventsAsync()).Count(e => e == "review-concluded"), Is.EqualTo(1));
    }

    [Test]
    public async Task Somebody_else_who_was_quicker_is_said()
    {
        var page = await _reviewer.GetAsync(_page);
        await _journey.ConcludeAsync(ReviewConclusion.Passed);
        var late = await _reviewer.PressAsync(page, "下一步：核对", [("Conclusion", "Passed"), .. AllPassed, .. AllChecked]);
        Assert.That(late.Status, Is.EqualTo(409));
        Assert.That(late.Text, Does.Contain("目前不在“合法性审查”这一步"));
        Assert.That((await AddAsync(page, "迟到")).Text, Does.Contain("目前不在“合法性审查”这一步"));
    }

    [Test]
    public async Task Earlier_rounds_stand_below_with_answers_and_what_changed_since()
    {
        await _journey.FindAsync(Journey.Fee);
        await _desk.Register.As("reviewer").Send(new ConcludeReview(_journey.Document, ReviewConclusion.Returned, await _journey.AspectsAsync(), Journey.Forbidden, "补充听证。"));
        await _desk.Register.As("drafter").Send(new Features.Drafting.SupplementDraft(_journey.Document, "已听证", Journey.Amended));
        await _journey.AcceptAsync();
        var shown = await _reviewer.GetAsync(_page);
        Assert.That(shown.Of(".round"), Does.Contain("第 1 轮审查").And.Contain("退回补充程序").And.Contain("补充听证。").And.Contain(Journey.Fee.Text));
        Assert.That(shown.Of(".round .changes del"), Is.EqualTo("，每次缴费 50 元"));
        Assert.That(shown.Document.QuerySelectorAll("#findings .finding").Length, Is.Zero, "a new round begins empty");
    }
}
