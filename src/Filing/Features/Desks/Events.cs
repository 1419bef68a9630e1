using Filing.Audit;

namespace Filing.Features.Desks;

/// <summary>Somebody took a task of the desk; from whom, when another held it.</summary>
public sealed record TaskTaken(Guid Task, string Code, Guid Holder, Guid? From) : IEvent
{
    /// <inheritdoc/>
    public string Type => "task-taken";
}

/// <summary>A task was handed over to a colleague at the same desk.</summary>
public sealed record TaskHandedOver(Guid Task, string Code, Guid To, string? Note) : IEvent
{
    /// <inheritdoc/>
    public string Type => "task-handed-over";
}

/// <summary>A task was given back to the desk.</summary>
public sealed record TaskReturned(Guid Task, string Code) : IEvent
{
    /// <inheritdoc/>
    public string Type => "task-returned";
}

/// <summary>The desk of a task was reminded.</summary>
public sealed record TaskReminded(Guid Task, string Code, string? Note) : IEvent
{
    /// <inheritdoc/>
    public string Type => "task-reminded";
}
