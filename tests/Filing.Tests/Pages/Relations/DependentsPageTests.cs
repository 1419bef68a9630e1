using Filing.Domain;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.RelationPages;

/// <summary>依据变动影响的文件.</summary>
[TestFixture]
internal sealed class DependentsPageTests
{
    [Test]
    public async Task What_rests_on_a_paper_is_listed_for_officers_and_for_nobody_else()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.PublishedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        await using var desk = await Desk.OpenAsync(register);
        var registrar = await desk.As("registrar");
        var page = await registrar.GetAsync("/dependents?paper=国发（2008）17号");
        Assert.That((page.Of("td .t"), page.Of("td .tag"), page.Of(".total")), Is.EqualTo(("郴州市城镇房屋租赁管理办法", "有效", "1")));
        Assert.That(page.Text, Does.Contain("直接"));
        Assert.That((await registrar.GetAsync("/dependents?paper=《没有的法》")).Of(".empty"), Does.StartWith("没有文件以其为依据"));
        Assert.That((await registrar.GetAsync("/dependents")).Document.QuerySelector("table"), Is.Null, "nothing was asked yet");
        var wrong = await registrar.GetAsync($"/dependents?paper={new string('长', 301)}");
        Assert.That((wrong.Status, wrong.Of("#wrong")), Is.EqualTo((400, "文号或名称不能超过 300 字。")));
        Assert.That((await (await desk.As("administrator")).GetAsync("/dependents?paper=x")).Status, Is.EqualTo(403));
    }
}
