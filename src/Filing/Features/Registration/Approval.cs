using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>What stands approved of a document: the digest that was signed, and whether all levels of signature stand.</summary>
/// <param name="Signed">Every level that the profile names has signed, and none of it was voided.</param>
/// <param name="Digest">The digest of the approved text; null when nothing was approved.</param>
/// <param name="Text">The approved text; null when no version has that digest.</param>
/// <param name="Latest">The latest version of the text; null when there is none.</param>
internal sealed record Approval(bool Signed, string? Digest, TextVersion? Text, TextVersion? Latest)
{
    /// <summary>The latest text is the approved one.</summary>
    public bool Unchanged => Digest is not null && Latest?.Digest == Digest;

    /// <summary>Reads the approval of a document: the latest signature that stands; where no signatures were recorded, the decision.</summary>
    public static async Task<Approval> LoadAsync(Work work, Case file)
    {
        var signatures = await work.Db.QueryAsync<SignatureRow>(
            """
            -- Registration/Approval: the signatures of the issuing body
            SELECT Digest, VoidedAt FROM Signature WHERE DocumentId = @DocumentId AND BodyId = @IssuingBodyId ORDER BY SignedOn, Level, Id
            """,
            new { file.DocumentId, file.IssuingBodyId });
        var standing = signatures.Where(s => s.VoidedAt is null).ToList();
        var digest = signatures.Count > 0
            ? standing.LastOrDefault()?.Digest
            : await work.Db.QueryFirstOrDefaultAsync<string>(
                """
                -- Registration/Approval: the text that was decided on
                SELECT Digest FROM Decision WHERE DocumentId = @DocumentId ORDER BY HeldOn DESC, Id DESC
                """,
                new { file.DocumentId });
        var text = digest is null ? null : await work.Db.QueryFirstOrDefaultAsync<TextVersion>(
            """
            -- Registration/Approval: the approved text
            SELECT Id, No, Purpose, Body, Digest FROM DocumentText WHERE DocumentId = @DocumentId AND Digest = @digest ORDER BY No DESC
            """,
            new { file.DocumentId, digest });
        var signed = file.Has(Domain.FactKind.Signed) && (signatures.Count == 0 || standing.Count >= file.Profile.SignatureLevels.Value.Count);
        return new(signed, digest, text, await DocumentTexts.LatestAsync(work, file.DocumentId));
    }

    private sealed record SignatureRow
    {
        public required string Digest { get; init; }
        public DateTimeOffset? VoidedAt { get; init; }
    }
}
