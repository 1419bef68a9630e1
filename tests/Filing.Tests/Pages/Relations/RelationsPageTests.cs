using Filing.Domain;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.RelationPages;

/// <summary>与其他文件的关系: declared and dropped without scripts, shown on both documents.</summary>
[TestFixture]
internal sealed class RelationsPageTests
{
    private Desk _desk = null!;
    private Guid _old;
    private Guid _draft;

    [SetUp]
    public async Task Publish_a_document_and_submit_another()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        var old = await Issuing.NumberedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        register.On(2013, 4, 2);
        await register.PublishAsync(old);
        register.On(2014, 5, 6);
        (_old, _draft, _desk) = (old.Document, (await Journey.SubmittedAsync(register, DocumentKind.Department)).Document, await Desk.OpenAsync(register));
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page => $"/documents/{_draft}/relations";

    [Test]
    public async Task A_drafter_declares_and_drops_and_both_papers_show_it()
    {
        var drafter = await _desk.As("drafter");
        var form = await drafter.GetAsync(Page);
        Assert.That(string.Concat((await drafter.PressAsync(form, "声明")).Errors), Does.Contain("请选择关系").And.Contain("文号或名称"));
        var refused = await drafter.PressAsync(form, "声明", ("Kind", "Repeals"), ("Paper", "郴建发〔2013〕77号"));
        Assert.That(string.Concat(refused.Errors), Does.Contain("登记簿中没有已公布的郴建发〔2013〕77号"));
        Assert.That(refused.Value("Paper"), Is.EqualTo("郴建发〔2013〕77号"), "what was typed stays");
        var done = await drafter.PressAsync(form, "声明", ("Kind", "Repeals"), ("Paper", "郴建发（2013）1号"), ("On", "2014年12月1日"));
        Assert.That((done.Of(".notice"), done.Of("td .tag")), Is.EqualTo(("已声明。公布时一并记录。", "废止")));
        Assert.That(done.Text, Does.Contain("2014年12月1日").And.Contain("有效"));
        Assert.That((await drafter.GetAsync($"/documents/{_old}")).Text, Does.Contain("被废止").And.Contain("未公布，尚未发生效力"));
        Assert.That((await drafter.GetAsync($"/documents/{_draft}")).Document.QuerySelector($"a[href='{Page}']"), Is.Not.Null);
        Assert.That((await _desk.Anybody().GetAsync($"/public/documents/{_old}")).Text, Does.Not.Contain("被废止"));
        var dropped = await drafter.SubmitAsync(done, "form[action*='handler=Drop']", ("DropReason", "改为修改"));
        Assert.That((dropped.Of(".notice"), dropped.Document.QuerySelector("td .tag")), Is.EqualTo(("已撤下。", (object?)null)));
    }

    [TestCase("registrar", 200, false)]
    [TestCase("drafter-finance", 404, false)]
    [TestCase("administrator", 403, false)]
    [TestCase("drafter", 200, true)]
    public async Task Whoever_does_not_draft_it_sees_no_form(string login, int status, bool form)
    {
        var page = await (await _desk.As(login)).GetAsync(Page);
        Assert.That((page.Status, page.Document.QuerySelector("form.step") is not null), Is.EqualTo((status, form)));
    }
}
