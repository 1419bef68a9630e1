using Filing.Audit;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.LegalityReview;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Cases;

/// <summary>Running cases that go on in a newer version of a definition: what the list says, who may, what is refused, and that they come to their end.</summary>
[TestFixture]
[BuiltInHost("a case that Elsa walks is not moved")]
internal sealed class MovingTests
{
    private const string Government = "government-document";
    private const string Review = "legality-review";

    private static readonly int Now = Laws.Read(LawFolder.Original).Latest(Government).Version;
    private static readonly int Next = Now + 1;

    private TestRegister _register = null!;

    [SetUp]
    public async Task Open()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _register.Knows("rule-keeper", await _register.Operator.Send(new CreateAccount("rule-keeper", "规则管理员甲")));
        await _register.Operator.Send(new GivePost("rule-keeper", World.CityLegal, Role.RuleKeeper, new(2000, 1, 1)));
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Keeper => _register.As("rule-keeper");

    private Task<Guid> Instance(string definition = Government) =>
        _register.Scalar<Guid>("SELECT Id FROM WorkflowInstance WHERE DefinitionId = @definition AND Status = 'running' ORDER BY Id", new { definition });

    private Task<int> Version(string definition = Government) =>
        _register.Scalar<int>("SELECT MAX(DefinitionVersion) FROM WorkflowInstance WHERE DefinitionId = @definition", new { definition });

    /// <summary>One desk more before the three unifieds, one fewer after the decision, and the identification under another id.</summary>
    private Task Renew() => _register.RestartAsync(law => law.Next(Government, d =>
    {
        d.Insert("moreLevels", "No", "seal", "用印", "secretary", "government-office");
        d.Remove("confirmChanges", "review");
        d.Rename("identify", "identification");
    }));

    private static readonly Dictionary<string, string> Renamed = new() { ["identify"] = "identification" };

    private async Task<CasesMoved> Move(MoveCase command)
    {
        var listed = await Keeper.Send(command);
        Assert.That(listed.Moved, Is.Zero);
        return await Keeper.Send(command with { Digest = listed.Digest });
    }

    private async Task AssertWhole()
    {
        var verdicts = await _register.Services.GetRequiredService<Invariants>().VerifyAsync();
        Assert.That(verdicts.Where(v => !v.Holds && v.Name != "materials-whole").SelectMany(v => v.Rows.Select(r => $"{v.Name}: {r}")), Is.Empty);
    }

    [Test]
    public async Task A_moved_case_goes_through_the_new_desk_to_its_numbers_its_publication_and_its_filing()
    {
        var journey = await Journey.SubmittedAsync(_register);
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
        await _register.Step(journey.Document, "seal", "Done");
        await _register.RegisterAsync(journey);
        await _register.As("registrar").Send(new AssignNumber(journey.Document, Issuing.IssueNumber));
        await _register.PublishAsync(journey);
        await _register.AddBasisAsync(journey.Document);
        await _register.As("filer").Send(new FileUp(journey.Document));
        await _register.As("receiver-province").Send(new ReceiveFiling(journey.Document, FilingAnswer.Registered));
        Assert.That(await journey.TasksAsync(), Is.Empty);
        Assert.That(await _register.Scalar<string>("SELECT Text FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE s.Kind = 'registration'"), Is.EqualTo("CZCR-2013-00001"));
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
        var journey = await to(_register);
        var (tasks, limits) = (await journey.TasksAsync(), await Limits(journey));
        await Renew();
        await Move(new MoveCase(Next, "改用新版", await Instance(), Map: Renamed));
        Assert.That(await journey.TasksAsync(), Is.EqualTo(tasks));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        Assert.That(await _register.Scalar<int>("SELECT DefinitionVersion FROM CaseFile"), Is.EqualTo(Next));
        await AssertWhole();
        var withdrawn = await _register.As("drafter").Try(new WithdrawDraft(journey.Document, "不再制定"));
        if (withdrawn.Error is null) Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"), "what stands beside is there still");
        await AssertWhole();
    }

    private Task<IReadOnlyList<string>> Limits(Journey journey) =>
        _register.Rows<string>("SELECT Name || ' ' || COALESCE(Due, '-') FROM Deadline WHERE DocumentId = @Document AND ClosedAt IS NULL ORDER BY Name", new { journey.Document });

    [Test]
    public async Task The_list_says_what_changes_for_whom()
    {
        var journey = await Journey.ToReviewAsync(_register);
        await journey.AcceptAsync();
        await _register.RestartAsync(law => law.Next(Review, d =>
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
        var journey = await Journey.ToReviewAsync(_register);
        await journey.AcceptAsync();
        var limits = await Limits(journey);
        await _register.RestartAsync(law => law.Next(Review, d => d.Node("reviewing").Set("role", "registrar")));
        Assert.That((await Keeper.Try(new MoveCase(3, "换岗", await Instance(Review)))).Error?.Code, Is.EqualTo("move.other-kind"), "another desk must be meant");
        _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(1), 0);
        await Move(new MoveCase(3, "换岗", await Instance(Review), Map: new Dictionary<string, string> { ["reviewing"] = "reviewing" }));
        Assert.That(await _register.Rows<string>("SELECT Role || ' ' || State || ' ' || Visit FROM Task WHERE Code = 'review' ORDER BY Visit"), Is.EqualTo(["reviewer superseded 1", "registrar open 2"]));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Task WHERE Code = 'review' AND State = 'open' AND OpenedAt < @Now", new { Now = _register.Clock.GetUtcNow() }), Is.Zero, "the new desk has it since now");
        await AssertWhole();
    }

    [Test]
    public async Task A_task_of_another_name_at_the_same_desk_is_held_on_by_whoever_held_it()
    {
        var journey = await Journey.SubmittedAsync(_register);
        await _register.As("reviewer").Send(new TakeTask(journey.Document, await _register.Scalar<Guid>("SELECT Id FROM Task")));
        await _register.RestartAsync(law => law.Next(Government, d => d.Node("identify")["name"] = "文件性质认定"));
        var listed = await Keeper.Send(new ReadMove(Next, await Instance()));
        Assert.That(listed.Cases.Single().Open.Single(), Is.EqualTo(new MovedTask("文件性质认定", "审查员", "郴州市人民政府法制办公室", "审查员甲")));
        await Move(new MoveCase(Next, "改名称", await Instance()));
        Assert.That(await _register.Rows<string>("SELECT t.Name || ' ' || t.State || ' ' || a.Name FROM Task t JOIN Account a ON a.Id = t.HolderId ORDER BY Visit"),
            Is.EqualTo(["认定 superseded 审查员甲", "文件性质认定 open 审查员甲"]));
        await _register.As("reviewer").Send(new IdentifyDocument(journey.Document, IdentificationOutcome.Normative, "普遍适用"));
        await AssertWhole();
    }

    [Test]
    public async Task All_running_cases_of_a_definition_go_together_and_what_cannot_says_why_and_stays()
    {
        var (one, two, three) = (await Journey.SubmittedAsync(_register), await Journey.SubmittedAsync(_register), await Journey.ToReviewAsync(_register));
        await _register.As("reviewer").Send(new IdentifyDocument(one.Document, IdentificationOutcome.Normative, "普遍适用"));
        await _register.RestartAsync(law => law.Next(Government, d => d.Remove("complete", "consult")));
        var moved = await Move(new MoveCase(Next, "不再补齐材料", Definition: Government));
        Assert.That(moved.Moved, Is.EqualTo(2));
        Assert.That(moved.Cases.Select(c => (c.DocumentId, c.Refused?.Code)), Is.EquivalentTo([(one.Document, "move.unmapped"), (two.Document, (string?)null), (three.Document, null)]));
        Assert.That(await _register.Rows<int>("SELECT DefinitionVersion FROM WorkflowInstance WHERE DefinitionId = @Government ORDER BY Id", new { Government }), Is.EqualTo([Now, Next, Next]));
        foreach (var document in new[] { two.Document, three.Document })
        {
            var history = await _register.As("reviewer").Send(new ReadDocument(document));
            Assert.That((history.History[0].Command, history.History[0].Reason, history.History[0].ActorName), Is.EqualTo(("move-case", "不再补齐材料", "rule-keeper")));
        }

        Assert.That((await _register.As("reviewer").Send(new ReadDocument(one.Document))).History.Select(h => h.Command), Does.Not.Contain("move-case"));
        Assert.That((await Keeper.Send(new ReadMove(Next, Definition: Government))).Cases.Select(c => c.DocumentId), Is.EqualTo([one.Document]));
        await AssertWhole();
    }

    [Test]
    public async Task What_was_confirmed_is_what_happens_or_nothing_does()
    {
        var journey = await Journey.SubmittedAsync(_register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", await Instance(), Map: Renamed);
        var listed = await Keeper.Send(command);
        Assert.That((await Keeper.Try(command with { Digest = "sha256:other" })).Error?.Code, Is.EqualTo("move.stale"));
        await _register.As("reviewer").Send(new TakeTask(journey.Document, await _register.Scalar<Guid>("SELECT Id FROM Task")));
        var stale = await Keeper.Try(command with { Digest = listed.Digest });
        Assert.That((stale.Error?.Code, stale.Error?.Kind, await Version()), Is.EqualTo(("move.stale", ErrorKind.Conflict, Now)), "somebody holds it now");
        Assert.That((await Keeper.Try(command with { Digest = (await Keeper.Send(command)).Digest, Map = null })).Error?.Code, Is.EqualTo("move.unmapped"));
        Assert.That((await Keeper.Send(command)).Digest, Is.EqualTo((await Keeper.Send(command with { Reason = "另一理由" })).Digest), "the reason is not listed");
        Assert.That((await Keeper.Send(new ReadMove(Next, command.Instance, Map: ["identify=identification"]))).Digest, Is.EqualTo((await Keeper.Send(command)).Digest), "the question lists the same");
    }

    [Test]
    public async Task Of_two_moves_at_once_one_moves_and_the_other_finds_it_done()
    {
        await Journey.SubmittedAsync(_register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", await Instance(), Map: Renamed);
        command = command with { Digest = (await Keeper.Send(command)).Digest };
        var both = await Task.WhenAll(Keeper.Try(command), _register.Operator.Try(command));
        Assert.That(both.Select(b => b.Error?.Code), Is.EquivalentTo([null, "move.not-newer"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'instance-moved'"), Is.EqualTo(1));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Task WHERE State = 'open'"), Is.EqualTo(1));
        await AssertWhole();
    }

    [Test]
    public async Task A_move_that_fails_half_way_leaves_everything_as_it_was()
    {
        await Journey.SubmittedAsync(_register);
        await Journey.SubmittedAsync(_register);
        await Renew();
        var command = new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed);
        command = command with { Digest = (await Keeper.Send(command)).Digest };
        var before = await Everything();
        // The second task cannot be laid: as after a fault of the disk, or a crash.
        await _register.Database.WriteAsync(db => db.ExecuteAsync(
            "CREATE TRIGGER TR_Fault BEFORE INSERT ON Task WHEN NEW.NodeId = 'identification' AND EXISTS (SELECT 1 FROM Task WHERE NodeId = 'identification') BEGIN SELECT RAISE(ABORT, 'fault'); END"));
        Assert.That(async () => await Keeper.Try(command), Throws.Exception);
        Assert.That(await Everything(), Is.EqualTo(before));
        await _register.Database.WriteAsync(db => db.ExecuteAsync("DROP TRIGGER TR_Fault"));
        Assert.That((await Keeper.Send(command)).Moved, Is.EqualTo(2), "and can be done again");
        await AssertWhole();
    }

    private async Task<string> Everything() => string.Join('\n',
        [.. await _register.Rows<string>("SELECT Id || DefinitionVersion || State FROM WorkflowInstance ORDER BY Id"),
            .. await _register.Rows<string>("SELECT Id || State || NodeId || Visit FROM Task ORDER BY Id"),
            .. await _register.Rows<string>("SELECT Id || DefinitionVersion FROM CaseFile ORDER BY Id"), (await _register.Scalar<string>("SELECT CAST(COUNT(*) AS TEXT) FROM Event"))!]);

    [TestCase("drafter", "forbidden")]
    [TestCase("administrator", "forbidden")]
    [TestCase("registrar", "forbidden")]
    public async Task Only_the_rule_keeper_moves_cases(string login, string code)
    {
        await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As(login).Try(new MoveCase(Next, "理由", await Instance()))).Error?.Code, Is.EqualTo(code));
        Assert.That((await _register.As(login).Try(new ReadMove(Next, await Instance()))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task The_rule_keeper_of_another_place_sees_none_of_them()
    {
        await Journey.SubmittedAsync(_register);
        await Renew();
        _register.Knows("elsewhere", await _register.Operator.Send(new CreateAccount("elsewhere", "规则管理员乙")));
        await _register.Operator.Send(new GivePost("elsewhere", World.ProvinceLegal, Role.RuleKeeper, new(2000, 1, 1)));
        Assert.That((await _register.As("elsewhere").Try(new ReadMove(Next, await Instance(), Map: ["identify=identification"]))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.As("elsewhere").Send(new ReadMove(Next, Definition: Government))).Cases, Is.Empty);
        Assert.That((await _register.As("elsewhere").Try(new MoveCase(Next, "理由", Definition: Government, Digest: (await _register.As("elsewhere").Send(new ReadMove(Next, Definition: Government))).Digest))).Error?.Code,
            Is.EqualTo("move.none"));
    }

    [Test]
    public async Task What_makes_no_sense_is_refused()
    {
        await Journey.SubmittedAsync(_register);
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
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE WorkflowInstance SET Host = 'elsa'"));
        Assert.That((await Keeper.Try(new MoveCase(Next, "理由", instance, Map: Renamed))).Error?.Code, Is.EqualTo("move.on-elsa"));
    }

    [Test]
    public async Task A_review_under_way_is_moved_by_itself_and_the_next_round_keeps_to_its_version()
    {
        var journey = await Journey.ToReviewAsync(_register);
        await _register.RestartAsync(law => law.Next(Review, d => d.Insert("accept", "Accepted", "assign", "指定承办人", "reviewer", "legal-office")));
        await Move(new MoveCase(3, "增设指定承办人", await Instance(Review)));
        Assert.That((await Version(Review), await Version()), Is.EqualTo((3, Now)), "its parent is untouched");
        await journey.AcceptAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["assign"]));
        await _register.Step(journey.Document, "assign", "Done");
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        await journey.DecideAsync(DecisionOutcome.Deferred);
        await _register.As("drafter").Send(new ReviseDraft(journey.Document, "已按会议意见修改", Journey.Changed));
        Assert.That(await _register.Rows<int>("SELECT DefinitionVersion FROM WorkflowInstance WHERE DefinitionId = @Review ORDER BY Id", new { Review }), Is.EqualTo([3, 3]));
        await AssertWhole();
    }

    [Test]
    public async Task A_workflow_below_goes_on_below_a_node_of_another_id()
    {
        var journey = await Journey.ToReviewAsync(_register);
        await _register.RestartAsync(law => law.Next(Government, d => d.Rename("review", "legality")));
        await Move(new MoveCase(Next, "改编号", await Instance(), Map: new Dictionary<string, string> { ["review"] = "legality" }));
        Assert.That(await _register.Rows<string>("SELECT ParentNode || ' ' || Status FROM WorkflowInstance WHERE DefinitionId = @Review", new { Review }), Is.EqualTo(["legality running"]));
        await AssertWhole();
        await journey.PassAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["decide"]));
        await AssertWhole();
    }

    [Test]
    public async Task An_outcome_that_the_other_level_does_not_know_is_refused_until_that_was_moved()
    {
        await Journey.ToReviewAsync(_register);
        await _register.RestartAsync(law =>
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
        var journey = await Journey.ToReviewAsync(_register);
        await journey.PassAsync();
        await _register.RestartAsync(law => law.Next(Government, d =>
        {
            foreach (var (input, value, type) in new[] { ("limit", "decision", "String"), ("length", "10", "Int32"), ("unit", "day", "String"), ("kind", "working", "String"), ("from", "review-concluded", "String"), ("until", "decided", "String") })
                d.Node("decide").Set(input, value, type);
        }));
        var listed = await Keeper.Send(new ReadMove(Next, await Instance()));
        Assert.That(listed.Cases.Single().Limits, Has.One.Matches("^集体讨论决定：新版所设，自2013年3月23日合法性审查完成起算，2013年.*到期$"));
        await Move(new MoveCase(Next, "设讨论期限", await Instance()));
        Assert.That((await _register.DeadlineAsync(journey.Document, "decision")).FromDate, Is.EqualTo(_register.Today));
        await AssertWhole();
        await _register.RestartAsync(law =>
        {
            law.Next(Government, _ => { });
            law.Change($"{Government}.json", json => json["version"] = Next + 1);
        });
        Assert.That((await Keeper.Send(new ReadMove(Next + 1, await Instance()))).Cases.Single().Limits, Is.EqualTo(["集体讨论决定：新版不设此期限，就此终止"]));
        await Move(new MoveCase(Next + 1, "不设期限", await Instance()));
        Assert.That((await _register.DeadlineAsync(journey.Document, "decision")).ClosedReason, Is.EqualTo("改按新版流程办理"));
        await journey.DecideAsync();
        await AssertWhole();
    }

    [Test]
    public async Task A_watch_that_is_moved_rings_as_the_new_version_says_and_the_due_date_stays()
    {
        var journey = await Journey.ToReviewAsync(_register);
        await journey.AcceptAsync();
        var limits = await Limits(journey);
        await _register.RestartAsync(law => law.Next("review-watch", d => d.Node("reviewLimit").Set("dueSoon", "-5,-1")));
        await Move(new MoveCase(2, "提前提醒", await Instance("review-watch")));
        Assert.That(await _register.Scalar<string>("SELECT Rungs FROM Deadline WHERE Name = 'legality-review'"), Is.EqualTo("-5:DueSoon,-1:DueSoon,1:Overdue"));
        Assert.That(await Limits(journey), Is.EqualTo(limits));
        await AssertWhole();
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        await AssertWhole();
    }

    [Test]
    public async Task A_change_of_a_definition_changes_no_limit_of_a_case_that_was_not_moved()
    {
        var journey = await Journey.ToReviewAsync(_register);
        await _register.RestartAsync(law => law.Next(Review, d =>
        {
            foreach (var input in new[] { "limit", "length", "unit", "kind", "from", "until" }) d.Node("reviewing").AsObject().Remove(input);
            d.Remove("reviewLimit", "reviewed");
            d["root"]!["connections"]!.AsArray().Remove(d["root"]!["connections"]!.AsArray().Last(c => (string)c!["target"]!["activity"]! == "reviewed" && (string)c["source"]!["activity"]! == "underReview"));
            d.Node("underReview")["branches"]!["expression"]!["value"] = "[\"Review\"]";
        }));
        await journey.AcceptAsync();
        Assert.That(await Limits(journey), Has.One.StartWith("legality-review "));
        await journey.ConcludeAsync(ReviewConclusion.Passed);
        Assert.That((await _register.DeadlineAsync(journey.Document, "legality-review")).ClosedReason, Is.EqualTo("已完成"));
        await AssertWhole();
    }

    [Test]
    public async Task Nothing_of_a_list_is_written_even_as_a_trial()
    {
        await Journey.SubmittedAsync(_register);
        await Renew();
        var before = await Everything();
        await Keeper.Send(new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed));
        await using var scope = _register.Services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        (caller.Actor, caller.Trial) = (Keeper.Actor, new Trial());
        var listed = await Keeper.Send(new ReadMove(Next, Definition: Government, Map: ["identify=identification"]));
        var tried = await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new MoveCase(Next, "改用新版", Definition: Government, Map: Renamed, Digest: listed.Digest));
        Assert.That(tried.Value.Moved, Is.EqualTo(1));
        Assert.That(await Everything(), Is.EqualTo(before));
    }
}
