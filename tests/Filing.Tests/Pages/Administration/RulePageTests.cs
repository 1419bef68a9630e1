using Filing.Domain;
using Filing.Features.Administration;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Administration;

/// <summary>规则: every officer reads where each rule comes from and how sure it is; which open cases keep a version is for who keeps rules there.</summary>
[TestFixture]
internal sealed class RulePageTests
{
    private Desk _desk = null!;

    [SetUp]
    public async Task Open()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        await register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲"));
        await register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
        await Journey.ToReviewAsync(register);
        _desk = await Desk.OpenAsync(register);
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    [Test]
    public async Task Every_rule_has_its_source_and_how_sure_it_is()
    {
        var page = await (await _desk.As("drafter")).GetAsync("/rules/hunan-chenzhou/1");
        var rows = page.Document.QuerySelectorAll("tbody tr").ToDictionary(r => r.QuerySelector("strong")!.TextContent, r => r.TextContent);
        Assert.That(rows, Has.Count.GreaterThan(30));
        Assert.That(rows.Values, Has.All.Match("文件原文|本地文本|后续文本·待确认|外地参照|系统暂定"));
        Assert.That(rows["报送备案"], Does.Contain("15日").And.Contain("郴政发〔2013〕2号 第十四项").And.Contain("文件原文"));
        Assert.That(rows["合法性审查"], Does.Contain("来源未规定期限").And.Contain("第十项"));
        Assert.That(page.Text, Does.Not.Contain("在办件"), "that is for who keeps rules");
    }

    [Test]
    public async Task Two_versions_are_compared_by_what_differs_with_the_cases_of_each()
    {
        var (first, second) = (_desk.Register.Laws.Profile("hunan-chenzhou", 1), _desk.Register.Laws.Profile("hunan-chenzhou", 2));
        Assert.That(first.Limits["legality-review"].Limit, Is.Not.EqualTo(second.Limits["legality-review"].Limit));
        var page = await (await _desk.As("rule-keeper")).GetAsync("/rules/hunan-chenzhou/2?with=hunan-chenzhou+1");
        Assert.That(page.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent), Is.EqualTo(["合法性审查"]));
        Assert.That(page.Text, Does.Contain("1 项不同").And.Contain("15个工作日，不少于 5 个工作日").And.Contain("来源未规定期限"));
        var open = await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM CaseFile WHERE ClosedAt IS NULL AND ProfileVersion = 1");
        Assert.That(open, Is.Positive);
        Assert.That(page.Text, Does.Contain($"第 1 版办理的在办件 {open} 件").And.Contain("第 2 版办理的在办件 0 件"));
        Assert.That(page.Document.QuerySelectorAll("details li").Select(l => l.TextContent), Is.EqualTo(await _desk.Register.Rows<string>("SELECT Title FROM Document ORDER BY Id DESC")));
    }

    [Test]
    public async Task Jurisdictions_are_compared_rule_by_rule()
    {
        var page = await (await _desk.As("reviewer")).GetAsync("/rules/guangdong-jiangmen/1?with=henan-huiji+1");
        var rows = page.Document.QuerySelectorAll("tbody tr").ToDictionary(r => r.QuerySelector("strong")!.TextContent, r => r.QuerySelectorAll("td").Skip(1).Select(d => d.TextContent.Trim()).ToList());
        Assert.That(rows["先行调研论证"][0], Does.StartWith("不要求"));
        Assert.That(rows["先行调研论证"][1], Does.StartWith("必须").And.Contain("惠政文〔2016〕35号 第六项"));
        Assert.That(rows[$"{DocumentKind.Department.Chinese()}：统一编号"][1], Does.StartWith("制定机关公布员"));
        Assert.That(rows, Does.Not.ContainKey("签发层级"), "the same on both sides");
    }

    [TestCase("/rules", "drafter", 200)]
    [TestCase("/rules", "auditor", 200)]
    [TestCase("/rules/hunan-chenzhou/99", "drafter", 404)]
    [TestCase("/rules/base/1", "drafter", 404)]
    [TestCase("/rules/hunan-chenzhou/1?with=nothing+1", "drafter", 200)]
    public async Task The_list_and_the_sheets_are_for_whoever_is_signed_in(string path, string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(path)).Status, Is.EqualTo(status));
}
