using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Features.Validity;

/// <summary>
/// What each published document is on each day, kept as rows for the lists over all of them. The rows follow from the facts and are written anew in the
/// transaction that records one; nothing decides by them, and <c>filing verify</c> derives them again.
/// </summary>
internal static class ValiditySpans
{
    /// <summary>Written for "no last day", so that the lists are in the order of an index.</summary>
    public static readonly DateOnly NoLastDay = DateOnly.MaxValue;

    /// <summary>Whether a fact of that kind may change what a document is.</summary>
    public static bool Depend(FactKind kind) => kind is FactKind.Published or FactKind.InForce or FactKind.TermSet or FactKind.Renewed or FactKind.Repealed or FactKind.DeclaredLapsed
        or FactKind.Suspended or FactKind.Resumed or FactKind.Annulled or FactKind.TermEnded or FactKind.Withdrawn;

    /// <summary>Writes the rows of a document anew.</summary>
    public static async Task RewriteAsync(Session db, Case file)
    {
        await db.ExecuteAsync(
            """
            -- Validity/ValiditySpans: what it was thought to be
            DELETE FROM ValiditySpan WHERE DocumentId = @DocumentId
            """,
            new { file.DocumentId });
        await db.ExecuteAsync(
            """
            -- Validity/ValiditySpans: what it is from one day to another
            INSERT INTO ValiditySpan (DocumentId, FromDate, ToDate, Status, LastValidDay, Published, PublishedYear, IssuingBodyId)
            VALUES (@DocumentId, @FromDate, @ToDate, @Status, @LastValidDay, @Published, @PublishedYear, @IssuingBodyId)
            """,
            Of(file, file.Origin == DocumentOrigin.Elsewhere && await ConfirmedAsync(db, file.DocumentId)));
    }

    /// <summary>The rows that a document must have: none before it is published, nor, where it came from elsewhere, before its entry was checked.</summary>
    /// <param name="file">The document.</param>
    /// <param name="confirmed">Whether its entry was checked; asked only of what came from elsewhere.</param>
    public static IReadOnlyList<SpanRow> Of(Case file, bool confirmed)
    {
        if (file.History.First(FactKind.Published) is not { } published || (file.Origin == DocumentOrigin.Elsewhere && !confirmed)) return [];
        return
        [
            .. ValidityTimeline.Of(file.History, file.Profile.EvaluationLeadMonths.Value).Select(s => new SpanRow
            {
                DocumentId = file.DocumentId,
                FromDate = s.From,
                ToDate = s.To,
                Status = Kebab.Of(s.Status),
                LastValidDay = s.LastValidDay ?? NoLastDay,
                Published = published.LegalDate,
                PublishedYear = published.LegalDate.Year,
                IssuingBodyId = file.IssuingBodyId,
            }),
        ];
    }

    private static async Task<bool> ConfirmedAsync(Session db, Guid documentId) => await db.ScalarAsync<int>(
        """
        -- Validity/ValiditySpans: has the entry been checked?
        SELECT COUNT(*) FROM ElsewhereEntry WHERE DocumentId = @documentId AND State = 'confirmed'
        """,
        new { documentId }) > 0;
}

/// <summary>What a document is from one day to another.</summary>
internal sealed record SpanRow
{
    public required Guid DocumentId { get; init; }
    public required DateOnly FromDate { get; init; }
    public required DateOnly ToDate { get; init; }
    public required string Status { get; init; }
    public required DateOnly LastValidDay { get; init; }
    public required DateOnly Published { get; init; }
    public required int PublishedYear { get; init; }
    public required Guid IssuingBodyId { get; init; }
}
