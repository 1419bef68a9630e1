using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.Validity;
using Filing.Pipeline;

namespace Filing.Features.Relations;

/// <summary>What must hold of a relation before it is declared, and until when a draft may declare.</summary>
internal static class RelationGates
{
    private const int MostSteps = 64;

    /// <summary>Approved documents do not change: <c>relation.approved</c>.</summary>
    public static async Task<Error?> OpenAsync(Work work, Case file)
    {
        if (file.Latest(FactKind.Withdrawn) is not null || file.Latest(FactKind.Abandoned) is not null) return Error.Refused("relation.closed", "该文件已经终止办理。");
        if (file.Origin == DocumentOrigin.Elsewhere) return null;
        // A draft that went back to the meeting keeps its earlier facts; the latest decision alone tells whether it stands approved.
        return file.Has(FactKind.Published) || await DecisionRow.LatestAsync(work, file.DocumentId) is { ApprovedOn: not null }
            ? Error.Refused("relation.approved", "该文件已经审定，不能再改动它与其他文件的关系。")
            : null;
    }

    /// <summary>The published document that is meant: by its number, otherwise by its title. An unpublished one is not told from one that there is not.</summary>
    public static async Task<Result<Guid>> FindAsync(Work work, CitedPaper paper)
    {
        var number = DocumentNumber.TryParse(paper.Number, out var parsed, out _) ? parsed.Text : paper.Number;
        var found = await work.Db.QueryAsync<Guid>(
            $"""
            -- Relations/RelationGates: the published documents of a number or a title
            SELECT d.Id FROM Document d
            WHERE (d.Id IN (SELECT n.DocumentId FROM Number n WHERE n.Text = @number AND n.VoidedOn IS NULL) OR (@number IS NULL AND d.Title = @Title)) {PublishedDocuments.IsPublic}
            ORDER BY d.Id
            """,
            new { number, paper.Title, today = work.Today });
        return found switch
        {
            [var one] => one,
            [] => Error.Invalid("relation.unknown-document", $"登记簿中没有已公布的{paper}。不在本登记簿的法律法规和文件，请注明为登记簿以外的文件。", "paper"),
            _ => Error.Invalid("relation.ambiguous", $"登记簿中有 {found.Count} 份已公布的文件名为{paper}，请写明文号。", "paper"),
        };
    }

    /// <summary>
    /// Only the maker of a document, or a government over it, may change or end it: <c>relation.not-theirs</c>. Whoever took over a body acts for it.
    /// </summary>
    public static async Task<Error?> CompetentAsync(Work work, Case file, Case target, RelationKind kind)
    {
        var (open, seen) = (new Queue<(Guid Id, bool Over)>([(target.IssuingBodyId, false)]), new HashSet<Guid>());
        while (open.TryDequeue(out var at) && seen.Count < MostSteps)
        {
            if (!seen.Add(at.Id)) continue;
            var body = (await work.Db.QuerySingleOrDefaultAsync<BodyRow>(
                """
                -- Relations/RelationGates: what stands over a body, and what took it over
                SELECT Kind, ParentId, SuccessorId FROM Body WHERE Id = @Id
                """,
                new { at.Id }))!;
            if (at.Id == file.IssuingBodyId && (!at.Over || body.Kind == "government")) return null;
            if (body.SuccessorId is { } successor) open.Enqueue((successor, at.Over));
            if (body.ParentId is { } parent) open.Enqueue((parent, true));
        }

        return Error.Refused("relation.not-theirs", $"《{target.Title}》由其他机关制定。只有原制定机关或者其上级人民政府可以{kind.Chinese()}。") with { Field = "paper" };
    }

    /// <summary>A document about itself: amends or repeals, as its text says, from a day that it names.</summary>
    public static async Task<Error?> OfItselfAsync(Work work, Guid documentId, RelationKind kind, DateOnly? on)
    {
        if (kind is not (RelationKind.Amends or RelationKind.Repeals)) return Error.Invalid("relation.itself", $"文件不能{kind.Chinese()}自己。", "paper");
        if (on is null) return Error.Invalid("relation.itself-date", $"文件{kind.Chinese()}自己的，须写明自哪一天起。", "on");
        return (await DocumentTexts.LatestAsync(work, documentId))?.Body.Contains(kind.Chinese(), StringComparison.Ordinal) == true
            ? null
            : Error.Refused("relation.itself-not-in-text", $"正文中没有“{kind.Chinese()}”字样，不能声明文件{kind.Chinese()}自己。") with { Field = "paper" };
    }

    /// <summary>What is the basis of a document may not rest on it in turn, at whatever depth: <c>relation.cycle</c>.</summary>
    public static async Task<Error?> CycleAsync(Work work, Guid documentId, Guid targetId)
    {
        var (seen, level) = (new HashSet<Guid> { targetId }, new List<Guid> { targetId });
        while (level.Count > 0)
        {
            if (level.Contains(documentId)) return Error.Refused("relation.cycle", "对方直接或者间接以本文件为依据，不能互为依据。") with { Field = "paper" };
            var bases = new List<Guid>();
            foreach (var ids in level.Chunk(500))
            {
                bases.AddRange(await work.Db.QueryAsync<Guid>(
                    """
                    -- Relations/RelationGates: the bases of some documents
                    SELECT r.TargetId FROM DocumentRelation r
                    WHERE r.DocumentId IN @ids AND r.Kind = 'is-based-on' AND r.TargetId IS NOT NULL AND r.State = 'declared'
                      AND NOT EXISTS (SELECT 1 FROM DocumentRelation x WHERE x.SupersedesId = r.Id)
                    """,
                    new { ids }));
            }

            level = [.. bases.Where(seen.Add)];
        }

        return null;
    }

    private sealed record BodyRow
    {
        public required string Kind { get; init; }
        public Guid? ParentId { get; init; }
        public Guid? SuccessorId { get; init; }
    }
}
