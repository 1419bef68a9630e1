using Filing.Features.Administration;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Administration;

/// <summary>机关 and 账号, as the administrator and the security officer keep them.</summary>
[TestFixture]
internal sealed class AdministrationPageTests
{
    private Desk _desk = null!;
    private Browser _administrator = null!;

    [SetUp]
    public async Task Open()
    {
        _desk = await Desk.OpenAsync(await TestRegister.OpenAsync());
        _administrator = await _desk.As("administrator");
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [TestCase("/bodies", "registrar", 403)]
    [TestCase("/bodies", "security", 403)]
    [TestCase("/bodies/CZ-ZJJ/dissolve", "registrar", 403)]
    [TestCase("/bodies/NOWHERE/dissolve", "administrator", 404)]
    [TestCase("/accounts", "drafter", 403)]
    [TestCase("/accounts", "auditor", 403)]
    [TestCase("/accounts", "security", 200)]
    [TestCase("/accounts/new", "security", 403)]
    [TestCase("/accounts/drafter", "drafter", 403)]
    [TestCase("/accounts/nobody", "administrator", 404)]
    public async Task Each_page_is_for_whoever_keeps_it(string path, string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(path)).Status, Is.EqualTo(status));

    [TestCase("/documents")]
    [TestCase("/board")]
    [TestCase("/alerts")]
    [TestCase("/validity")]
    [TestCase("/register")]
    public async Task An_administrator_sees_no_documents(string path) => Assert.That((await _administrator.GetAsync(path)).Status, Is.EqualTo(403));

    [Test]
    public async Task Bodies_stand_in_their_tree_with_their_dates()
    {
        var page = await _administrator.GetAsync("/bodies");
        Assert.That(page.Document.QuerySelectorAll("tbody tr").Take(4).Select(r => (r.QuerySelector(".depth")!.TextContent, r.QuerySelector(".depth")!.ClassName)), Is.EqualTo(new[]
        {
            ("湖南省人民政府", "depth d0"), ("湖南省人民政府法制办公室", "depth d1"), ("郴州市人民政府", "depth d1"), ("郴州市人民政府办公室", "depth d2"),
        }));
    }

    [Test]
    public async Task A_body_is_established_and_merged_into_another_after_a_second_look()
    {
        var form = await _administrator.GetAsync("/bodies");
        var wrong = await _administrator.PressAsync(form, "设立", ("Name", "郴州市司法局"), ("Code", "CZ SFJ"), ("Kind", "LegalOffice"), ("Parent", "CZ"), ("From", "2019年3月1日"));
        Assert.That((wrong.Status, string.Concat(wrong.Errors), wrong.Value("Code")), Is.EqualTo((400, "机关代码只能用字母、数字和连字符。", "CZ SFJ")));
        var made = await _administrator.PressAsync(wrong, "设立", ("Code", "CZ-SFJ"));
        Assert.That(made.Of(".notice"), Is.EqualTo("已设立：郴州市司法局。"));
        Assert.That(string.Concat((await _administrator.PressAsync(await _administrator.GetAsync("/bodies"), "设立", ("Name", "另一个"), ("Code", "CZ-SFJ"), ("Kind", "Department"), ("Parent", "CZ"), ("From", "2019-03-01"))).Errors), Does.Contain("已被使用"));

        var check = await _administrator.PressAsync(await _administrator.GetAsync("/bodies/CZ-FZB/dissolve"), "下一步：核对", ("LastDay", "2019-02-28"), ("Successor", "CZ-SFJ"));
        Assert.That((check.Text.Contains("2019年2月28日 星期四", StringComparison.Ordinal), await _desk.Register.Scalar<string>("SELECT ValidTo FROM Body WHERE Code = 'CZ-FZB'")), Is.EqualTo((true, (string?)null)));
        var done = await _administrator.PressAsync(check, "确认撤销");
        Assert.That(done.Text, Does.Contain("2019年2月28日，由 CZ-SFJ 承继"));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'body-dissolved'"), Is.EqualTo(1));
        var again = await _administrator.GetAsync("/bodies/CZ-FZB/dissolve");
        Assert.That(again.Of(".alarm"), Does.StartWith("该机关已于2019年2月28日后撤销"));
    }

    [Test]
    public async Task An_account_is_opened_with_a_post_and_listed_with_it()
    {
        var form = await _administrator.GetAsync("/accounts/new");
        var wrong = await _administrator.PressAsync(form, "开设", ("Login", "Wang 李"), ("Name", "王"), ("Password", "short"));
        Assert.That((wrong.Status, wrong.Value("Login"), wrong.Value("Password")), Is.EqualTo((400, "Wang 李", "")));
        var made = await _administrator.PressAsync(form, "开设", ("Login", "wang"), ("Name", "王五"), ("Password", "a-long-password"), ("Body", World.CityLegal), ("Role", "Reviewer"));
        Assert.That((made.Path, made.Text.Contains("审查员", StringComparison.Ordinal)), Is.EqualTo(("/accounts/wang", true)));
        Assert.That(made.Text, Does.Not.Contain("a-long-password"));
        Assert.That((await _administrator.GetAsync("/accounts?q=" + Uri.EscapeDataString("王五"))).Of("tbody tr"), Does.Contain("郴州市人民政府法制办公室 · 审查员"));
        Assert.That((await _administrator.GetAsync("/accounts?q=%25")).Of(".total"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_post_is_given_and_ended_and_the_three_officers_stay_apart()
    {
        var page = await _administrator.GetAsync("/accounts/reviewer");
        var given = await _administrator.SubmitAsync(page, "form[action$='handler=Give']", ("Body", World.CityLegal), ("Role", "Registrar"));
        Assert.That((given.Of(".notice"), given.Document.QuerySelectorAll("tbody tr").Length), Is.EqualTo(("已任职。", 2)));
        var refused = await _administrator.SubmitAsync(page, "form[action$='handler=Give']", ("Body", World.City), ("Role", "Auditor"), ("FormKey", Guid.NewGuid().ToString("N")));
        Assert.That((refused.Status, string.Concat(refused.Errors)), Is.EqualTo((422, "系统管理员、安全保密管理员、安全审计员不得兼任，也不得办理文件。")));
        Assert.That(string.Concat((await _administrator.SubmitAsync(page, "form[action$='handler=Give']", ("FormKey", Guid.NewGuid().ToString("N")))).Errors), Does.Contain("请选择机关。").And.Contain("请选择岗位。"));
        var ended = await _administrator.SubmitAsync(given, "form[action$='handler=End']", ("LastDay", "2026年2月14日"));
        Assert.That((ended.Of(".notice"), ended.Text.Contains("2026年2月14日", StringComparison.Ordinal)), Is.EqualTo(("已免职。", true)));
    }

    [Test]
    public async Task A_disabled_account_is_out_until_it_is_enabled_and_only_with_a_reason()
    {
        var drafter = await _desk.As("drafter");
        var security = await _desk.As("security");
        var page = await security.GetAsync("/accounts/drafter");
        Assert.That(page.Document.QuerySelector("form[action$='handler=Give'], form[action$='handler=Password']"), Is.Null, "posts and passwords are the administrator's");
        Assert.That(string.Concat((await security.SubmitAsync(page, "form[action$='handler=Disable']")).Errors), Is.EqualTo("请写明停用的理由。"));
        Assert.That((await security.SubmitAsync(page, "form[action$='handler=Disable']", ("Reason", "调离"), ("FormKey", Guid.NewGuid().ToString("N")))).Of(".notice"), Does.StartWith("已停用"));
        Assert.That((await drafter.RawAsync("/")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.Redirect));
        Assert.That((await security.SubmitAsync(await security.GetAsync("/accounts/drafter"), "form[action$='handler=Enable']", ("Reason", "调回"))).Of(".notice"), Is.EqualTo("已启用。"));
    }

    [Test]
    public async Task A_password_that_an_administrator_set_is_changed_by_its_owner_and_ends_the_session()
    {
        var set = await _administrator.SubmitAsync(await _administrator.GetAsync("/accounts/drafter"), "form[action$='handler=Password']", ("Password", "another-long-one"));
        Assert.That((set.Of(".notice"), set.Text.Contains("another-long-one", StringComparison.Ordinal)), Is.EqualTo(("已设置口令，请当面交给本人；本人登录后应当修改。", false)));
        var drafter = await _desk.As("drafter");
        Assert.That((await drafter.GetAsync("/")).Document.QuerySelector("nav.side a[href='/password']")!.TextContent, Does.Contain("请修改口令"));
        var form = await drafter.GetAsync("/password");
        Assert.That(string.Concat((await drafter.PressAsync(form, "修改口令", ("Current", "another-long-one"), ("Password", "my-own-password"), ("Again", "my-own-passwort"))).Errors), Is.EqualTo("两次填写的新口令不一致。"));
        Assert.That(string.Concat((await drafter.PressAsync(form, "修改口令", ("Current", "wrong"), ("Password", "my-own-password"), ("Again", "my-own-password"))).Errors), Is.EqualTo("原口令不对。"));
        var done = await drafter.PressAsync(form, "修改口令", ("Current", "another-long-one"), ("Password", "my-own-password"), ("Again", "my-own-password"));
        Assert.That(done.Path, Is.EqualTo("/sign-in"));
        Assert.That(Passwords.Fits(await _desk.Register.Scalar<string>("SELECT PasswordHash FROM Account WHERE Login = 'drafter'"), "my-own-password"), Is.True);
        Assert.That((await drafter.RawAsync("/")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.Redirect));
    }
}
