using Filing.Domain;

namespace Filing.Features.LegalityReview;

/// <summary>The legality reviews of a document, as pages show them and the opinion (合法性审查意见书) prints them.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">Its title.</param>
/// <param name="DraftingBody">起草单位, by its present name.</param>
/// <param name="LegalOffice">The legal office, by its name on the day of the latest act; null where there is none.</param>
/// <param name="Forbidden">The profile's list of what may not be created.</param>
/// <param name="Gate">What happens when the opinion is not followed, and where that stands.</param>
/// <param name="Missing">What was asked for before the draft was taken in, latest first.</param>
/// <param name="Rounds">The rounds, first to last.</param>
public sealed record ReviewSheet(
    Guid DocumentId, string Title, string DraftingBody, string? LegalOffice, Sourced<IReadOnlyList<string>> Forbidden, Sourced<OpinionGate> Gate,
    IReadOnlyList<MissingLine> Missing, IReadOnlyList<ReviewRound> Rounds);

/// <summary>Something that a draft lacked.</summary>
public sealed record MissingLine
{
    /// <summary>What.</summary>
    public required string Item { get; init; }

    /// <summary>Why it is needed.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateOnly AskedOn { get; init; }

    /// <summary>Who asked.</summary>
    public required string AskedBy { get; init; }
}

/// <summary>One round of review.</summary>
public sealed record ReviewRound
{
    /// <summary>Counted from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The number of the text version under review.</summary>
    public required int TextNo { get; init; }

    /// <summary>The digest of that text.</summary>
    public required string TextDigest { get; init; }

    /// <summary>When the materials were received.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The limit of the review; null where none was started.</summary>
    public ReviewLimit? Limit { get; init; }

    /// <summary>When the opinion was given; null while under review.</summary>
    public DateOnly? ConcludedOn { get; init; }

    /// <summary>Who gave it.</summary>
    public string? Reviewer { get; init; }

    /// <summary>The conclusion.</summary>
    public ReviewConclusion? Conclusion { get; init; }

    /// <summary>The opinion as a whole.</summary>
    public string? Summary { get; init; }

    /// <summary>What was said of each aspect, in the order of the profile.</summary>
    public required IReadOnlyList<AspectOpinion> Aspects { get; init; }

    /// <summary>The forbidden items that were looked for.</summary>
    public required IReadOnlyList<string> ForbiddenChecked { get; init; }

    /// <summary>The findings, in order.</summary>
    public required IReadOnlyList<FindingLine> Findings { get; init; }

    /// <summary>The number of the amended text version; null before one was handed in.</summary>
    public int? AmendedTextNo { get; init; }

    /// <summary>Whether the opinion was followed, as far as it was looked at.</summary>
    public Following? Following { get; init; }

    /// <summary>When that was looked at.</summary>
    public DateOnly? FollowingOn { get; init; }

    /// <summary>Why it is not followed.</summary>
    public string? Explanation { get; init; }

    /// <summary>On whose decision it is not followed.</summary>
    public string? Authority { get; init; }
}

/// <summary>The limit under which a round stood.</summary>
public sealed record ReviewLimit
{
    /// <summary>The last day; null where the sources name no limit.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Where the limit stands, or that no source names one.</summary>
    public required string Source { get; init; }

    /// <summary>On which day it was met; null while it runs.</summary>
    public DateOnly? MetOn { get; init; }
}

/// <summary>A finding with what became of it.</summary>
/// <param name="Id">The finding.</param>
/// <param name="No">Its number in the opinion.</param>
/// <param name="Content">What it says.</param>
/// <param name="Answer">The drafter's answer; null before it.</param>
/// <param name="AnswerReason">The reason of the answer.</param>
/// <param name="AnsweredBy">Who answered.</param>
/// <param name="Confirmed">Whether the reviewer found it done; null before that.</param>
/// <param name="ConfirmRemark">What is still to do.</param>
/// <param name="ConfirmedBy">Who looked.</param>
public sealed record FindingLine(
    Guid Id, int No, FindingText Content, AnswerKind? Answer, string? AnswerReason, string? AnsweredBy, bool? Confirmed, string? ConfirmRemark, string? ConfirmedBy);
