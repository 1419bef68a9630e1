namespace Filing.Workflows;

/// <summary>
/// One version of a workflow, read from an Elsa 3 document and checked: what loads, runs. Immutable, so that one object serves all cases.
/// </summary>
public sealed class WorkflowDefinition
{
    private readonly Dictionary<string, Node> _byId;

    internal WorkflowDefinition(IReadOnlyList<Node> nodes, IReadOnlyList<Connection> connections)
    {
        (Nodes, Connections) = (nodes, connections);
        _byId = nodes.ToDictionary(n => n.Id);
        Start = nodes.Single(n => n.Type == ActivityCatalogue.Start);
    }

    /// <summary>The workflow's id, the same through all versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>The id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; empty when the file does not say.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// SHA-256, in lower-case hex, of the document without white space and with each object's properties in ordinal order:
    /// a file that was only laid out anew has the same.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The document as it was read.</summary>
    public required string Json { get; init; }

    /// <summary>The nodes, in the order of the document.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The connections, in the order of the document.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>The variables.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    /// <summary>What the workflow is given at its start.</summary>
    public required IReadOnlyList<WorkflowInput> Inputs { get; init; }

    /// <summary>The node where it begins.</summary>
    public Node Start { get; }

    /// <summary>Reads and checks a definition.</summary>
    /// <param name="json">The document.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="known">The activity types that it may use.</param>
    /// <exception cref="DefinitionException">It could not run as it stands; the first fault found.</exception>
    public static WorkflowDefinition Load(string json, string file, ActivityCatalogue known) => new DefinitionReader(json, file, known).Read();

    /// <summary>The node with the id, or null.</summary>
    public Node? Find(string nodeId) => _byId.GetValueOrDefault(nodeId);

    /// <summary>The node with the id.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Node this[string nodeId] => _byId[nodeId];

    /// <inheritdoc/>
    public override string ToString() => $"{DefinitionId} v{Version}";
}
