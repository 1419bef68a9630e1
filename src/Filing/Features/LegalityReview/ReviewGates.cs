using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.LegalityReview;

/// <summary>
/// What holds whatever a definition offers: nobody reviews a draft in which he or she had a hand, nothing is written into an opinion that was given,
/// and what was not reviewed, or did not pass, goes no further (国办发〔2018〕37号; 长沙 2016 第17项; 惠济 2016 第6项).
/// </summary>
internal static class ReviewGates
{
    /// <summary>Who had a hand in a draft — submitted it, completed it, amended it — does not review it.</summary>
    public static async Task<Error?> OwnDraftAsync(Work work, Case file) => await IsOwnAsync(work, file)
        ? Error.Refused("review.own-draft", "起草人、送审人不得审查自己的文件，请由其他审查员办理。")
        : null;

    /// <summary>Whether the actor had a hand in the draft. The command line is nobody's hand.</summary>
    public static async Task<bool> IsOwnAsync(Work work, Case file)
    {
        if (work.Actor.AccountId is not { } account) return false;
        return file.SubmittedBy == account || await work.Db.ScalarAsync<int>(
            $"""
            -- LegalityReview/ReviewGates: had somebody a hand in the draft?
            SELECT COUNT(*) FROM Event e JOIN Process p ON p.Id = e.ProcessId
            WHERE e.DocumentId = @DocumentId AND p.ActorId = @account AND p.Command IN ({Drafting})
            """,
            new { file.DocumentId, account }) > 0;
    }

    private const string Drafting = "'submit-draft', 'complete-draft', 'supplement-draft', 'answer-findings', 'revise-draft', 'submit-changes'";

    /// <summary>The round that is under review now.</summary>
    public static async Task<Result<ReviewRow>> OpenAsync(Work work, Guid documentId) => await ReviewRow.LatestAsync(work, documentId) switch
    {
        null => Error.Refused("review.not-accepted", "该文件尚未受理，不能审查。"),
        { Concluded: not null } => Error.Conflict("review.concluded", "本轮审查意见已经出具，不能再改动。"),
        var open => open,
    };

    /// <summary>The round whose opinion asks for amendments and is not yet settled.</summary>
    public static async Task<Result<ReviewRow>> AmendingAsync(Work work, Guid documentId) =>
        await ReviewRow.LatestAsync(work, documentId) is { Concluded: ReviewConclusion.Amend } review
            ? review
            : Error.Refused("findings.none-asked", "本轮审查没有要求修改的意见。");

    /// <summary>
    /// The latest round, when it lets the document pass: 合法; 修改后合法 and followed; or, where the profile lets an explanation do, not
    /// followed with the reason recorded. Under <see cref="OpinionGate.Block"/> no explanation does.
    /// </summary>
    public static async Task<Result<PassedReview>> PassedAsync(Work work, Case file)
    {
        var review = await ReviewRow.LatestAsync(work, file.DocumentId);
        var passed = review?.Concluded switch
        {
            ReviewConclusion.Passed => true,
            ReviewConclusion.Amend => FollowedOrExplained(review, file.Profile),
            ReviewConclusion.Returned or ReviewConclusion.Refused or null => false,
        };
        return passed
            ? new PassedReview(review!.Id, review.Text.Id, review.Text.Digest, review.FollowingOn ?? review.ConcludedOn!.Value)
            : Error.Refused("decision.not-reviewed", "未经合法性审查或审查未通过的，不得提交审议。");
    }

    /// <summary>The opinion was followed; or, where the profile lets an explanation do, it is explained why not.</summary>
    public static bool FollowedOrExplained(ReviewRow review, Profile profile) => review.Followed switch
    {
        Following.Followed => true,
        Following.NotFollowed => profile.OpinionNotFollowed.Value == OpinionGate.Explain && review.Explanation is { Length: > 0 },
        Following.Again or null => false,
    };
}

/// <summary>A round of review that lets its document pass.</summary>
/// <param name="ReviewId">The round.</param>
/// <param name="TextId">The text that passed.</param>
/// <param name="Digest">The digest of that text.</param>
/// <param name="On">The day on which the review was over, following included.</param>
internal sealed record PassedReview(Guid ReviewId, Guid TextId, string Digest, DateOnly On);
