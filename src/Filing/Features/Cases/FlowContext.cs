using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>What an activity knows of the world: the unit of work, the case, its own instance, and the rung that rang, if one did.</summary>
public sealed class FlowContext(Work work, CaseFlow flow, Case @case, Guid instanceId, Guid? subject)
{
    /// <summary>The unit of work.</summary>
    public Work Work { get; } = work;

    /// <summary>The transaction.</summary>
    public Session Db => Work.Db;

    /// <summary>Starts and cancels other workflows.</summary>
    public CaseFlow Flow { get; } = flow;

    /// <summary>The case.</summary>
    public Case Case { get; } = @case;

    /// <summary>The workflow instance that is advancing.</summary>
    public Guid InstanceId { get; } = instanceId;

    /// <summary>The body that this instance is about, where there is one for each of several.</summary>
    public Guid? Subject { get; } = subject;

    /// <summary>The rung that rang; null when something else moved the flow.</summary>
    public Ring? Ring { get; init; }

    /// <summary>What walks the instance, and whatever it starts.</summary>
    public FlowHost Host { get; init; }

    /// <summary>The desk of a role at a place of this document; null where there is no such place (a province has no superior here).</summary>
    public Desk? DeskOf(Role role, Place place) => place switch
    {
        Place.DraftingBody => new(role, DeskPlace.Body, Case.DraftingBodyId),
        Place.IssuingBody => new(role, DeskPlace.Body, Case.IssuingBodyId),
        Place.CoIssuer => Subject is { } body ? new(role, DeskPlace.Body, body) : null,
        Place.LegalOffice => new(role, DeskPlace.LegalOffice, Case.GovernmentId),
        Place.GovernmentOffice => new(role, DeskPlace.GovernmentOffice, Case.GovernmentId),
        Place.SuperiorLegalOffice => Case.SuperiorId is { } superior ? new(role, DeskPlace.LegalOffice, superior) : null,
    };
}

/// <summary>A rung of a deadline that rang.</summary>
/// <param name="DeadlineId">The deadline.</param>
/// <param name="Label">What is due, in Chinese.</param>
/// <param name="Projection">The projection of the due date.</param>
/// <param name="Days">Days after the due date; negative before it.</param>
/// <param name="Due">The due date.</param>
public sealed record Ring(Guid DeadlineId, string Label, int Projection, int Days, DateOnly Due);
