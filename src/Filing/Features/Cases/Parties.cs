using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>The parties of a document. Whoever sits at one of their desks sees the document; nobody else does before it is published.</summary>
public static class Parties
{
    /// <summary>起草单位.</summary>
    public const string Drafter = "drafter";

    /// <summary>制定机关.</summary>
    public const string Issuer = "issuer";

    /// <summary>联合制定机关.</summary>
    public const string CoIssuer = "co-issuer";

    /// <summary>The government in whose register it is.</summary>
    public const string Government = "government";

    /// <summary>备案机关: from publication on.</summary>
    public const string Superior = "superior";

    /// <summary>A unit that was consulted.</summary>
    public const string Consulted = "consulted";

    /// <summary>The parties of a new document, which has none yet.</summary>
    internal static Task FirstAsync(Work work, Guid documentId, IEnumerable<(Guid BodyId, string Part)> parties) => work.Db.ExecuteAsync(
        """
        -- Cases/Parties: the parties of a new document
        INSERT INTO DocumentParty (DocumentId, BodyId, Part, Since, CreatedAt) VALUES (@documentId, @BodyId, @Part, @Now, @Now)
        """,
        parties.Select(p => new { documentId, p.BodyId, p.Part, work.Now }));

    /// <summary>Makes a body a party; nothing happens when it is one already.</summary>
    public static async Task AddAsync(Work work, Guid documentId, Guid bodyId, string part)
    {
        var createdAt = await work.Db.ScalarAsync<DateTimeOffset>(
            """
            -- Cases/Parties: when a document came in
            SELECT CreatedAt FROM Document WHERE Id = @documentId
            """,
            new { documentId });
        await work.Db.InsertIfAbsentAsync(
            "DocumentParty", ["DocumentId", "BodyId", "Part"], ["Since", "CreatedAt"],
            new { DocumentId = documentId, BodyId = bodyId, Part = part, Since = work.Now, CreatedAt = createdAt });
    }
}
