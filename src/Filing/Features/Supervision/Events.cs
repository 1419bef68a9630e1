using Filing.Audit;

namespace Filing.Features.Supervision;

/// <summary>A deadline stopped running, and why; the days from then on do not count.</summary>
public sealed record DeadlineSuspended(Guid Deadline, string Name, DateOnly From, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "deadline-suspended";
}

/// <summary>A deadline runs again; the last day that did not count.</summary>
public sealed record DeadlineResumed(Guid Deadline, string Name, DateOnly LastDay, string Reason) : IEvent
{
    /// <inheritdoc/>
    public string Type => "deadline-resumed";
}
