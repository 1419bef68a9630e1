using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Relations;

/// <summary>
/// 以某件为依据的文件: which published documents rest on a paper, at whatever depth, whether that is in the register or a law outside of it. Whoever hears that a basis was
/// amended or repealed finds here what to look at.
/// </summary>
/// <param name="Paper">The paper, by its number or title as people write them.</param>
[Needs(Function.ReadDocuments)]
public sealed record ListDependents(string Paper) : IQuery<DependentList>;

/// <summary>What rests on a paper.</summary>
/// <param name="Paper">The paper as it was understood.</param>
/// <param name="DocumentId">The paper itself, where it is a published document of the register; null otherwise.</param>
/// <param name="Items">The nearest first; of one depth those in force first.</param>
/// <param name="InForce">How many of them are in force today.</param>
public sealed record DependentList(string Paper, Guid? DocumentId, IReadOnlyList<DependentLine> Items, int InForce);

/// <summary>A published document that rests on a paper.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
/// <param name="IssuingBody">制定机关.</param>
/// <param name="Depth">1 where it names the paper itself, 2 where it names one that does, and so on.</param>
/// <param name="Via">The document through which it rests on the paper; null at depth 1.</param>
/// <param name="Status">What it is today.</param>
/// <param name="Name">The same in Chinese.</param>
public sealed record DependentLine(
    Guid DocumentId, string Title, string? IssueNumber, string IssuingBody, int Depth, string? Via, ValidityStatus Status, string Name);

internal sealed class ListDependentsValidator : AbstractValidator<ListDependents>
{
    public ListDependentsValidator() => RuleFor(q => q.Paper).NotEmpty().WithMessage("请写明文号或名称。").MaximumLength(300).WithMessage("文号或名称不能超过 300 字。");
}

internal sealed class ListDependentsHandler(Work work, Laws laws) : IRequestHandler<ListDependents, Result<DependentList>>
{
    private const int Most = 2000;

    public async Task<Result<DependentList>> Handle(ListDependents query, CancellationToken cancellationToken)
    {
        var paper = CitedPaper.Read(query.Paper);
        if (DocumentNumber.TryParse(paper.Number ?? paper.Title, out var number, out _)) paper = new(paper.Number is null ? null : paper.Title, number.Text);
        Guid? own = (await RelationGates.FindAsync(work, paper)).TryGet(out var root, out _) ? root : null;
        // Found once, at its least depth: what rests on each other in a circle is passed through once.
        var found = new Dictionary<Guid, (int Depth, Guid? Via)>();
        var level = new List<Guid>();
        Add(await OnPaperAsync(paper), 1);
        if (own is not null) Add(await OnDocumentsAsync([root]), 1);
        for (var depth = 2; level.Count > 0 && found.Count < Most; depth++)
        {
            var above = level;
            level = [];
            foreach (var ids in above.Chunk(500)) Add(await OnDocumentsAsync(ids), depth);
        }

        var documents = (await PublishedDocuments.LoadAsync(work, [.. found.Keys.Take(Most)])).ToDictionary(d => d.Id);
        var lines = new List<DependentLine>(documents.Count);
        foreach (var (id, document) in documents)
        {
            var (depth, via) = found[id];
            var status = document.Status(laws, work.Today);
            lines.Add(new(
                id, document.Title, (await NumberRow.OfDocumentAsync(work.Db, id)).Standing(NumberKind.Issue)?.Text, document.IssuingBody, depth,
                depth > 1 && via is { } through ? documents[through].Title : null, status, status.Name()));
        }

        return new DependentList(
            paper.ToString(), own, [.. lines.OrderBy(l => l.Depth).ThenBy(l => l.Status.IsValid() ? 0 : 1).ThenBy(l => l.IssuingBody, StringComparer.Ordinal).ThenBy(l => l.DocumentId)],
            lines.Count(l => l.Status.IsValid()));

        void Add(IEnumerable<Link> links, int depth)
        {
            foreach (var link in links)
            {
                if (link.DocumentId != own && found.TryAdd(link.DocumentId, (depth, link.TargetId))) level.Add(link.DocumentId);
            }
        }
    }

    /// <summary>Who names a paper by its number or title, in a citation or a declared relation.</summary>
    private Task<IReadOnlyList<Link>> OnPaperAsync(CitedPaper paper) => work.Db.QueryAsync<Link>(
        $"""
        -- Relations/ListDependents: who names a paper as a basis
        SELECT d.Id AS DocumentId, NULL AS TargetId FROM Document d
        WHERE d.Id IN (
            SELECT c.DocumentId FROM Citation c WHERE c.Relation = 'basis' AND (c.Number = @Number OR c.Title = @Title)
            UNION
            SELECT r.DocumentId FROM DocumentRelation r WHERE r.Kind = 'is-based-on' AND r.State = 'declared' AND (r.Number = @Number OR r.Title = @Title)
              AND NOT EXISTS (SELECT 1 FROM DocumentRelation x WHERE x.SupersedesId = r.Id)) {PublishedDocuments.IsPublic}
        """,
        new { paper.Number, paper.Title, today = work.Today });

    /// <summary>Who rests on documents of the register: by a declared relation, or by citing one of their numbers.</summary>
    private Task<IReadOnlyList<Link>> OnDocumentsAsync(IReadOnlyList<Guid> ids) => work.Db.QueryAsync<Link>(
        $"""
        -- Relations/ListDependents: who rests on some documents
        SELECT d.Id AS DocumentId, l.TargetId FROM (
            SELECT c.DocumentId, n.DocumentId AS TargetId FROM Number n JOIN Citation c ON c.Number = n.Text AND c.Relation = 'basis' WHERE n.DocumentId IN @ids AND n.VoidedOn IS NULL
            UNION
            SELECT r.DocumentId, r.TargetId FROM DocumentRelation r WHERE r.TargetId IN @ids AND r.Kind = 'is-based-on' AND r.State = 'declared'
              AND NOT EXISTS (SELECT 1 FROM DocumentRelation x WHERE x.SupersedesId = r.Id)) l JOIN Document d ON d.Id = l.DocumentId
        WHERE l.DocumentId <> l.TargetId {PublishedDocuments.IsPublic}
        ORDER BY d.Id
        """,
        new { ids, today = work.Today });

    private sealed record Link
    {
        public required Guid DocumentId { get; init; }
        public Guid? TargetId { get; init; }
    }
}
