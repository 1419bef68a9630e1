using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Relations;

/// <summary>与其他文件的关系: what a document declares, and what others declare about it.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadRelations(Guid DocumentId) : IQuery<RelationSheet>, IForDocument;

/// <summary>The relations of a document, both ways.</summary>
/// <param name="Declared">What it does to others, and on what it rests.</param>
/// <param name="About">What others do to it, and what rests on it.</param>
/// <param name="Open">True while the draft may still declare and drop.</param>
/// <param name="Closed">Why it may not, in Chinese; null where it may.</param>
public sealed record RelationSheet(IReadOnlyList<RelationLine> Declared, IReadOnlyList<RelationLine> About, bool Open, string? Closed);

/// <summary>A relation, as seen from one of its two papers.</summary>
/// <param name="Id">The relation; null where it follows from a citation.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The same in Chinese, as seen from this side.</param>
/// <param name="DocumentId">The other paper, where it is a document of the register; null otherwise.</param>
/// <param name="Title">Its title; null where only a number is known.</param>
/// <param name="Number">Its number; null where it has none.</param>
/// <param name="Articles">Which articles; null for the whole.</param>
/// <param name="On">From which day; null while the document that declares it is not published, unless it names the day.</param>
/// <param name="Effective">True from the publication of the document that declares it.</param>
/// <param name="Status">What the other document is today; null for a paper outside the register and for a draft.</param>
/// <param name="Seen">True where the reader sees the other document in the register, and not only among the published ones.</param>
public sealed record RelationLine(
    Guid? Id, RelationKind Kind, string Name, Guid? DocumentId, string? Title, string? Number, string? Articles, DateOnly? On, bool Effective, ValidityStatus? Status, bool Seen);

internal sealed class ReadRelationsHandler(Work work, Laws laws, CaseFlow flow) : IRequestHandler<ReadRelations, Result<RelationSheet>>
{
    public async Task<Result<RelationSheet>> Handle(ReadRelations query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var closed = await RelationGates.OpenAsync(work, file);
        var (declared, about) = await RelationLines.OfAsync(work, laws, file, forAll: false);
        return new RelationSheet(declared, about, closed is null, closed?.Message);
    }
}

/// <summary>Both sides of the relations of a document, for the register and for the public.</summary>
internal static class RelationLines
{
    /// <summary>The lines.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="laws">The law.</param>
    /// <param name="file">The document.</param>
    /// <param name="forAll">True for everybody: only what stands between published papers. Otherwise what the reader sees of drafts, too.</param>
    public static async Task<(IReadOnlyList<RelationLine> Declared, IReadOnlyList<RelationLine> About)> OfAsync(Work work, Laws laws, Case file, bool forAll)
    {
        var (own, others) = (await RelationRow.OfDocumentAsync(work.Db, file.DocumentId), await RelationRow.AboutAsync(work.Db, file.DocumentId));
        var numbers = (await NumberRow.OfDocumentAsync(work.Db, file.DocumentId)).Where(n => n.VoidedOn is null).Select(n => n.Text).ToArray();
        var citing = numbers.Length == 0 ? [] : await work.Db.QueryAsync<Guid>(
            """
            -- Relations/ReadRelations: who cites one of its numbers as a basis
            SELECT DISTINCT c.DocumentId FROM Citation c WHERE c.Number IN @numbers AND c.Relation = 'basis' AND c.DocumentId <> @DocumentId
            """,
            new { numbers, file.DocumentId });
        Guid[] ids = [.. own.Select(r => r.TargetId).OfType<Guid>().Concat(others.Select(r => r.DocumentId)).Concat(citing).Distinct()];
        var known = await KnownAsync(work, laws, ids, forAll);
        var (published, inForce) = (file.History.First(FactKind.Published)?.LegalDate, file.History.Latest(FactKind.InForce)?.LegalDate);
        var declared = own.Where(r => r.TargetId is not { } id || known.ContainsKey(id)).Select(r =>
        {
            var other = r.TargetId is { } id ? known[id] : null;
            return new RelationLine(
                r.Id, r.Of, r.Of.Chinese(), r.TargetId, other?.Title ?? r.Title, other is null ? r.Number : other.Number, r.Articles, Day(r, published, inForce ?? published), published is not null, other?.Status, other?.Seen == true);
        });
        var about = others.Where(r => known.ContainsKey(r.DocumentId)).Select(r =>
        {
            var other = known[r.DocumentId];
            return new RelationLine(r.Id, r.Of, r.Of.Passive(), r.DocumentId, other.Title, other.Number, r.Articles, Day(r, other.Published, other.InForce), other.Published is not null, other.Status, other.Seen);
        }).ToList();
        var cited = citing.Where(id => known.ContainsKey(id) && !about.Any(a => a.DocumentId == id && a.Kind == RelationKind.IsBasedOn)).Select(id =>
            new RelationLine(null, RelationKind.IsBasedOn, RelationKind.IsBasedOn.Passive(), id, known[id].Title, known[id].Number, null, known[id].InForce, known[id].Published is not null, known[id].Status, known[id].Seen));
        return ([.. declared], [.. about, .. cited]);
    }

    private static DateOnly? Day(RelationRow row, DateOnly? published, DateOnly? inForce) =>
        row.Of.Effect() is null ? inForce : row.EffectOn is { } named ? named < published ? published : named : inForce;

    /// <summary>The documents that the reader may know of: the published ones, and those that he or she sees.</summary>
    private static async Task<Dictionary<Guid, Other>> KnownAsync(Work work, Laws laws, Guid[] ids, bool forAll)
    {
        if (ids.Length == 0) return [];
        var seen = await work.Db.QueryAsync<OtherRow>(
            $"""
            -- Relations/ReadRelations: the other documents that the reader may know of
            SELECT d.Id, d.Title, 1 AS IsPublished, 0 AS IsClosed FROM Document d WHERE d.Id IN @ids {PublishedDocuments.IsPublic}
            UNION
            SELECT d.Id, d.Title, 0 AS IsPublished, CASE WHEN d.ClosedAt IS NULL THEN 0 ELSE 1 END AS IsClosed FROM Document d
            WHERE d.Id IN @ids AND @forAll = 0 AND (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors))
            """,
            new { ids, today = work.Today, forAll, everywhere = Sight.All(work), anchors = forAll ? [] : Sight.Anchors(work) });
        var published = (await PublishedDocuments.LoadAsync(work, [.. seen.Where(s => s.IsPublished == 1).Select(s => s.Id)])).ToDictionary(d => d.Id);
        var others = new Dictionary<Guid, Other>();
        foreach (var rows in seen.GroupBy(s => s.Id))
        {
            var row = rows.First();
            // A draft that was given up does nothing to anybody.
            if (!published.ContainsKey(row.Id) && row.IsClosed == 1) continue;
            var numbers = await NumberRow.OfDocumentAsync(work.Db, row.Id);
            var document = published.GetValueOrDefault(row.Id);
            others[row.Id] = new(
                row.Title, (numbers.Standing(NumberKind.Issue) ?? numbers.Standing(NumberKind.Registration))?.Text, document?.Published, document?.InForce, document?.Status(laws, work.Today),
                rows.Any(r => r.IsPublished == 0));
        }

        return others;
    }

    private sealed record Other(string Title, string? Number, DateOnly? Published, DateOnly? InForce, ValidityStatus? Status, bool Seen);

    private sealed record OtherRow
    {
        public required Guid Id { get; init; }
        public required string Title { get; init; }
        public required int IsPublished { get; init; }
        public required int IsClosed { get; init; }
    }
}
