using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Pipeline;

namespace Filing.Features.Decision;

/// <summary>
/// What holds whatever a definition offers: reviewed before decided, decided before signed, the opinion followed before signing, and the text
/// that goes on is the text that was approved.
/// </summary>
internal static class DecisionGates
{
    /// <summary>The review that lets the document be decided on, and its text, which has not changed since.</summary>
    public static async Task<Result<(PassedReview Review, TextVersion Text)>> DecidableAsync(Work work, Case file)
    {
        if (!(await ReviewGates.PassedAsync(work, file)).TryGet(out var review, out var error)) return error;
        if (file.Profile.FairCompetition is { Value: true, Source: var rule } && !await Materials.AnyAsync(work, file.DocumentId, MaterialKind.FairCompetition))
            return Error.Refused("decision.no-fair-competition", $"没有公平竞争审查结论，也没有不涉及经营者经济活动的说明，不得提交审议（{rule}）。请先上传该材料。");
        var text = (await DocumentTexts.LatestAsync(work, file.DocumentId))!;
        return text.Digest == review.Digest
            ? (review, text)
            : Error.Refused("decision.text-changed", "正文在合法性审查之后有变动，应当重新送审，不得提交审议。");
    }

    /// <summary>The approved text: decided on in the latest round of review, its opinion followed, and unchanged since. What may be signed.</summary>
    public static async Task<Result<Approved>> ApprovedAsync(Work work, Case file)
    {
        var review = await ReviewRow.LatestAsync(work, file.DocumentId);
        if (review?.Concluded == ReviewConclusion.Amend && !ReviewGates.FollowedOrExplained(review, file.Profile))
            return Error.Refused("sign.opinion-not-followed", $"未按合法性审查意见修改的，不得签发（{file.Profile.OpinionNotFollowed.Source}）。");
        var decision = await DecisionRow.LatestAsync(work, file.DocumentId);
        if (review is null || decision?.ApprovedDigest is null || decision.ReviewId != review.Id)
            return Error.Refused("sign.not-decided", "未经集体讨论决定通过的，不得签发。");
        var text = (await DocumentTexts.LatestAsync(work, file.DocumentId))!;
        return text.Digest == decision.ApprovedDigest
            ? new Approved(decision.ApprovedTextId!.Value, decision.ApprovedDigest, decision.HeldOn, decision.ApprovedOn!.Value)
            : Error.Refused("sign.text-changed", "正文与讨论通过的文本不一致，不得签发。");
    }

    /// <summary>Each level, and each body, signs by a person of its own: who has signed does not sign again at another level or for another body.</summary>
    public static Error? SignedBefore(Work work, IReadOnlyList<SignatureRow> standing) => standing.FirstOrDefault(s => s.IsOf(work.Actor)) is { } own
        ? Error.Refused("sign.same-person", $"您已于{ChineseDate.Format(own.SignedOn)}以“{own.LevelName}”签署该文件，同一人不得签署两级，请由另一位负责人签署。")
        : null;

    /// <summary>
    /// The signed text: approved, and signed by every co-issuing body and at every level of the issuing body. What may be registered, numbered and
    /// published: the fact alone does not tell, since a document that went back keeps the fact of its earlier signature.
    /// </summary>
    public static async Task<Result<SignedText>> SignedAsync(Work work, Case file)
    {
        if (!(await ApprovedAsync(work, file)).TryGet(out var approved, out var error)) return error;
        var standing = await Signatures.StandingAsync(work, file.DocumentId);
        var levels = standing.Count(s => s.BodyId == file.IssuingBodyId && s.Digest == approved.Digest);
        return levels >= file.Profile.SignatureLevels.Value.Count && (await Signatures.WantingAsync(work, file.DocumentId, approved.Digest)).Count == 0
            ? new SignedText(approved.TextId, approved.Digest, standing.Max(s => s.SignedOn))
            : Error.Refused("sign.missing", "尚未签发完毕。");
    }
}

/// <summary>The text that was approved.</summary>
/// <param name="TextId">The version.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="AdoptedOn">The day on which it was adopted.</param>
/// <param name="On">The day from which the approval binds this text: that day, or the day on which the changes were confirmed.</param>
internal sealed record Approved(Guid TextId, string Digest, DateOnly AdoptedOn, DateOnly On)
{
    /// <summary>What happened on that day.</summary>
    public string Act => On == AdoptedOn ? "讨论通过" : "核对修改";
}

/// <summary>The text that was signed.</summary>
/// <param name="TextId">The version.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="SignedOn">The day of the last signature.</param>
internal sealed record SignedText(Guid TextId, string Digest, DateOnly SignedOn);
