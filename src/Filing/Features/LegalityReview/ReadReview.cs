using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>The legality reviews of a document: rounds, findings, answers, confirmations, dates and limits.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadReview(Guid DocumentId) : IQuery<ReviewSheet>, IForDocument;

internal sealed class ReadReviewHandler(Work work, CaseFlow flow) : IRequestHandler<ReadReview, Result<ReviewSheet>>
{
    public async Task<Result<ReviewSheet>> Handle(ReadReview query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var rows = await RoundsAsync(query.DocumentId);
        var limits = await LimitsAsync(query.DocumentId);
        var rounds = new List<ReviewRound>(rows.Count);
        foreach (var (row, limit) in rows.Select((r, i) => (r, limits.ElementAtOrDefault(i)))) rounds.Add(await RoundAsync(row, limit, file.Profile));
        var named = rows.Count == 0 ? work.Today : rows[^1].FollowingOn ?? rows[^1].ConcludedOn ?? work.Today;
        return new ReviewSheet(
            query.DocumentId, file.Title, (await BodyNameAsync(file.DraftingBodyId))!, await DesksOf.BodyNameAsync(work.Db, DeskPlace.LegalOffice, file.GovernmentId, named),
            file.Profile.Forbidden, file.Profile.OpinionNotFollowed, await MissingAsync(work, query.DocumentId), rounds);
    }

    private async Task<ReviewRound> RoundAsync(RoundRow row, ReviewLimit? limit, Profile profile)
    {
        var aspects = await work.Db.QueryAsync<AspectRow>(
            """
            -- LegalityReview/ReadReview: what a round says of the aspects
            SELECT Aspect, Passed, Remark FROM ReviewAspect WHERE ReviewId = @Id
            """,
            new { row.Id });
        var order = profile.ReviewAspects.Value.ToList();
        return new ReviewRound
        {
            Round = row.Round,
            TextNo = row.TextNo,
            TextDigest = row.TextDigest,
            ReceivedOn = row.ReceivedOn,
            Limit = limit,
            ConcludedOn = row.ConcludedOn,
            Reviewer = row.Reviewer,
            Conclusion = row.Conclusion is { } c ? Kebab.Parse<ReviewConclusion>(c) : null,
            Summary = row.Summary,
            Aspects = [.. aspects.Select(a => new AspectOpinion(Kebab.Parse<ReviewAspect>(a.Aspect), a.Passed, a.Remark)).OrderBy(a => order.IndexOf(a.Aspect))],
            ForbiddenChecked = row.ForbiddenChecked is { } json ? JsonSerializer.Deserialize<IReadOnlyList<string>>(json, Json.Options)! : [],
            Findings =
            [
                .. (await FindingRow.OfReviewAsync(work, row.Id)).Select(
                    f => new FindingLine(f.Id, f.No, f.Content, f.Answered, f.AnswerReason, f.AnsweredBy, f.Confirmed, f.ConfirmRemark, f.ConfirmedBy)),
            ],
            AmendedTextNo = row.AmendedTextNo,
            Following = row.Following is { } f ? Kebab.Parse<Following>(f) : null,
            FollowingOn = row.FollowingOn,
            Explanation = row.Explanation,
            Authority = row.Authority,
        };
    }

    private Task<IReadOnlyList<RoundRow>> RoundsAsync(Guid documentId) => work.Db.QueryAsync<RoundRow>(
        """
        -- LegalityReview/ReadReview: the rounds of a document
        SELECT r.Id, r.Round, t.No AS TextNo, t.Digest AS TextDigest, r.ReceivedOn, r.ConcludedOn, r.Reviewer, r.Conclusion, r.Summary, r.ForbiddenChecked,
          a.No AS AmendedTextNo, r.Following, r.FollowingOn, r.Explanation, r.Authority
        FROM LegalityReview r JOIN DocumentText t ON t.Id = r.TextId LEFT JOIN DocumentText a ON a.Id = r.AmendedTextId
        WHERE r.DocumentId = @documentId ORDER BY r.Round
        """,
        new { documentId });

    /// <summary>Each round starts one: the first belongs to the first.</summary>
    private Task<IReadOnlyList<ReviewLimit>> LimitsAsync(Guid documentId) => work.Db.QueryAsync<ReviewLimit>(
        """
        -- LegalityReview/ReadReview: the limits of the rounds
        SELECT Due, Source, MetOn FROM Deadline WHERE DocumentId = @documentId AND Name = 'legality-review' ORDER BY FromDate, Id
        """,
        new { documentId });

    internal static Task<IReadOnlyList<MissingLine>> MissingAsync(Work work, Guid documentId) => work.Db.QueryAsync<MissingLine>(
        """
        -- LegalityReview/ReadReview: what was asked for
        SELECT Item, Reason, AskedOn, AskedBy FROM MissingItem WHERE DocumentId = @documentId ORDER BY AskedAt DESC, Item
        """,
        new { documentId });

    private Task<string?> BodyNameAsync(Guid id) => work.Db.ScalarAsync<string>(
        """
        -- LegalityReview/ReadReview: the name of a body
        SELECT Name FROM Body WHERE Id = @id
        """,
        new { id });

    private sealed record AspectRow
    {
        public required string Aspect { get; init; }
        public required bool Passed { get; init; }
        public string? Remark { get; init; }
    }

    private sealed record RoundRow
    {
        public required Guid Id { get; init; }
        public required int Round { get; init; }
        public required int TextNo { get; init; }
        public required string TextDigest { get; init; }
        public required DateOnly ReceivedOn { get; init; }
        public DateOnly? ConcludedOn { get; init; }
        public string? Reviewer { get; init; }
        public string? Conclusion { get; init; }
        public string? Summary { get; init; }
        public string? ForbiddenChecked { get; init; }
        public int? AmendedTextNo { get; init; }
        public string? Following { get; init; }
        public DateOnly? FollowingOn { get; init; }
        public string? Explanation { get; init; }
        public string? Authority { get; init; }
    }
}
