using Filing.Pipeline;

namespace Filing.Features.Drafting;

/// <summary>How a document came into the register.</summary>
public sealed record Submission
{
    /// <summary>Who submitted or entered it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was said with it; null when nothing was.</summary>
    public string? Note { get; init; }

    /// <summary>The submission of a document, which exists.</summary>
    internal static async Task<Submission> OfAsync(Work work, Guid documentId) => (await work.Db.QueryFirstOrDefaultAsync<Submission>(
        """
        -- Drafting/Submission: the process that made a document
        SELECT p.ActorName AS "By", p.At, p.Reason AS Note FROM Event e JOIN Process p ON p.Id = e.ProcessId
        WHERE e.DocumentId = @documentId AND e.Type IN ('draft-submitted', 'entered-elsewhere')
        """,
        new { documentId }))!;
}
