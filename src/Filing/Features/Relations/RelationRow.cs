using Filing.Data;
using Filing.Domain;
using Filing.Features.Drafting;

namespace Filing.Features.Relations;

/// <summary>A relation as it stands declared.</summary>
internal sealed record RelationRow
{
    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Kind { get; init; }
    public Guid? TargetId { get; init; }
    public string? Title { get; init; }
    public string? Number { get; init; }
    public string? Articles { get; init; }
    public DateOnly? EffectOn { get; init; }
    public required string DeclaredBy { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }

    public RelationKind Of => Kebab.Parse<RelationKind>(Kind);

    public CitedPaper Paper => new(Title, Number);

    /// <summary>What a document declares, in the order in which it was declared.</summary>
    public static Task<IReadOnlyList<RelationRow>> OfDocumentAsync(Session db, Guid documentId) => db.QueryAsync<RelationRow>(
        """
        -- Relations/RelationRow: what a document declares
        SELECT r.Id, r.DocumentId, r.Kind, r.TargetId, r.Title, r.Number, r.Articles, r.EffectOn, r.DeclaredBy, r.DeclaredAt FROM DocumentRelation r
        WHERE r.DocumentId = @documentId AND r.State = 'declared' AND NOT EXISTS (SELECT 1 FROM DocumentRelation x WHERE x.SupersedesId = r.Id)
        ORDER BY r.Id
        """,
        new { documentId });

    /// <summary>What others declare about a document.</summary>
    public static Task<IReadOnlyList<RelationRow>> AboutAsync(Session db, Guid documentId) => db.QueryAsync<RelationRow>(
        """
        -- Relations/RelationRow: what others declare about a document
        SELECT r.Id, r.DocumentId, r.Kind, r.TargetId, r.Title, r.Number, r.Articles, r.EffectOn, r.DeclaredBy, r.DeclaredAt FROM DocumentRelation r
        WHERE r.TargetId = @documentId AND r.DocumentId <> @documentId AND r.State = 'declared' AND NOT EXISTS (SELECT 1 FROM DocumentRelation x WHERE x.SupersedesId = r.Id)
        ORDER BY r.Id
        """,
        new { documentId });
}
