using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Portal;

/// <summary>公开征求意见: the consultations of the public that run today, those that end first at the top.</summary>
[OpenToAll]
public sealed record ReadPublicConsultations : IQuery<IReadOnlyList<PublicConsultation>>;

/// <summary>征求意见稿: a consultation of the public that runs today, with the draft. Before its first day, after its last and once it was closed it is not there.</summary>
/// <param name="ConsultationId">The consultation.</param>
[OpenToAll]
public sealed record ReadPublicConsultation(Guid ConsultationId) : IQuery<PublicDraft>;

/// <summary>意见回执: whether a comment came in under this number.</summary>
/// <param name="ConsultationId">The consultation.</param>
/// <param name="Reference">The number of the confirmation.</param>
[OpenToAll]
public sealed record ReadCommentReceipt(Guid ConsultationId, string Reference) : IQuery<CommentReceipt>;

/// <summary>A running consultation of the public.</summary>
public sealed record PublicConsultation
{
    /// <summary>The consultation.</summary>
    public required Guid ConsultationId { get; init; }

    /// <summary>The draft's title.</summary>
    public required string Title { get; init; }

    /// <summary>Who asks: 起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly OpensOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ClosesOn { get; init; }
}

/// <summary>A draft on which the public is asked.</summary>
/// <param name="Consultation">The consultation.</param>
/// <param name="Text">The draft; null where there is none in the register.</param>
/// <param name="Digest">The digest of its canonical text.</param>
public sealed record PublicDraft(PublicConsultation Consultation, string? Text, string? Digest);

/// <summary>That a comment came in.</summary>
/// <param name="Reference">The number of the confirmation.</param>
/// <param name="ReceivedOn">The day.</param>
public sealed record CommentReceipt(string Reference, DateOnly ReceivedOn);

internal sealed class ReadPublicConsultationsHandler(Work work) : IRequestHandler<ReadPublicConsultations, Result<IReadOnlyList<PublicConsultation>>>
{
    public async Task<Result<IReadOnlyList<PublicConsultation>>> Handle(ReadPublicConsultations query, CancellationToken cancellationToken) =>
        (await work.Db.QueryAsync<PublicConsultation>(
            $"""
            -- Portal/PublicConsultations: those that run
            SELECT c.Id AS ConsultationId, d.Title, b.Name AS DraftingBody, c.OpensOn, c.ClosesOn
            FROM Consultation c JOIN Document d ON d.Id = c.DocumentId JOIN Body b ON b.Id = d.DraftingBodyId
            WHERE c.Audience = 'public' {RunningConsultations.Run} ORDER BY c.ClosesOn, c.Id
            """,
            new { today = work.Today })).ToArray();
}

internal sealed class ReadPublicConsultationHandler(Work work) : IRequestHandler<ReadPublicConsultation, Result<PublicDraft>>
{
    public async Task<Result<PublicDraft>> Handle(ReadPublicConsultation query, CancellationToken cancellationToken)
    {
        if (await RunningConsultations.FindAsync(work, query.ConsultationId) is not { } consultation) return Error.NotFound("征求意见稿");
        var text = await DocumentTexts.LatestAsync(work, (await RunningConsultations.DocumentAsync(work, query.ConsultationId))!.Value);
        return new PublicDraft(consultation, text?.Body, text?.Digest);
    }
}

internal sealed class ReadCommentReceiptHandler(Work work) : IRequestHandler<ReadCommentReceipt, Result<CommentReceipt>>
{
    public async Task<Result<CommentReceipt>> Handle(ReadCommentReceipt query, CancellationToken cancellationToken)
    {
        var received = await work.Db.ScalarAsync<DateOnly?>(
            """
            -- Portal/PublicConsultations: the day of a comment
            SELECT ReceivedOn FROM ConsultationComment WHERE Reference = @Reference AND ConsultationId = @ConsultationId
            """,
            query);
        return received is { } on ? new CommentReceipt(query.Reference, on) : Error.NotFound("意见回执");
    }
}

/// <summary>Consultations of the public that run today.</summary>
internal static class RunningConsultations
{
    /// <summary>A condition, beginning with AND. A draft that was withdrawn or given up asks nobody any more, whatever its dates say.</summary>
    public const string Run =
        """
        AND c.ClosedOn IS NULL AND c.OpensOn <= @today AND c.ClosesOn >= @today
          AND EXISTS (SELECT 1 FROM Task t WHERE t.DocumentId = d.Id AND t.State = 'open' AND t.Code = 'consult-public')
        """;

    /// <summary>One of them; null when it does not run.</summary>
    public static Task<PublicConsultation?> FindAsync(Work work, Guid id) => work.Db.QuerySingleOrDefaultAsync<PublicConsultation>(
        $"""
        -- Portal/PublicConsultations: one that runs
        SELECT c.Id AS ConsultationId, d.Title, b.Name AS DraftingBody, c.OpensOn, c.ClosesOn
        FROM Consultation c JOIN Document d ON d.Id = c.DocumentId JOIN Body b ON b.Id = d.DraftingBodyId
        WHERE c.Id = @id AND c.Audience = 'public' {Run}
        """,
        new { today = work.Today, id });

    /// <summary>Its document.</summary>
    public static Task<Guid?> DocumentAsync(Work work, Guid id) => work.Db.ScalarAsync<Guid?>(
        """
        -- Portal/PublicConsultations: the document of a consultation
        SELECT DocumentId FROM Consultation WHERE Id = @id
        """,
        new { id });
}
