using System.Text.Json;
using Filing.Tests.Support;
using Filing.Web.Operations;

namespace Filing.Tests.Web;

[TestFixture]
internal sealed class OperationsTests
{
    private TestServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await TestServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_register_of_record_carries_no_banner()
    {
        Assert.That(await _server.Browser().GetStringAsync("/sign-in"), Does.Not.Contain("class=\"banner\""));
    }

    [Test]
    public async Task It_says_that_it_lives_and_whether_it_is_ready()
    {
        using var browser = _server.Browser();
        var health = JsonElement.Parse(await browser.GetStringAsync("/healthz"));
        Assert.That((health.GetProperty("version").GetString(), health.GetProperty("edition").GetString()), Is.EqualTo((Edition.Version, Edition.Name)));
        var ready = JsonElement.Parse(await browser.GetStringAsync("/healthz/ready"));
        Assert.That(new[] { "database", "writer", "laws" }.Select(p => ready.GetProperty(p).GetBoolean()), Has.All.True);
    }

    [TestCase("/sign-in")]
    [TestCase("/site.css")]
    [TestCase("/api/v1/me")]
    [TestCase("/nothing-here")]
    public async Task Every_answer_tells_the_browser_to_run_nothing_of_others(string path)
    {
        var headers = (await _server.Browser().GetAsync(path)).Headers;
        Assert.That(headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'").And.Not.Contain("unsafe"));
        Assert.That(headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(headers.Contains("Server"), Is.False);
    }

    [Test]
    public async Task Private_pages_are_not_kept_by_the_browser()
    {
        using var browser = await _server.SignedIn("drafter");
        Assert.That((await browser.GetAsync("/")).Headers.CacheControl?.NoStore, Is.True);
    }

    // Asked for by our own pages or by the person
    [TestCase("/documents?q=租赁", "same-origin", true)]
    [TestCase("/documents?q=租赁", "none", true)]
    // Another site may have asked, with a guess that comes back in the page
    [TestCase("/documents?q=租赁", "cross-site", false)]
    [TestCase("/documents?q=租赁", "same-site", false)]
    [TestCase("/documents?q=租赁", null, false)]
    // Nothing of the question comes back
    [TestCase("/documents", "cross-site", true)]
    [TestCase("/documents", null, true)]
    // Holds no secret
    [TestCase("/site.css?v=1", "cross-site", true)]
    public async Task A_page_is_compressed_unless_another_site_may_have_asked_and_a_guess_comes_back(string path, string? site, bool compressed)
    {
        using var browser = await _server.SignedIn("drafter");
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "gzip, br" } } };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await browser.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Content.Headers.ContentEncoding, compressed ? Is.EqualTo((string[])["br"]) : Is.Empty);
    }

    [Test]
    public async Task A_form_token_is_another_in_each_answer()
    {
        using var browser = await _server.SignedIn("drafter");
        var first = await TestServer.TokenAsync(browser, "/");
        Assert.That(await TestServer.TokenAsync(browser, "/"), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_register_that_cannot_be_read_is_not_ready_and_is_still_alive()
    {
        await using var broken = await TestServer.StartAsync();
        using var browser = broken.Browser();
        await TestDatabase.LoseAsync(broken.Register.Database, "Setting");
        var lost = await browser.GetAsync("/healthz/ready");
        Assert.That((int)lost.StatusCode, Is.EqualTo(503));
        Assert.That(JsonElement.Parse(await lost.Content.ReadAsStringAsync()).GetProperty("database").GetBoolean(), Is.False);
        Assert.That((int)(await browser.GetAsync("/healthz")).StatusCode, Is.EqualTo(200));
    }
}
