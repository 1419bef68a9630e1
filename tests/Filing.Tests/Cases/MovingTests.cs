using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Cases;

/// <summary>Running cases that go on in a newer version of a definition: what the list says, who may, what is refused, and that they come to their end.</summary>
[TestFixture]
[BuiltInHost("the cases are to stand on the built-in runner before they are moved")]
internal sealed class MovingTests : MovingFixture
{
    [Test]
    public async Task A_moved_case_goes_through_the_new_desk_to_its_numbers_its_publication_and_its_filing()
    {
        var journey = await Journey.SubmittedAsync(Register);
        await Renew();
        var moved = await Move(new MoveCase(Next, "按新制度增设用印环节", await Instance(), Map: Renamed));
        Assert.That((moved.Moved, await Version()), Is.EqualTo((1, Next)));
        await AssertWhole();
        await journey.DraftAsync();
        await journey.PassAsync();
        await journey.DecideAsync();
        await journey.SignAsync();
        await journey.SignAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["seal"]), "the desk of the new version");
        await Register.Step(journey.Document, "seal", "Done");
        await Register.RegisterAsync(journey);
        await Register.As("registrar").Send(new AssignNumber(journey.Document, Issuing.IssueNumber));
        await Register.PublishAsync(journey);
        await Register.AddBasisAsync(journey.Document);
        await Register.As("filer").Send(new FileUp(journey.Document));
        await Register.As("receiver-province").Send(new ReceiveFiling(journey.Document, FilingAnswer.Registered));
        Assert.That(await journey.TasksAsync(), Is.Empty);
        Assert.That(await Register.Scalar<string>("SELECT Text FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE s.Kind = 'registration'"), Is.EqualTo("CZCR-2013-00001"));
        await AssertWhole();
    }

    /// <summary>Where cases stand, and the codes of what is open there.</summary>
    private static IEnumerable<TestCaseData> Waits()
    {
        (string Name, Func<TestRegister, Task<Journey>> To)[] places =
        [
            ("at the identification", r => Journey.SubmittedAsync(r)),
            ("in the consultations", async r =>
            {
                var journey = await Journey.SubmittedAsync(r);
                await r.As("reviewer").Send(new IdentifyDocument(journey.Document, IdentificationOutcome.Normative, "普遍适用"));
                await r.As("drafter").Send(new CompleteDraft(journey.Document, "起草说明", [new("国务院关于加强市县政府依法行政的决定", "国发〔2008〕17号")]));
                await r.As("drafter").Send(new OpenConsultation(journey.Document, ConsultationAudience.Units, r.Today.AddDays(7), "公函", ["市财政局"]));
                await r.As("drafter").Send(new CloseUnitConsultation(journey.Document));
                return journey;
            }),
            ("before the review", r => Journey.ToReviewAsync(r)),
            ("under review", async r =>
            {
                var journey = await Journey.ToReviewAsync(r);
                await journey.AcceptAsync();
                return journey;
            }),
            ("at the meeting", async r =>
            {
                var journey = await Journey.ToReviewAsync(r);
                await journey.PassAsync();
                return journey;
            }),
            ("after it was deferred", async r =>
            {
                var journey = await Journey.ToReviewAsync(r);
                await journey.PassAsync();
                await journey.DecideAsync(DecisionOutcome.Deferred);
                return journey;
            }),
            ("between two signatures", async r =>
            {
                var journey = await Journey.ToReviewAsync(r);
                await journey.PassAsync();
                await journey.DecideAsync();
                await journey.SignAsync();
                return journey;
            }),
            ("countersigning", async r =>
            {
                var journey = await Journey.ToReviewAsync(r, DocumentKind.Government, World.Finance);
                await journey.PassAsync();
                await journey.DecideAsync();
                return journey;
            }),
            ("numbered", r => Issuing.NumberedAsync(r)),
            ("published", r => Issuing.PublishedAsync(r)),
            ("filed", r => Issuing.FiledAsync(r)),
        ];
        return places.Select(p => new TestCaseData(p.To).SetArgDisplayNames(p.Name));
    }

    [TestCaseSource(nameof(Waits))]
    public async Task Wherever_a_case_stands_it_goes_on_there_with_the_tasks_and_limits_that_it_has(Func<TestRegister, Task<Journey>> to)
    {
        var journey = await to(Register);
        var (tasks, limits) = (await journey.TasksAsync(), await Limits(journey));
        await Renew();
        await Move(new MoveCase(Next, "改用新版", await Instance(), Map: Renamed));
        Assert.That(await journey.TasksAsync(), Is.EqualTo(tasks));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        Assert.That(await Register.Scalar<int>("SELECT DefinitionVersion FROM CaseFile"), Is.EqualTo(Next));
        await AssertWhole();
        var withdrawn = await Register.As("drafter").Try(new WithdrawDraft(journey.Document, "不再制定"));
        if (withdrawn.Error is null) Assert.That(await Register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"), "what stands beside is there still");
        await AssertWhole();
    }

    [Test]
    public async Task The_list_says_what_changes_for_whom()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await journey.AcceptAsync();
        await Register.RestartAsync(law => law.Next(Review, d =>
        {
            d.Node("reviewing").Set("role", "registrar");
            d.Node("reviewing")["name"] = "法制审核";
            d.Insert("accept", "Accepted", "assign", "指定承办人", "reviewer", "legal-office");
            d.Remove("explain", "explained");
        }));
        var line = (await Keeper.Send(new ReadMove(3, await Instance(Review), Map: ["reviewing=reviewing"]))).Cases.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((line.Title, line.Definition, line.From, line.To), Is.EqualTo(("郴州市城镇房屋租赁管理办法", Review, 2, 3)));
            Assert.That(line.Waits, Is.EquivalentTo(["合法性审查", "审查期限"]));
            Assert.That(line.Close, Is.EqualTo([new MovedTask("合法性审查", "审查员", "郴州市人民政府法制办公室", null)]));
            Assert.That(line.Open, Is.EqualTo([new MovedTask("法制审核", "登记员", "郴州市人民政府法制办公室", null)]));
            Assert.That(line.Stay, Is.Empty);
            Assert.That(line.GoOn, Is.EqualTo(["审查期限（下级流程，照旧）"]));
            Assert.That(line.Limits, Has.One.EqualTo("合法性审查：照旧，没有到期日"));
            Assert.That(line.Gone, Is.EqualTo(["说明不采纳理由"]));
            Assert.That(line.Passed, Is.EqualTo(["指定承办人"]));
        }
    }

    [Test]
    public async Task A_task_for_another_desk_is_laid_anew_and_its_limit_runs_on()
    {
        var journey = await Journey.ToReviewAsync(Register);
        await journey.AcceptAsync();
        var limits = await Limits(journey);
        await Register.RestartAsync(law => law.Next(Review, d => d.Node("reviewing").Set("role", "registrar")));
        Assert.That((await Keeper.Try(new MoveCase(3, "换岗", await Instance(Review)))).Error?.Code, Is.EqualTo("move.other-kind"), "another desk must be meant");
        Register.Clock.Move(Register.Clock.GetUtcNow().AddDays(1), 0);
        await Move(new MoveCase(3, "换岗", await Instance(Review), Map: new Dictionary<string, string> { ["reviewing"] = "reviewing" }));
        Assert.That(await Register.Rows<string>("SELECT CONCAT(Role, ' ', State, ' ', Visit) FROM Task WHERE Code = 'review' ORDER BY Visit"), Is.EqualTo(["reviewer superseded 1", "registrar open 2"]));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        Assert.That(await Register.Scalar<int>("SELECT COUNT(*) FROM Task WHERE Code = 'review' AND State = 'open' AND OpenedAt < @Now", new { Now = Register.Clock.GetUtcNow() }), Is.Zero, "the new desk has it since now");
        await AssertWhole();
    }

    [Test]
    public async Task A_task_of_another_name_at_the_same_desk_is_held_on_by_whoever_held_it()
    {
        var journey = await Journey.SubmittedAsync(Register);
        await Register.As("reviewer").Send(new TakeTask(journey.Document, await Register.Scalar<Guid>("SELECT Id FROM Task")));
        await Register.RestartAsync(law => law.Next(Government, d => d.Node("identify")["name"] = "文件性质认定"));
        var listed = await Keeper.Send(new ReadMove(Next, await Instance()));
        Assert.That(listed.Cases.Single().Open.Single(), Is.EqualTo(new MovedTask("文件性质认定", "审查员", "郴州市人民政府法制办公室", "审查员甲")));
        await Move(new MoveCase(Next, "改名称", await Instance()));
        Assert.That(await Register.Rows<string>("SELECT CONCAT(t.Name, ' ', t.State, ' ', a.Name) FROM Task t JOIN Account a ON a.Id = t.HolderId ORDER BY Visit"),
            Is.EqualTo(["认定 superseded 审查员甲", "文件性质认定 open 审查员甲"]));
        await Register.As("reviewer").Send(new IdentifyDocument(journey.Document, IdentificationOutcome.Normative, "普遍适用"));
        await AssertWhole();
    }

    [Test]
    public async Task All_running_cases_of_a_definition_go_together_and_what_cannot_says_why_and_stays()
    {
        var (one, two, three) = (await Journey.SubmittedAsync(Register), await Journey.SubmittedAsync(Register), await Journey.ToReviewAsync(Register));
        await Register.As("reviewer").Send(new IdentifyDocument(one.Document, IdentificationOutcome.Normative, "普遍适用"));
        await Register.RestartAsync(law => law.Next(Government, d => d.Remove("complete", "consult")));
        var moved = await Move(new MoveCase(Next, "不再补齐材料", Definition: Government));
        Assert.That(moved.Moved, Is.EqualTo(2));
        Assert.That(moved.Cases.Select(c => (c.DocumentId, c.Refused?.Code)), Is.EquivalentTo([(one.Document, "move.unmapped"), (two.Document, (string?)null), (three.Document, null)]));
        Assert.That(await Register.Rows<int>("SELECT DefinitionVersion FROM WorkflowInstance WHERE DefinitionId = @Government ORDER BY Id", new { Government }), Is.EqualTo([Now, Next, Next]));
        foreach (var document in new[] { two.Document, three.Document })
        {
            var history = await Register.As("reviewer").Send(new ReadDocument(document));
            Assert.That((history.History[0].Command, history.History[0].Reason, history.History[0].ActorName), Is.EqualTo(("move-case", "不再补齐材料", "rule-keeper")));
        }

        Assert.That((await Register.As("reviewer").Send(new ReadDocument(one.Document))).History.Select(h => h.Command), Does.Not.Contain("move-case"));
        Assert.That((await Keeper.Send(new ReadMove(Next, Definition: Government))).Cases.Select(c => c.DocumentId), Is.EqualTo([one.Document]));
        await AssertWhole();
    }

    [Test]
    public async Task What_was_confirmed_is_what_happens_or_nothing_does()
    {
        var journey = await Journey.SubmittedAsync(Register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", await Instance(), Map: Renamed);
        var listed = await Keeper.Send(command);
        Assert.That((await Keeper.Try(command with { Digest = "sha256:other" })).Error?.Code, Is.EqualTo("move.stale"));
        await Register.As("reviewer").Send(new TakeTask(journey.Document, await Register.Scalar<Guid>("SELECT Id FROM Task")));
        var stale = await Keeper.Try(command with { Digest = listed.Digest });
        Assert.That((stale.Error?.Code, stale.Error?.Kind, await Version()), Is.EqualTo(("move.stale", ErrorKind.Conflict, Now)), "somebody holds it now");
        Assert.That((await Keeper.Try(command with { Digest = (await Keeper.Send(command)).Digest, Map = null })).Error?.Code, Is.EqualTo("move.unmapped"));
        Assert.That((await Keeper.Send(command)).Digest, Is.EqualTo((await Keeper.Send(command with { Reason = "另一理由" })).Digest), "the reason is not listed");
        Assert.That((await Keeper.Send(new ReadMove(Next, command.Instance, Map: ["identify=identification"]))).Digest, Is.EqualTo((await Keeper.Send(command)).Digest), "the question lists the same");
    }

    [Test]
    public async Task Of_two_moves_at_once_one_moves_and_the_other_finds_it_done()
    {
        await Journey.SubmittedAsync(Register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", await Instance(), Map: Renamed);
        command = command with { Digest = (await Keeper.Send(command)).Digest };
        var both = await Task.WhenAll(Keeper.Try(command), Register.Operator.Try(command));
        Assert.That(both.Select(b => b.Error?.Code), Is.EquivalentTo([null, "move.not-newer"]));
        Assert.That(await Register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'instance-moved'"), Is.EqualTo(1));
        Assert.That(await Register.Scalar<int>("SELECT COUNT(*) FROM Task WHERE State = 'open'"), Is.EqualTo(1));
        await AssertWhole();
    }

    [Test]
    public async Task A_move_that_fails_half_way_leaves_everything_as_it_was()
    {
        await Journey.SubmittedAsync(Register);
        await Journey.SubmittedAsync(Register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed);
        command = command with { Digest = (await Keeper.Send(command)).Digest };
        var before = await Everything();
        // The second task cannot be laid: as after a fault of the disk, or a crash.
        await TestDatabase.FaultAsync(Register.Database, "Task", "NodeId = 'identification'", 2);
        Assert.That(async () => await Keeper.Try(command), Throws.Exception);
        Assert.That(await Everything(), Is.EqualTo(before));
        await TestDatabase.MendAsync(Register.Database);
        Assert.That((await Keeper.Send(command)).Moved, Is.EqualTo(2), "and can be done again");
        await AssertWhole();
    }

    private async Task<string> Everything() => string.Join('\n',
        [.. await Register.Rows<string>("SELECT CONCAT(DefinitionId, DefinitionVersion, State) FROM WorkflowInstance ORDER BY Id"),
            .. await Register.Rows<string>("SELECT CONCAT(Code, State, NodeId, Visit) FROM Task ORDER BY Id"),
            .. await Register.Rows<string>("SELECT CONCAT(DefinitionId, DefinitionVersion) FROM CaseFile ORDER BY Id"), (await Register.Scalar<int>("SELECT COUNT(*) FROM Event")).ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    [TestCase("drafter", "forbidden")]
    [TestCase("administrator", "forbidden")]
    [TestCase("registrar", "forbidden")]
    public async Task Only_the_rule_keeper_moves_cases(string login, string code)
    {
        await Journey.SubmittedAsync(Register);
        Assert.That((await Register.As(login).Try(new MoveCase(Next, "理由", await Instance()))).Error?.Code, Is.EqualTo(code));
        Assert.That((await Register.As(login).Try(new ReadMove(Next, await Instance()))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task The_rule_keeper_of_another_place_sees_none_of_them()
    {
        await Journey.SubmittedAsync(Register);
        await Renew();
        Register.Knows("elsewhere", await Register.Operator.Send(new CreateAccount("elsewhere", "规则管理员乙")));
        await Register.Operator.Send(new GivePost("elsewhere", World.ProvinceLegal, Role.RuleKeeper, new(2000, 1, 1)));
        Assert.That((await Register.As("elsewhere").Try(new ReadMove(Next, await Instance(), Map: ["identify=identification"]))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await Register.As("elsewhere").Send(new ReadMove(Next, Definition: Government))).Cases, Is.Empty);
        Assert.That((await Register.As("elsewhere").Try(new MoveCase(Next, "理由", Definition: Government, Digest: (await Register.As("elsewhere").Send(new ReadMove(Next, Definition: Government))).Digest))).Error?.Code,
            Is.EqualTo("move.none"));
    }

    [Test]
    public async Task What_makes_no_sense_is_refused()
    {
        await Journey.SubmittedAsync(Register);
        var instance = await Instance();
        Assert.That((await Keeper.Try(new MoveCase(0, "理由", instance))).Error?.Code, Is.EqualTo("invalid"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance))).Error?.Code, Is.EqualTo("move.version"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "", instance))).Error?.Field, Is.EqualTo("reason"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由"))).Error?.Code, Is.EqualTo("move.which"));
        Assert.That((await Keeper.Try(new ReadMove(Next, instance, Map: ["identify"]))).Error?.Code, Is.EqualTo("move.map"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance, Government))).Error?.Code, Is.EqualTo("move.which"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", Definition: "nonsense"))).Error?.Code, Is.EqualTo("move.definition"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", Guid.CreateVersion7()))).Error?.Code, Is.EqualTo("not-found"));
        await Renew();
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance))).Error?.Code, Is.EqualTo("move.unmapped"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance, Map: new Dictionary<string, string> { ["identify"] = "consultUnits", ["withdrawal"] = "withdrawal" }, Begin: ["decide"]))).Error?.Code, Is.EqualTo("move.unreachable"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance, Map: new Dictionary<string, string> { ["identify"] = "review" }))).Error?.Code, Is.EqualTo("move.other-kind"));
        var early = (await Keeper.Try(new MoveCase(Next, "理由", instance, Map: new Dictionary<string, string> { ["identify"] = "seal" }))).Error;
        Assert.That((early?.Code, early?.Message), Is.EqualTo(("move.too-early", "改用新版后，“统一登记”，在“统一登记、编号、公布”之中可能先于“签发：已签发”开始，与规则包的先后次序不符。")), "no step of the law is leapt over");
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance, Map: new Dictionary<string, string> { ["identify"] = "start" }))).Error?.Code, Is.EqualTo("move.map"));
    }

    [Test]
    public async Task Nothing_of_a_list_is_written_even_as_a_trial()
    {
        await Journey.SubmittedAsync(Register);
        await Renew();
        var before = await Everything();
        await Keeper.Send(new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed));
        await using var scope = Register.Services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        (caller.Actor, caller.Trial) = (Keeper.Actor, new Trial());
        var listed = await Keeper.Send(new ReadMove(Next, Definition: Government, Map: ["identify=identification"]));
        var tried = await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed, Digest: listed.Digest));
        Assert.That(tried.Value.Moved, Is.EqualTo(1));
        Assert.That(await Everything(), Is.EqualTo(before));
    }
}
