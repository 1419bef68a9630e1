using Filing.Domain;
using Filing.Features.Publication;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Pages.Validity;

/// <summary>中止、恢复期限, and 届满前评估.</summary>
[TestFixture]
internal sealed class DeadlineAndEvaluationPageTests
{
    [Test]
    public async Task A_limit_stops_and_runs_again_and_the_page_says_until_when()
    {
        var register = await TestRegister.OpenAsync();
        var document = await register.UnderReviewAsync();
        register.On(2026, 2, 16);
        await using var desk = await Desk.OpenAsync(register);
        var reviewer = await desk.As("reviewer");
        Assert.That((await reviewer.GetAsync($"/documents/{document}/resume-deadline")).Of(".alarm"), Is.Not.Null);
        var check = await reviewer.PressAsync(await reviewer.GetAsync($"/documents/{document}/suspend-deadline"), "下一步：核对", ("Reason", "等待鉴定"));
        Assert.That((check.Text.Contains("合法性审查", StringComparison.Ordinal), await register.Scalar<int>("SELECT COUNT(*) FROM Suspension")), Is.EqualTo((true, 0)));
        Assert.That((await reviewer.PressAsync(check, "确认：中止期限")).Of(".notice"), Is.EqualTo("已记录。期限中止，恢复后继续计算。"));
        var stale = await reviewer.PressAsync(check, "确认：中止期限");
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Suspension"), Is.EqualTo(1), stale.Path);
        var again = await reviewer.PressAsync(await reviewer.GetAsync($"/documents/{document}/resume-deadline"), "下一步：核对", ("Reason", "鉴定完成"), ("On", "2026-02-16"));
        Assert.That(string.Concat(again.Errors), Does.Contain("最早自2026年2月17日起恢复"));
    }

    [Test]
    public async Task An_evaluation_is_concluded_by_its_drafter_and_changes_no_term()
    {
        var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.NumberedAsync(register, DocumentKind.Department, "郴建发〔2013〕1号");
        await register.As("publisher").Send(new Publish(journey.Document, [Issuing.Site(register.Today)], Term: new TermRequest(Until: new(2015, 4, 1))));
        register.On(2014, 10, 1);
        await register.Services.GetRequiredService<Sweep>().RunAsync();
        await using var desk = await Desk.OpenAsync(register);
        var page = $"/documents/{journey.Document}/evaluate";
        Assert.That((await (await desk.As("administrator")).GetAsync(page)).Status, Is.EqualTo(403));
        Assert.That((await (await desk.As("drafter-finance")).GetAsync(page)).Status, Is.EqualTo(404));
        Assert.That((await (await desk.As("registrar")).GetAsync(page)).Document.QuerySelector("form.step"), Is.Null);

        var drafter = await desk.As("drafter");
        var form = await drafter.GetAsync((await drafter.GetAsync("/validity")).Document.QuerySelector("tbody a[href*='/evaluate']")!.GetAttribute("href")!);
        Assert.That(form.Text, Does.Contain("有效期至2015年4月1日"));
        Assert.That(string.Concat((await drafter.PressAsync(form, "下一步：核对", ("Report", "实施良好。"))).Errors), Is.EqualTo("请选择评估结论。"));
        var check = await drafter.PressAsync(form, "下一步：核对", ("Conclusion", "Renew"), ("Report", "实施良好。"));
        var done = await drafter.PressAsync(check, "确认：届满前评估");
        Assert.That(done.Of(".notice"), Does.Contain("评估本身不延长有效期"));
        Assert.That(await register.Rows<string>("SELECT Conclusion FROM Evaluation"), Is.EqualTo(["renew"]));
        Assert.That(done.Text, Does.Contain("实施良好。"));
        Assert.That((await drafter.GetAsync(page)).Of(".alarm"), Does.Contain("不在“届满前评估”这一步"));
        Assert.That((await drafter.GetAsync("/validity")).Of("tbody tr"), Does.Contain("已评估：续期"));
    }
}
