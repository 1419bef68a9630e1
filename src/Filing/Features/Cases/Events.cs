using Filing.Audit;
using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>A case began: under which rules, along which definition.</summary>
public sealed record CaseOpened(Guid Case, string Profile, int ProfileVersion, string Definition, int DefinitionVersion) : IEvent
{
    /// <inheritdoc/>
    public string Type => "case-opened";
}

/// <summary>A case ended, with the outcome of its definition.</summary>
public sealed record CaseClosed(Guid Case, string Outcome) : IEvent
{
    /// <inheritdoc/>
    public string Type => "case-closed";
}

/// <summary>A dated fact entered the register.</summary>
public sealed record FactRecorded(Guid Fact, FactKind Kind, DateOnly LegalDate, string? Value, string Source, Guid? Supersedes) : IEvent
{
    /// <inheritdoc/>
    public string Type => "fact-recorded";
}

/// <summary>A deadline began to run, or was found to have no length in the sources.</summary>
public sealed record DeadlineStarted(Guid Deadline, string Name, DateOnly From, DateOnly? Due, bool Provisional) : IEvent
{
    /// <inheritdoc/>
    public string Type => "deadline-started";
}

/// <summary>A due date moved, and why.</summary>
public sealed record DeadlineMoved(Guid Deadline, string Name, int Projection, DateOnly? Before, DateOnly? After, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "deadline-moved";
}

/// <summary>A deadline ended: met on a day, or no longer wanted.</summary>
public sealed record DeadlineClosed(Guid Deadline, string Name, DateOnly? MetOn, bool Late, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "deadline-closed";
}

/// <summary>An alert's level of a deadline came.</summary>
public sealed record RungFired(Guid Deadline, int Projection, int Days, string Outcome, bool Overtaken) : IEvent
{
    /// <inheritdoc/>
    public string Type => "rung-fired";
}

/// <summary>An alert lies on a desk.</summary>
public sealed record AlertRaised(Guid Alert, string Notice, Role Role, string Place, Guid Anchor, Guid? Deadline) : IEvent
{
    /// <inheritdoc/>
    public string Type => "alert-raised";
}

/// <summary>The host that walks the definitions took a step: what became of it, and the outcomes, comma-separated.</summary>
public sealed record StepTaken(Guid Instance, string Node, int Visit, string Fate, string Outcomes) : IEvent
{
    /// <inheritdoc/>
    public string Type => "step-taken";
}

/// <summary>
/// A running workflow goes on in a newer version of its definition. Each of its waits as it is now: a node's id where nothing changed, <c>old#visit→new#visit</c>
/// where it was asked anew, <c>→new</c> where it waits besides.
/// </summary>
public sealed record InstanceMoved(Guid Instance, string Definition, int Before, int After, IReadOnlyList<string> Waits) : IEvent
{
    /// <summary>True when another host walked it so far; the built-in runner does from then on.</summary>
    public bool TakenBack { get; init; }

    /// <inheritdoc/>
    public string Type => "instance-moved";
}
