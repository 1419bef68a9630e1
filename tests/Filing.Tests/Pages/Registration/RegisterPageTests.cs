using DocumentFormat.OpenXml.Packaging;
using Filing.Domain;
using Filing.Features.Registration;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Registration;

/// <summary>登记簿、编号序列、统一登记、统一编号、作废编号.</summary>
[TestFixture]
internal sealed class RegisterPageTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;
    private Desk _desk = null!;

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page(string end) => $"/documents/{_journey.Document}/{end}";

    private async Task<Browser> ReadyAsync(Func<TestRegister, Task<Journey>> prepare, string login)
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await prepare(_register);
        _desk = await Desk.OpenAsync(_register);
        return await _desk.As(login);
    }

    [TestCase("register")]
    [TestCase("number")]
    [TestCase("void-number")]
    [TestCase("papers/registration-form")]
    public async Task Who_may_not_see_the_document_sees_no_page(string end)
    {
        await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        Assert.That((await (await _desk.As("administrator")).GetAsync(Page(end))).Status, Is.EqualTo(403));
        Assert.That((await (await _desk.As("drafter-finance")).GetAsync(Page(end))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_step_that_is_not_due_or_not_one_s_own_shows_no_form()
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        Assert.That((await registrar.GetAsync(Page("number"))).Text, Does.Contain("目前不在“统一编号”这一步"));
        Assert.That((await (await _desk.As("publisher")).GetAsync(Page("register"))).Text, Does.Contain("由其他岗位办理"));
    }

    [Test]
    public async Task The_registrar_checks_enters_and_numbers_and_sees_the_number_before_it_is_given()
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        var page = await registrar.GetAsync(Page("register"));
        Assert.That(page.Text, Does.Contain("与审签文本一致").And.Contain(CanonicalText.From(Journey.Text).Digest.ToString()));
        Assert.That((await registrar.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请选择登记还是退回。"]));
        Assert.That((await registrar.PressAsync(page, "下一步：核对", ("Outcome", "Returned"))).Errors, Is.EqualTo(["请写明退回的理由。"]));
        Assert.That((await registrar.PressAsync(page, "下一步：核对", ("Outcome", "Registered"), ("On", "2013-03-01"))).Errors.Single(), Does.Contain("2013年3月1日").And.Contain("早于签署日期"));
        Assert.That((await registrar.PressAsync(page, "下一步：核对", ("Outcome", "Registered"), ("On", "去年"))).Errors.Single(), Does.Contain("不是日期"));
        var check = await registrar.PressAsync(page, "下一步：核对", ("Outcome", "Registered"));
        Assert.That(check.Text, Does.Contain("下一步 统一编号"));
        Assert.That((await registrar.PressAsync(check, "确认：统一登记")).Of(".notice"), Is.EqualTo("已登记，记入登记簿。"));
        Assert.That(await _register.Scalar<string>("SELECT Stage FROM Document"), Is.EqualTo("registered"));

        page = await registrar.GetAsync(Page("number"));
        Assert.That((await registrar.PressAsync(page, "下一步：核对")).Errors.Single(), Does.Contain("请填写办公系统编排的发文字号"));
        check = await registrar.PressAsync(page, "下一步：核对", ("IssueNumber", "郴政发[2013]2号"));
        Assert.That(check.Of(".effects"), Does.Contain("统一登记号 CZCR-2013-00001").And.Contain("发文字号 郴政发〔2013〕2号"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number"), Is.Zero, "a check gives nothing");
        Assert.That((await registrar.PressAsync(check, "确认：统一编号")).Of(".notice"), Is.EqualTo("已编号：CZCR-2013-00001，郴政发〔2013〕2号。"));
        Assert.That(await _journey.EventsAsync(), Has.Member("number-assigned"));
        Assert.That((await registrar.PressAsync(check, "确认：统一编号")).Text, Does.Contain("CZCR-2013-00001"), "the form sent twice gives no second number");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_document_that_goes_back_loses_its_signatures()
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        var check = await registrar.PressAsync(await registrar.GetAsync(Page("register")), "下一步：核对", ("Outcome", "Returned"), ("Reason", "附件缺页 😀"));
        Assert.That(check.Text, Does.Contain("附件缺页 😀"));
        Assert.That((await registrar.PressAsync(check, "确认：统一登记")).Of(".notice"), Is.EqualTo("已退回，签署随之作废。"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Signature WHERE VoidedAt IS NULL"), Is.Zero);
        Assert.That(await _journey.EventsAsync(), Has.Member("returned-from-register"));
    }

    [Test]
    public async Task A_page_that_a_colleague_finished_says_so()
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        var check = await registrar.PressAsync(await registrar.GetAsync(Page("register")), "下一步：核对", ("Outcome", "Registered"));
        await _register.RegisterAsync(_journey);
        var shown = await registrar.PressAsync(check, "确认：统一登记");
        Assert.That(shown.Status, Is.EqualTo(409).Or.EqualTo(422));
        Assert.That(shown.Text, Does.Contain("目前不在“统一登记”这一步"));
    }

    [TestCase("下一步：核对")]
    [TestCase("暂存")]
    public async Task What_was_typed_for_a_step_that_a_colleague_finished_can_still_be_read(string button)
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        var page = await registrar.GetAsync(Page("register"));
        await _register.RegisterAsync(_journey);
        var shown = await registrar.PressAsync(page, button, ("Outcome", "Returned"), ("Reason", "附件缺页，㙟字\u202E应核对😀"));
        Assert.That(shown.Text, Does.Contain("目前不在“统一登记”这一步"));
        Assert.That(shown.Text, Does.Contain("附件缺页，㙟字\u202E应核对😀"));
        Assert.That(shown.Document.QuerySelector("form.step"), Is.Null);
    }

    [Test]
    public async Task A_number_is_voided_and_replaced_and_stays_in_the_register()
    {
        var registrar = await ReadyAsync(r => Issuing.NumberedAsync(r), "registrar");
        var page = await registrar.GetAsync(Page("void-number"));
        Assert.That(page.Errors, Is.Empty, "nothing is wrong before anything was typed");
        Assert.That((await registrar.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请选择要作废的编号。", "请写明作废的理由。"]));
        Assert.That((await registrar.PressAsync(page, "下一步：核对", ("Number", Issuing.IssueNumber), ("Reason", "抄错"))).Errors.Single(), Does.Contain("请填写办公系统编排的新编号"));
        var check = await registrar.PressAsync(page, "下一步：核对", ("Number", "CZCR-2013-00001"), ("Reason", "机关编号数字有误"));
        Assert.That(check.Of(".effects"), Does.Contain("CZCR-2013-00002").And.Contain("作废编号 CZCR-2013-00001"));
        Assert.That((await registrar.PressAsync(check, "确认：作废编号")).Of(".notice"), Is.EqualTo("“CZCR-2013-00001”已作废，新编号为“CZCR-2013-00002”。"));

        var book = await registrar.GetAsync("/register?void=true");
        Assert.That(book.Of("tbody td.no"), Does.StartWith("CZCR-2013-00002 CZCR-2013-00001").And.Contain("机关编号数字有误"));
        var series = await registrar.GetAsync("/series");
        Assert.That(series.Of("#void"), Does.Contain("CZCR-2013-00001").And.Contain("登记员甲").And.Contain("机关编号数字有误"));
        Assert.That(series.Text, Does.Contain("CZCR-2013-00003"));
        Assert.That((await registrar.GetAsync("/register/print?void=true")).Text, Does.Contain("CZCR-2013-00001（作废）"));
    }

    [Test]
    public async Task Whoever_is_no_registrar_voids_nothing()
    {
        await ReadyAsync(r => Issuing.NumberedAsync(r), "registrar");
        var drafter = await _desk.As("drafter");
        Assert.That((await drafter.GetAsync(Page("void-number"))).Status, Is.EqualTo(403));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number WHERE VoidedOn IS NOT NULL"), Is.Zero);
    }

    [TestCase("", 1)]
    [TestCase("?q=租赁", 1)]
    [TestCase("?q=CZCR-2013-00001", 1)]
    [TestCase("?q=%E2%80%AE%25_", 0)]
    [TestCase("?year=2013", 1)]
    [TestCase("?year=2014", 0)]
    [TestCase("?body=CZ", 1)]
    [TestCase("?body=CZ-ZJJ", 0)]
    [TestCase("?kind=Government", 1)]
    [TestCase("?kind=Township", 0)]
    [TestCase("?series=issue%3A郴政发", 1)]
    [TestCase("?void=true", 0)]
    [TestCase("?p=2", 0)]
    public async Task The_register_is_filtered_and_printed_alike(string query, int lines)
    {
        var registrar = await ReadyAsync(r => Issuing.NumberedAsync(r), "registrar");
        var book = await registrar.GetAsync("/register" + query);
        Assert.That(book.Status, Is.EqualTo(200));
        Assert.That(book.Document.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(lines));
        if (lines == 0) Assert.That(book.Of(".empty"), Is.Not.Null);
        Assert.That((await registrar.GetAsync("/register/print" + query)).Document.QuerySelectorAll(".official tbody tr"), Has.Length.EqualTo(lines));
    }

    [TestCase("/register?year=abc", 302)]
    [TestCase("/register/print?year=abc", 400)]
    [TestCase("/register/other", 404)]
    public async Task An_address_that_means_nothing_breaks_nothing(string path, int status)
    {
        var registrar = await ReadyAsync(r => Issuing.SignedAsync(r), "registrar");
        Assert.That((int)(await registrar.RawAsync(path)).StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task The_province_sees_no_draft_of_the_city_in_its_own_register()
    {
        await ReadyAsync(r => Issuing.PublishedAsync(r), "registrar");
        var province = await _desk.As("supervisor-province");
        Assert.That((await province.GetAsync("/register")).Document.QuerySelectorAll("tbody tr"), Is.Empty);
        Assert.That((await province.GetAsync("/register?lower=true")).Document.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(1));
        Assert.That((int)(await (await _desk.As("administrator")).RawAsync("/register")).StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task A_page_of_the_register_comes_as_a_file_with_a_chinese_name()
    {
        var registrar = await ReadyAsync(r => Issuing.NumberedAsync(r), "registrar");
        var answer = await registrar.RawAsync("/register/print.docx?year=2013");
        Assert.That(answer.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo("规范性文件登记簿（2013年 第1页）.docx"));
        using var file = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
        Assert.That(file.MainDocumentPart!.Document.Body!.InnerText, Does.Contain("CZCR-2013-00001").And.Contain("本页摘要 sha256:"));
    }

    [Test]
    public async Task A_series_is_opened_with_its_reason_until_it_has_begun()
    {
        var registrar = await ReadyAsync(r => Issuing.RegisteredAsync(r), "registrar");
        var page = await registrar.GetAsync("/series");
        Assert.That(page.Text, Does.Contain("还没有编过号"));
        var wrong = await registrar.PressAsync(page, "启用", ("Body", ""), ("Opening", ""));
        Assert.That(wrong.Status, Is.EqualTo(400), wrong.Text);
        Assert.That(wrong.Errors, Is.EquivalentTo(["请选择机关。", "请填写起始号。", "请写明起始号的依据，例如原登记簿的最后一号。"]));
        var opened = await registrar.PressAsync(page, "启用", ("Body", "CZ"), ("OpenYear", "2013"), ("Opening", "38"), ("Reason", "原登记簿 2013 年最后一号为第 37 号"));
        Assert.That(opened.Text, Does.Contain("已启用：2013年从第 38 号开始编号。").And.Contain("CZCR-2013-00038"));
        Assert.That(await _register.Scalar<string>("SELECT Reason FROM Process WHERE Command = 'open-series'"), Does.Contain("第 37 号"));
        await _register.As("registrar").Send(new AssignNumber(_journey.Document, Issuing.IssueNumber));
        var again = await registrar.PressAsync(await registrar.GetAsync("/series"), "启用", ("Body", "CZ"), ("OpenYear", "2013"), ("Opening", "50"), ("Reason", "再改"));
        Assert.That(again.Errors.Single(), Does.Contain("已开始编号"));
        Assert.That(again.Value("Reason"), Is.EqualTo("再改"));
    }

    [Test]
    public async Task Whoever_is_no_registrar_reads_the_series_and_opens_none()
    {
        await ReadyAsync(r => Issuing.NumberedAsync(r), "registrar");
        var supervisor = await (await _desk.As("supervisor")).GetAsync("/series");
        Assert.That(supervisor.Text, Does.Contain("CZCR-2013-00002"));
        Assert.That(supervisor.Document.QuerySelector("form.step"), Is.Null);
    }
}
