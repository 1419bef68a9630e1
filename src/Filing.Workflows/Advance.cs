namespace Filing.Workflows;

/// <summary>What happened at a node.</summary>
public enum StepKind
{
    /// <summary>The flow reached it.</summary>
    Entered,

    /// <summary>It waits for a signal.</summary>
    Waiting,

    /// <summary>A signal came.</summary>
    Resumed,

    /// <summary>It is done.</summary>
    Completed,

    /// <summary>No way led to it this time.</summary>
    Skipped,

    /// <summary>It waited and is no longer wanted.</summary>
    Cancelled,
}

/// <summary>One line of a flow's history.</summary>
/// <param name="NodeId">The node's <see cref="Node.Id"/>.</param>
/// <param name="Visit">The how-manieth time the flow is at the node, from 1; 0 when it was skipped before it was ever entered.</param>
/// <param name="What">What happened.</param>
public readonly record struct FlowStep(string NodeId, int Visit, StepKind What)
{
    /// <summary>The outcomes of a completion; otherwise empty.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>The name of the signal of a resumption; otherwise null.</summary>
    public string? Signal { get; init; }
}

/// <summary>How far one call brought the flow.</summary>
/// <param name="State">The state to store; on a failure the one that was given.</param>
/// <param name="Steps">What happened, in order; on a failure, up to it.</param>
/// <param name="Failure">The expected failure; null when the advance holds.</param>
public sealed record Advance(FlowState State, IReadOnlyList<FlowStep> Steps, Failure? Failure)
{
    /// <summary>True when the advance holds.</summary>
    public bool Ok => Failure is null;
}
