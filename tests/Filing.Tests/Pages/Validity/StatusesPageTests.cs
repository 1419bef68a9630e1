using Filing.Domain;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Validity;

/// <summary>有效期 with a day: what each document was then, as known now or then.</summary>
[TestFixture]
internal sealed class StatusesPageTests
{
    private Desk _desk = null!;

    [SetUp]
    public async Task Publish_and_repeal_a_document()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.NumberedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        register.On(2013, 4, 2);
        await register.PublishAsync(journey);
        register.On(2014, 6, 3);
        await register.As("registrar").Send(new RepealDocument(journey.Document, "郴建发〔2014〕9号", "已被代替", new(2014, 5, 6)));
        _desk = await Desk.OpenAsync(register);
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [TestCase("on=2014年5月20日", "废止", "2014年6月3日记录")]
    [TestCase("on=2014-05-20&known-on=2014-06-02", "有效", "2013年4月2日记录")]
    [TestCase("known-on=2014-06-03", "废止", "废止 2014年5月6日，2014年6月3日记录")]
    public async Task A_day_shows_what_was_known_of_each_document(string asked, string status, string says)
    {
        var page = await (await _desk.As("registrar")).GetAsync($"/validity?{asked}");
        Assert.That((page.Status, page.Of("td .tag")), Is.EqualTo((200, status)));
        Assert.That(page.Text, Does.Contain(says).And.Contain("郴建发〔2013〕1号").And.Contain("CZCR-2013-"));
    }

    [Test]
    public async Task Before_the_register_began_nothing_was_known() =>
        Assert.That((await (await _desk.As("registrar")).GetAsync("/validity?known-on=2000-01-01")).Text, Does.Contain("一无所知"));

    [Test]
    public async Task A_date_that_is_none_is_said_so_and_the_list_of_terms_stays()
    {
        var page = await (await _desk.As("registrar")).GetAsync("/validity?on=2014-05-20&known-on=昨天");
        Assert.That((page.Status, page.Of("#wrong")), Is.EqualTo((400, "“昨天”不是日期。可以写作 2013-04-02、2013年4月2日或二○一三年四月二日。")));
        Assert.That((await (await _desk.As("registrar")).GetAsync("/validity?which=none")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Whoever_reads_no_documents_sees_no_list() => Assert.That((await (await _desk.As("administrator")).GetAsync("/validity?on=2014-05-20")).Status, Is.EqualTo(403));
}
