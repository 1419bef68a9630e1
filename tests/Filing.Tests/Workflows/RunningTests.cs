using Filing.Workflows;

namespace Filing.Tests.Workflows;

public sealed class RunningTests
{
    private const string Line = """
        start : start
        draft : task
        review : task(Approved,Returned)
        end : end
        start > draft
        draft > review
        review.Returned > draft
        review.Approved > end
        """;

    [Test]
    public async Task A_flow_runs_to_its_first_wait_and_on_by_signals()
    {
        var definition = Sketch.Load(Line);

        var started = await Play.Start(definition);
        Assert.That(started.Trace(), Is.EqualTo("+start =start +draft ?draft"));

        var drafted = await Play.Signal(definition, started.State, "draft", "Done");
        Assert.That(drafted.Trace(), Is.EqualTo("!draft =draft +review ?review"));
        Assert.That(drafted.Steps[0].Signal, Is.EqualTo("Done"));

        var approved = await Play.Signal(definition, drafted.State, "review", "Approved");
        Assert.That(approved.Trace(), Is.EqualTo("!review =review +end =end"));
        Assert.That(approved.Steps[1].Outcomes, Is.EqualTo(["Approved"]));
        Assert.That(approved.State.Status, Is.EqualTo(FlowStatus.Finished));
        Assert.That(approved.State.Outcome, Is.EqualTo("end"));
    }

    [Test]
    public async Task A_backward_connection_begins_a_new_visit_and_an_older_one_is_no_longer_waiting()
    {
        var definition = Sketch.Load(Line);
        var first = await Play.Start(definition);
        var again = await Play.Through(definition, new(), "draft.Done", "review.Returned");

        Assert.That(again.State.Waiting, Is.EqualTo([new FlowWait("draft", 2, true)]));
        var late = await Play.Runner.ResumeAsync(definition, again.State, "draft", first.State.Waiting[0].Visit, new("Done"), new());
        Assert.That(late.Failure!.Code, Is.EqualTo("workflow.not-waiting"));
        Assert.That(late.State, Is.SameAs(again.State));

        var through = await Play.Through(definition, new(), "draft.Done", "review.Returned", "draft.Done", "review.Returned", "draft.Done", "review.Approved");
        Assert.That(through.State.Status, Is.EqualTo(FlowStatus.Finished));
        Assert.That(through.State.VisitsOf(definition["draft"]), Is.EqualTo(3));
    }

    [Test]
    public async Task A_node_that_never_waited_refuses_a_signal()
    {
        var definition = Sketch.Load(Line);
        var started = await Play.Start(definition);
        foreach (var (node, visit) in new[] { ("review", 1), ("draft", 0), ("draft", 2), ("nobody", 1) })
        {
            var advance = await Play.Runner.ResumeAsync(definition, started.State, node, visit, new("Done"), new());
            Assert.That(advance.Failure!.Code, Is.EqualTo("workflow.not-waiting"));
            Assert.That(advance.Steps, Is.Empty);
        }
    }

    [Test]
    public async Task A_flow_starts_once_and_a_finished_one_takes_neither_signal_nor_cancellation()
    {
        var definition = Sketch.Load(Line);
        var started = await Play.Start(definition);
        Assert.That((await Play.Runner.StartAsync(definition, started.State, new())).Failure!.Code, Is.EqualTo("workflow.started"));

        var over = await Play.Through(definition, new(), "draft.Done", "review.Approved");
        Assert.That((await Play.Signal(definition, over.State, "review", "Approved")).Failure!.Code, Is.EqualTo("workflow.not-waiting"));
        Assert.That((await Play.Runner.CancelAsync(definition, over.State, "撤回", new())).Failure!.Code, Is.EqualTo("workflow.over"));
        Assert.That((await Play.Runner.StartAsync(definition, over.State, new())).Failure!.Code, Is.EqualTo("workflow.started"));
    }

    [Test]
    public async Task An_expected_failure_leaves_the_given_state_as_it_was()
    {
        var definition = Sketch.Load(Line);
        var started = await Play.Start(definition);
        var before = started.State.ToJson();

        var failed = await Play.Signal(definition, started.State, "draft", "Done", new() { FailAt = "review" });
        Assert.That(failed.Failure, Has.Property("Code").EqualTo("test.no").And.Property("NodeId").EqualTo("review").And.Property("Detail").Not.Null);
        Assert.That(failed.State, Is.SameAs(started.State));
        Assert.That(started.State.ToJson(), Is.EqualTo(before));

        var refused = await Play.Signal(definition, started.State, "draft", "Refuse");
        Assert.That(refused.Failure!.Code, Is.EqualTo("test.no"));
    }

    [Test]
    public async Task An_outcome_that_the_node_has_not_is_a_failure()
    {
        var definition = Sketch.Load(Line);
        var started = await Play.Start(definition);
        Assert.That((await Play.Signal(definition, started.State, "draft", "Approved")).Failure!.Code, Is.EqualTo("workflow.unknown-outcome"));
    }

    [Test]
    public async Task A_task_may_take_a_signal_and_go_on_waiting()
    {
        var definition = Sketch.Load(Line);
        var partly = await Play.Through(definition, new(), "draft.Partly");
        Assert.That(partly.Trace(), Is.EqualTo("!draft ?draft"));
        Assert.That(partly.State.Waiting, Is.EqualTo([new FlowWait("draft", 1, false)]));
    }

    [Test]
    public async Task Cancelling_a_flow_cancels_each_waiting_node_once()
    {
        var definition = Sketch.Load("""
            start : start
            fork : fork(A,B)
            a : task
            b : task
            end : end
            start > fork
            fork.A > a
            fork.B > b
            a > end
            b > end
            """);
        var played = new Played();
        var started = await Play.Start(definition, played);

        var cancelled = await Play.Runner.CancelAsync(definition, started.State, "起草单位撤回", played);
        Assert.That(cancelled.Trace(), Is.EqualTo("xa xb"));
        Assert.That(played.Asked, Is.EqualTo(["ask a#1", "ask b#1", "cancel a#1", "cancel b#1"]));
        Assert.That(cancelled.State.Status, Is.EqualTo(FlowStatus.Cancelled));
        Assert.That(cancelled.State.Outcome, Is.EqualTo("起草单位撤回"));
        Assert.That(cancelled.State.Waiting, Is.Empty);

        var failing = await Play.Runner.CancelAsync(definition, started.State, "撤回", new() { FailCancelAt = "b" });
        Assert.That(failing.Failure, Has.Property("Code").EqualTo("test.no-cancel").And.Property("NodeId").EqualTo("b"));
        Assert.That(failing.State, Is.SameAs(started.State));
    }

    // Elsa.End, Elsa.Finish, and an activity that finishes the workflow by itself.
    [TestCase("end", "Done", "over")]
    [TestCase("finish", "Done", "over")]
    [TestCase("end", "Stop", "stopped")]
    public async Task An_end_ends_the_other_branches_too(string kind, string signal, string outcome)
    {
        var definition = Sketch.Load($"""
            start : start
            fork : fork(A,B)
            a : task
            b : task
            over : {kind}
            other : end
            start > fork
            fork.A > a
            fork.B > b
            a > over
            b > other
            """);
        var played = new Played();
        var ended = await Play.Through(definition, played, $"a.{signal}");
        Assert.That(ended.State.Status, Is.EqualTo(FlowStatus.Finished));
        Assert.That(ended.State.Outcome, Is.EqualTo(outcome));
        Assert.That(played.Asked, Does.Contain("cancel b#1").And.Not.Contain("cancel a#1"));
    }

    [Test]
    public async Task A_flow_that_never_comes_to_rest_is_stopped()
    {
        var definition = Sketch.Load("""
            start : start
            a : auto
            b : auto(Again,Done)
            end : end
            start > a
            a > b
            b.Again > a
            b.Done > end
            """);
        var advance = await Play.Start(definition);
        Assert.That(advance.Failure!.Code, Is.EqualTo("workflow.runaway"));

        var tame = await Play.Start(definition, new() { Decide = (node, visit) => node.Id == "b" && visit < 400 ? "Again" : "Done" });
        Assert.That(tame.State.Status, Is.EqualTo(FlowStatus.Finished));
    }

    [Test]
    public async Task A_branch_may_end_while_another_goes_on_and_the_flow_finishes_with_the_last()
    {
        var definition = Sketch.Load("""
            start : start
            fork : fork(A,B)
            a : task
            tell : ends
            b : task
            stop : ends
            start > fork
            fork.A > a
            fork.B > b
            a > tell
            b > stop
            """);
        var first = await Play.Through(definition, new(), "a.Done");
        Assert.That(first.State.Status, Is.EqualTo(FlowStatus.Running));
        var last = await Play.Through(definition, new(), "a.Done", "b.Done");
        Assert.That(last.State.Status, Is.EqualTo(FlowStatus.Finished));
        Assert.That(last.State.Outcome, Is.Null);
    }

    [Test]
    public void A_state_of_another_definition_is_a_bug_of_the_caller()
    {
        var one = Sketch.Load(Line);
        var other = Sketch.Load(Line.Replace("review.Returned > draft\n", "", StringComparison.Ordinal).Replace("(Approved,Returned)", "(Approved)", StringComparison.Ordinal));
        Assert.That(() => Play.Runner.StartAsync(other, FlowState.New(one), new()).AsTask(), Throws.ArgumentException);
    }
}
