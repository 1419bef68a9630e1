using Filing.Data;
using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>A fact as the table has it.</summary>
internal sealed record FactRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateOnly LegalDate { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Value { get; init; }
    public required string Source { get; init; }
    public Guid? SupersedesId { get; init; }

    /// <summary>The facts of a document in the order in which they were recorded.</summary>
    public static async Task<IEnumerable<DatedFact>> OfDocumentAsync(Session db, Guid documentId)
    {
        var rows = await db.QueryAsync<FactRow>(
            """
            -- Cases/FactRow: the facts of a document
            SELECT Id, Kind, LegalDate, RecordedAt, Value, Source, SupersedesId FROM Fact WHERE DocumentId = @documentId ORDER BY RecordedAt, Id
            """,
            new { documentId });
        return rows.Select(r => new DatedFact(r.Id, Kebab.Parse<FactKind>(r.Kind), r.LegalDate, r.RecordedAt, r.Value, r.Source, r.SupersedesId));
    }
}
