#if FULL_EDITION
using System.Net;
using Filing.Tests.Pages;
using Filing.Tests.Support;

namespace Filing.Tests.Hangfire;

/// <summary>Hangfire's pages: who comes in, and what they may press.</summary>
[TestFixture]
internal sealed class DashboardTests
{
    private static readonly (string, string)[] Shown = [("Timers:Host", "Hangfire"), ("Timers:Dashboard", "true")];

    private const string Trigger = "/hangfire/recurring/trigger";

    private Desk _desk = null!;

    [OneTimeSetUp]
    public async Task Open() => _desk = await Desk.OpenAsync(await TestRegister.OpenAsync(), Shown);

    [OneTimeTearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private static async Task<HttpStatusCode> TriggerAsync(Browser browser) =>
        (await browser.PostAsync(Trigger, (await browser.GetAsync("/")).Value("__RequestVerificationToken"), ("jobs[]", "filing-sweep"))).StatusCode;

    [Test]
    public async Task Nobody_sees_them_without_signing_in()
    {
        var answer = await _desk.Anybody().RawAsync("/hangfire/recurring");
        Assert.That((answer.StatusCode, answer.Headers.Location!.PathAndQuery), Is.EqualTo((HttpStatusCode.Redirect, "/sign-in?return=%2Fhangfire%2Frecurring")));
    }

    [TestCase("drafter")]
    [TestCase("supervisor")]
    [TestCase("security")]
    public async Task Whoever_keeps_no_machine_is_refused(string login)
    {
        var browser = await _desk.As(login);
        foreach (var path in (string[])["/hangfire", "/hangfire/recurring", "/hangfire/jobs/succeeded"])
            Assert.That((await browser.RawAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), path);
        Assert.That(await TriggerAsync(browser), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task The_auditor_looks_and_presses_nothing()
    {
        var browser = await _desk.As("auditor");
        var page = await browser.GetAsync("/hangfire/recurring");
        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Document.Body!.TextContent, Does.Contain("filing-sweep").And.Contain("filing-outbox"));
        Assert.That(page.Document.QuerySelectorAll("[data-url*='recurring/trigger']"), Is.Empty);
        Assert.That(await TriggerAsync(browser), Is.EqualTo(HttpStatusCode.Unauthorized), "as Hangfire says it");
    }

    [Test]
    public async Task The_administrator_triggers_a_job_with_the_token_of_the_page_and_not_without()
    {
        var browser = await _desk.As("administrator");
        var page = await browser.GetAsync("/hangfire/recurring");
        Assert.That(page.Document.QuerySelectorAll("[data-url*='recurring/trigger']"), Is.Not.Empty);
        Assert.That((await browser.PostAsync(Trigger, null, ("jobs[]", "filing-sweep"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await TriggerAsync(browser), Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task Only_on_these_pages_may_a_style_stand_in_an_element()
    {
        var browser = await _desk.As("administrator");
        async Task<string> PolicyAsync(string path) => (await browser.RawAsync(path)).Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(await PolicyAsync("/hangfire/recurring"), Does.Contain("style-src 'self' 'unsafe-inline'").And.Contain("script-src 'self';"));
        Assert.That(await PolicyAsync("/"), Does.Not.Contain("unsafe"));
    }

    [Test]
    public async Task They_are_not_there_unless_they_are_asked_for()
    {
        await using var without = await Desk.OpenAsync(await TestRegister.OpenAsync(), [("Timers:Host", "Hangfire")]);
        Assert.That((await (await without.As("administrator")).RawAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
#endif
