using System.Globalization;

namespace Filing.Workflows;

/// <summary>Where the value of an input comes from.</summary>
public enum ValueSource
{
    /// <summary>It stands in the definition.</summary>
    Literal,

    /// <summary>It is the value of a variable when the node reads it.</summary>
    Variable,

    /// <summary>It was given to the workflow at its start.</summary>
    Input,
}

/// <summary>The value of an input of a node.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Type">The type of the input.</param>
/// <param name="Value">The literal as text; or the id of the variable; or the name of the workflow's input.</param>
public sealed record NodeInput(ValueSource Source, FlowType Type, string Value);

/// <summary>A variable of a workflow.</summary>
/// <param name="Id">What inputs and outputs refer to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Type">String, Int32, Int64 or Boolean.</param>
/// <param name="Default">The value at the start as text; null when there is none.</param>
public sealed record Variable(string Id, string Name, FlowType Type, string? Default);

/// <summary>Something the workflow is given at its start.</summary>
/// <param name="Name">Unique in the workflow.</param>
/// <param name="Type">String, Int32, Int64 or Boolean.</param>
public sealed record WorkflowInput(string Name, FlowType Type);

/// <summary>A way from an outcome of one node to another node.</summary>
/// <param name="Index">Its place in <see cref="WorkflowDefinition.Connections"/>.</param>
/// <param name="Source">The node it leaves.</param>
/// <param name="Port">The outcome it leaves by.</param>
/// <param name="Target">The node it enters.</param>
/// <param name="Backward">True when it leads back: every path from the start to the source passes the target.</param>
public sealed record Connection(int Index, Node Source, string Port, Node Target, bool Backward)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Source.Id}:{Port}->{Target.Id}";
}

/// <summary>Where the designer put a node, in its own pixels; the runner's drawing does not use it.</summary>
public readonly record struct Position(double X, double Y);

/// <summary>A node of a flowchart.</summary>
public sealed class Node
{
    private readonly Dictionary<string, NodeInput> _inputs;
    private readonly Dictionary<string, string> _outputs;

    internal Node(int index, string id, string nodeId, string name, ActivityType type, IReadOnlyDictionary<string, NodeInput> inputs,
        IReadOnlyDictionary<string, string> outputs, IReadOnlyList<string> outcomes, bool aside, Position? position)
    {
        (Index, Id, NodeId, Name, Activity, Outcomes, IsAside, Position) = (index, id, nodeId, name, type, outcomes, aside || type.Aside, position);
        _inputs = new(inputs);
        _outputs = new(outputs);
    }

    /// <summary>Its place in <see cref="WorkflowDefinition.Nodes"/>.</summary>
    public int Index { get; }

    /// <summary>Unique in the definition; what tasks, steps and signals refer to.</summary>
    public string Id { get; }

    /// <summary>Elsa's path of ids, <c>Workflow1:flow:id</c>; made up of the id where the file has none.</summary>
    public string NodeId { get; }

    /// <summary>What people call it; the id where the file has no name.</summary>
    public string Name { get; }

    /// <summary>What its activity type promises.</summary>
    public ActivityType Activity { get; }

    /// <summary>
    /// True when it stands beside the main line and is drawn so: its activity always does, or the node says it of itself (<c>customProperties.aside</c>).
    /// </summary>
    public bool IsAside { get; }

    /// <summary>The activity's type name.</summary>
    public string Type => Activity.Name;

    /// <summary>The activity's version.</summary>
    public int Version => Activity.Version;

    /// <summary>Its possible outcomes, in the order of the definition.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Where the designer put it; null when the file does not say.</summary>
    public Position? Position { get; }

    /// <summary>The inputs that the definition gives, by name.</summary>
    public IReadOnlyDictionary<string, NodeInput> Inputs => _inputs;

    /// <summary>The variables (by id) that take the outputs, by the output's name.</summary>
    public IReadOnlyDictionary<string, string> Outputs => _outputs;

    /// <summary>The connections that leave it, in the order of the definition.</summary>
    public IReadOnlyList<Connection> Out { get; internal set; } = [];

    /// <summary>The forward connections that enter it.</summary>
    public IReadOnlyList<Connection> In { get; internal set; } = [];

    /// <summary>The literal text of an input; null when it is not given or not a literal.</summary>
    public string? Text(string input) => _inputs.TryGetValue(input, out var v) && v.Source == ValueSource.Literal ? v.Value : null;

    /// <summary>The literal whole number of an input; null when it is not given or not a literal.</summary>
    public int? Number(string input) =>
        int.TryParse(Text(input), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>The literal truth of an input; null when it is not given or not a literal.</summary>
    public bool? Flag(string input) => bool.TryParse(Text(input), out var b) ? b : null;

    /// <summary>True when the node is Elsa's Finish or End.</summary>
    public bool IsTerminal => Type is ActivityCatalogue.Finish or ActivityCatalogue.End;

    /// <summary>The forward connections' sources upstream of a join, by index; what the join cancels. Null for other nodes.</summary>
    internal bool[]? Upstream { get; set; }

    internal JoinMode Mode { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

internal enum JoinMode
{
    WaitAllActive,
    WaitAll,
    WaitAny,
}
