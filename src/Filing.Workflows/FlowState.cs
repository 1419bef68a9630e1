namespace Filing.Workflows;

/// <summary>Whether a flow goes on.</summary>
public enum FlowStatus
{
    /// <summary>It has not begun, or waits for signals.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Finished,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>Where a node stands, seen from now: the last thing that happened to it.</summary>
public enum NodeFate
{
    /// <summary>The flow has not come to it.</summary>
    Ahead,

    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>No way led to it.</summary>
    Skipped,

    /// <summary>It waited and was no longer wanted.</summary>
    Cancelled,
}

/// <summary>A node that waits.</summary>
/// <param name="NodeId">The node's <see cref="Node.Id"/>.</param>
/// <param name="Visit">The how-manieth time the flow is at the node, from 1.</param>
/// <param name="Again">True when a backward connection led to it.</param>
public readonly record struct FlowWait(string NodeId, int Visit, bool Again);

/// <summary>
/// Everything a flow needs to go on. Immutable: each advance gives a new one. It belongs to one version of one definition;
/// <see cref="ToJson"/> is compact, since it is stored at each step.
/// </summary>
public sealed partial class FlowState
{
    private FlowState(string definitionId, int version) => (DefinitionId, Version) = (definitionId, version);

    /// <summary>The definition's <see cref="WorkflowDefinition.DefinitionId"/>.</summary>
    public string DefinitionId { get; }

    /// <summary>The definition's version.</summary>
    public int Version { get; }

    /// <summary>Whether the flow goes on.</summary>
    public FlowStatus Status { get; internal set; }

    /// <summary>
    /// How it ended: the id of the Finish or End node, the word an activity gave, or the reason of the cancellation; null while it runs,
    /// and when its last branch simply ended.
    /// </summary>
    public string? Outcome { get; internal set; }

    /// <summary>The variables by id; text in the form of their type.</summary>
    public IReadOnlyDictionary<string, string?> Variables => Slots;

    /// <summary>What the workflow was given at its start, by name.</summary>
    public IReadOnlyDictionary<string, string?> Inputs { get; private init; } = EmptyInputs;

    /// <summary>The nodes that wait, in the order in which they began to.</summary>
    public IReadOnlyList<FlowWait> Waiting => Waits;

    internal static readonly IReadOnlyDictionary<string, string?> EmptyInputs = new Dictionary<string, string?>();

    internal Dictionary<string, string?> Slots { get; private init; } = [];

    internal List<FlowWait> Waits { get; private init; } = [];

    /// <summary>How often each node was entered: the source of visit numbers.</summary>
    internal int[] Entered { get; private init; } = [];

    /// <summary>Elsa's count of a node: completions not begun by a backward connection, skips and cancellations.</summary>
    internal int[] Passed { get; private init; } = [];

    /// <summary>How often each connection was visited, followed or not.</summary>
    internal int[] Visited { get; private init; } = [];

    /// <summary>Whether each connection was followed at its last visit.</summary>
    internal bool[] Followed { get; private init; } = [];

    internal NodeFate[] Fates { get; private init; } = [];

    /// <summary>The state of a flow that has not begun.</summary>
    /// <param name="definition">The definition it will run.</param>
    /// <param name="inputs">Values for the workflow's inputs, as text; null when it has none.</param>
    /// <exception cref="ArgumentException">A value is of the wrong type or for no declared input.</exception>
    public static FlowState New(WorkflowDefinition definition, IReadOnlyDictionary<string, string?>? inputs = null)
    {
        foreach (var (name, value) in inputs ?? EmptyInputs)
        {
            var declared = definition.Inputs.FirstOrDefault(i => i.Name == name)
                ?? throw new ArgumentException($"Workflow {definition.DefinitionId} has no input {name}.", nameof(inputs));
            if (value is not null && !Values.Is(value, declared.Type))
                throw new ArgumentException($"'{value}' is no {declared.Type}, which input {name} takes.", nameof(inputs));
        }

        return new FlowState(definition.DefinitionId, definition.Version)
        {
            Slots = definition.Variables.ToDictionary(v => v.Id, v => v.Default),
            Inputs = inputs ?? EmptyInputs,
            Entered = new int[definition.Nodes.Count],
            Passed = new int[definition.Nodes.Count],
            Visited = new int[definition.Connections.Count],
            Followed = new bool[definition.Connections.Count],
            Fates = new NodeFate[definition.Nodes.Count],
        };
    }

    /// <summary>What last happened to a node.</summary>
    public NodeFate FateOf(Node node) => Fates[node.Index];

    /// <summary>How often the flow came to a node.</summary>
    public int VisitsOf(Node node) => Entered[node.Index];

    /// <summary>True when the connection was followed the last time its source was done.</summary>
    public bool WasFollowed(Connection connection) => Followed[connection.Index];

    /// <summary>True when the state was made by this version of this definition.</summary>
    public bool BelongsTo(WorkflowDefinition definition) =>
        definition.DefinitionId == DefinitionId && definition.Version == Version
        && definition.Nodes.Count == Entered.Length && definition.Connections.Count == Visited.Length;

    /// <summary>The same standing of a definition with other inputs and variables.</summary>
    internal FlowState For(WorkflowDefinition definition, IReadOnlyDictionary<string, string?> inputs, Dictionary<string, string?> variables)
    {
        var copy = Copy();
        return new(definition.DefinitionId, definition.Version)
        {
            Status = Status,
            Slots = variables,
            Inputs = inputs,
            Waits = copy.Waits,
            Entered = copy.Entered,
            Passed = copy.Passed,
            Visited = copy.Visited,
            Followed = copy.Followed,
            Fates = copy.Fates,
        };
    }

    internal FlowState Copy() => new(DefinitionId, Version)
    {
        Status = Status,
        Outcome = Outcome,
        Slots = new(Slots),
        Inputs = Inputs,
        Waits = [.. Waits],
        Entered = [.. Entered],
        Passed = [.. Passed],
        Visited = [.. Visited],
        Followed = [.. Followed],
        Fates = [.. Fates],
    };
}
