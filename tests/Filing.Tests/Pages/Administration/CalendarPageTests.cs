using System.Text;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.Administration;

/// <summary>
/// 日历, as the rule keeper sees it: a plan comes in, a day is closed and opened again, each after a list of what moves. A review that began on Monday 21 December 2026 is due after 15 working days:
/// on 11 January 2027, as long as nobody knows that 元旦 is a rest day.
/// </summary>
[TestFixture]
internal sealed class CalendarPageTests
{
    private const string Plan = "date,kind,name\n2027-01-01,rest,元旦\n2027-01-02,rest,元旦\n2027-01-03,rest,元旦\n";

    private Desk _desk = null!;
    private Browser _keeper = null!;

    [SetUp]
    public async Task Open()
    {
        var register = await TestRegister.OpenAsync(new DateTimeOffset(2026, 12, 21, 9, 3, 0, TimeSpan.FromHours(8)));
        await register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲"));
        await register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
        await register.UnderReviewAsync();
        _desk = await Desk.OpenAsync(register);
        _keeper = await _desk.As("rule-keeper");
    }

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private Task<string?> Due() => _desk.Register.Scalar<string>("SELECT CONCAT(Due, ' ', Provisional) FROM Deadline WHERE Name = 'legality-review'");

    [TestCase("/calendar", "administrator", 403)]
    [TestCase("/calendar", "registrar", 403)]
    [TestCase("/calendar/plan", "reviewer", 403)]
    [TestCase("/calendar/closure", "supervisor", 403)]
    [TestCase("/calendar?year=2101", "rule-keeper", 400)]
    public async Task Each_page_is_for_the_rule_keeper(string path, string login, int status) => Assert.That((await (await _desk.As(login)).GetAsync(path)).Status, Is.EqualTo(status));

    [Test]
    public async Task A_plan_is_listed_confirmed_and_moves_what_is_open()
    {
        Assert.That((await _keeper.GetAsync("/calendar?year=2027")).Text, Does.Contain("尚未公布").And.Contain("没有变更"));
        var form = await _keeper.GetAsync("/calendar/plan?year=2027");
        var unsaid = await _keeper.PressAsync(form, "下一步：试算", ("PlanText", Plan));
        Assert.That(string.Concat(unsaid.Errors), Does.Contain("请写明依据的文件。").And.Contain("请写明变更日历的理由。"));
        var wrong = await _keeper.PressAsync(unsaid, "下一步：试算", ("PlanText", Plan + "2027-04-31,rest,劳动节\n"), ("Source", "国办发明电〔2026〕7号"), ("Reason", "放假安排公布"));
        Assert.That(string.Concat(wrong.Errors), Does.Contain("第 5 行：date：“2027-04-31”不是日期"));

        var listed = await _keeper.PressAsync(wrong, "下一步：试算", ("PlanText", Plan));
        Assert.That(listed.Text, Does.Contain("1 项变动（1 项由暂定转为确定）").And.Contain("2027年1月11日（暂定）").And.Contain("2027年1月12日").And.Contain("没有列出 2027 年的这些法定节日"));
        Assert.That(await Due(), Is.EqualTo("2027-01-11 1"), "only listed");
        var back = await _keeper.PressAsync(listed, "返回修改");
        Assert.That(back.Document.QuerySelector("textarea[name=PlanText]")!.TextContent.Trim(), Is.EqualTo(Plan.Trim()));
        var done = await _keeper.PressAsync(await _keeper.PressAsync(back, "下一步：试算"), "确认变更日历");
        Assert.That(done.Of(".notice"), Is.EqualTo("已记为日历变更第 1 号：2027年放假安排。1 项期限已按新日历重算。"));
        Assert.That(done.Text, Does.Contain("变更第 1 号").And.Contain("国办发明电〔2026〕7号").And.Contain("元旦").And.Contain("规则管理员甲"));
        Assert.That(await Due(), Is.EqualTo("2027-01-12 0"));
    }

    [Test]
    public async Task A_plan_comes_as_a_file()
    {
        var page = await _keeper.GetAsync("/calendar/plan?year=2027");
        var listed = await _keeper.PressAsync(page, "下一步：试算", ("Upload", "plan.csv", Encoding.UTF8.GetBytes(Plan)), ("Source", "国办发明电〔2026〕7号"), ("Reason", "放假安排公布"));
        Assert.That(listed.Text, Does.Contain("1 项变动"));
        var gbk = await _keeper.PressAsync(page, "下一步：试算", ("Upload", "plan.csv", [0xC7, 0xE5, 0xC3, 0xF7]), ("Source", "国办发明电〔2026〕7号"), ("Reason", "放假安排公布"));
        Assert.That(string.Concat(gbk.Errors), Does.Contain("不是 UTF-8"));
        var large = await _keeper.PressAsync(page, "下一步：试算", ("Upload", "plan.csv", new byte[HolidayPlan.MaxBytes + 1]), ("Source", "国办发明电〔2026〕7号"), ("Reason", "放假安排公布"));
        Assert.That(string.Concat(large.Errors), Does.Contain("不能超过 1 MB"));
        var empty = await _keeper.PressAsync(page, "下一步：试算", ("Source", "国办发明电〔2026〕7号"), ("Reason", "放假安排公布"));
        Assert.That(string.Concat(empty.Errors), Does.Contain("文件是空的"));
        Assert.That(await Due(), Is.EqualTo("2027-01-11 1"));
    }

    [Test]
    public async Task A_day_is_closed_and_opened_again()
    {
        var form = await _keeper.GetAsync("/calendar/closure");
        Assert.That(form.Errors, Is.Empty);
        var weekend = await _keeper.PressAsync(form, "下一步：试算", ("From", "2027-01-09"), ("Name", "防汛"), ("Source", "郴政办明电〔2027〕5号"), ("Reason", "应急响应"));
        Assert.That(string.Concat(weekend.Errors), Does.Contain("本来就是休息日"));
        var listed = await _keeper.PressAsync(weekend, "下一步：试算", ("From", "2027-01-11"));
        Assert.That(listed.Text, Does.Contain("本地停止办公（防汛）").And.Contain("2027年1月12日（暂定）"));
        var done = await _keeper.PressAsync(listed, "确认变更日历");
        Assert.That(await Due(), Is.EqualTo("2027-01-12 1"));
        Assert.That(done.Document.QuerySelector("a[href^='/calendar/closure?act=reopen']")!.GetAttribute("href"), Is.EqualTo("/calendar/closure?act=reopen&from=2027-01-11"));

        var reopen = await _keeper.PressAsync(await _keeper.GetAsync("/calendar/closure?act=reopen&from=2027-01-11"), "下一步：试算", ("Source", "郴政办明电〔2027〕6号"), ("Reason", "响应解除"));
        Assert.That(reopen.Text, Does.Contain("撤销2027年1月11日本地停止办公"));
        await _keeper.PressAsync(reopen, "确认变更日历");
        Assert.That(await Due(), Is.EqualTo("2027-01-11 1"));
    }

    [Test]
    public async Task What_has_changed_since_is_told_and_nothing_is_done()
    {
        var listed = await _keeper.PressAsync(await _keeper.GetAsync("/calendar/plan?year=2027"), "下一步：试算", ("PlanText", Plan), ("Source", "文"), ("Reason", "理由"));
        await _desk.Register.UnderReviewAsync("其间受理的审查");
        var stale = await _keeper.PressAsync(listed, "确认变更日历");
        Assert.That((stale.Status, string.Concat(stale.Errors)), Is.EqualTo((409, "试算之后，日历或未办结的期限已经变化，没有改动任何内容。请重新试算，核对后再确认。")));
        Assert.That(await _desk.Register.Scalar<int>("SELECT COUNT(*) FROM CalendarVersion"), Is.Zero);
    }
}
