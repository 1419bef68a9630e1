using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.LegalityReview;

/// <summary>What changed from one version of a document's text to another.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="From">The number of the old version.</param>
/// <param name="To">The number of the new version; null for the latest.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadTextChanges(Guid DocumentId, int From, int? To = null) : IQuery<TextChanges>, IForDocument;

/// <summary>Two versions of a text and their differences.</summary>
/// <param name="From">The old version.</param>
/// <param name="To">The new version.</param>
/// <param name="Diff">The differences.</param>
public sealed record TextChanges(TextHead From, TextHead To, TextDiff Diff);

/// <summary>A version of a text, without the text.</summary>
public sealed record TextHead
{
    /// <summary>Counted from 1 within the document.</summary>
    public required int No { get; init; }

    /// <summary>The digest of its canonical form.</summary>
    public required string Digest { get; init; }

    /// <summary>Who handed it in.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

internal sealed class ReadTextChangesHandler(Work work) : IRequestHandler<ReadTextChanges, Result<TextChanges>>
{
    public async Task<Result<TextChanges>> Handle(ReadTextChanges query, CancellationToken cancellationToken)
    {
        var rows = await work.Db.QueryAsync<Row>(
            """
            -- LegalityReview/ReadTextChanges: two versions of a text
            SELECT No, Digest, Body, AddedBy, AddedAt FROM DocumentText
            WHERE DocumentId = @DocumentId AND (No = @From OR No = COALESCE(@To, (SELECT MAX(No) FROM DocumentText WHERE DocumentId = @DocumentId)))
            ORDER BY No
            """,
            new { query.DocumentId, query.From, query.To });
        if (rows.Count == 0 || rows.All(r => r.No != query.From) || (query.To is { } wanted && rows.All(r => r.No != wanted))) return Error.NotFound("该文本");
        var (from, to) = (rows.First(r => r.No == query.From), rows.FirstOrDefault(r => r.No == query.To) ?? rows[^1]);
        return new TextChanges(from.Head, to.Head, TextDiff.Between(from.Body, to.Body));
    }

    private sealed record Row
    {
        public required int No { get; init; }
        public required string Digest { get; init; }
        public required string Body { get; init; }
        public required string AddedBy { get; init; }
        public required DateTimeOffset AddedAt { get; init; }
        public TextHead Head => new() { No = No, Digest = Digest, AddedBy = AddedBy, AddedAt = AddedAt };
    }
}
