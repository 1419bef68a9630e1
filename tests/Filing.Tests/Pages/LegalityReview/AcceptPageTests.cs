using Filing.Tests.Support;

namespace Filing.Tests.Pages.LegalityReview;

/// <summary>受理.</summary>
[TestFixture]
internal sealed class AcceptPageTests
{
    private Desk _desk = null!;
    private Journey _journey = null!;
    private string _page = null!;

    [SetUp]
    public async Task Bring_a_draft_to_the_legal_office()
    {
        var register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(register);
        _desk = await Desk.OpenAsync(register);
        _page = $"/documents/{_journey.Document}/accept-review";
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [TestCase("administrator", 403)]
    [TestCase("drafter-finance", 404)]
    public async Task Who_may_not_see_the_document_sees_no_page(string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(_page)).Status, Is.EqualTo(status));

    [Test]
    public async Task Who_sits_elsewhere_sees_where_it_is_done_and_no_form()
    {
        var shown = await (await _desk.As("drafter")).GetAsync(_page);
        Assert.That((shown.Status, shown.Document.QuerySelector("form.step")), Is.EqualTo((200, (object?)null)));
        Assert.That(shown.Text, Does.Contain("由其他岗位办理"));
    }

    [Test]
    public async Task After_it_was_done_the_page_says_so()
    {
        await _journey.AcceptAsync();
        Assert.That((await (await _desk.As("reviewer")).GetAsync(_page)).Text, Does.Contain("目前不在“受理”这一步"));
    }

    [Test]
    public async Task The_checklist_shows_each_material_what_the_register_has_of_it_and_the_rule()
    {
        var shown = await (await _desk.As("reviewer")).GetAsync(_page);
        Assert.That(shown.Of(".checklist"), Does.Contain("送审稿").And.Contain("第 1 稿").And.Contain("起草说明").And.Contain("国发〔2008〕17号").And.Contain("公开征求意见").And.Contain("同意送审"));
        Assert.That(shown.Text, Does.Contain("国办发〔2018〕115号"));
    }

    [Test]
    public async Task Taken_in_after_the_check_has_shown_the_deadline_with_its_derivation()
    {
        var reviewer = await _desk.As("reviewer");
        var check = await reviewer.PressAsync(await reviewer.GetAsync(_page), "下一步：核对", ("Outcome", "Accepted"));
        Assert.That(check.Text, Does.Contain("请核对").And.Contain("予以受理").And.Contain("期限起算").And.Contain("当日不计"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]), "nothing was done yet");
        var done = await reviewer.PressAsync(check, "确认：受理");
        Assert.That(done.Of(".notice"), Is.EqualTo("已受理，审查期限开始计算。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["review"]));
        Assert.That((await _journey.EventsAsync())[^1], Is.Not.Empty);
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM LegalityReview"), Is.EqualTo(1));
    }

    [Test]
    public async Task Sent_back_item_by_item_with_reasons_and_the_next_time_what_was_asked_for_is_shown()
    {
        var reviewer = await _desk.As("reviewer");
        var page = await reviewer.GetAsync(_page);
        var refused = await reviewer.PressAsync(page, "下一步：核对", ("Outcome", "Incomplete"), ("Items[1].Lacks", "true"));
        Assert.That((refused.Status, refused.Errors.Single()), Is.EqualTo((400, "每项需要补正的材料都应写明名称和理由。")));
        var check = await reviewer.PressAsync(
            refused, "下一步：核对", ("Outcome", "Incomplete"), ("Items[1].Lacks", "true"), ("Items[1].Reason", "没有写争议的处理"), ("Items[5].Item", "公平竞争审查结论"), ("Items[5].Reason", "涉及市场主体"));
        Assert.That(check.Text, Does.Contain("补正：起草说明 没有写争议的处理").And.Contain("补正：公平竞争审查结论 涉及市场主体"));
        await reviewer.PressAsync(check, "确认：受理");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["supplement"]));
        Assert.That(await _desk.Register.Rows<string>("SELECT CONCAT(Item, '：', Reason) FROM MissingItem ORDER BY Item"), Is.EquivalentTo(["公平竞争审查结论：涉及市场主体", "起草说明：没有写争议的处理"]));
        await _desk.Register.As("drafter").Send(new Features.Drafting.SupplementDraft(_journey.Document, "已补"));
        Assert.That((await reviewer.GetAsync(_page)).Text, Does.Contain("以前要求补正的").And.Contain("没有写争议的处理"));
    }

    [Test]
    public async Task What_was_listed_as_missing_contradicts_taking_it_in()
    {
        var reviewer = await _desk.As("reviewer");
        var shown = await reviewer.PressAsync(await reviewer.GetAsync(_page), "下一步：核对", ("Outcome", "Accepted"), ("Items[0].Lacks", "true"), ("Items[0].Reason", "缺页"));
        Assert.That(shown.Errors, Is.EqualTo(["予以受理的，不应再列需要补正的材料。"]));
        Assert.That(shown.Value("Items[0].Reason"), Is.EqualTo("缺页"), "what was typed stays");
    }

    [TestCase("2099年1月1日", "还没有到")]
    [TestCase("昨天", "不是日期")]
    public async Task A_date_that_cannot_be_is_said_and_stays_in_the_field(string typed, string message)
    {
        var reviewer = await _desk.As("reviewer");
        var shown = await reviewer.PressAsync(await reviewer.GetAsync(_page), "下一步：核对", ("Outcome", "Accepted"), ("On", typed));
        Assert.That((shown.Errors.Single().Contains(message, StringComparison.Ordinal), shown.Value("On")), Is.EqualTo((true, typed)));
    }
}
