using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Validity;

namespace Filing.Audit;

/// <summary>A document with everything that the checks ask of it.</summary>
internal sealed class DocumentSeen
{
    public required Guid Id { get; init; }
    public required Case Case { get; init; }
    public required string Stage { get; init; }
    public required bool Closed { get; init; }
    public required IReadOnlyList<FactRow> Facts { get; init; }
    public required IReadOnlyList<NumberSeen> Numbers { get; init; }
    public required IReadOnlyList<PublicationSeen> Publications { get; init; }
    public required IReadOnlyList<ApprovalSeen> Approvals { get; init; }
    public required IReadOnlyList<DeadlineRow> Deadlines { get; init; }
    public required ILookup<Guid, SuspensionRow> Suspensions { get; init; }

    public required IReadOnlyList<SpanRow> Spans { get; init; }
    public required bool EntryConfirmed { get; init; }

    /// <summary>How it is named in a finding.</summary>
    public string Name => $"《{Case.Title}》（{Id}）";

    /// <summary>
    /// When a fact first entered the register: a correction stands in the place of what it corrects, however late it came.
    /// </summary>
    public DateTimeOffset FirstRecorded(DatedFact fact)
    {
        while (fact.Supersedes is { } id) fact = Case.Facts.Find(f => f.Id == id)!;
        return fact.Recorded;
    }

    /// <summary>The next documents that have a case, in the order of ids. One that cannot be read is an offence and is left out.</summary>
    public static async Task<IReadOnlyList<DocumentSeen>> PageAsync(Session db, Laws laws, Guid after, int take, Findings unreadable)
    {
        var rows = await db.QueryAsync<Row>(db.Dialect.Page(
            """
            -- Audit/DocumentSeen: documents and their cases
            SELECT d.Id, c.Id AS CaseId, c.ClosedAt, c.ProfileId, c.ProfileVersion, c.DefinitionId, c.DefinitionVersion, d.Title, d.Kind, d.Issuance, d.Origin, d.Stage,
              d.GovernmentId, d.IssuingBodyId, d.DraftingBodyId, g.ParentId AS SuperiorId
            FROM Document d JOIN CaseFile c ON c.DocumentId = d.Id JOIN Body g ON g.Id = d.GovernmentId
            WHERE d.Id > @after AND NOT EXISTS (SELECT 1 FROM CaseFile x WHERE x.DocumentId = d.Id AND x.StartedAt > c.StartedAt)
            ORDER BY d.Id
            """), new { after, Skip = 0, Take = take });
        var ids = rows.Select(r => r.Id).ToList();
        if (ids.Count == 0) return [];
        var facts = (await db.QueryAsync<FactOf>(
            """
            -- Audit/DocumentSeen: their facts
            SELECT DocumentId, Id, Kind, LegalDate, RecordedAt, Value, Source, SupersedesId FROM Fact WHERE DocumentId IN @ids ORDER BY RecordedAt, Id
            """, new { ids })).ToLookup(f => f.DocumentId);
        var numbers = (await db.QueryAsync<NumberSeen>(
            """
            -- Audit/DocumentSeen: their numbers
            SELECT n.DocumentId, s.Kind, n.Text, n.VoidedOn FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId IN @ids
            """, new { ids })).ToLookup(n => n.DocumentId);
        var publications = (await db.QueryAsync<PublicationSeen>(
            """
            -- Audit/DocumentSeen: their publications
            SELECT p.DocumentId, p.PublishedOn, p.Carrier, p.Digest, t.Digest AS TextDigest, t.Body FROM Publication p JOIN DocumentText t ON t.Id = p.TextId
            WHERE p.DocumentId IN @ids ORDER BY p.DocumentId, p.Id
            """, new { ids })).ToLookup(p => p.DocumentId);
        var approvals = (await db.QueryAsync<ApprovalSeen>(
            """
            -- Audit/DocumentSeen: what was approved
            SELECT x.DocumentId, x.ApprovedDigest AS Digest, t.Body,
              (SELECT COUNT(*) FROM Signature s WHERE s.DocumentId = x.DocumentId AND s.VoidedAt IS NULL AND s.Digest = x.ApprovedDigest) AS Signatures
            FROM Decision x JOIN DocumentText t ON t.Id = x.ApprovedTextId
            WHERE x.DocumentId IN @ids AND x.ApprovedDigest IS NOT NULL ORDER BY x.DocumentId, x.No
            """, new { ids })).ToLookup(a => a.DocumentId);
        var deadlines = (await DeadlineRow.OfDocumentsAsync(db, ids)).ToLookup(l => l.DocumentId);
        var suspensions = (await db.QueryAsync<SuspensionRow>(
            """
            -- Audit/DocumentSeen: the days that do not count
            SELECT s.Id, s.DeadlineId, s.FromDate, s.ToDate, s.Reason FROM Suspension s JOIN Deadline l ON l.Id = s.DeadlineId WHERE l.DocumentId IN @ids
            """, new { ids })).ToLookup(s => s.DeadlineId);
        var begun = laws.HasVersions ? await Features.Cases.Case.BegunAsync(db, [.. rows.Select(r => r.CaseId)]) : null;
        var spans = (await db.QueryAsync<SpanRow>(
            """
            -- Audit/DocumentSeen: what they are from one day to another
            SELECT DocumentId, FromDate, ToDate, Status, LastValidDay, Published, PublishedYear, IssuingBodyId FROM ValiditySpan WHERE DocumentId IN @ids ORDER BY DocumentId, FromDate
            """, new { ids })).ToLookup(s => s.DocumentId);
        var confirmed = (await db.QueryAsync<Guid>(
            """
            -- Audit/DocumentSeen: those from elsewhere whose entry was checked
            SELECT DocumentId FROM ElsewhereEntry WHERE DocumentId IN @ids AND State = 'confirmed'
            """, new { ids })).ToHashSet();
        var seen = new List<DocumentSeen>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                seen.Add(new DocumentSeen
                {
                    Id = row.Id,
                    Case = row.Case(laws, facts[row.Id].Select(f => f.Fact), begun?.GetValueOrDefault(row.CaseId)),
                    Stage = row.Stage,
                    Closed = row.ClosedAt is not null,
                    Facts = [.. facts[row.Id].Select(f => f.Row)],
                    Numbers = [.. numbers[row.Id]],
                    Publications = [.. publications[row.Id]],
                    Approvals = [.. approvals[row.Id]],
                    Deadlines = [.. deadlines[row.Id]],
                    Suspensions = suspensions,
                    Spans = [.. spans[row.Id]],
                    EntryConfirmed = confirmed.Contains(row.Id),
                });
            }
            catch (Exception e) when (e is FormatException or KeyNotFoundException)
            {
                unreadable.Offend($"《{row.Title}》（{row.Id}）：无法读取，{e.Message}");
            }
        }

        return seen.Count > 0 ? seen : await PageAsync(db, laws, ids[^1], take, unreadable);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid CaseId { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public required string ProfileId { get; init; }
        public required int ProfileVersion { get; init; }
        public required string DefinitionId { get; init; }
        public required int DefinitionVersion { get; init; }
        public required string Title { get; init; }
        public required string Kind { get; init; }
        public required string Issuance { get; init; }
        public required string Origin { get; init; }
        public required string Stage { get; init; }
        public required Guid GovernmentId { get; init; }
        public required Guid IssuingBodyId { get; init; }
        public required Guid DraftingBodyId { get; init; }
        public Guid? SuperiorId { get; init; }

        public Case Case(Laws laws, IEnumerable<DatedFact> facts, IReadOnlyDictionary<string, int>? begun) => new()
        {
            Id = CaseId,
            DocumentId = Id,
            Profile = laws.Profile(ProfileId, ProfileVersion),
            DefinitionId = DefinitionId,
            DefinitionVersion = DefinitionVersion,
            Begun = begun ?? Features.Cases.Case.NothingBegun,
            Title = Title,
            Kind = Kebab.Parse<DocumentKind>(Kind),
            Issuance = Kebab.Parse<Issuance>(Issuance),
            Origin = Kebab.Parse<DocumentOrigin>(Origin),
            GovernmentId = GovernmentId,
            IssuingBodyId = IssuingBodyId,
            DraftingBodyId = DraftingBodyId,
            SuperiorId = SuperiorId,
            Facts = [.. facts],
        };
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

        public DatedFact Fact => new(Id, Kebab.Parse<FactKind>(Kind), LegalDate, RecordedAt, Value, Source, SupersedesId);

        public FactRow Row => new() { Id = Id, Kind = Kind, LegalDate = LegalDate, RecordedAt = RecordedAt, Value = Value, Source = Source, SupersedesId = SupersedesId };
    }
}

/// <summary>A number of a document.</summary>
internal sealed record NumberSeen
{
    public required Guid DocumentId { get; init; }
    public required string Kind { get; init; }
    public required string Text { get; init; }
    public DateOnly? VoidedOn { get; init; }
}

/// <summary>An appearance of a document, with the text that appeared.</summary>
internal sealed record PublicationSeen
{
    public required Guid DocumentId { get; init; }
    public required DateOnly PublishedOn { get; init; }
    public required string Carrier { get; init; }
    public required string Digest { get; init; }
    public required string TextDigest { get; init; }
    public required string Body { get; init; }
}

/// <summary>A text that was approved, and how many signatures stand on it.</summary>
internal sealed record ApprovalSeen
{
    public required Guid DocumentId { get; init; }
    public required string Digest { get; init; }
    public required string Body { get; init; }
    public required int Signatures { get; init; }
}
