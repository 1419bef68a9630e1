using Filing.Workflows;

namespace Filing.Tests.Workflows;

public sealed class AnalysisTests
{
    private const string Reviewed = """
        start : start
        draft : task
        kind : auto(Plain,Grave)
        hearing : task
        review : task(Approved,Returned)
        sign : task(Signed,Returned)
        end : end
        start > draft
        draft > kind
        kind.Plain > review
        kind.Grave > hearing
        hearing > review
        review.Returned > draft
        review.Approved > sign
        sign.Returned > draft
        sign.Signed > end
        """;

    [TestCase("start", null)]
    [TestCase("draft", "start")]
    [TestCase("kind", "draft")]
    [TestCase("hearing", "kind")]
    [TestCase("review", "kind")]
    [TestCase("sign", "review")]
    [TestCase("end", "sign")]
    public void A_dominator_is_the_nearest_node_that_every_path_passes(string node, string? dominator)
    {
        var analysis = new FlowAnalysis(Sketch.Load(Reviewed));
        Assert.That(analysis.DominatorOf(analysis.Definition[node])?.Id, Is.EqualTo(dominator));
        Assert.That(analysis.Passes(analysis.Definition["end"], analysis.Definition["hearing"]), Is.False);
    }

    [Test]
    public void Back_edges_and_outcomes_are_listed()
    {
        var analysis = new FlowAnalysis(Sketch.Load(Reviewed));
        Assert.That(analysis.BackEdges.Select(e => e.ToString()), Is.EqualTo(["review:Returned->draft", "sign:Returned->draft"]));
        Assert.That(analysis.Outcomes.Select(o => $"{o.Node}:{o.Outcome}"), Is.EqualTo(
            ["start:Done", "draft:Done", "kind:Plain", "kind:Grave", "hearing:Done", "review:Approved", "review:Returned", "sign:Signed", "sign:Returned"]));
    }

    [Test]
    public void Walks_reach_every_outcome_of_every_choice_by_the_shortest_way()
    {
        var walks = new FlowAnalysis(Sketch.Load(Reviewed)).Walks().ToDictionary(w => w.Last.ToString(), w => w.ToString());
        Assert.That(walks.Keys, Is.EquivalentTo(
            ["draft:Done", "kind:Plain", "kind:Grave", "hearing:Done", "review:Approved", "review:Returned", "sign:Signed", "sign:Returned"]));
        Assert.That(walks["sign:Returned"], Is.EqualTo("draft:Done → kind:Plain → review:Approved → sign:Returned"));
        Assert.That(walks["hearing:Done"], Is.EqualTo("draft:Done → kind:Grave → hearing:Done"));
    }

    [Test]
    public async Task A_walk_can_be_walked()
    {
        var definition = Sketch.Load(Reviewed);
        foreach (var walk in new FlowAnalysis(definition).Walks())
        {
            var played = new Played { Decide = (node, visit) => walk.Choices.FirstOrDefault(c => c.NodeId == node.Id && c.Visit == visit)?.Outcome ?? node.Outcomes[0] };
            var advance = await Play.Start(definition, played);
            foreach (var choice in walk.Choices.Where(c => c.Waits))
                advance = await Play.Runner.ResumeAsync(definition, advance.State, choice.NodeId, choice.Visit, new(choice.Outcome), played);

            Assert.That(advance.Failure, Is.Null, walk.ToString());
            var reached = advance.Steps.Where(s => s.What == StepKind.Completed).Select(s => (s.NodeId, s.Visit, s.Outcomes[0]));
            Assert.That(reached, Does.Contain((walk.Last.NodeId, walk.Last.Visit, walk.Last.Outcome)), walk.ToString());
        }
    }

    [Test]
    public void A_sound_definition_has_neither_dead_ends_nor_outcomes_out_of_reach()
    {
        var seen = new FlowAnalysis(Sketch.Load(Reviewed)).Explore();
        Assert.That(seen.Flaws, Is.Empty);
        Assert.That(seen.Unreached, Is.Empty);
        Assert.That(seen.Complete, Is.True);
    }

    // Elsa counts visits of a connection, and a loop that is left by it counts each round. These flows are sound on paper and lose the case in Elsa.
    [TestCase("""
        start : start
        fork : fork(Work,Watch)
        work : task
        watch : task(Met,DueSoon,Overdue)
        remind : auto
        chase : auto
        meet : join(WaitAny)
        end : end
        start > fork
        fork.Work > work
        fork.Watch > watch
        watch.DueSoon > remind
        watch.Overdue > chase
        watch.Met > meet
        remind > watch
        chase > watch
        work > meet
        meet > end
        """, "watch:DueSoon → watch:DueSoon → work:Done", "workflow.stuck", TestName = "A watch that goes round beside its task is lost after two rounds")]
    [TestCase("""
        start : start
        ask : task(Yes,No)
        work : task
        check : task(Again,Good)
        seal : task
        end : end
        start > ask
        ask.Yes > work
        ask.No > seal
        work > check
        check.Again > work
        check.Good > seal
        seal > end
        """, "ask:Yes → work:Done → check:Again → work:Done → check:Good", "workflow.stuck", TestName = "A loop that can be bypassed is lost where the two ways meet")]
    [TestCase("""
        start : start
        fork : fork(A,B)
        a : task(Again,Good)
        b : task
        meet : join(WaitAll)
        end : end
        start > fork
        fork.A > a
        fork.B > b
        a.Again > a
        a.Good > meet
        b > meet
        meet > end
        """, "a:Again → a:Good → b:Done", "workflow.stuck", TestName = "A loop on one branch is lost where all must meet")]
    [TestCase("""
        start : start
        fork : fork(A,B)
        a : task(Again,Good)
        b : task
        seal : task
        end : end
        start > fork
        fork.A > a
        fork.B > b
        a.Again > a
        a.Good > seal
        b > seal
        seal > end
        """, "a:Again → b:Done", "workflow.early", TestName = "Where all must meet a loop on one branch lets the other through alone")]
    [TestCase("""
        start : start
        draft : task
        fork : fork(A,B)
        a : task(Good,Bad)
        b : task
        meet : task
        end : end
        start > draft
        draft > fork
        fork.A > a
        fork.B > b
        a.Bad > draft
        a.Good > meet
        b > meet
        meet > end
        """, "draft:Done → a:Bad → draft:Done", "workflow.doubled", TestName = "A way back out of one branch finds the other still waiting")]
    [TestCase("""
        start : start
        fork : fork(A,B)
        a : auto
        b : task
        meet : join(WaitAny)
        end : task
        over : end
        start > fork
        fork.A > a
        fork.B > b
        a > meet
        b > meet
        meet > end
        end > over
        """, "", "workflow.race", TestName = "A branch without a wait races the one with")]
    public void What_Elsa_would_lose_is_found(string sketch, string walk, string code)
    {
        var seen = new FlowAnalysis(Sketch.Load(sketch)).Explore(asElsa: true);
        Assert.That(seen.Flaws.Select(f => (f.Walk.ToString(), f.Failure.Code)), Does.Contain((walk, code)));
        Assert.That(seen.Complete, Is.True);
    }

    [Test]
    public async Task The_built_in_runner_keeps_a_watch_that_goes_round_beside_its_task_through_any_number_of_rings_and_rounds()
    {
        var definition = Sketch.Load("""
            start : start
            fork : fork(Work,Watch)
            work : task(Good,Bad)
            watch : watch(Met,DueSoon,Overdue)
            remind : auto
            chase : auto
            good : join(WaitAny)
            bad : join(WaitAny)
            next : task
            end : end
            start > fork
            fork.Work > work
            fork.Watch > watch
            watch.DueSoon > remind
            watch.Overdue > chase
            watch.Met > good
            watch.Met > bad
            remind > watch
            chase > watch
            work.Good > good
            work.Bad > bad
            bad > fork
            good > next
            next > end
            """);
        var played = new Played();
        var advance = await Play.Through(definition, played, "watch.DueSoon", "watch.DueSoon", "watch.Overdue", "work.Bad", "watch.DueSoon", "work.Bad");
        Assert.That(advance.State.Waits(), Is.EqualTo("watch work"));
        advance = await Play.Signal(definition, advance.State, "watch", "Overdue", played);
        advance = await Play.Signal(definition, advance.State, "work", "Good", played);
        Assert.That(advance.State.Waits(), Is.EqualTo("next"));
        Assert.That(played.Asked.Where(a => a.StartsWith("cancel", StringComparison.Ordinal)), Is.EqualTo(["cancel watch#4", "cancel watch#6", "cancel watch#8"]));

        var analysis = new FlowAnalysis(definition);
        Assert.That(analysis.Explore(), Has.Property("Flaws").Empty.And.Property("Unreached").Empty.And.Property("Complete").True);
        Assert.That(analysis.Explore(asElsa: true).Flaws, Is.Not.Empty);
    }

    [Test]
    public void Where_a_loop_and_its_bypass_meet_a_join_of_any_keeps_the_case()
    {
        var seen = new FlowAnalysis(Sketch.Load("""
            start : start
            ask : task(Yes,No)
            work : task
            check : task(Again,Good)
            meet : join(WaitAny)
            end : end
            start > ask
            ask.Yes > work
            ask.No > meet
            work > check
            check.Again > work
            check.Good > meet
            meet > end
            """)).Explore();
        Assert.That(seen.Flaws, Is.Empty);
        Assert.That(seen.Unreached, Is.Empty);
    }
}
