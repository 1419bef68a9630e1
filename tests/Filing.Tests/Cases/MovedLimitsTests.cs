using Filing.Features.Administration;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Cases;

/// <summary>What hangs below and beside a moved case: workflows below it, their outcomes, limits and their alerts.</summary>
[TestFixture]
[BuiltInHost("the cases are to stand on the built-in runner before they are moved")]
internal sealed class MovedLimitsTests : MovingFixture
{
    [Test]
    public async Task A_review_under_way_is_moved_by_itself_and_the_next_round_keeps_to_its_version()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await Register.RestartAsync(law => law.Next(Review, d => d.Insert("accept", "Accepted", "assign", "指定承办人", "reviewer", "legal-office")));
        await Move(new MoveCase(3, "增设指定承办人", await Instance(Review)));
        Assert.That((await Version(Review), await Version()), Is.EqualTo((3, Now)), "its parent is untouched");
        await journey.AcceptAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["assign"]));
        await Register.Step(journey.Document, "assign", "Done");
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        await journey.DecideAsync(DecisionOutcome.Deferred);
        await Register.As("drafter").Send(new ReviseDraft(journey.Document, "已按会议意见修改", Journey.Changed));
        Assert.That(await Register.Rows<int>("SELECT DefinitionVersion FROM WorkflowInstance WHERE DefinitionId = @Review ORDER BY Id", new { Review }), Is.EqualTo([3, 3]));
        await AssertWhole();
    }

    [Test]
    public async Task A_workflow_below_goes_on_below_a_node_of_another_id()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await Register.RestartAsync(law => law.Next(Government, d => d.Rename("review", "legality")));
        await Move(new MoveCase(Next, "改编号", await Instance(), Map: new Dictionary<string, string> { ["review"] = "legality" }));
        Assert.That(await Register.Rows<string>("SELECT CONCAT(ParentNode, ' ', Status) FROM WorkflowInstance WHERE DefinitionId = @Review", new { Review }), Is.EqualTo(["legality running"]));
        await AssertWhole();
        await journey.PassAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["decide"]));
        await AssertWhole();
    }

    [Test]
    public async Task An_outcome_that_the_other_level_does_not_know_is_refused_until_that_was_moved()
    {
        await Journey.ToReviewAsync(Register);
        await Register.RestartAsync(law =>
        {
            law.Next(Review, d => d.Node("refused").Set("outcome", "Rejected"));
            foreach (var definition in new[] { Government, "department-document" })
            {
                law.Next(definition, d =>
                {
                    d.Node("review").Set("outcomes", "Passed,Rejected");
                    d["root"]!["connections"]!.AsArray().Single(c => (string)c!["source"]!["activity"]! == "review" && (string)c["source"]!["port"]! == "Refused")!["source"]!["port"] = "Rejected";
                });
            }
        });
        Assert.That((await Keeper.Try(new MoveCase(3, "理由", await Instance(Review)))).Error?.Code, Is.EqualTo("move.parent-outcome"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", await Instance()))).Error?.Code, Is.EqualTo("move.child-outcome"));
    }

    [Test]
    public async Task A_limit_that_only_the_new_version_has_runs_from_the_fact_that_has_happened_and_one_that_it_lacks_ends()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await journey.PassAsync();
        await Register.RestartAsync(law => law.Next(Government, d => SetDecisionLimit(d, "10")));
        var listed = await Keeper.Send(new ReadMove(Next, await Instance()));
        Assert.That(listed.Cases.Single().Limits, Has.One.Matches("^集体讨论决定：新版所设，自2013年3月23日合法性审查完成起算，2013年.*到期$"));
        await Move(new MoveCase(Next, "设讨论期限", await Instance()));
        Assert.That((await Register.DeadlineAsync(journey.Document, "decision")).FromDate, Is.EqualTo(Register.Today));
        await AssertWhole();
        await Register.RestartAsync(law =>
        {
            law.Next(Government, _ => { });
            law.Change($"{Government}.json", json => json["version"] = Next + 1);
        });
        Assert.That((await Keeper.Send(new ReadMove(Next + 1, await Instance()))).Cases.Single().Limits, Is.EqualTo(["集体讨论决定：新版不设此期限，就此终止"]));
        await Move(new MoveCase(Next + 1, "不设期限", await Instance()));
        Assert.That((await Register.DeadlineAsync(journey.Document, "decision")).ClosedReason, Is.EqualTo("改按新版流程办理"));
        await journey.DecideAsync();
        await AssertWhole();
    }

    [Test]
    public async Task A_watch_that_is_moved_rings_as_the_new_version_says_and_the_due_date_stays()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await journey.AcceptAsync();
        var limits = await Limits(journey);
        await Register.RestartAsync(law => law.Next("review-watch", d => d.Node("reviewLimit").Set("dueSoon", "-5,-1")));
        await Move(new MoveCase(2, "提前提醒", await Instance("review-watch")));
        Assert.That(await Register.Scalar<string>("SELECT Rungs FROM Deadline WHERE Name = 'legality-review'"), Is.EqualTo("-5:DueSoon,-1:DueSoon,1:Overdue"));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        await AssertWhole();
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        await AssertWhole();
    }

    [Test]
    public async Task A_change_of_a_definition_changes_no_limit_of_a_case_that_was_not_moved()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await Register.RestartAsync(law => law.Next(Review, d =>
        {
            foreach (var input in new[] { "limit", "length", "unit", "kind", "from", "until" }) d.Node("reviewing").AsObject().Remove(input);
            d.Remove("reviewLimit", "reviewed");
            d["root"]!["connections"]!.AsArray().Remove(d["root"]!["connections"]!.AsArray().Last(c => (string)c!["target"]!["activity"]! == "reviewed" && (string)c["source"]!["activity"]! == "underReview"));
            d.Node("underReview")["branches"]!["expression"]!["value"] = "[\"Review\"]";
        }));
        await journey.AcceptAsync();
        Assert.That(await Limits(journey), Has.One.StartWith("legality-review "));
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        Assert.That((await Register.DeadlineAsync(journey.Document, "legality-review")).ClosedReason, Is.EqualTo("已完成"));
        await AssertWhole();
    }

    [Test]
    public async Task A_limit_whose_length_the_new_version_changes_keeps_the_one_under_which_it_began()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await journey.PassAsync();
        await Register.RestartAsync(law => law.Next(Government, d => SetDecisionLimit(d, "10")));
        await Move(new MoveCase(Next, "设讨论期限", await Instance()));
        var limits = await Limits(journey);
        await Register.RestartAsync(law =>
        {
            law.Next(Government, d => SetDecisionLimit(d, "3"));
            law.Change($"{Government}.json", json => json["version"] = Next + 1);
        });
        Assert.That((await Keeper.Send(new ReadMove(Next + 1, await Instance()))).Cases.Single().Limits, Has.One.Matches("^集体讨论决定：照旧，"));
        await Move(new MoveCase(Next + 1, "缩短讨论期限", await Instance()));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        Register.Clock.Move(Register.Clock.GetUtcNow().AddDays(7), 0);
        await AssertWhole();
        Register.Clock.Move(Register.Clock.GetUtcNow().AddDays(14), 0);
        await Register.Services.GetRequiredService<Sweep>().RunAsync();
        await AssertWhole();
    }

    private static void SetDecisionLimit(System.Text.Json.Nodes.JsonNode definition, string days)
    {
        foreach (var (input, value, type) in new[] { ("limit", "decision", "String"), ("length", days, "Int32"), ("unit", "day", "String"), ("kind", "working", "String"), ("from", "review-concluded", "String"), ("until", "decided", "String") })
            definition.Node("decide").Set(input, value, type);
    }
}
