using Filing.Pipeline;

namespace Filing.Features.Decision;

/// <summary>A signature that stands.</summary>
internal sealed record SignatureRow
{
    public required int Level { get; init; }
    public required string LevelName { get; init; }
    public required Guid BodyId { get; init; }
    public required DateOnly SignedOn { get; init; }
    public required string Digest { get; init; }
    public required string Signer { get; init; }
    public Guid? SignerId { get; init; }

    /// <summary>Whether it is the actor's own; without an account the name tells.</summary>
    public bool IsOf(Actor actor) => actor.AccountId is { } account ? SignerId == account : SignerId is null && Signer == actor.Name;
}

/// <summary>The signatures of a document: added, voided with their reason, never taken away.</summary>
internal static class Signatures
{
    /// <summary>The level of the signature of a co-issuing body, which has but one.</summary>
    public const int OfCoIssuer = 0;

    /// <summary>Those that stand, of all bodies, lowest level first.</summary>
    public static Task<IReadOnlyList<SignatureRow>> StandingAsync(Work work, Guid documentId) => work.Db.QueryAsync<SignatureRow>(
        """
        -- Decision/Signatures: those that stand
        SELECT Level, LevelName, BodyId, SignedOn, Digest, Signer, SignerId FROM Signature WHERE DocumentId = @documentId AND VoidedAt IS NULL ORDER BY Level, SignedOn
        """,
        new { documentId });

    /// <summary>Adds one.</summary>
    public static async Task<Guid> AddAsync(Work work, Guid documentId, int level, string levelName, Guid bodyId, DateOnly on, string digest)
    {
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Decision/Signatures: a signature
            INSERT INTO Signature (Id, DocumentId, Level, LevelName, BodyId, Signer, SignerId, SignedOn, Digest)
            VALUES (@id, @documentId, @level, @levelName, @bodyId, @Name, @AccountId, @on, @digest)
            """,
            new { id, documentId, level, levelName, bodyId, work.Actor.Name, work.Actor.AccountId, on, digest });
        return id;
    }

    /// <summary>Voids all that stand: the document goes back, and what is signed later is signed anew.</summary>
    public static async Task VoidAsync(Work work, Guid documentId, string reason)
    {
        var voided = await work.Db.ExecuteAsync(
            """
            -- Decision/Signatures: they stand no longer
            UPDATE Signature SET VoidedAt = @Now, VoidReason = @reason WHERE DocumentId = @documentId AND VoidedAt IS NULL
            """,
            new { documentId, work.Now, reason });
        if (voided > 0) work.Record(new SignaturesVoided(voided, reason), documentId);
    }

    /// <summary>The co-issuing bodies that have not signed this text, by name.</summary>
    public static Task<IReadOnlyList<string>> WantingAsync(Work work, Guid documentId, string digest) => work.Db.QueryAsync<string>(
        """
        -- Decision/Signatures: the co-issuing bodies that have not signed
        SELECT b.Name FROM DocumentParty p JOIN Body b ON b.Id = p.BodyId
        WHERE p.DocumentId = @documentId AND p.Part = 'co-issuer' AND NOT EXISTS (
          SELECT 1 FROM Signature s WHERE s.DocumentId = @documentId AND s.BodyId = p.BodyId AND s.Digest = @digest AND s.VoidedAt IS NULL)
        ORDER BY b.Code
        """,
        new { documentId, digest });
}
