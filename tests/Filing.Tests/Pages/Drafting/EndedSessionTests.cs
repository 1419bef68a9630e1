using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Desks;
using Filing.Tests.Web;

namespace Filing.Tests.Pages.Drafting;

/// <summary>A form that is sent after the session has ended loses nothing, and nobody else gets hold of it.</summary>
[TestFixture]
internal sealed class EndedSessionTests
{
    private DraftingTown _town = null!;
    private Guid _document;
    private HttpClient _drafter = null!;
    private string _login = "";
    private PageForm _form = null!;

    [OneTimeSetUp]
    public async Task Start() => _town = await DraftingTown.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _town.DisposeAsync();

    [SetUp]
    public async Task A_form_is_filled_in_and_the_session_ends()
    {
        _document = await _town.ToCompleteAsync();
        // One of his or her own for each test: attempts to sign in are counted.
        _login = $"drafter-{Guid.NewGuid():N}"[..20];
        await _town.Server.Operator(new CreateAccount(_login, "起草人", TestServer.Password));
        await _town.Server.Operator(new GivePost(_login, "CZ-ZJJ", Role.Drafter, new DateOnly(2000, 1, 1)));
        _drafter = await _town.Server.SignedIn(_login);
        _form = await PageForm.OpenAsync(_drafter, $"/documents/{_document}/complete");
        _form.Fill(("Explanation", "写了一个小时的起草说明。\n第二段 🏠 𠮷"), ("Bases", "《商品房屋租赁管理办法》"));
        await _town.Server.Execute($"UPDATE Account SET SecurityStamp = 'another' WHERE Login = '{_login}'");
    }

    [TearDown]
    public void Close() => _drafter.Dispose();

    private string Kept => $"/documents/{_document}/complete";

    private async Task<PageForm> SignInAsync(string go = "do")
    {
        var answer = await _form.PressAsync(go);
        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
        return await PageForm.OfAsync(_drafter, answer, "main form");
    }

    private Task<HttpResponseMessage> EnterAsync(PageForm page, string login, string password = TestServer.Password) => TestServer.PostFormAsync(
        _drafter, "/sign-in", "/sign-in?return=%2F", ("Login", login), ("Password", password), ("Carried", page["Carried"]!));

    [TestCase("do")]
    [TestCase("keep")]
    public async Task What_was_typed_comes_back_after_signing_in_as_the_same_person(string go)
    {
        var page = await SignInAsync(go);
        Assert.That(page.Said, Does.Contain("登录已过期").And.Contain("所填内容不会丢失"));
        var entered = await EnterAsync(page, _login);
        Assert.That(entered.Headers.Location!.OriginalString, Does.StartWith(Kept));
        var again = await PageForm.OpenAsync(_drafter, entered.Headers.Location.OriginalString);
        Assert.That(again["Explanation"]!.ReplaceLineEndings("\n"), Is.EqualTo("写了一个小时的起草说明。\n第二段 🏠 𠮷"));
        Assert.That(again.Said, Does.Contain("登录前填写的内容已经暂存"));
        Assert.That(await _town.TasksAsync(_document), Is.EqualTo("complete"), "nothing was done in between");
        await again.PressOnAsync("do");
        Assert.That(await _town.TasksAsync(_document), Is.EqualTo("consult-public,consult-units"));
    }

    [Test]
    public async Task A_wrong_password_in_between_loses_nothing()
    {
        var wrong = await PageForm.OfAsync(_drafter, await EnterAsync(await SignInAsync(), _login, "not-the-password"), "main form");
        Assert.That(wrong.Said, Does.Contain("登录名或口令不对").And.Contain("所填内容不会丢失"));
        var entered = await EnterAsync(wrong, _login);
        Assert.That((await PageForm.OpenAsync(_drafter, entered.Headers.Location!.OriginalString))["Explanation"], Does.StartWith("写了一个小时"));
    }

    [Test]
    public async Task Another_account_gets_nothing_of_it()
    {
        var entered = await EnterAsync(await SignInAsync(), "colleague");
        Assert.That(entered.Headers.Location!.OriginalString, Is.EqualTo("/"));
        Assert.That(await _drafter.GetStringAsync("/"), Does.Contain("属于另一个账号"));
        Assert.That((await PageForm.OpenAsync(_drafter, Kept))["Explanation"], Is.Empty);
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM SavedForm WHERE Form LIKE @form", new { form = Kept + "%" }), Is.Zero);
    }

    [Test]
    public async Task What_another_site_makes_a_browser_send_is_kept_for_nobody()
    {
        _form.Fill(("Seal", "made up"));
        var page = await SignInAsync();
        Assert.That(page.Said, Does.Contain("请重新操作"));
        await EnterAsync(page, _login);
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM SavedForm WHERE Form LIKE @form", new { form = Kept + "%" }), Is.Zero);
    }

    [Test]
    public async Task A_carried_form_that_was_tampered_with_is_nothing()
    {
        var carried = (await SignInAsync())["Carried"]!;
        var entered = await TestServer.PostFormAsync(_drafter, "/sign-in", "/sign-in", ("Login", _login), ("Password", TestServer.Password), ("Carried", carried[..^8] + "AAAAAAAA"));
        Assert.That((int)entered.StatusCode, Is.EqualTo(302));
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM SavedForm WHERE Form LIKE @form", new { form = Kept + "%" }), Is.Zero);
    }

    [Test]
    public async Task A_button_that_keeps_nothing_leads_back_to_its_page()
    {
        var task = await _town.Server.Scalar<Guid>("SELECT Id FROM Task WHERE DocumentId = @_document AND State = 'open'", new { _document });
        var request = new HttpRequestMessage(HttpMethod.Post, $"/tasks/{task}/take") { Content = new FormUrlEncodedContent([]), Headers = { Referrer = new Uri(_town.Server.Address, "/documents?q=x") } };
        var page = await PageForm.OfAsync(_drafter, await _drafter.SendAsync(request), "main form");
        Assert.That(page.Page.QuerySelector("main form")!.GetAttribute("action"), Does.Contain(Uri.EscapeDataString("/documents?q=x")));
    }

    [Test]
    public async Task A_program_is_answered_as_before()
    {
        var answer = await _drafter.GetAsync("/api/v1/me");
        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Files_of_a_kept_form_stay_as_long_as_it_does()
    {
        var register = _town.Server.Register;
        var stored = (await register.Materials.StoreAsync(new MemoryStream([1, 2, 3]), 10)).Value;
        await _town.Do("drafter", new SaveForm("/drafts/new?form=x", "{}", null, [stored.Sha256]));
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM SavedFormFile WHERE Sha256 = @Sha256", new { stored.Sha256 }), Is.EqualTo(1));
        await _town.Do("drafter", new DropForm("/drafts/new?form=x"));
        Assert.That(await _town.Server.Scalar<int>("SELECT COUNT(*) FROM SavedFormFile"), Is.Zero);
    }
}
