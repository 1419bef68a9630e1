using System.Net;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Filing.Tests.Web;

namespace Filing.Tests.Pages.Portal;

/// <summary>公众页, without scripts and without signing in: one document published on 2 April 2013, one draft on which the public is asked.</summary>
[TestFixture]
internal sealed class PublicPageTests
{
    private Desk _desk = null!;
    private Guid _published;
    private Guid _draft;
    private Guid _consultation;
    private Browser _citizen = null!;

    [SetUp]
    public async Task Open()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.NumberedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        register.On(2013, 4, 2);
        await register.PublishAsync(journey);
        _draft = await register.IdentifiedAsync("郴州市养犬管理办法");
        await register.Step(_draft, "complete", "Completed", FactKind.DraftCompleted);
        await register.Step(_draft, "consult-units", "Closed");
        _consultation = await register.As("drafter").Send(new OpenConsultation(_draft, ConsultationAudience.Public, new(2013, 4, 20), "门户网站"));
        (_published, _desk) = (journey.Document, await Desk.OpenAsync(register));
        _citizen = _desk.Anybody();
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Form => $"/public/consultations/{_consultation}";

    [Test]
    public async Task Anybody_finds_what_is_in_force_and_reads_it_with_its_dates()
    {
        var list = await _citizen.GetAsync("/public");
        Assert.That(list.Document.QuerySelectorAll(".docs .t").Select(a => a.TextContent), Is.EqualTo(new[] { "郴州市城镇房屋租赁管理办法" }));
        var shown = await _citizen.GetAsync(list.Document.QuerySelector(".docs .t")!.GetAttribute("href")!);
        Assert.That(shown.Status, Is.EqualTo(200));
        Assert.That(shown.Of(".state p"), Is.EqualTo("2013年4月2日：有效"));
        Assert.That(shown.Text, Does.Contain("成文日期2013年3月23日").And.Contain("印发日期—").And.Contain("公布日期2013年4月2日").And.Contain("施行日期2013年4月2日").And.Contain("第二条 出租人应当备案").And.Contain("sha256:"));
        Assert.That(shown.Document.QuerySelector(".who, nav.side"), Is.Null, "nothing of the desks is on the page");
    }

    [TestCase("2013-04-01", 0)]
    [TestCase("二○一三年四月二日", 1)]
    [TestCase("20300101", 0, Description = "its term has run out by then")]
    public async Task A_day_is_asked_for_in_any_form(string on, int found)
    {
        var list = await _citizen.GetAsync($"/public?on={Uri.EscapeDataString(on)}");
        Assert.That((list.Status, list.Of(".total")), Is.EqualTo((200, $"{found}")));
    }

    [TestCase("/public?on=", "前天")]
    [TestCase("/public/documents/{0}?on=", "2013-02-30")]
    public async Task What_is_no_day_is_said_and_stays_in_the_field(string page, string typed)
    {
        var shown = await _citizen.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, _published) + Uri.EscapeDataString(typed));
        Assert.That((shown.Status, shown.Value("on")), Is.EqualTo((400, typed)));
        Assert.That(shown.Of(".error"), Does.Contain("不是日期"));
    }

    [Test]
    public async Task What_is_not_public_is_not_found_whatever_the_address()
    {
        foreach (var path in new[] { $"/public/documents/{_draft}", $"/public/documents/{Guid.NewGuid()}", $"/public/consultations/{_draft}", $"/public/consultations/{_published}", "/public/documents/1", "/public?state=drafts" })
        {
            var shown = await _citizen.GetAsync(path);
            Assert.That(shown.Status, Is.EqualTo(404), path);
            Assert.That(shown.Text, Does.Not.Contain("养犬"));
        }

        Assert.That((await _citizen.GetAsync("/public?q=" + Uri.EscapeDataString("养犬") + "&state=all")).Of(".total"), Is.EqualTo("0"));
        Assert.That((await _citizen.GetAsync($"/documents/{_published}")).Path, Does.StartWith("/documents"), "the page of the desks");
        Assert.That((await _citizen.RawAsync($"/documents/{_published}")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "asks to sign in");
    }

    [Test]
    public async Task Published_pages_may_be_kept_for_a_minute_and_forms_not_at_all()
    {
        foreach (var path in new[] { "/public", $"/public/documents/{_published}", "/public/consultations" })
            Assert.That((await _citizen.RawAsync(path)).Headers.CacheControl?.ToString(), Is.EqualTo("public, max-age=60"), path);
        Assert.That((await _citizen.RawAsync(Form)).Headers.CacheControl?.NoStore, Is.True);
        Assert.That((await (await _desk.As("drafter")).RawAsync("/public")).Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        Assert.That((await _citizen.RawAsync("/public")).Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task A_repealed_document_names_the_paper_that_repealed_it()
    {
        await _desk.Register.As("registrar").Send(new RepealDocument(_published, "郴建发〔2014〕9号", "因张三投诉"));
        var shown = await _citizen.GetAsync($"/public/documents/{_published}");
        Assert.That(shown.Of(".state p"), Is.EqualTo("2013年4月2日：废止"));
        Assert.That(shown.Text, Does.Contain("依据： 郴建发〔2014〕9号").And.Not.Contain("张三"));
        Assert.That((await _citizen.GetAsync("/public")).Of(".total"), Is.EqualTo("0"));
        Assert.That((await _citizen.GetAsync("/public?state=ended")).Of(".total"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_comment_is_confirmed_with_a_number_that_can_be_looked_up_and_lies_before_the_drafter()
    {
        var form = await _citizen.GetAsync((await _citizen.GetAsync("/public/consultations")).Document.QuerySelector(".docs .t")!.GetAttribute("href")!);
        Assert.That(form.Text, Does.Contain("第一条 为了规范房屋租赁"));
        var sent = await _citizen.PressAsync(form, "提交意见", ("Text", "第三条建议\u202E写明期限😀。"), ("Name", "王五"), ("Contact", "wang@example.test"));
        var reference = sent.Of(".reference");
        Assert.That((sent.Status, reference), Is.EqualTo((200, await _desk.Register.Scalar<string>("SELECT Reference FROM ConsultationComment"))));
        Assert.That((await _citizen.GetAsync(sent.Path)).Of(".reference"), Is.EqualTo(reference), "the address of the confirmation can be kept");
        Assert.That((await _citizen.GetAsync(Form + "?received=YJ20130402-AAAAAAAA")).Document.QuerySelector(".notice"), Is.Null);

        var drafter = await (await _desk.As("drafter")).GetAsync($"/documents/{_draft}");
        Assert.That(drafter.Text, Does.Contain("写明期限😀").And.Contain("wang@example.test").And.Contain(reference));
        Assert.That((await (await _desk.As("reviewer")).GetAsync($"/documents/{_draft}")).Text, Does.Contain("写明期限😀").And.Not.Contain("wang@example.test"));
        Assert.That((await (await _desk.As("drafter")).GetAsync($"/documents/{_draft}/consult-public")).Text, Does.Contain("wang@example.test"));
    }

    [TestCase("Text", "", "请填写意见内容。")]
    [TestCase("Text", "10000", "意见内容不能超过 5000 字")]
    [TestCase("Name", "60", "姓名或单位不能超过 50 字。")]
    [TestCase("Website", "http", "不应填写")]
    public async Task What_cannot_be_taken_is_said_and_nothing_typed_is_lost(string field, string value, string message)
    {
        var typed = int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var length) ? new string('长', length) : value;
        (string, string?)[] fields = field == "Text" ? [("Text", typed), ("Contact", "还在")] : [("Text", "有话要说。"), ("Contact", "还在"), (field, typed)];
        var shown = await _citizen.PressAsync(await _citizen.GetAsync(Form), "提交意见", fields);
        Assert.That((shown.Status, shown.Value("Contact")), Is.EqualTo((400, "还在")));
        Assert.That(string.Concat(shown.Errors), Does.Contain(message));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM ConsultationComment"), Is.Zero);
    }

    [Test]
    public async Task The_same_form_sent_twice_is_one_comment()
    {
        var form = await _citizen.GetAsync(Form);
        var first = await _citizen.PressAsync(form, "提交意见", ("Text", "同意。"));
        var second = await _citizen.PressAsync(form, "提交意见", ("Text", "同意。"));
        Assert.That(second.Of(".reference"), Is.EqualTo(first.Of(".reference")));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM ConsultationComment"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_address_has_to_wait_after_thirty_and_loses_nothing_that_it_typed()
    {
        var statuses = new List<int>();
        Shown? last = null;
        for (var i = 0; i < 31; i++) statuses.Add((last = await _citizen.PressAsync(await _citizen.GetAsync(Form), "提交意见", ("Text", $"意见{i}"))).Status);
        Assert.That(statuses, Is.EqualTo(Enumerable.Repeat(200, 30).Append(429)));
        Assert.That((last!.Value("Text"), string.Concat(last.Errors).Contains("过于频繁", StringComparison.Ordinal)), Is.EqualTo(("意见30", true)));
    }

    [Test]
    public async Task A_form_without_our_token_is_no_form_of_ours()
    {
        using var stranger = new HttpClient { BaseAddress = (await _citizen.RawAsync(Form)).RequestMessage!.RequestUri };
        var answer = await stranger.PostAsync(Form, new FormUrlEncodedContent([new("Text", "来自别处")]));
        Assert.That((answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains("请求有误", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.BadRequest, true)));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM ConsultationComment"), Is.Zero);
    }

    [Test]
    public async Task The_program_s_door_counts_the_same_address()
    {
        await using var server = await TestServer.StartAsync(settings: ("Portal:CommentsPerHour", "2"));
        using var anybody = server.Browser();
        var comment = new { consultationId = Guid.NewGuid(), text = "好" };
        for (var i = 0; i < 2; i++) await TestServer.ProblemAsync(await TestServer.Command(anybody, "send-comment", comment, $"k{i}"), 404, "not-found");
        await TestServer.ProblemAsync(await TestServer.Command(anybody, "send-comment", comment, "k3"), 429, "http.429");
    }

    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [TestCase("::ffff:192.0.2.7", "192.0.2.7")]
    [TestCase("192.0.2.7", "192.0.2.7")]
    public void Of_an_address_the_subscriber_counts(string address, string network) =>
        Assert.That(Filing.Web.Security.PublicLimit.Network(IPAddress.Parse(address)), Is.EqualTo(IPAddress.Parse(network)));
}
