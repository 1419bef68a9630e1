using System.Net;
using Filing.Features.Administration;
using Filing.Web.Operations;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Filing.Tests.Web;

[TestFixture]
internal sealed class SignInTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_comes_back()
    {
        using var browser = _server.Browser();
        var sent = await browser.GetAsync("/?a=1");
        Assert.That((sent.StatusCode, sent.Headers.Location!.PathAndQuery), Is.EqualTo((HttpStatusCode.Redirect, "/sign-in?return=%2F%3Fa%3D1")));
        var entered = await TestServer.PostFormAsync(browser, sent.Headers.Location.PathAndQuery, ("Login", "drafter"), ("Password", TestServer.Password));
        Assert.That((entered.StatusCode, entered.Headers.Location!.OriginalString), Is.EqualTo((HttpStatusCode.Redirect, "/?a=1")));
        Assert.That(await browser.GetStringAsync("/"), Does.Contain("起草人甲"));
    }

    [TestCase("https://example.test/")]
    [TestCase("//example.test/")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string elsewhere)
    {
        using var browser = _server.Browser();
        var entered = await TestServer.PostFormAsync(browser, "/sign-in?return=" + Uri.EscapeDataString(elsewhere), ("Login", "drafter"), ("Password", TestServer.Password));
        Assert.That(entered.Headers.Location!.OriginalString, Is.EqualTo("/"));
    }

    [TestCase("administrator", "another-password")]
    [TestCase("nobody-of-that-name", "another-password")]
    [TestCase("reviewer", "", Description = "an account without a password")]
    [TestCase("", "")]
    public async Task A_wrong_password_and_an_unknown_login_are_answered_alike(string login, string password)
    {
        using var browser = _server.Browser();
        var answer = await TestServer.PostFormAsync(browser, "/sign-in", ("Login", login), ("Password", password));
        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("登录名或口令不对，或账号已停用。").And.Not.Contain("another-password"));
        Assert.That(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], Has.None.StartsWith("filing="));
    }

    [Test]
    public async Task The_session_is_out_of_reach_for_scripts_and_other_sites_and_slides_for_half_an_hour_of_real_time()
    {
        using var browser = _server.Browser();
        var entered = await TestServer.PostFormAsync(browser, "/sign-in", ("Login", "drafter"), ("Password", TestServer.Password));
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("filing=", StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=lax").And.Not.Contain("expires"));
        var options = _server.Server.App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Filing.Web.Security.Setup.Cookie);
        Assert.That((options.ExpireTimeSpan, options.SlidingExpiration, options.TimeProvider), Is.EqualTo((TimeSpan.FromMinutes(30), true, TimeProvider.System)));
    }

    [Test]
    public async Task The_eleventh_attempt_for_a_login_has_to_wait_whether_it_exists_or_not()
    {
        using var browser = _server.Browser();
        var codes = new List<int>();
        for (var i = 0; i < 11; i++) codes.Add((int)(await TestServer.PostFormAsync(browser, "/sign-in", ("Login", "guessed"), ("Password", $"{i}"))).StatusCode);
        Assert.That(codes, Is.EqualTo(Enumerable.Repeat(422, 10).Append(429)));
    }

    [Test]
    public async Task One_address_cannot_try_one_login_after_another()
    {
        await using var strict = await TestServer.StartAsync(settings: ("SignIn:AttemptsPerMinute", "3"));
        using var browser = strict.Browser();
        var codes = new List<int>();
        for (var i = 0; i < 4; i++) codes.Add((int)(await TestServer.PostFormAsync(browser, "/sign-in", ("Login", $"guess-{i}"), ("Password", "x"))).StatusCode);
        Assert.That(codes, Is.EqualTo([422, 422, 422, 429]));
        Assert.That((int)(await browser.GetAsync("/sign-in")).StatusCode, Is.EqualTo(200), "looking is free");
    }

    [TestCase("UPDATE Account SET SecurityStamp = 'another' WHERE Login = 'guest-1'", "guest-1")]
    [TestCase("UPDATE Account SET DisabledAt = '2026-01-01T00:00:00.000Z' WHERE Login = 'guest-2'", "guest-2")]
    public async Task A_session_ends_with_the_password_or_the_account_that_it_began_with(string change, string login)
    {
        await _server.Operator(new CreateAccount(login, "客人", TestServer.Password));
        using var browser = await _server.SignedIn(login);
        Assert.That((int)(await browser.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(200));
        await _server.Execute(change);
        await TestServer.ProblemAsync(await browser.GetAsync("/api/v1/me"), 401, "sign-in-required");
        Assert.That((await browser.GetAsync("/")).Headers.Location!.AbsolutePath, Is.EqualTo("/sign-in"));
    }

    [TestCase("guest-3", "set-password")]
    [TestCase("guest-4", "disable-account")]
    public async Task A_session_ends_when_an_administrator_sets_the_password_or_disables_the_account(string login, string verb)
    {
        await _server.Operator(new CreateAccount(login, "客人", TestServer.Password));
        using var browser = await _server.SignedIn(login);
        using var program = await _server.Program(login);
        using var administrator = await _server.Program("administrator");
        object body = verb == "set-password" ? new { login, password = "another-long-password" } : new { login, reason = "调离" };
        Assert.That((int)(await TestServer.Command(administrator, verb, body)).StatusCode, Is.EqualTo(200));
        await TestServer.ProblemAsync(await browser.GetAsync("/api/v1/me"), 401, "sign-in-required");
        if (verb == "disable-account") await TestServer.ProblemAsync(await program.GetAsync("/api/v1/me"), 401, "api-key.unknown");
        else Assert.That(await program.GetStringAsync("/api/v1/me"), Does.Contain("\"passwordChangeDue\":true"), "a program has a key of its own");
    }

    [Test]
    public async Task Whose_password_somebody_else_has_set_is_led_to_change_it_first_and_on_from_there()
    {
        await _server.Operator(new CreateAccount("guest-5", "客人", TestServer.Password));
        using var administrator = await _server.Program("administrator");
        Assert.That((int)(await TestServer.Command(administrator, "set-password", new { login = "guest-5", password = "a-password-of-theirs" })).StatusCode, Is.EqualTo(200));
        using var browser = _server.Browser();
        var entered = await TestServer.PostFormAsync(browser, "/sign-in?return=%2Fdocuments", ("Login", "guest-5"), ("Password", "a-password-of-theirs"));
        Assert.That(entered.Headers.Location!.OriginalString, Is.EqualTo("/password?return=%2Fdocuments"));
        Assert.That(await browser.GetStringAsync("/password?return=%2Fdocuments"), Does.Contain("您的口令是由他人设置的").And.Contain("href=\"/documents\">暂不修改"));
        Assert.That((int)(await browser.GetAsync("/")).StatusCode, Is.EqualTo(200), "other pages go on working");
        Assert.That(await browser.GetStringAsync("/password?return=%2F%2Fexample.test"), Does.Not.Contain("暂不修改"), "nobody is sent to another site");
        var changed = await TestServer.PostFormAsync(
            browser, "/password?return=%2Fdocuments", "/password", ("Return", "/documents"), ("Current", "a-password-of-theirs"), ("Password", "a-password-of-mine"), ("Again", "a-password-of-mine"));
        Assert.That(changed.Headers.Location!.OriginalString, Is.EqualTo("/sign-in?return=%2Fdocuments"));
        var again = await TestServer.PostFormAsync(browser, "/sign-in?return=%2Fdocuments", ("Login", "guest-5"), ("Password", "a-password-of-mine"));
        Assert.That(again.Headers.Location!.OriginalString, Is.EqualTo("/documents"));
    }

    [Test]
    public async Task Signing_out_takes_a_form_of_ours()
    {
        using var browser = await _server.SignedIn("drafter");
        Assert.That((int)(await browser.PostAsync("/sign-out", null)).StatusCode, Is.EqualTo(400));
        Assert.That(await browser.GetStringAsync("/"), Does.Contain("起草人甲"));
        await TestServer.PostFormAsync(browser, "/sign-out");
        Assert.That((await browser.GetAsync("/")).Headers.Location!.AbsolutePath, Is.EqualTo("/sign-in"));
    }

    [Test]
    public async Task Neither_passwords_nor_keys_nor_logins_typed_wrongly_are_logged()
    {
        using var browser = await _server.SignedIn("drafter");
        await TestServer.PostFormAsync(_server.Browser(), "/sign-in", ("Login", "secret-in-the-wrong-field"), ("Password", "secret-in-the-right-field"));
        using var program = await _server.Program("drafter");
        await program.GetAsync("/api/v1/me");
        var all = string.Join('\n', _server.Logs.Lines.Select(l => l.Text));
        Assert.That(all, Does.Contain("Sign-in refused").And.Not.Contain("secret-in").And.Not.Contain(TestServer.Password).And.Not.Contain(program.DefaultRequestHeaders.Authorization!.Parameter));
    }

    [Test]
    public async Task A_demonstration_in_development_lists_its_people_with_what_they_do()
    {
        await using var demo = await TestServer.StartAsync("Development", demo: true);
        await using var restarted = await Reopened(demo, "Development");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(restarted.App.Urls.First()) };
        var page = await browser.GetStringAsync("/sign-in");
        Assert.That(page, Does.Contain("审查员甲").And.Contain("郴州市人民政府法制办公室 · 审查员"));
        var entered = await TestServer.PostFormAsync(browser, "/sign-in", "/sign-in?handler=Demo", ("login", "reviewer"));
        Assert.That(entered.Headers.Location!.OriginalString, Is.EqualTo("/"));
        Assert.That(await browser.GetStringAsync("/"), Does.Contain("审查员甲").And.Contain("演示数据"));
    }

    [TestCase("Development")]
    [TestCase("Production")]
    public async Task Where_nothing_is_a_demonstration_nobody_enters_without_a_password(string environment)
    {
        await using var server = await TestServer.StartAsync(environment);
        using var browser = server.Browser();
        Assert.That(await browser.GetStringAsync("/sign-in"), Does.Not.Contain("审查员甲"));
        var answer = await TestServer.PostFormAsync(browser, "/sign-in", "/sign-in?handler=Demo", ("login", "reviewer"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    internal static async Task<Filing.Web.Server> Reopened(TestServer server, string environment, ClockSetting? clock = null)
    {
        var opened = await Filing.Web.Server.OpenAsync(new(server.Register.Folder, "http://127.0.0.1:0", clock, environment), b => Filing.Tests.Support.Stack.Configure(b.Configuration));
        Assert.That(opened.Error, Is.Null);
        await opened.Value.App.StartAsync();
        return opened.Value;
    }
}
