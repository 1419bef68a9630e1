using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>What was answered to submissions.</summary>
internal static class Identifications
{
    /// <summary>The latest answer to a submission; null while there is none.</summary>
    public static Task<IdentificationView?> LatestAsync(Work work, Guid documentId) => work.Db.QueryFirstOrDefaultAsync<IdentificationView>(
        """
        -- Drafting/Identifications: the latest
        SELECT Outcome, Ground, Reason, DecidedOn, DecidedBy FROM Identification WHERE DocumentId = @documentId ORDER BY DecidedOn DESC, Id DESC
        """,
        new { documentId });
}
