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
