using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.LegalityReview;

/// <summary>按意见修改并答复、核对意见落实、说明不采纳理由.</summary>
[TestFixture]
internal sealed class FollowingPageTests
{
    private Desk _desk = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Ask_a_drafter_to_amend()
    {
        var register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(register);
        await _journey.AskToAmendAsync(Journey.Fee, Journey.Wording);
        _desk = await Desk.OpenAsync(register);
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page(string task) => $"/documents/{_journey.Document}/{task}";

    [TestCase("answer-findings", "administrator", 403)]
    [TestCase("answer-findings", "drafter-finance", 404)]
    [TestCase("confirm-findings", "administrator", 403)]
    [TestCase("confirm-findings", "drafter-finance", 404)]
    [TestCase("explain-not-followed", "drafter-finance", 404)]
    public async Task Who_may_not_see_the_document_sees_no_page(string task, string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(Page(task))).Status, Is.EqualTo(status));

    [TestCase("confirm-findings", "reviewer", "目前不在“核对意见落实”这一步")]
    [TestCase("explain-not-followed", "drafter", "目前不在“说明不采纳理由”这一步")]
    [TestCase("answer-findings", "reviewer", "由其他岗位办理")]
    public async Task What_is_not_due_or_not_ours_is_said(string task, string login, string said) => Assert.That((await (await _desk.As(login)).GetAsync(Page(task))).Text, Does.Contain(said));

    [Test]
    public async Task The_drafter_answers_and_amends_and_the_check_marks_the_difference()
    {
        var drafter = await _desk.As("drafter");
        var page = await drafter.GetAsync(Page("answer-findings"));
        Assert.That(page.Value("Text").ReplaceLineEndings("\n"), Is.EqualTo(Journey.Text));
        Assert.That((await drafter.PressAsync(page, "下一步：核对", ("Items[0].Answer", "Adopted"))).Errors, Is.EqualTo(["第 2 条审查意见尚未答复。"]));
        Assert.That((await drafter.PressAsync(page, "下一步：核对", ("Items[0].Answer", "NotAdopted"), ("Items[1].Answer", "Adopted"))).Errors, Is.EqualTo(["部分采纳或者不采纳的，应当说明理由。"]));
        Assert.That((await drafter.PressAsync(page, "下一步：核对", ("Items[0].Answer", "Adopted"), ("Items[1].Answer", "Adopted"))).Errors.Single(), Does.Contain("没有按意见修改"));
        var check = await drafter.PressAsync(
            page, "下一步：核对", ("Items[0].Answer", "Adopted"), ("Items[1].Answer", "NotAdopted"), ("Items[1].Reason", "标题已有"), ("Text", Journey.Amended.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.That((check.Of(".changes del"), check.Document.QuerySelector(".changes ins")), Is.EqualTo(("，每次缴费 50 元", (object?)null)));
        var done = await drafter.PressAsync(check, "确认：按意见修改并答复");
        Assert.That(done.Of(".notice"), Is.EqualTo("已答复，转审查人员核对。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["confirm-findings"]));
        Assert.That(await _desk.Register.Scalar<string>("SELECT Body FROM DocumentText ORDER BY No DESC"), Is.EqualTo(Journey.Amended));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("findings-answered"));
    }

    [Test]
    public async Task The_reviewer_confirms_beside_the_difference()
    {
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        var reviewer = await _desk.As("reviewer");
        var page = await reviewer.GetAsync(Page("confirm-findings"));
        Assert.That(page.Of(".changes del"), Is.EqualTo("，每次缴费 50 元"));
        Assert.That(page.Text, Does.Contain("建议性意见，由起草单位斟酌，不需核对"));
        Assert.That((await reviewer.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["第 1 条审查意见的落实情况尚未核对。"]));
        Assert.That((await reviewer.PressAsync(page, "下一步：核对", ("Items[0].Confirmed", "false"))).Errors, Is.EqualTo(["未落实的，应当写明还需修改的内容。"]));
        var check = await reviewer.PressAsync(page, "下一步：核对", ("Items[0].Confirmed", "true"));
        Assert.That(check.Text, Does.Contain("下一步 集体讨论决定"));
        Assert.That((await reviewer.PressAsync(check, "确认：核对意见落实")).Of(".notice"), Is.EqualTo("已核对：已按意见修改。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
        var table = await reviewer.GetAsync($"/documents/{_journey.Document}/papers/opinion-adoption");
        Assert.That(table.Of(".official"), Does.Contain("意见采纳情况表").And.Contain("已落实").And.Contain("不采纳：另有规定"));
    }

    [Test]
    public async Task What_was_not_done_comes_back_to_the_drafter_with_the_remark()
    {
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.Adopted);
        await _journey.ConfirmAsync(true, false);
        var page = await (await _desk.As("drafter")).GetAsync(Page("answer-findings"));
        Assert.That(page.Text, Does.Contain("上次答复未落实：仍未删去").And.Contain("已经落实的 1 条"));
        Assert.That(page.Document.QuerySelectorAll(".finding").Length, Is.EqualTo(1));
    }

    [Test]
    public async Task A_finding_that_is_not_followed_is_explained()
    {
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted, AnswerKind.Adopted);
        await _journey.ConfirmAsync(false, true);
        Assume.That(await _journey.TasksAsync(), Is.EqualTo(["explain-not-followed"]));
        var drafter = await _desk.As("drafter");
        var page = await drafter.GetAsync(Page("explain-not-followed"));
        Assert.That(page.Text, Does.Contain(Journey.Fee.Text).And.Not.Contain(Journey.Wording.Text));
        Assert.That((await drafter.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请写明不采纳审查意见的理由。"]));
        var check = await drafter.PressAsync(page, "下一步：核对", ("Reason", "省政府有规定"), ("Authority", "市长办公会议"));
        await drafter.PressAsync(check, "确认：说明不采纳理由");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
        Assert.That(await _journey.FactsAsync(FactKind.OpinionNotFollowed), Is.EqualTo(["省政府有规定（市长办公会议）"]));
    }
}
