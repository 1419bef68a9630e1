using System.Collections.Frozen;

namespace Filing.Workflows;

/// <summary>
/// Advances flows to their next wait, within the caller's transaction: it stores nothing and calls nothing but the activities.
/// It counts as Elsa 3.7 does with <c>UseTokenFlow</c> off, so that a definition runs alike in both. Where a loop makes Elsa's counts come apart and a case
/// would be lost, it goes the way the definition shows; <see cref="FlowAnalysis.Explore"/> finds those places. One runner serves all cases at once.
/// </summary>
public sealed class FlowRunner<TContext>
{
    /// <summary>An advance that enters more nodes than this without coming to rest fails with <c>workflow.runaway</c>.</summary>
    public const int MaxSteps = 1000;

    private readonly FrozenDictionary<(string, int), IActivity<TContext>> _activities;

    /// <summary>True to fail where Elsa would lose the case, instead of going on.</summary>
    internal bool AsElsa { get; init; }

    /// <summary>A runner over a catalogue and the activities that do its work.</summary>
    /// <exception cref="ArgumentException">An activity is not in the catalogue, is given twice, or a type of the catalogue has none.</exception>
    public FlowRunner(ActivityCatalogue catalogue, IEnumerable<IActivity<TContext>> activities)
    {
        var known = new Dictionary<(string, int), IActivity<TContext>>();
        foreach (var activity in activities)
        {
            if (catalogue.Find(activity.Type, activity.Version) is null)
                throw new ArgumentException($"Activity {activity.Type} version {activity.Version} is not in the catalogue.", nameof(activities));
            if (!known.TryAdd((activity.Type, activity.Version), activity))
                throw new ArgumentException($"Activity {activity.Type} version {activity.Version} is given twice.", nameof(activities));
        }

        foreach (var type in catalogue.Types.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (type.Name != ActivityCatalogue.Flowchart && !ActivityCatalogue.IsBuiltIn(type.Name) && !known.ContainsKey((type.Name, type.Version)))
                throw new ArgumentException($"Activity type {type.Name} version {type.Version} has nothing that does its work.", nameof(activities));
        }

        _activities = known.ToFrozenDictionary();
    }

    /// <summary>Begins a flow and runs it to its first wait, or its end.</summary>
    /// <param name="definition">What to run.</param>
    /// <param name="fresh">From <see cref="FlowState.New"/>.</param>
    /// <param name="context">The caller's own, handed to every activity.</param>
    /// <returns>The advance; it fails with an activity's own failure, <c>workflow.started</c>, <c>workflow.runaway</c>, <c>workflow.stuck</c> or <c>workflow.unknown-outcome</c>.</returns>
    public async ValueTask<Advance> StartAsync(WorkflowDefinition definition, FlowState fresh, TContext context)
    {
        var run = Begin(definition, fresh, context);
        if (fresh.Status != FlowStatus.Running || fresh.Entered[definition.Start.Index] > 0)
            return new(fresh, [], new("workflow.started", "该流程已经启动，不能再次启动。"));
        return await run.StartAsync().ConfigureAwait(false);
    }

    /// <summary>Gives a waiting node its signal and runs on to the next wait, or the end.</summary>
    /// <param name="definition">What the state belongs to.</param>
    /// <param name="state">Where the flow stands.</param>
    /// <param name="nodeId">The node that waits.</param>
    /// <param name="visit">The visit that waits: a signal for an older visit comes too late.</param>
    /// <param name="signal">What the node is told.</param>
    /// <param name="context">The caller's own, handed to every activity.</param>
    /// <returns>The advance; it fails as <see cref="StartAsync"/> does, and with <c>workflow.not-waiting</c>.</returns>
    public async ValueTask<Advance> ResumeAsync(WorkflowDefinition definition, FlowState state, string nodeId, int visit, Signal signal, TContext context)
    {
        var run = Begin(definition, state, context);
        return await run.ResumeAsync(nodeId, visit, signal).ConfigureAwait(false);
    }

    /// <summary>Calls a flow off: each waiting node is cancelled, in the order in which they began to wait.</summary>
    /// <param name="definition">What the state belongs to.</param>
    /// <param name="state">Where the flow stands.</param>
    /// <param name="reason">Kept as the state's outcome.</param>
    /// <param name="context">The caller's own, handed to every activity.</param>
    /// <returns>The advance; it fails with an activity's own failure, and with <c>workflow.over</c>.</returns>
    public async ValueTask<Advance> CancelAsync(WorkflowDefinition definition, FlowState state, string reason, TContext context)
    {
        var run = Begin(definition, state, context);
        if (state.Status != FlowStatus.Running) return new(state, [], new("workflow.over", "该流程已经结束，不能再撤销。"));
        return await run.CancelAsync(reason).ConfigureAwait(false);
    }

    /// <summary>Carries a plan out: what changes at the nodes that wait is withdrawn and asked anew; nothing else happens, and no node completes.</summary>
    /// <param name="plan">A plan without a failure.</param>
    /// <param name="context">The caller's own, handed to every activity.</param>
    /// <returns>The advance; it fails with the plan's own failure, an activity's, and <c>workflow.not-waiting</c> when an activity would not wait.</returns>
    public async ValueTask<Advance> MoveAsync(MovePlan plan, TContext context)
    {
        if (plan.State is not { } planned) return new(plan.Before, [], plan.Failure ?? throw new ArgumentException("The plan has no state.", nameof(plan)));
        var (state, steps) = (planned.Copy(), new List<FlowStep>());
        foreach (var wait in plan.Waits.Where(w => !w.Stays))
        {
            var before = new ActivityScope<TContext>(plan.Move.From, wait.From, wait.Before.Visit, context, new(plan.Before.Slots), plan.Before.Inputs);
            var after = new ActivityScope<TContext>(plan.Move.To, wait.To, wait.After.Visit, context, state.Slots, state.Inputs);
            var moved = wait.From.Version == wait.To.Version
                ? await ActivityOf(wait.To).MoveAsync(before, after).ConfigureAwait(false)
                : await ActivityOf(wait.From).CancelAsync(before).ConfigureAwait(false) is { } failure ? ActivityResult.Fail(failure)
                : await ActivityOf(wait.To).EnterAsync(after).ConfigureAwait(false);
            if (Refusal(moved, wait.To) is { } refused) return new(plan.Before, steps, refused);
            steps.AddRange([new(wait.From.Id, wait.Before.Visit, StepKind.Cancelled), .. Begun(wait.To, wait.After.Visit)]);
        }

        foreach (var node in plan.Begun)
        {
            var visit = state.Waits.Find(w => w.NodeId == node.Id).Visit;
            var entered = await ActivityOf(node).EnterAsync(new(plan.Move.To, node, visit, context, state.Slots, state.Inputs)).ConfigureAwait(false);
            if (Refusal(entered, node) is { } refused) return new(plan.Before, steps, refused);
            steps.AddRange(Begun(node, visit));
        }

        return new(state, steps, null);
    }

    private static IEnumerable<FlowStep> Begun(Node node, int visit) => [new(node.Id, visit, StepKind.Entered), new(node.Id, visit, StepKind.Waiting)];

    private static Failure? Refusal(ActivityResult result, Node node) => result.Kind switch
    {
        ResultKind.Wait => null,
        ResultKind.Fail => result.Failure! with { NodeId = result.Failure.NodeId ?? node.Id },
        _ => new("workflow.not-waiting", $"“{node.Name}”不会停下等候，流程不能改到那里。") { NodeId = node.Id },
    };

    /// <summary>For another host that walks the flowchart itself: the flow has reached a node. Only what the activity does is done; nothing is counted.</summary>
    /// <param name="definition">What runs.</param>
    /// <param name="node">A node that is not one of Elsa's own.</param>
    /// <param name="visit">The how-manieth time the flow is at the node, from 1.</param>
    /// <param name="context">The caller's own, handed to the activity.</param>
    public ValueTask<ActivityResult> EnterNodeAsync(WorkflowDefinition definition, Node node, int visit, TContext context) =>
        ActivityOf(node).EnterAsync(AloneAt(definition, node, visit, context));

    /// <summary>As <see cref="EnterNodeAsync"/>: a signal has come for the waiting node.</summary>
    public ValueTask<ActivityResult> ResumeNodeAsync(WorkflowDefinition definition, Node node, int visit, Signal signal, TContext context) =>
        ActivityOf(node).ResumeAsync(AloneAt(definition, node, visit, context), signal);

    /// <summary>As <see cref="EnterNodeAsync"/>: the waiting node is no longer wanted.</summary>
    public ValueTask<Failure?> CancelNodeAsync(WorkflowDefinition definition, Node node, int visit, TContext context) =>
        ActivityOf(node).CancelAsync(AloneAt(definition, node, visit, context));

    private static ActivityScope<TContext> AloneAt(WorkflowDefinition definition, Node node, int visit, TContext context) =>
        new(definition, node, visit, context, definition.Variables.ToDictionary(v => v.Id, v => v.Default), FlowState.EmptyInputs);

    internal IActivity<TContext> ActivityOf(Node node) => _activities[(node.Type, node.Version)];

    private FlowRun<TContext> Begin(WorkflowDefinition definition, FlowState state, TContext context) => state.BelongsTo(definition)
        ? new(this, definition, state, context)
        : throw new ArgumentException($"The state is of {state.DefinitionId} v{state.Version}, not of {definition}.", nameof(state));
}
