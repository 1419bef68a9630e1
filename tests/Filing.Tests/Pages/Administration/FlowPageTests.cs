using Filing.Domain;
using Filing.Features.Administration;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Administration;

/// <summary>流程与在办件, as the rule keeper sees it: a review that began in an older version goes on in the one that ships.</summary>
[TestFixture]
[BuiltInHost("a case that Elsa walks is not moved")]
internal sealed class FlowPageTests
{
    private Desk _desk = null!;
    private Browser _keeper = null!;

    [SetUp]
    public async Task Open()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Change("legality-review.json", json => (json["version"], json["id"]) = (1, "legality-review-v1")));
        await register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲"));
        await register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
        await Journey.ToReviewAsync(register);
        _desk = await Desk.OpenAsync(register);
        _keeper = await _desk.As("rule-keeper");
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private Task<int> Version() => _desk.Register.Scalar<int>("SELECT DefinitionVersion FROM WorkflowInstance WHERE DefinitionId = 'legality-review'");

    [TestCase("/flows", "administrator", 403)]
    [TestCase("/flows", "registrar", 403)]
    [TestCase("/flows/legality-review", "reviewer", 403)]
    [TestCase("/flows/nothing", "rule-keeper", 404)]
    public async Task Each_page_is_for_the_rule_keeper(string path, string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(path)).Status, Is.EqualTo(status));

    [Test]
    public async Task What_would_change_is_shown_before_it_is_done()
    {
        var flows = await _keeper.GetAsync("/flows");
        Assert.That(flows.Document.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")), Is.EqualTo(["/flows/legality-review"]));
        Assert.That(flows.Text, Does.Contain("第 1 版 1 件"));
        var form = await _keeper.GetAsync("/flows/legality-review");
        Assert.That(form.Document.QuerySelectorAll("details svg").Length, Is.EqualTo(2), "both versions are drawn");
        var unsaid = await _keeper.PressAsync(form, "下一步：试算");
        Assert.That(string.Concat(unsaid.Errors), Does.Contain("请写明改用新版流程的理由。"));
        var wrong = await _keeper.PressAsync(unsaid, "下一步：试算", ("Reason", "按新制度办理"), ("Map", "accept"));
        Assert.That(string.Concat(wrong.Errors), Does.Contain("原环节=新环节"));

        var twice = await _keeper.PressAsync(wrong, "下一步：试算", ("Map", "accept=accept\naccept=review"));
        Assert.That(string.Concat(twice.Errors), Does.Contain("环节“accept”写了两次对应关系"));

        var listed = await _keeper.PressAsync(twice, "下一步：试算", ("Map", ""));
        Assert.That(listed.Text, Does.Contain("郴州市城镇房屋租赁管理办法").And.Contain("受理（郴州市人民政府法制办公室 · 审查员）").And.Contain("按新制度办理"));
        Assert.That(await Version(), Is.EqualTo(1), "only listed");
        var done = await _keeper.PressAsync(listed, "确认：1 件改按第 2 版办理");
        Assert.That(done.Of(".notice"), Is.EqualTo("已将 1 件改按第 2 版办理。"));
        Assert.That(await Version(), Is.EqualTo(2));
        Assert.That((await _keeper.GetAsync("/flows")).Document.QuerySelectorAll("tbody a"), Is.Empty);
    }

    [Test]
    public async Task What_has_changed_since_is_told_and_nothing_is_done()
    {
        var listed = await _keeper.PressAsync(await _keeper.GetAsync("/flows/legality-review"), "下一步：试算", ("Reason", "按新制度办理"));
        await _desk.Register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Task SET HolderId = (SELECT Id FROM Account WHERE Login = 'reviewer') WHERE Code = 'accept-review'"));
        var stale = await _keeper.PressAsync(listed, "确认：1 件改按第 2 版办理");
        Assert.That((stale.Status, string.Concat(stale.Errors)), Is.EqualTo((409, "试算之后，在办件的情况已经变化，没有改动任何文件。请重新试算，核对后再确认。")));
        Assert.That(await Version(), Is.EqualTo(1));
    }
}
