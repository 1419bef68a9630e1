using Filing.Domain;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Validity;

/// <summary>The acts on what was published, and on limits: asked once more before they are done, without scripts.</summary>
[TestFixture]
internal sealed class ActPageTests
{
    private Desk _desk = null!;
    private Guid _document;
    private Browser _registrar = null!;

    [SetUp]
    public async Task Publish_a_document()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.NumberedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        register.On(2013, 4, 2);
        await register.PublishAsync(journey);
        register.On(2014, 5, 6);
        (_document, _desk) = (journey.Document, await Desk.OpenAsync(register));
        _registrar = await _desk.As("registrar");
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page(string act) => $"/documents/{_document}/{act}";

    private Task<IReadOnlyList<string>> Facts(string kind) => _desk.Register.Rows<string>("SELECT LegalDate FROM Fact WHERE DocumentId = @_document AND Kind = @kind ORDER BY RecordedAt, Id", new { _document, kind });

    private static string[] Acts =>
        ["repeal-document", "declare-lapsed", "end-term", "suspend-document", "resume-document", "annul-document", "correct-fact", "suspend-deadline", "resume-deadline"];

    [TestCaseSource(nameof(Acts))]
    public async Task Whose_posts_do_not_allow_it_sees_no_form(string act)
    {
        Assert.That((await (await _desk.As("drafter")).GetAsync(Page(act))).Status, Is.EqualTo(403));
        Assert.That((await (await _desk.As("administrator")).GetAsync(Page(act))).Status, Is.EqualTo(403));
        Assert.That((await (await _desk.As("drafter-finance")).GetAsync(Page(act))).Status, Is.EqualTo(404));
        Assert.That((await _registrar.GetAsync($"/documents/{Guid.NewGuid()}/{act}")).Status, Is.EqualTo(404));
    }

    [TestCase("repeal-document", "repealed", "废止")]
    [TestCase("declare-lapsed", "declared-lapsed", "宣布失效")]
    [TestCase("suspend-document", "suspended", "停止执行")]
    [TestCase("annul-document", "annulled", "撤销")]
    public async Task What_ends_force_is_repeated_before_it_is_done_and_then_stands(string act, string kind, string name)
    {
        (string, string?)[] typed = [("Source", "郴建发〔2014〕9号"), ("Reason", "已被\u202E新办法代替😀"), ("On", "二○一四年五月一日")];
        var check = await _registrar.PressAsync(await _registrar.GetAsync(Page(act)), "下一步：核对", typed);
        Assert.That(check.Text, Does.Contain("请核对").And.Contain("郴建发〔2014〕9号").And.Contain("2014年5月1日 星期四"));
        Assert.That(await Facts(kind), Is.Empty, "nothing is done yet");
        var back = await _registrar.PressAsync(check, "返回修改");
        Assert.That((back.Value("Source"), back.Value("Reason")), Is.EqualTo(("郴建发〔2014〕9号", "已被\u202E新办法代替😀")));
        var done = await _registrar.PressAsync(check, $"确认：{name}");
        Assert.That((done.Path, done.Of(".notice")), Is.EqualTo(($"/documents/{_document}", $"已记录：自2014年5月1日起{name}。")));
        Assert.That(await Facts(kind), Is.EqualTo(["2014-05-01"]));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'validity-changed'"), Is.EqualTo(1));
        var again = await _registrar.PressAsync(check, $"确认：{name}");
        Assert.That((again.Path, (await Facts(kind)).Count), Is.EqualTo(($"/documents/{_document}", 1)), "sent twice, done once");
    }

    [TestCase("withdraw", "drafter", "文件已经公布")]
    [TestCase("resume-document", "registrar", "已废止")]
    [TestCase("declare-lapsed", "registrar", "已废止")]
    [TestCase("end-term", "registrar", "已废止")]
    public async Task What_does_not_apply_says_so_and_leads_back_without_a_form(string verb, string login, string said)
    {
        await DoAsync("repeal-document", "废止");
        var page = await (await _desk.As(login)).GetAsync(Page(verb));
        Assert.That(page.Of(".alarm"), Does.Contain(said));
        Assert.That(page.Document.QuerySelector("form.step"), Is.Null);
        Assert.That(page.Document.QuerySelector("main .buttons a")?.GetAttribute("href"), Is.EqualTo($"/documents/{_document}"));
    }

    [Test]
    public async Task What_was_typed_before_it_ceased_to_apply_is_shown_again()
    {
        var page = await _registrar.GetAsync(Page("suspend-document"));
        await DoAsync("repeal-document", "废止");
        var refused = await _registrar.PressAsync(page, "下一步：核对", ("Source", "郴政发〔2014〕3号"), ("Reason", "上位法修改，需要研究"));
        Assert.That(refused.Errors.Single(), Does.Contain("已废止"));
        Assert.That(refused.Document.QuerySelector("[name=Reason]")?.TextContent.Trim(), Is.EqualTo("上位法修改，需要研究"));
    }

    [Test]
    public async Task What_stopped_goes_on_and_only_then()
    {
        Assert.That((await _registrar.GetAsync(Page("resume-document"))).Of(".alarm"), Is.EqualTo("现在不能办理“恢复执行”。该文件没有停止执行，无从恢复。"));
        await DoAsync("suspend-document", "停止执行");
        Assert.That((await _registrar.GetAsync(Page("suspend-document"))).Of(".alarm"), Does.Contain("已停止执行"));
        await DoAsync("resume-document", "恢复执行");
        Assert.That((await Facts("resumed")).Count, Is.EqualTo(1));
    }

    private async Task DoAsync(string act, string name)
    {
        var check = await _registrar.PressAsync(await _registrar.GetAsync(Page(act)), "下一步：核对", ("Source", "决定"), ("Reason", "理由"));
        Assert.That((await _registrar.PressAsync(check, $"确认：{name}")).Of(".notice"), Does.StartWith("已记录"));
    }

    [TestCase("Source", "", "请写明依据的文件。", 400)]
    [TestCase("Reason", "", "请写明理由。", 400)]
    [TestCase("Reason", "10000", "理由不能超过 2000 字。", 400)]
    [TestCase("On", "去年", "不是日期", 400)]
    [TestCase("On", "2013-04-01", "早于公布日期", 400)]
    public async Task What_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(string field, string value, string message, int status)
    {
        var typed = value == "10000" ? new string('长', 10_000) : value;
        var shown = await _registrar.PressAsync(
            await _registrar.GetAsync(Page("repeal-document")), "下一步：核对", [.. new (string, string?)[] { ("Source", "决定"), ("Reason", "理由"), ("On", "") }.Where(f => f.Item1 != field), (field, typed)]);
        Assert.That((shown.Status, shown.Value(field)), Is.EqualTo((status, typed)));
        Assert.That(string.Concat(shown.Errors), Does.Contain(message));
        Assert.That(shown.Document.QuerySelector($".field.wrong [name={field}]"), Is.Not.Null);
    }

    [Test]
    public async Task An_act_that_a_colleague_did_meanwhile_is_refused_with_what_happened()
    {
        var check = await _registrar.PressAsync(await _registrar.GetAsync(Page("repeal-document")), "下一步：核对", ("Source", "决定"), ("Reason", "理由"));
        await DoAsync("declare-lapsed", "宣布失效");
        var refused = await _registrar.PressAsync(check, "确认：废止");
        Assert.That((refused.Status, string.Concat(refused.Errors)), Is.EqualTo((422, "该文件自2014年5月6日起已宣布失效。")));
        Assert.That(await Facts("repealed"), Is.Empty);
    }

    [Test]
    public async Task A_fact_is_corrected_from_its_line_and_both_stay_to_be_seen()
    {
        var page = await _registrar.GetAsync($"/documents/{_document}");
        var link = page.Document.QuerySelectorAll("a[href*='correct-fact?fact=']").First(a => a.GetAttribute("aria-label")!.Contains("施行", StringComparison.Ordinal)).GetAttribute("href")!;
        var form = await _registrar.GetAsync(link);
        Assert.That((form.Value("On"), form.Errors.Count), Is.EqualTo(("2013-04-02", 0)));
        Assert.That((await _registrar.GetAsync(Page("correct-fact"))).Errors, Is.Empty, "an empty form has nothing wrong with it yet");
        var check = await _registrar.PressAsync(form, "下一步：核对", ("On", "2013年5月2日"), ("Source", "原件"), ("Reason", "抄错"));
        Assert.That(check.Text, Does.Contain("2013年4月2日 星期二").And.Contain("2013年5月2日 星期四"));
        var done = await _registrar.PressAsync(check, "确认：更正事实");
        Assert.That(done.Of(".notice"), Does.StartWith("已更正。"));
        Assert.That(await Facts("in-force"), Is.EqualTo(["2013-04-02", "2013-05-02"]));
        Assert.That(done.Text, Does.Contain("施行（更正）").And.Contain("施行（已更正）"));
    }

    [Test]
    public async Task A_correction_that_changes_nothing_or_breaks_the_order_is_refused()
    {
        var fact = await _desk.Register.Scalar<Guid>("SELECT Id FROM Fact WHERE DocumentId = @_document AND Kind = 'published'", new { _document });
        foreach (var (on, message) in new[] { ("2013-04-02", "更正前后没有不同。"), ("2013-03-01", "顺序不可能") })
        {
            var shown = await _registrar.PressAsync(await _registrar.GetAsync(Page($"correct-fact?fact={fact}")), "下一步：核对", ("On", on), ("Source", "原件"), ("Reason", "抄错"));
            Assert.That(string.Concat(shown.Errors), Does.Contain(message));
        }
    }
}
