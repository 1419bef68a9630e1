using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.LegalityReview;

/// <summary>A round of review as the table has it, with the digests of its texts.</summary>
internal sealed record ReviewRow
{
    public required Guid Id { get; init; }
    public required int Round { get; init; }
    public required Guid TextId { get; init; }
    public required string TextDigest { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public DateOnly? ConcludedOn { get; init; }
    public string? Conclusion { get; init; }
    public Guid? AmendedTextId { get; init; }
    public string? AmendedDigest { get; init; }
    public string? Following { get; init; }
    public DateOnly? FollowingOn { get; init; }
    public string? Explanation { get; init; }

    /// <summary>The conclusion; null while under review.</summary>
    public ReviewConclusion? Concluded => Conclusion is null ? null : Kebab.Parse<ReviewConclusion>(Conclusion);

    /// <summary>Whether the opinion was followed, as far as it was looked at.</summary>
    public Following? Followed => Following is null ? null : Kebab.Parse<Following>(Following);

    /// <summary>The text that the opinion stands for now: the amended one, where one was handed in.</summary>
    public (Guid Id, string Digest) Text => AmendedTextId is { } amended ? (amended, AmendedDigest!) : (TextId, TextDigest);

    /// <summary>The latest round of a document; null when it was never taken in for review.</summary>
    public static Task<ReviewRow?> LatestAsync(Work work, Guid documentId) => work.Db.QueryFirstOrDefaultAsync<ReviewRow>(
        """
        -- LegalityReview/Reviews: the latest round
        SELECT r.Id, r.Round, r.TextId, t.Digest AS TextDigest, r.ReceivedOn, r.ConcludedOn, r.Conclusion,
          r.AmendedTextId, a.Digest AS AmendedDigest, r.Following, r.FollowingOn, r.Explanation
        FROM LegalityReview r JOIN DocumentText t ON t.Id = r.TextId LEFT JOIN DocumentText a ON a.Id = r.AmendedTextId
        WHERE r.DocumentId = @documentId ORDER BY r.Round DESC
        """,
        new { documentId });
}

/// <summary>A finding as the table has it.</summary>
internal sealed record FindingRow
{
    public required Guid Id { get; init; }
    public required int No { get; init; }
    public required string Aspect { get; init; }
    public string? Article { get; init; }
    public string? Forbidden { get; init; }
    public required string Text { get; init; }
    public required bool Binding { get; init; }
    public string? Answer { get; init; }
    public string? AnswerReason { get; init; }
    public string? AnsweredBy { get; init; }
    public bool? Confirmed { get; init; }
    public string? ConfirmedBy { get; init; }
    public string? ConfirmRemark { get; init; }

    /// <summary>The drafter's answer; null before it.</summary>
    public AnswerKind? Answered => Answer is null ? null : Kebab.Parse<AnswerKind>(Answer);

    /// <summary>What it says.</summary>
    public FindingText Content => new(Kebab.Parse<ReviewAspect>(Aspect), Text, Binding, Article, Forbidden);

    /// <summary>The findings of a round, in order.</summary>
    public static Task<IReadOnlyList<FindingRow>> OfReviewAsync(Work work, Guid reviewId) => work.Db.QueryAsync<FindingRow>(
        """
        -- LegalityReview/Reviews: the findings of a round
        SELECT Id, No, Aspect, Article, Forbidden, Text, Binding, Answer, AnswerReason, AnsweredBy, Confirmed, ConfirmedBy, ConfirmRemark
        FROM Finding WHERE ReviewId = @reviewId ORDER BY No
        """,
        new { reviewId });
}
