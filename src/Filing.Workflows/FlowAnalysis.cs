namespace Filing.Workflows;

/// <summary>The shape of a definition: what dominates what, what leads back, and where choices lead.</summary>
public sealed class FlowAnalysis
{
    private readonly Dominance _dominance;

    /// <summary>Analyses a definition.</summary>
    public FlowAnalysis(WorkflowDefinition definition)
    {
        Definition = definition;
        _dominance = new(definition.Nodes.Count, definition.Start.Index, [.. definition.Connections.Select(c => (c.Source.Index, c.Target.Index))]);
        BackEdges = [.. definition.Connections.Where(c => c.Backward)];
        Outcomes = [.. definition.Nodes.Where(n => !n.IsTerminal).SelectMany(n => n.Outcomes.Where(o => !n.Activity.Ties.Contains(o)).Select(o => (n, o)))];
    }

    /// <summary>What was analysed.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The connections that lead back.</summary>
    public IReadOnlyList<Connection> BackEdges { get; }

    /// <summary>Every outcome of every node but the terminal ones, in the order of the definition; ties are left out.</summary>
    public IReadOnlyList<(Node Node, string Outcome)> Outcomes { get; }

    /// <summary>The nearest node that every path from the start to this one passes; null for the start.</summary>
    public Node? DominatorOf(Node node) => node == Definition.Start ? null : Definition.Nodes[_dominance.ParentOf(node.Index)];

    /// <summary>True when every path from the start to <paramref name="node"/> passes <paramref name="other"/>; a node passes itself.</summary>
    public bool Passes(Node node, Node other) => _dominance.Passes(node.Index, other.Index);

    /// <summary>
    /// Plays the definition through with every choice at every waiting node and every decision, breadth first, states that only differ in the
    /// number of rounds taken together.
    /// </summary>
    /// <param name="asElsa">
    /// True to count strictly as Elsa does and call it a flaw where Elsa would lose a case, run a join twice or not enter a node again;
    /// false for what the built-in runner cannot make good either.
    /// </param>
    /// <param name="maxStates">Where to give up; <see cref="Exploration.Complete"/> then is false.</param>
    public Exploration Explore(bool asElsa = false, int maxStates = 20_000) => new Explorer(Definition, asElsa, maxStates).Explore();

    /// <summary>As <see cref="Explore"/>, with something carried along: states that are reached with different values of it are told apart.</summary>
    /// <param name="tally">Is told of every advance on the way, and of what was carried to it.</param>
    /// <param name="maxStates">Where to give up.</param>
    public TalliedExploration ExploreWith(Tally tally, int maxStates = 20_000)
    {
        var explorer = new Explorer(Definition, false, maxStates, tally);
        var seen = explorer.Explore();
        return new(seen, [.. explorer.Found.Where(f => f.State.Status == FlowStatus.Finished).Select(f => (f.State.Outcome, f.Carried)).Distinct()]);
    }

    /// <summary>Plays on from a state of the definition, as <see cref="Explore"/> does from the start: what can still become of a flow that stands there.</summary>
    /// <param name="state">Where the flow rests.</param>
    /// <param name="maxStates">Where to give up.</param>
    /// <exception cref="ArgumentException">The state is of another definition or version.</exception>
    public Exploration ExploreFrom(FlowState state, int maxStates = 20_000) => state.BelongsTo(Definition)
        ? new Explorer(Definition, false, maxStates).ExploreFrom(state)
        : throw new ArgumentException($"The state is of {state.DefinitionId} v{state.Version}, not of {Definition}.", nameof(state));

    /// <summary>As <see cref="ExploreFrom(FlowState, int)"/>, with something carried along from a first value.</summary>
    public Exploration ExploreFrom(FlowState state, Tally tally, long carried, int maxStates = 20_000) => state.BelongsTo(Definition)
        ? new Explorer(Definition, false, maxStates, tally).ExploreFrom(state, carried)
        : throw new ArgumentException($"The state is of {state.DefinitionId} v{state.Version}, not of {Definition}.", nameof(state));

    /// <summary>Where a walk leads: the state after it, or where it failed the one before, with everything that happened on the way.</summary>
    public (FlowState State, IReadOnlyList<FlowStep> Steps, Failure? Failure) Replay(Walk walk) => new Explorer(Definition, false, 1).Replay(walk);

    /// <summary>For every outcome of every node where there is a choice, the shortest way of choices that reaches it.</summary>
    public IEnumerable<Walk> Walks() => Explore().Walks;
}

/// <summary>What an exploration carries along each way, e.g. a set of bits of what was done on it.</summary>
/// <param name="before">What was carried to the state before; 0 at the start.</param>
/// <param name="advance">The advance; it holds.</param>
/// <returns>What goes on from it: each of several values goes on by itself. Or what is wrong with this way, which then ends here.</returns>
public delegate (IReadOnlyList<long> Carried, Failure? Wrong) Tally(long before, Advance advance);

/// <summary>What playing a definition through has shown, and what was carried to its ends.</summary>
/// <param name="Seen">As without anything carried.</param>
/// <param name="Ends">The outcomes of the flow (<see cref="FlowState.Outcome"/>; for an activity that ends it the node's id) with what was carried there.</param>
public sealed record TalliedExploration(Exploration Seen, IReadOnlyList<(string? Outcome, long Carried)> Ends);

/// <summary>One choice on a walk.</summary>
/// <param name="NodeId">The node that was to choose.</param>
/// <param name="Visit">The visit at which it did.</param>
/// <param name="Outcome">What it chose: the name of the signal, for a waiting node.</param>
/// <param name="Waits">True when the node waits and the choice is a signal; false when the activity decides by itself.</param>
public sealed record Choice(string NodeId, int Visit, string Outcome, bool Waits)
{
    /// <inheritdoc/>
    public override string ToString() => $"{NodeId}:{Outcome}";
}

/// <summary>A way of choices from the start.</summary>
/// <param name="Choices">In order; the last is what the walk is for.</param>
public sealed record Walk(IReadOnlyList<Choice> Choices)
{
    /// <summary>What the walk is for.</summary>
    public Choice Last => Choices[^1];

    /// <inheritdoc/>
    public override string ToString() => string.Join(" → ", Choices);
}

/// <summary>A way of choices on which the definition does not do what it seems to say. None of them fails a load; a test should want none.</summary>
/// <param name="Walk">The choices.</param>
/// <param name="Failure">
/// What the runner said (<c>workflow.stuck</c>, <c>workflow.runaway</c>); or <c>workflow.endless</c> when no choice from here on ever ends the flow;
/// <c>workflow.early</c> when a node that should wait for all branches began before one was through; <c>workflow.doubled</c> when a node waits twice at once;
/// <c>workflow.race</c> when a node is asked and cancelled in one advance, where Elsa runs the join twice.
/// With a loop beside a task that a join of any ends, Elsa is only sound when the loop is a workflow of its own, run by one node.
/// </param>
public sealed record Flaw(Walk Walk, Failure Failure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Walk}: {Failure.Code} {Failure.Message}";
}

/// <summary>What playing a definition through has shown.</summary>
/// <param name="Walks">One shortest walk for each outcome that can be reached.</param>
/// <param name="Flaws">What is wrong, each with a shortest walk to it; a sound definition has none.</param>
/// <param name="Unreached">Outcomes that no choices lead to; a sound definition has none.</param>
/// <param name="States">How many states there are, rounds taken together.</param>
/// <param name="Complete">True when all were seen.</param>
public sealed record Exploration(
    IReadOnlyList<Walk> Walks, IReadOnlyList<Flaw> Flaws, IReadOnlyList<(Node Node, string Outcome)> Unreached, int States, bool Complete);
