using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>How branches part and meet: as Elsa 3.7 counts with UseTokenFlow off.</summary>
public sealed class JoiningTests
{
    private static string Forked(string join) => $"""
        start : start
        fork : fork(A,B)
        a : task(Yes,No)
        b : task(Yes,No)
        meet : {join}
        last : task
        elseA : task
        elseB : task
        end : end
        start > fork
        fork.A > a
        fork.B > b
        a.Yes > meet
        b.Yes > meet
        a.No > elseA
        b.No > elseB
        meet > last
        last > end
        elseA > end
        elseB > end
        """;

    // What each kind of meeting does after a, and after b as well.
    [TestCase("join(WaitAll)", "Yes", "b", "Yes", "last")]
    [TestCase("join(WaitAll)", "Yes", "b", "No", "elseB")]
    [TestCase("join(WaitAllActive)", "Yes", "b", "Yes", "last")]
    [TestCase("join(WaitAllActive)", "Yes", "b", "No", "elseB last")]
    [TestCase("join(WaitAllActive)", "No", "b elseA", "Yes", "elseA last")]
    [TestCase("join(WaitAllActive)", "No", "b elseA", "No", "elseA elseB")]
    [TestCase("auto", "Yes", "b", "Yes", "last")]
    [TestCase("auto", "Yes", "b", "No", "elseB last")]
    [TestCase("auto", "No", "b elseA", "No", "elseA elseB")]
    [TestCase("join(WaitAny)", "No", "b elseA", "Yes", "elseA last")]
    [TestCase("join(WaitAny)", "No", "b elseA", "No", "elseA elseB")]
    public async Task Branches_meet(string join, string a, string afterA, string b, string afterB)
    {
        var definition = Sketch.Load(Forked(join));
        var one = await Play.Through(definition, new(), $"a.{a}");
        Assert.That(one.State.Waits(), Is.EqualTo(afterA));
        var both = await Play.Through(definition, new(), $"a.{a}", $"b.{b}");
        Assert.That(both.State.Waits(), Is.EqualTo(afterB));
    }

    [TestCase("join")]
    [TestCase("join(WaitAny)")]
    public async Task The_first_to_reach_a_join_of_any_cancels_what_still_waits_upstream_once(string join)
    {
        var definition = Sketch.Load(Forked(join));
        var played = new Played();
        var advance = await Play.Through(definition, played, "a.Yes");
        Assert.That(advance.State.Waits(), Is.EqualTo("last"));
        Assert.That(played.Asked.Where(x => x.StartsWith("cancel", StringComparison.Ordinal)), Is.EqualTo(["cancel b#1"]));
        Assert.That(advance.State.FateOf(definition["b"]), Is.EqualTo(NodeFate.Cancelled));
        Assert.That(advance.State.FateOf(definition["elseB"]), Is.EqualTo(NodeFate.Skipped));
        Assert.That((await Play.Signal(definition, advance.State, "b", "Yes")).Failure!.Code, Is.EqualTo("workflow.not-waiting"));
    }

    [Test]
    public async Task A_failure_to_cancel_stops_the_advance()
    {
        var definition = Sketch.Load(Forked("join"));
        var started = await Play.Start(definition);
        var advance = await Play.Signal(definition, started.State, "a", "Yes", new() { FailCancelAt = "b" });
        Assert.That(advance.Failure, Has.Property("Code").EqualTo("test.no-cancel").And.Property("NodeId").EqualTo("b"));
    }

    [Test]
    public async Task A_skip_travels_on_to_the_next_meeting()
    {
        var definition = Sketch.Load("""
            start : start
            ask : task(Yes,No)
            a1 : task
            a2 : task
            b : task
            meet : task
            end : end
            start > ask
            ask.Yes > a1
            ask.No > b
            a1 > a2
            a2 > meet
            b > meet
            meet > end
            """);
        var no = await Play.Through(definition, new(), "ask.No");
        Assert.That(no.Trace(), Is.EqualTo("!ask =ask -a1 -a2 +b ?b"));
        var done = await Play.Through(definition, new(), "ask.No", "b.Done");
        Assert.That(done.State.Waits(), Is.EqualTo("meet"));
    }

    [Test]
    public async Task Two_outcomes_to_one_node_enter_it_once()
    {
        var definition = Sketch.Load("""
            start : start
            ask : task(Yes,No)
            next : task
            end : end
            start > ask
            ask.Yes > next
            ask.No > next
            next > end
            """);
        foreach (var signal in new[] { "Yes", "No", "Both" })
        {
            var advance = await Play.Through(definition, new(), $"ask.{signal}");
            Assert.That(advance.State.Waiting, Is.EqualTo([new FlowWait("next", 1, false)]));
        }
    }

    [Test]
    public async Task A_round_through_a_fork_and_a_join_can_be_gone_again_and_again()
    {
        var definition = Sketch.Load("""
            start : start
            fork : fork(Work,Watch)
            work : task(Good,Bad)
            soon : watch(Met,DueSoon)
            remind : auto
            late : watch(Met,Overdue)
            chase : ends
            good : join(WaitAny)
            bad : join(WaitAny)
            end : end
            start > fork
            fork.Work > work
            fork.Watch > soon
            soon.DueSoon > remind
            soon.Met > good
            soon.Met > bad
            remind > late
            late.Overdue > chase
            late.Met > good
            late.Met > bad
            work.Good > good
            work.Bad > bad
            bad > fork
            good > end
            """);
        var played = new Played();
        var third = await Play.Through(definition, played, "soon.DueSoon", "work.Bad", "work.Bad", "soon.DueSoon", "late.Overdue");
        Assert.That(third.State.Waiting, Is.EqualTo([new FlowWait("work", 3, false)]));
        Assert.That(played.Asked.Where(x => x.StartsWith("cancel", StringComparison.Ordinal)), Is.EqualTo(["cancel late#1", "cancel soon#2"]));

        var over = await Play.Signal(definition, third.State, "work", "Good", played);
        Assert.That(over.State.Status, Is.EqualTo(FlowStatus.Finished));
        Assert.That(new FlowAnalysis(definition).Explore(asElsa: true), Has.Property("Flaws").Empty.And.Property("Unreached").Empty);
    }

    [Test]
    public async Task The_branch_that_is_not_gone_in_one_round_can_be_gone_in_the_next()
    {
        var definition = Sketch.Load("""
            start : start
            work : task
            check : task(Again,Good)
            seal : task
            end : end
            start > work
            work > check
            check.Again > work
            check.Good > seal
            seal > end
            """);
        var advance = await Play.Through(definition, new(), "work.Done", "check.Again", "work.Done", "check.Good");
        Assert.That(advance.State.Waits(), Is.EqualTo("seal"));
    }
}
