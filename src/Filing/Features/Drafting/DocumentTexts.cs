using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>A version of a document's body text.</summary>
public sealed record TextVersion
{
    /// <summary>The version.</summary>
    public required Guid Id { get; init; }

    /// <summary>Counted from 1 within the document.</summary>
    public required int No { get; init; }

    /// <summary><c>draft</c>, <c>approved</c> or <c>published</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The body text.</summary>
    public required string Body { get; init; }

    /// <summary>The digest of its canonical form (<see cref="CanonicalText"/>).</summary>
    public required string Digest { get; init; }
}

/// <summary>The versions of a document's text: added, never changed.</summary>
public static class DocumentTexts
{
    /// <summary>A draft that may still change.</summary>
    public const string Draft = "draft";

    /// <summary>As it was published.</summary>
    public const string Published = "published";

    /// <summary>The latest version; null when there is none.</summary>
    public static Task<TextVersion?> LatestAsync(Work work, Guid documentId) => work.Db.QueryFirstOrDefaultAsync<TextVersion>(
        """
        -- Drafting/DocumentTexts: the latest text
        SELECT Id, No, Purpose, Body, Digest FROM DocumentText WHERE DocumentId = @documentId ORDER BY No DESC
        """,
        new { documentId });

    /// <summary>Adds a draft version when a text is given and differs from the latest; the latest version either way.</summary>
    public static async Task<TextVersion?> HandInAsync(Work work, Guid documentId, string? body)
    {
        var latest = await LatestAsync(work, documentId);
        if (string.IsNullOrWhiteSpace(body) || body == latest?.Body) return latest;
        var added = await AddAsync(work, documentId, Draft, body);
        work.Record(new TextHandedIn(added.Id, added.No, added.Digest), documentId);
        return added;
    }

    /// <summary>Adds a version.</summary>
    public static async Task<TextVersion> AddAsync(Work work, Guid documentId, string purpose, string body, Guid? materialId = null)
    {
        var no = 1 + await work.Db.ScalarAsync<int>(
            """
            -- Drafting/DocumentTexts: how many there are
            SELECT COALESCE(MAX(No), 0) FROM DocumentText WHERE DocumentId = @documentId
            """,
            new { documentId });
        var text = new TextVersion { Id = Work.NewId(), No = no, Purpose = purpose, Body = body, Digest = CanonicalText.From(body).Digest.ToString() };
        await work.Db.ExecuteAsync(
            """
            -- Drafting/DocumentTexts: a version
            INSERT INTO DocumentText (Id, DocumentId, No, Purpose, Body, Digest, MaterialId, AddedBy, AddedAt)
            VALUES (@Id, @documentId, @No, @Purpose, @Body, @Digest, @materialId, @Name, @Now)
            """,
            new { text.Id, documentId, text.No, text.Purpose, text.Body, text.Digest, materialId, work.Actor.Name, work.Now });
        return text;
    }
}
