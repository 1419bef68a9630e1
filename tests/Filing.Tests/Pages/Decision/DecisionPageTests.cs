using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Decision;

/// <summary>集体讨论决定、负责人直接决定、核对修改、会签、签发.</summary>
[TestFixture]
internal sealed class DecisionPageTests
{
    private static readonly (string, string?)[] Meeting = [("Meeting", "市政府常务会议"), ("MeetingNumber", "第12次"), ("Chair", "市长"), ("Attendees", "市长、副市长甲\n副市长乙"), ("Absent", "副市长丙")];

    private TestRegister _register = null!;
    private Journey _journey = null!;
    private Desk _desk = null!;

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page(string task) => $"/documents/{_journey.Document}/{task}";

    private async Task<Browser> ReadyAsync(string login, params string[] coIssuers)
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register, coIssuers: coIssuers);
        await _journey.PassAsync();
        _desk = await Desk.OpenAsync(_register);
        return await _desk.As(login);
    }

    [TestCase("decide")]
    [TestCase("decide-by-head")]
    [TestCase("confirm-changes")]
    [TestCase("submit-changes")]
    [TestCase("countersign")]
    [TestCase("sign")]
    public async Task Who_may_not_see_the_document_sees_no_page_and_who_may_sees_what_is_not_due(string task)
    {
        var drafter = await ReadyAsync("drafter");
        Assert.That((await (await _desk.As("administrator")).GetAsync(Page(task))).Status, Is.EqualTo(403));
        Assert.That((await (await _desk.As("drafter-finance")).GetAsync(Page(task))).Status, Is.EqualTo(404));
        var shown = await drafter.GetAsync(Page(task));
        Assert.That(shown.Status, Is.EqualTo(200));
        Assert.That(shown.Document.QuerySelector("form.step"), Is.Null);
    }

    [Test]
    public async Task A_meeting_adopts_and_the_check_shows_the_digest_and_what_follows()
    {
        var secretary = await ReadyAsync("secretary");
        var page = await secretary.GetAsync(Page("decide"));
        Assert.That(page.Errors, Is.Empty);
        Assert.That((await secretary.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请填写会议名称。", "请填写会议次数或者编号。", "请填写主持人。", "请选择讨论结果。"]));
        Assert.That((await secretary.PressAsync(page, "下一步：核对", [.. Meeting, ("Outcome", "Rejected")])).Errors.Single(), Does.Contain("应当写明修改要求或者理由"));
        Assert.That((await secretary.PressAsync(page, "下一步：核对", [.. Meeting[..4], ("Absent", "市长"), ("Outcome", "Adopted")])).Errors, Is.EqualTo(["同一人不能既出席又缺席。"]));
        var check = await secretary.PressAsync(page, "下一步：核对", [.. Meeting, ("Outcome", "Adopted"), ("Dissent", "副市长乙：建议缓行")]);
        Assert.That(check.Text, Does.Contain("市长、副市长甲、副市长乙（3 人）").And.Contain(CanonicalText.From(Journey.Text).Digest).And.Contain("下一步 签发"));
        Assert.That((await secretary.PressAsync(check, "确认：集体讨论决定")).Of(".notice"), Is.EqualTo("已记录讨论结果：通过。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That(await _register.Scalar<string>("SELECT Dissent FROM Decision"), Is.EqualTo("副市长乙：建议缓行"));
        Assert.That((await _journey.FactsAsync(FactKind.Decided)).Single(), Does.StartWith("Adopted sha256:"));
    }

    [Test]
    public async Task Adopted_in_principle_the_changed_text_is_handed_in_compared_and_confirmed()
    {
        var reviewer = await ReadyAsync("reviewer");
        await _journey.DecideAsync(DecisionOutcome.AdoptedInPrinciple);
        Assert.That((await reviewer.GetAsync(Page("confirm-changes"))).Document.QuerySelector("form.step"), Is.Null, "there is nothing to confirm yet");

        var drafter = await _desk.As("drafter");
        var way = (await drafter.GetAsync("/")).Document.QuerySelector("td a.tag")!;
        Assert.That(way.TextContent, Is.EqualTo("提交修改稿"));
        Assert.That((await drafter.GetAsync($"/documents/{_journey.Document}")).Document.QuerySelector(".now a.main")?.GetAttribute("href"), Is.EqualTo(way.GetAttribute("href")), "from the document too");
        var form = await drafter.GetAsync(way.GetAttribute("href")!);
        Assert.That(form.Text, Does.Contain("第一条写明城镇"), "what the meeting wanted");
        var changed = Journey.Text.Replace("房屋租赁", "城镇房屋租赁", StringComparison.Ordinal);
        var check = await drafter.PressAsync(form, "下一步：核对", ("Note", "写明城镇"), ("Text", changed));
        Assert.That(check.Of(".changes ins"), Is.EqualTo("城镇"));
        await drafter.PressAsync(check, "确认：提交修改稿");
        Assert.That((await drafter.GetAsync($"/documents/{_journey.Document}")).Text, Does.Contain("修改稿已经提交"));
        Assert.That((await drafter.GetAsync(way.GetAttribute("href")!)).Text, Does.Contain("再次提交的，以最后一次提交的为准"));

        var page = await reviewer.GetAsync(Page("confirm-changes"));
        Assert.That(page.Of(".changes ins"), Is.EqualTo("城镇"));
        Assert.That(page.Text, Does.Contain("修改说明").And.Contain("写明城镇"), "what the drafter said to it");
        var confirm = await reviewer.PressAsync(page, "下一步：核对", ("Outcome", "Confirmed"));
        await reviewer.PressAsync(confirm, "确认：核对修改");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That(await _register.Scalar<string>("SELECT ApprovedDigest FROM Decision"), Is.EqualTo(CanonicalText.From(changed).Digest));
        var sign = await (await _desk.As("signer")).GetAsync(Page("sign"));
        Assert.That(sign.Text, Does.Contain("与讨论通过的文本一致").And.Contain(CanonicalText.From(changed).Digest));
        Assert.That(sign.Of(".changes ins"), Is.EqualTo("城镇"), "the difference to the text that was before the meeting");
    }

    [Test]
    public async Task On_the_urgent_path_the_head_decides()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
        await _register.As("secretary").Send(new DeclareUrgent(_journey.Document, "防汛", "市长", [UrgentShortening.CollectiveDecision]));
        await _journey.PassAsync();
        _desk = await Desk.OpenAsync(_register);
        var secretary = await _desk.As("secretary");
        var page = await secretary.GetAsync(Page("decide-by-head"));
        Assert.That(page.Text, Does.Contain("市长批准：防汛"));
        Assert.That((await secretary.PressAsync(page, "下一步：核对", ("Adopted", "false"), ("Head", "市长"))).Errors, Is.EqualTo(["未批准的，应当写明理由。"]));
        await secretary.PressAsync(await secretary.PressAsync(page, "下一步：核对", ("Adopted", "true"), ("Head", "市长")), "确认：负责人直接决定");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
    }

    [Test]
    public async Task A_joint_paper_is_countersigned_and_a_refusal_needs_its_reason()
    {
        await ReadyAsync("drafter", World.Finance);
        await _journey.DecideAsync();
        var finance = await _desk.As("signer-finance");
        var page = await finance.GetAsync(Page("countersign"));
        Assert.That(page.Of(".digest"), Does.Contain(CanonicalText.From(Journey.Text).Digest));
        Assert.That((await finance.PressAsync(page, "下一步：核对", ("Outcome", "Refused"))).Errors, Is.EqualTo(["不同意会签的，应当写明理由。"]));
        await finance.PressAsync(await finance.PressAsync(page, "下一步：核对", ("Outcome", "Agreed")), "确认：会签");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("document-countersigned"));
    }

    [Test]
    public async Task It_is_signed_level_by_level_and_the_last_one_chooses_the_date_of_the_document()
    {
        var deputy = await ReadyAsync("signer-deputy");
        await _journey.DecideAsync();
        var first = await deputy.GetAsync(Page("sign"));
        Assert.That((first.Of("[aria-current=step]"), first.Document.QuerySelector("[name=DatedBy]")), Is.EqualTo(("分管负责人 （本次）", (object?)null)));
        await deputy.PressAsync(await deputy.PressAsync(first, "下一步：核对", ("Outcome", "Signed")), "确认：签发");
        Assert.That((await deputy.GetAsync(Page("sign"))).Of(".alarm"), Does.Contain("以“分管负责人”签署，同一人不得签署两级：主要负责人请由另一位负责人签发"));
        var signer = await _desk.As("signer");
        var last = await signer.GetAsync(Page("sign"));
        Assert.That(last.Of("[aria-current=step]"), Is.EqualTo("主要负责人 （本次）"));
        Assert.That((await signer.PressAsync(last, "下一步：核对", ("Outcome", "Signed"), ("On", "2012-01-01"))).Errors.Single(), Does.Contain("早于"));
        var check = await signer.PressAsync(last, "下一步：核对", ("Outcome", "Signed"), ("DatedBy", "Adoption"));
        Assert.That(check.Text, Does.Contain("成文日期 会议通过的日期").And.Contain("与讨论通过的文本 一致").And.Contain("统一登记"));
        await signer.PressAsync(check, "确认：签发");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["register"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Signature WHERE VoidedAt IS NULL"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_text_that_is_not_the_adopted_one_is_shown_as_such_and_not_signed()
    {
        var signer = await ReadyAsync("signer");
        await _journey.DecideAsync();
        await _journey.TamperAsync(Journey.Changed);
        var page = await signer.GetAsync(Page("sign"));
        Assert.That(page.Text, Does.Contain("与讨论通过的文本不一致，不能签发"));
        Assert.That(page.Of(".changes del"), Is.EqualTo("，每次缴费 50 元"));
        Assert.That((await signer.PressAsync(page, "下一步：核对", ("Outcome", "Signed"))).Errors, Is.EqualTo(["正文与讨论通过的文本不一致，不得签发。"]));
        await signer.PressAsync(await signer.PressAsync(page, "下一步：核对", ("Outcome", "Returned"), ("Reason", "文本不符")), "确认：签发");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
    }
}
