using Dapper;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Validity;

/// <summary>
/// A published document of a page of a list, with the facts that decide what it is on a day: two questions to the database for all of the page.
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

    /// <summary>What it is on a day, by the lead of the evaluation of its own rules; as it was known at a moment where one is given.</summary>
    public ValidityStatus Status(Laws laws, DateOnly on, DateTimeOffset? knownOn = null) => Domain.Validity.Status(History, on, knownOn, laws.Profile(ProfileId, ProfileVersion).EvaluationLeadMonths.Value);
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

    /// <summary>What each document whose publication has come is on a day.</summary>
    public const string Spans = "FROM ValiditySpan s WHERE s.FromDate <= @on AND s.ToDate >= @on AND s.Published <= @today";

    private const string Seen = "AND (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = s.DocumentId AND p.BodyId IN @anchors))";

    // Sets and not questions of each document: a search finds few.
    private const string Found =
        "AND s.DocumentId IN (SELECT d.Id FROM Document d WHERE d.Title LIKE @like ESCAPE '!' UNION SELECT n.DocumentId FROM Number n WHERE n.VoidedOn IS NULL AND (n.Text = @number OR n.Text LIKE @like ESCAPE '!'))";

    /// <summary>Conditions on <see cref="Spans"/>, each beginning with AND; and the parameters of both.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="on">The day.</param>
    /// <param name="search">Part of a title or of a number; null for all.</param>
    /// <param name="forAll">For everybody; otherwise what the actor may see.</param>
    public static (string Filter, DynamicParameters Args) Filter(Work work, DateOnly on, string? search, bool forAll)
    {
        var text = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        var whole = DocumentNumber.TryParse(text, out var number, out _);
        var args = Gathered.Of(new
        {
            on,
            today = work.Today,
            everywhere = forAll || Sight.All(work),
            anchors = forAll ? [] : Sight.Anchors(work),
            like = text is null ? null : $"%{Like.Escape(text)}%",
            number = whole ? number!.Text : null,
        });
        return ($"{(forAll || Sight.All(work) ? "" : Seen)} {(text is null ? "" : Found)}", args);
    }

    /// <summary>The documents of a page, in its order, with the facts that decide what they are.</summary>
    public static async Task<IReadOnlyList<PublishedDocument>> LoadAsync(Work work, IReadOnlyList<Guid> ids)
    {
        if (ids.Count == 0) return [];
        var rows = await work.Db.QueryAsync<PublishedDocument>(
            """
            -- Validity/PublishedDocuments: the documents of a page
            SELECT d.Id, d.Title, d.Kind, d.Origin, b.Code AS BodyCode, b.Name AS IssuingBody, r.Name AS DraftingBody, c.ProfileId, c.ProfileVersion, t.Id AS Evaluation, t.Role, t.Place, t.AnchorId
            FROM Document d JOIN Body b ON b.Id = d.IssuingBodyId JOIN Body r ON r.Id = d.DraftingBodyId JOIN CaseFile c ON c.DocumentId = d.Id
              LEFT JOIN Task t ON t.DocumentId = d.Id AND t.State = 'open' AND t.Code = 'evaluate'
            WHERE d.Id IN @ids ORDER BY c.StartedAt DESC
            """,
            new { ids });
        var documents = new Dictionary<Guid, PublishedDocument>(rows.Count);
        foreach (var row in rows) documents.TryAdd(row.Id, row);
        foreach (var fact in await work.Db.QueryAsync<FactOf>(
            """
            -- Validity/PublishedDocuments: the facts that decide what they are
            SELECT x.DocumentId, x.Id, x.Kind, x.LegalDate, x.RecordedAt, x.Value, x.Source, x.SupersedesId
            FROM Fact x
            WHERE x.DocumentId IN @ids AND x.Kind IN ('published', 'in-force', 'term-set', 'renewed', 'repealed', 'declared-lapsed', 'suspended', 'resumed', 'annulled', 'term-ended', 'withdrawn')
            """,
            new { ids }))
            documents[fact.DocumentId].Facts.Add(new(fact.Id, Kebab.Parse<FactKind>(fact.Kind), fact.LegalDate, fact.RecordedAt, fact.Value, fact.Source, fact.SupersedesId));
        return [.. ids.Select(id => documents[id])];
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
