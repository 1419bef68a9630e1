using Filing.Data;
using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>
/// A document on its way: the document, the rules with which it began, and the dated facts so far. Read once in a unit of work and kept
/// up to date as facts are recorded.
/// </summary>
public sealed class Case
{
    private FactHistory? _history;

    /// <summary>The case.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The rules with which it began.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The definition of its life.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The version of that definition.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The newest version that it has begun of each definition below its own. Empty where no definition is known in several versions: all are the newest.</summary>
    public IReadOnlyDictionary<string, int> Begun { get; init; } = NothingBegun;

    internal static readonly IReadOnlyDictionary<string, int> NothingBegun = new Dictionary<string, int>();

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Whose document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Issued by one or by several.</summary>
    public required Issuance Issuance { get; init; }

    /// <summary>How it came into the register.</summary>
    public required DocumentOrigin Origin { get; init; }

    /// <summary>The government in whose register it is.</summary>
    public required Guid GovernmentId { get; init; }

    /// <summary>制定机关.</summary>
    public required Guid IssuingBodyId { get; init; }

    /// <summary>起草单位.</summary>
    public required Guid DraftingBodyId { get; init; }

    /// <summary>The next-higher government; null at the top.</summary>
    public Guid? SuperiorId { get; init; }

    /// <summary>The account that submitted it; null when it was the command line.</summary>
    public Guid? SubmittedBy { get; init; }

    /// <summary>All facts as they are in the register, superseded ones included.</summary>
    public required List<DatedFact> Facts { get; init; }

    /// <summary>The facts, asked by date.</summary>
    public FactHistory History => _history ??= new FactHistory(Facts);

    /// <summary>The latest fact of a kind, whatever its date; null when there is none.</summary>
    public DatedFact? Latest(FactKind kind) => History.Latest(kind);

    /// <summary>True when the law wants it filed with a superior that there is.</summary>
    public bool MustBeFiled => SuperiorId is not null && Profile.FilingAppliesTo.Value.Contains(Kind);

    /// <summary>True when something tells that it was filed, be it only the answer of the filing authority.</summary>
    public bool KnownToBeFiled => Has(FactKind.Filed) || Has(FactKind.FilingReceived) || Has(FactKind.FilingRegistered);

    /// <summary>True when there is a fact of that kind.</summary>
    public bool Has(FactKind kind) => History.Latest(kind) is not null;

    internal void Add(DatedFact fact)
    {
        Facts.Add(fact);
        _history = null;
    }

    /// <summary>Reads the case of a document; null when the document has none.</summary>
    internal static async Task<Case?> LoadAsync(Session db, Laws laws, Guid documentId)
    {
        var row = await db.QueryFirstOrDefaultAsync<Row>(
            """
            -- Cases/Case: a document and its case
            SELECT c.Id, c.ProfileId, c.ProfileVersion, c.DefinitionId, c.DefinitionVersion,
              d.Title, d.Kind, d.Issuance, d.Origin, d.GovernmentId, d.IssuingBodyId, d.DraftingBodyId, d.SubmittedBy, g.ParentId AS SuperiorId
            FROM CaseFile c JOIN Document d ON d.Id = c.DocumentId JOIN Body g ON g.Id = d.GovernmentId
            WHERE c.DocumentId = @documentId
            ORDER BY c.StartedAt DESC
            """,
            new { documentId });
        if (row is null) return null;
        return new Case
        {
            Id = row.Id,
            DocumentId = documentId,
            Profile = laws.Profile(row.ProfileId, row.ProfileVersion),
            DefinitionId = row.DefinitionId,
            DefinitionVersion = row.DefinitionVersion,
            Title = row.Title,
            Kind = Kebab.Parse<DocumentKind>(row.Kind),
            Issuance = Kebab.Parse<Issuance>(row.Issuance),
            Origin = Kebab.Parse<DocumentOrigin>(row.Origin),
            GovernmentId = row.GovernmentId,
            IssuingBodyId = row.IssuingBodyId,
            DraftingBodyId = row.DraftingBodyId,
            SuperiorId = row.SuperiorId,
            SubmittedBy = row.SubmittedBy,
            Facts = [.. await FactRow.OfDocumentAsync(db, documentId)],
            Begun = laws.HasVersions ? (await BegunAsync(db, [row.Id])).GetValueOrDefault(row.Id, NothingBegun) : NothingBegun,
        };
    }

    /// <summary>The newest version that some cases have begun of each definition; a case that has begun none is left out.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, int>>> BegunAsync(Session db, IReadOnlyList<Guid> cases)
    {
        var rows = await db.QueryAsync<BegunRow>(
            """
            -- Cases/Case: the versions that cases have begun
            SELECT CaseId, DefinitionId, MAX(DefinitionVersion) AS Version FROM WorkflowInstance WHERE CaseId IN @cases GROUP BY CaseId, DefinitionId
            """,
            new { cases });
        return rows.GroupBy(r => r.CaseId).ToDictionary(g => g.Key, IReadOnlyDictionary<string, int> (g) => g.ToDictionary(r => r.DefinitionId, r => r.Version));
    }

    /// <summary>The same case once it runs another version of a definition.</summary>
    internal Case Under(string definitionId, int version, bool outermost) => With(
        Profile, outermost ? version : DefinitionVersion, new Dictionary<string, int>(Begun) { [definitionId] = Math.Max(version, Begun.GetValueOrDefault(definitionId)) });

    /// <summary>The same case as it would be under other rules.</summary>
    internal Case Under(Profile profile) => With(profile, DefinitionVersion, Begun);

    private Case With(Profile profile, int definitionVersion, IReadOnlyDictionary<string, int> begun) => new()
    {
        Id = Id,
        DocumentId = DocumentId,
        Profile = profile,
        DefinitionId = DefinitionId,
        DefinitionVersion = definitionVersion,
        Begun = begun,
        Title = Title,
        Kind = Kind,
        Issuance = Issuance,
        Origin = Origin,
        GovernmentId = GovernmentId,
        IssuingBodyId = IssuingBodyId,
        DraftingBodyId = DraftingBodyId,
        SuperiorId = SuperiorId,
        SubmittedBy = SubmittedBy,
        Facts = Facts,
    };

    private sealed record BegunRow
    {
        public required Guid CaseId { get; init; }
        public required string DefinitionId { get; init; }
        public required int Version { get; init; }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string ProfileId { get; init; }
        public required int ProfileVersion { get; init; }
        public required string DefinitionId { get; init; }
        public required int DefinitionVersion { get; init; }
        public required string Title { get; init; }
        public required string Kind { get; init; }
        public required string Issuance { get; init; }
        public required string Origin { get; init; }
        public required Guid GovernmentId { get; init; }
        public required Guid IssuingBodyId { get; init; }
        public required Guid DraftingBodyId { get; init; }
        public Guid? SuperiorId { get; init; }
        public Guid? SubmittedBy { get; init; }
    }
}
