using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.LegalityReview;

/// <summary>
/// What holds whatever a definition offers: nobody reviews a draft of his or her own, nothing is written into an opinion that was given,
/// and what was not reviewed, or did not pass, goes no further (国办发〔2018〕37号; 长沙 2016 第17项; 惠济 2016 第6项).
/// </summary>
internal static class ReviewGates
{
    /// <summary>Who submitted a draft does not review it.</summary>
    public static Error? OwnDraft(Work work, Case file) => file.SubmittedBy is { } by && work.Actor.AccountId == by
        ? Error.Refused("review.own-draft", "送审人不得审查自己送审的文件，请由其他审查员办理。")
        : null;

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
