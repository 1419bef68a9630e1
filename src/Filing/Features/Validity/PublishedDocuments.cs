using Dapper;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Validity;

/// <summary>
/// Published documents with the facts that decide what they are on a day, many at once: two questions to the database whatever their number. The status is
/// derived here and stored nowhere.
/// </summary>
internal sealed record PublishedDocument
{
    private FactHistory? _history;

    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required string Kind { get; init; }
    public required string Origin { get; init; }
    public required string BodyCode { get; init; }
    public required string IssuingBody { get; init; }
    public required string DraftingBody { get; init; }
    public required string ProfileId { get; init; }
    public required int ProfileVersion { get; init; }

    /// <summary>The open task of the evaluation before expiry.</summary>
    public Guid? Evaluation { get; init; }
    public string? Role { get; init; }
    public string? Place { get; init; }
    public Guid? AnchorId { get; init; }

    /// <summary>The desk at which the evaluation lies.</summary>
    public Desk? EvaluationDesk => AnchorId is { } anchor ? new(Kebab.Parse<Role>(Role!), Kebab.Parse<DeskPlace>(Place!), anchor) : null;

    public List<DatedFact> Facts { get; } = [];

    public FactHistory History => _history ??= new FactHistory(Facts);

    public DateOnly Published => History.First(FactKind.Published)!.LegalDate;

    public DateOnly InForce => History.Latest(FactKind.InForce)?.LegalDate ?? Published;

    /// <summary>What it is on a day, by the lead of the evaluation of its own rules.</summary>
    public ValidityStatus Status(Laws laws, DateOnly on) => Domain.Validity.Status(History, on, null, laws.Profile(ProfileId, ProfileVersion).EvaluationLeadMonths.Value);
}

/// <summary>Reads published documents.</summary>
internal static class PublishedDocuments
{
    /// <summary>A condition, beginning with AND, of what is published for everybody: a publication whose day has come, checked where it came from elsewhere.</summary>
    public const string IsPublic =
        """
        AND EXISTS (SELECT 1 FROM Fact f WHERE f.DocumentId = d.Id AND f.Kind = 'published' AND f.LegalDate <= @today AND NOT EXISTS (SELECT 1 FROM Fact s WHERE s.SupersedesId = f.Id))
          AND (d.Origin <> 'elsewhere' OR EXISTS (SELECT 1 FROM ElsewhereEntry e WHERE e.DocumentId = d.Id AND e.State = 'confirmed'))
        """;

    private const string Where =
        $"""
        WHERE d.Id IS NOT NULL {IsPublic}
          AND (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors))
          AND (@like IS NULL OR d.Title LIKE @like ESCAPE '!'
            OR EXISTS (SELECT 1 FROM Number n WHERE n.DocumentId = d.Id AND n.VoidedOn IS NULL AND (n.Text LIKE @like ESCAPE '!' OR n.Text = @number)))
        """;

    /// <summary>All of them, for everybody.</summary>
    public static Task<IReadOnlyList<PublishedDocument>> OfPublicAsync(Work work, string? search) => LoadAsync(work, true, [], search);

    /// <summary>Those that the actor may see.</summary>
    public static Task<IReadOnlyList<PublishedDocument>> OfActorAsync(Work work, string? search) => LoadAsync(work, Sight.All(work), Sight.Anchors(work), search);

    private static async Task<IReadOnlyList<PublishedDocument>> LoadAsync(Work work, bool everywhere, IReadOnlyList<Guid> anchors, string? search)
    {
        var text = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var args = new DynamicParameters(new
        {
            today = work.Today,
            everywhere,
            anchors,
            like = text is null ? null : $"%{Like.Escape(text)}%",
            number = DocumentNumber.TryParse(text, out var parsed, out _) ? parsed.Text : null,
        });
        var rows = await work.Db.QueryAsync<PublishedDocument>(
            $"""
            -- Validity/PublishedDocuments: the documents
            SELECT d.Id, d.Title, d.Kind, d.Origin, b.Code AS BodyCode, b.Name AS IssuingBody, r.Name AS DraftingBody, c.ProfileId, c.ProfileVersion, t.Id AS Evaluation, t.Role, t.Place, t.AnchorId
            FROM Document d JOIN Body b ON b.Id = d.IssuingBodyId JOIN Body r ON r.Id = d.DraftingBodyId JOIN CaseFile c ON c.DocumentId = d.Id
              LEFT JOIN Task t ON t.DocumentId = d.Id AND t.State = 'open' AND t.Code = 'evaluate'
            {Where} ORDER BY c.StartedAt DESC
            """,
            args);
        var documents = new Dictionary<Guid, PublishedDocument>(rows.Count);
        foreach (var row in rows) documents.TryAdd(row.Id, row);
        foreach (var fact in await work.Db.QueryAsync<FactOf>(
            $"""
            -- Validity/PublishedDocuments: the facts that decide what they are
            SELECT x.DocumentId, x.Id, x.Kind, x.LegalDate, x.RecordedAt, x.Value, x.Source, x.SupersedesId
            FROM Fact x JOIN Document d ON d.Id = x.DocumentId
            {Where} AND x.Kind IN ('published', 'in-force', 'term-set', 'renewed', 'repealed', 'declared-lapsed', 'suspended', 'resumed', 'annulled', 'term-ended', 'withdrawn')
            """,
            args))
            documents[fact.DocumentId].Facts.Add(new(fact.Id, Kebab.Parse<FactKind>(fact.Kind), fact.LegalDate, fact.RecordedAt, fact.Value, fact.Source, fact.SupersedesId));
        return [.. documents.Values];
    }

    private sealed record FactOf
    {
        public required Guid DocumentId { get; init; }
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required DateOnly LegalDate { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
        public string? Value { get; init; }
        public required string Source { get; init; }
        public Guid? SupersedesId { get; init; }
    }
}
