using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Drafting;

/// <summary>征求意见: the consultations of a document with units or with the public, their comments, and what hinders the closing.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Audience">Who is consulted.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadConsultation(Guid DocumentId, ConsultationAudience Audience) : IQuery<ConsultationSheet>, IForDocument;

/// <summary>The consultations of one audience.</summary>
/// <param name="Consultations">The consultations, the first one first.</param>
/// <param name="Closing">What closing needs, in the order of the law.</param>
public sealed record ConsultationSheet(IReadOnlyList<ConsultationView> Consultations, IReadOnlyList<Check> Closing)
{
    /// <summary>The consultation that runs; null when none does.</summary>
    public ConsultationView? Running => Consultations.LastOrDefault(c => c.ClosedOn is null);
}

/// <summary>A consultation.</summary>
public sealed record ConsultationView
{
    /// <summary>The consultation.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly OpensOn { get; init; }

    /// <summary>Its last day.</summary>
    public required DateOnly ClosesOn { get; init; }

    /// <summary>The units that were asked, separated by 、.</summary>
    public required string Invited { get; init; }

    /// <summary>Where.</summary>
    public required string Channel { get; init; }

    /// <summary>Why it is shorter than the rule wants; null where it is not.</summary>
    public string? ShortenedReason { get; init; }

    /// <summary>When it was closed; null while it runs.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The comments, in the order in which they were entered.</summary>
    public IReadOnlyList<CommentView> Comments { get; init; } = [];
}

/// <summary>A comment and what became of it.</summary>
public sealed record CommentView
{
    /// <summary>The comment.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who commented.</summary>
    public required string Author { get; init; }

    /// <summary>What was said.</summary>
    public required string Text { get; init; }

    /// <summary>When it came.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>How its author can be reached; told to the drafting unit alone.</summary>
    public string? Contact { get; init; }

    /// <summary>The number of the confirmation, of one from the public pages.</summary>
    public string? Reference { get; init; }

    /// <summary>What became of it, as a code; null while that is open.</summary>
    public string? Adoption { get; init; }

    /// <summary>Why.</summary>
    public string? AdoptionReason { get; init; }
}

internal sealed class ReadConsultationHandler(Work work, CaseFlow flow) : IRequestHandler<ReadConsultation, Result<ConsultationSheet>>
{
    public async Task<Result<ConsultationSheet>> Handle(ReadConsultation query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        // Whoever commented said how to be reached to the drafting unit, not to every party of the document.
        var drafting = work.Actor.Kind != ActorKind.Person || work.Desks.Any(d => d.Place == DeskPlace.Body && d.AnchorId == file.DraftingBodyId);
        var consultations = await work.Db.QueryAsync<ConsultationView>(
            """
            -- Drafting/ReadConsultation: the consultations
            SELECT Id, OpensOn, ClosesOn, Invited, Channel, ShortenedReason, ClosedOn FROM Consultation WHERE DocumentId = @DocumentId AND Audience = @Audience ORDER BY Id
            """,
            new { query.DocumentId, Audience = Kebab.Of(query.Audience) });
        var views = new List<ConsultationView>();
        foreach (var consultation in consultations)
        {
            views.Add(consultation with
            {
                Comments = await work.Db.QueryAsync<CommentView>(
                    """
                    -- Drafting/ReadConsultation: the comments
                    SELECT Id, Author, Text, ReceivedOn, CASE WHEN @drafting = 1 THEN Contact END AS Contact, Reference, Adoption, AdoptionReason FROM ConsultationComment WHERE ConsultationId = @Id ORDER BY CASE WHEN No IS NULL THEN 1 ELSE 0 END, No, ReceivedOn, Id
                    """,
                    new { consultation.Id, drafting }),
            });
        }

        var open = await RunningConsultation.OfAsync(work, query.DocumentId, query.Audience);
        return new ConsultationSheet(views, [.. ConsultationChecks.Of(open, query.Audience, file.Profile, work.Today).Select(c => c.Check)]);
    }
}
