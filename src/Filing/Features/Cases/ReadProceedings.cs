using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Cases;

/// <summary>What else there is to a document: its consultations with what became of the comments, what it cites, its filings, its texts.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadProceedings(Guid DocumentId) : IQuery<Proceedings>, IForDocument;

/// <summary>What else there is to a document.</summary>
/// <param name="Consultations">First to last.</param>
/// <param name="Citations">What it cites, by relation.</param>
/// <param name="Filings">First to last.</param>
/// <param name="Texts">The versions of its text, the latest first.</param>
/// <param name="Evaluations">The evaluations before expiry, the latest first.</param>
public sealed record Proceedings(
    IReadOnlyList<ConsultationLine> Consultations, IReadOnlyList<CitationLine> Citations, IReadOnlyList<FilingLine> Filings, IReadOnlyList<TextLine> Texts,
    IReadOnlyList<EvaluationLine> Evaluations);

/// <summary>A consultation, with its comments.</summary>
public sealed record ConsultationLine
{
    /// <summary>The consultation.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>units</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly OpensOn { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ClosesOn { get; init; }

    /// <summary>Who was asked.</summary>
    public required string Invited { get; init; }

    /// <summary>Where.</summary>
    public required string Channel { get; init; }

    /// <summary>Why it is shorter than the rules want.</summary>
    public string? ShortenedReason { get; init; }

    /// <summary>When it was closed; null while it runs.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The comments, in the order in which they came.</summary>
    public IReadOnlyList<CommentLine> Comments { get; init; } = [];
}

/// <summary>A comment, with what became of it.</summary>
public sealed record CommentLine
{
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

    /// <summary>What became of it, as a code; null before that was decided.</summary>
    public string? Adoption { get; init; }

    /// <summary>Why.</summary>
    public string? AdoptionReason { get; init; }
}

/// <summary>Something that a document cites.</summary>
public sealed record CitationLine
{
    /// <summary>The title; null where only a number was given.</summary>
    public string? Title { get; init; }

    /// <summary>The number.</summary>
    public string? Number { get; init; }

    /// <summary>How they are related, as a code: <c>basis</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>That document, where it is one that the asker may see.</summary>
    public Guid? DocumentId { get; init; }
}

/// <summary>A filing.</summary>
public sealed record FilingLine
{
    /// <summary>备案机关: the government.</summary>
    public required string Target { get; init; }

    /// <summary>How it stands, as a code.</summary>
    public required string State { get; init; }

    /// <summary>The number of the report.</summary>
    public string? ReportNumber { get; init; }

    /// <summary>报送.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>收到.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>登记.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>备案登记号.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>What the filing authority said.</summary>
    public string? Note { get; init; }
}

/// <summary>A version of the text.</summary>
public sealed record TextLine
{
    /// <summary>Counted from 1.</summary>
    public required int No { get; init; }

    /// <summary><c>draft</c>, <c>approved</c> or <c>published</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>The digest of its canonical form.</summary>
    public required string Digest { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary>Who brought it in.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>An evaluation before expiry.</summary>
public sealed record EvaluationLine
{
    /// <summary>What it advises, as a code.</summary>
    public required string Conclusion { get; init; }

    /// <summary>The report.</summary>
    public required string Report { get; init; }

    /// <summary>When it was concluded.</summary>
    public required DateOnly ConcludedOn { get; init; }

    /// <summary>Who recorded it.</summary>
    public required string RecordedBy { get; init; }
}

internal sealed class ReadProceedingsHandler(Work work, CaseFlow flow) : IRequestHandler<ReadProceedings, Result<Proceedings>>
{
    public async Task<Result<Proceedings>> Handle(ReadProceedings query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var id = new { id = query.DocumentId };
        return new Proceedings(
            await ConsultationsAsync(file),
            await CitationsAsync(query.DocumentId),
            await work.Db.QueryAsync<FilingLine>(
                """
                -- Cases/ReadProceedings: its filings
                SELECT b.Name AS Target, k.State, k.ReportNumber, k.SentOn, k.ReceivedOn, k.RegisteredOn, k.ReceiptNumber, k.Note
                FROM FilingCase k JOIN Body b ON b.Id = k.TargetId WHERE k.DocumentId = @id ORDER BY k.Id
                """,
                id),
            await work.Db.QueryAsync<TextLine>(
                """
                -- Cases/ReadProceedings: its texts
                SELECT No, Purpose, Digest, Body, AddedBy, AddedAt FROM DocumentText WHERE DocumentId = @id ORDER BY No DESC
                """,
                id),
            await work.Db.QueryAsync<EvaluationLine>(
                """
                -- Cases/ReadProceedings: its evaluations
                SELECT Conclusion, Report, ConcludedOn, RecordedBy FROM Evaluation WHERE DocumentId = @id ORDER BY ConcludedOn DESC, Id DESC
                """,
                id));
    }

    private async Task<IReadOnlyList<ConsultationLine>> ConsultationsAsync(Case file)
    {
        var drafting = work.Actor.Kind != ActorKind.Person || work.Desks.Any(d => d.Place == DeskPlace.Body && d.AnchorId == file.DraftingBodyId);
        var consultations = await work.Db.QueryAsync<ConsultationLine>(
            """
            -- Cases/ReadProceedings: its consultations
            SELECT Id, Audience, OpensOn, ClosesOn, Invited, Channel, ShortenedReason, ClosedOn FROM Consultation WHERE DocumentId = @DocumentId ORDER BY Id
            """,
            new { file.DocumentId });
        var lines = new List<ConsultationLine>(consultations.Count);
        foreach (var consultation in consultations)
        {
            var comments = await work.Db.QueryAsync<CommentLine>(
                """
                -- Cases/ReadProceedings: the comments of a consultation
                SELECT Author, Text, ReceivedOn, Contact, Reference, Adoption, AdoptionReason FROM ConsultationComment WHERE ConsultationId = @Id ORDER BY CASE WHEN No IS NULL THEN 1 ELSE 0 END, No, ReceivedOn, Id
                """,
                new { consultation.Id });
            lines.Add(consultation with { Comments = drafting ? comments : [.. comments.Select(c => c with { Contact = null })] });
        }

        return lines;
    }

    private async Task<IReadOnlyList<CitationLine>> CitationsAsync(Guid documentId)
    {
        var lines = new List<CitationLine>();
        foreach (var line in await work.Db.QueryAsync<CitationLine>(
            """
            -- Cases/ReadProceedings: what it cites
            SELECT c.Title, c.Number, c.Relation, n.DocumentId FROM Citation c LEFT JOIN Number n ON n.Text = c.Number AND n.VoidedOn IS NULL WHERE c.DocumentId = @documentId ORDER BY c.Id
            """,
            new { documentId }))
        {
            var seen = line.DocumentId is { } cited && (work.Actor.Kind != ActorKind.Person || await Visibility.OfAsync(work.Db, cited, work.Desks));
            lines.Add(seen ? line : line with { DocumentId = null });
        }

        return lines;
    }
}
