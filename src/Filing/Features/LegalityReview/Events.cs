using Filing.Audit;

namespace Filing.Features.LegalityReview;

/// <summary>A draft was taken in for review: a round began, bound to one text.</summary>
public sealed record ReviewAccepted(Guid Review, int Round, string TextDigest, DateOnly ReceivedOn) : IEvent
{
    /// <inheritdoc/>
    public string Type => "review-accepted";
}

/// <summary>A draft was not taken in for review, because something is missing.</summary>
public sealed record DraftFoundIncomplete(IReadOnlyList<Missing> Missing) : IEvent
{
    /// <inheritdoc/>
    public string Type => "draft-found-incomplete";
}

/// <summary>A finding was written down.</summary>
public sealed record FindingAdded(Guid Review, Guid Finding, FindingText Content) : IEvent
{
    /// <inheritdoc/>
    public string Type => "finding-added";
}

/// <summary>A finding was worded anew before the opinion was given.</summary>
public sealed record FindingChanged(Guid Review, Guid Finding, FindingText Content) : IEvent
{
    /// <inheritdoc/>
    public string Type => "finding-changed";
}

/// <summary>A finding was taken out before the opinion was given.</summary>
public sealed record FindingRemoved(Guid Review, Guid Finding, FindingText Content) : IEvent
{
    /// <inheritdoc/>
    public string Type => "finding-removed";
}

/// <summary>The opinion was given.</summary>
public sealed record ReviewConcluded(
    Guid Review, int Round, ReviewConclusion Conclusion, IReadOnlyList<AspectOpinion> Aspects, IReadOnlyList<string> ForbiddenChecked, int Findings, string? Summary, DateOnly ConcludedOn)
    : IEvent
{
    /// <inheritdoc/>
    public string Type => "review-concluded";
}

/// <summary>The drafter answered the findings, with or without an amended text.</summary>
public sealed record FindingsAnswered(Guid Review, IReadOnlyList<FindingAnswer> Answers, string? TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "findings-answered";
}

/// <summary>The reviewer looked whether the answers hold.</summary>
public sealed record FindingsConfirmed(Guid Review, IReadOnlyList<FindingVerdict> Verdicts, Following Outcome, string TextDigest) : IEvent
{
    /// <inheritdoc/>
    public string Type => "findings-confirmed";
}

/// <summary>The drafter gave the reason why the opinion is not followed.</summary>
public sealed record NotFollowingExplained(Guid Review, string Explanation, string? Authority) : IEvent
{
    /// <inheritdoc/>
    public string Type => "not-following-explained";
}
