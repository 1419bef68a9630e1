using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Cases;

/// <summary>How far documents have come, in groups as people look for them.</summary>
public enum StageGroup
{
    /// <summary>起草、征求意见.</summary>
    Drafting,

    /// <summary>合法性审查.</summary>
    Review,

    /// <summary>决定、签发.</summary>
    Decision,

    /// <summary>登记、编号、待公布.</summary>
    Issuing,

    /// <summary>已公布.</summary>
    Published,

    /// <summary>效力已终止或停止.</summary>
    Ended,

    /// <summary>未公布而办结: withdrawn, given up, or not normative.</summary>
    Dropped,
}

/// <summary>文件列表: the documents that the account may see, newest first, a page at a time.</summary>
/// <param name="Search">A whole number, or else a part of the title or of a number; null lists all.</param>
/// <param name="Before">The place to go on from, as the previous page gave it.</param>
/// <param name="Size">Rows a page, 1 to 200.</param>
/// <param name="Group">How far they have come.</param>
/// <param name="Kind">Whose documents.</param>
/// <param name="Origin">Made here, or entered from elsewhere.</param>
/// <param name="Year">The year in which they came in.</param>
/// <param name="Mine">Only those that the asker submitted, or at which he or she holds or held a task.</param>
/// <param name="Late">Only those with a duty that is overdue today.</param>
[Needs(Function.ReadDocuments)]
public sealed record ListDocuments(
    string? Search = null, string? Before = null, int Size = 50, StageGroup? Group = null, DocumentKind? Kind = null, DocumentOrigin? Origin = null, int? Year = null, bool Mine = false,
    bool Late = false) : IQuery<DocumentPage>;

/// <summary>A page of the list.</summary>
/// <param name="Rows">The documents.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record DocumentPage(IReadOnlyList<DocumentLine> Rows, string? Next);

/// <summary>A line of the list.</summary>
public sealed record DocumentLine
{
    /// <summary>The document.</summary>
    public required Guid Id { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Whose document it is, as a code.</summary>
    public required string Kind { get; init; }

    /// <summary>How far it has come, as a code; <see cref="Stages.Chinese"/> has the words.</summary>
    public required string Stage { get; init; }

    /// <summary>The issuing body.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>The numbers that stand, separated by spaces; null when it has none.</summary>
    public string? Numbers { get; init; }

    /// <summary>What is waited for: the names of the open tasks; null when nothing is.</summary>
    public string? Waiting { get; init; }

    /// <summary>The earliest due date of its open deadlines; null when there is none.</summary>
    public DateOnly? NextDue { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ListDocumentsHandler(Work work) : IRequestHandler<ListDocuments, Result<DocumentPage>>
{
    public async Task<Result<DocumentPage>> Handle(ListDocuments query, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(query.Size, 1, 200);
        if (query.Year is < 1949 or > 9998) return Error.Invalid("list.bad-year", "年份有误。", "year");
        if (!TryPlace(query.Before, out var before, out var beforeId)) return Error.Invalid("list.bad-place", "列表位置有误，请从第一页重新开始。", "before");
        var (last, lastId) = (before ?? EndOfTime, beforeId ?? AfterAll);
        var args = DocumentFilters.Args(work, query);
        args.With(new { last, lastId, Skip = 0, Take = size + 1 });
        var filter = DocumentFilters.Of(query);
        var seen = new Dictionary<Guid, DateTimeOffset>();
        var anchors = work.Actor.Kind == ActorKind.Person ? work.Desks.Select(d => d.AnchorId).Distinct().ToArray() : null;
        if (anchors is not null && filter.Length == 0)
        {
            // One look a desk, each on its index; a person has few desks.
            foreach (var anchor in anchors)
            {
                args.Add("anchor", anchor);
                await SeeAsync(
                    """
                    -- Cases/ListDocuments: the documents of a party
                    SELECT DISTINCT p.DocumentId AS Id, p.CreatedAt FROM DocumentParty p
                    WHERE p.BodyId = @anchor AND p.CreatedAt <= @last AND (p.CreatedAt < @last OR p.DocumentId < @lastId)
                    ORDER BY p.CreatedAt DESC, p.DocumentId DESC
                    """);
            }
        }
        else
        {
            // A search goes through the titles in the index, and asks who may see it only of what it finds.
            args.With(new { everywhere = anchors is null, anchors = anchors ?? [] });
            await SeeAsync(
                $"""
                -- Cases/ListDocuments: all documents, or those that a filter means
                SELECT d.Id, d.CreatedAt FROM Document d WHERE d.CreatedAt <= @last AND (d.CreatedAt < @last OR d.Id < @lastId) {filter}
                  AND (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors))
                ORDER BY d.CreatedAt DESC, d.Id DESC
                """);
        }

        var page = seen.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key.ToString(), StringComparer.Ordinal).Take(size + 1).ToList();
        var rows = new List<DocumentLine>();
        foreach (var (id, _) in page.Take(size)) rows.Add(await LineAsync(id));
        var next = page.Count > size ? $"{page[size - 1].Value.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}_{page[size - 1].Key}" : null;
        return new DocumentPage(rows, next);

        async Task SeeAsync(string sql)
        {
            foreach (var found in await work.Db.QueryAsync<Found>(work.Db.Dialect.Page(sql), args)) seen[found.Id] = found.CreatedAt;
        }
    }

    private static readonly DateTimeOffset EndOfTime = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid AfterAll = Guid.AllBitsSet;

    private async Task<DocumentLine> LineAsync(Guid id)
    {
        var line = (await work.Db.QuerySingleOrDefaultAsync<DocumentLine>(
            """
            -- Cases/ListDocuments: a line
            SELECT d.Id, d.Title, d.Kind, d.Stage, b.Name AS IssuingBody, d.CreatedAt,
              (SELECT MIN(l.Due) FROM Deadline l WHERE l.DocumentId = d.Id AND l.ClosedAt IS NULL AND l.UntilFact <> 'term-ended') AS NextDue
            FROM Document d JOIN Body b ON b.Id = d.IssuingBodyId WHERE d.Id = @id
            """,
            new { id }))!;
        var numbers = await work.Db.QueryAsync<string>(
            """
            -- Cases/ListDocuments: the numbers of a document
            SELECT Text FROM Number WHERE DocumentId = @id AND VoidedOn IS NULL ORDER BY Text
            """,
            new { id });
        var waiting = await OpenTask.OfDocumentAsync(work.Db, id);
        return line with
        {
            Numbers = numbers.Count == 0 ? null : string.Join(' ', numbers),
            Waiting = waiting.Count == 0 ? null : string.Join('、', waiting.Select(t => t.Name)),
        };
    }

    private static bool TryPlace(string? text, out DateTimeOffset? before, out Guid? id)
    {
        (before, id) = (null, null);
        if (string.IsNullOrEmpty(text)) return true;
        if (text.Split('_') is not [var moment, var document] || !DateTimeOffset.TryParse(moment, System.Globalization.CultureInfo.InvariantCulture, out var at) || !Guid.TryParse(document, out var found)) return false;
        (before, id) = (at, found);
        return true;
    }

    private sealed record Found
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }
}
