using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>A workflow of a case, with its history.</summary>
public sealed record InstanceLine
{
    /// <summary>The instance.</summary>
    public required Guid Id { get; init; }

    /// <summary>The definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Its version.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The code of <see cref="FlowHost"/>: what walks it.</summary>
    public string Host { get; init; } = Domain.Kebab.Of(FlowHost.BuiltIn);

    /// <summary>The instance that waits for it; null for the outermost.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The node that waits for it.</summary>
    public string? ParentNode { get; init; }

    /// <summary>Where it stands.</summary>
    public required string State { get; init; }

    /// <summary><c>running</c>, <c>finished</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What happened at its nodes, in order.</summary>
    public IReadOnlyList<StepLine> Steps { get; init; } = [];
}

/// <summary>A line of a workflow's history.</summary>
public sealed record StepLine
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>The visit.</summary>
    public required int Visit { get; init; }

    /// <summary>What happened.</summary>
    public required string What { get; init; }

    /// <summary>With which outcomes.</summary>
    public string? Outcomes { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It, as the runner knows it.</summary>
    internal FlowStep Step => new(NodeId, Visit, Kebab.Parse<StepKind>(What)) { Outcomes = Outcomes?.Split(',') ?? [] };
}
