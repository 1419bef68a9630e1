using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>备案件: what is filed of a document and with whom, which materials are there with their digests, and what the filing authority said.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadFiling(Guid DocumentId) : IQuery<FilingSheet>, IForDocument;

/// <summary>The filing of a document.</summary>
/// <param name="Target">备案机关; null where there is no superior.</param>
/// <param name="Published">公布日期; null before publication.</param>
/// <param name="Required">The kinds of materials that the rules want, as codes.</param>
/// <param name="Materials">What the rules want, each with what there is of it.</param>
/// <param name="PublishedDigest">The digest of the published text; null before publication.</param>
/// <param name="Deadlines">The limits of filing and of correction, the latest first.</param>
/// <param name="Filings">What was sent and answered, the latest first.</param>
public sealed record FilingSheet(
    string? Target, DateOnly? Published, Sourced<IReadOnlyList<string>> Required, IReadOnlyList<FilingMaterial> Materials, string? PublishedDigest,
    IReadOnlyList<DeadlineLine> Deadlines, IReadOnlyList<FilingLine> Filings);

/// <summary>A material that the rules want.</summary>
/// <param name="Kind">The code of its kind.</param>
/// <param name="Name">Its Chinese name.</param>
/// <param name="Made">True when the register makes it itself.</param>
/// <param name="Digest">The digest of what the register holds of its own; null where it makes a paper each time, or holds nothing.</param>
/// <param name="Files">The files that were added.</param>
public sealed record FilingMaterial(string Kind, string Name, bool Made, string? Digest, IReadOnlyList<MaterialLine> Files)
{
    /// <summary>True when there is nothing of it.</summary>
    public bool Missing => !Made && Files.Count == 0;
}

/// <summary>A filing and its answer.</summary>
public sealed record FilingLine
{
    /// <summary>The filing.</summary>
    public required Guid Id { get; init; }

    /// <summary>The code of its state: <c>sent</c>, <c>resent</c>, <c>held</c>, <c>registered</c>, <c>refused</c>.</summary>
    public required string State { get; init; }

    /// <summary>备案报告文号.</summary>
    public string? ReportNumber { get; init; }

    /// <summary>报送日期.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>收到日期.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>备案登记日期.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>备案登记号.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>What is missing, or why it was refused.</summary>
    public string? Note { get; init; }
}

internal sealed class ReadFilingHandler(Work work, CaseFlow flow) : IRequestHandler<ReadFiling, Result<FilingSheet>>
{
    public async Task<Result<FilingSheet>> Handle(ReadFiling query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var files = await work.Db.QueryAsync<MaterialLine>(
            """
            -- FilingUp/ReadFiling: the materials
            SELECT Id, Kind, FileName, Size, Sha256, AddedBy, AddedAt FROM Material WHERE DocumentId = @DocumentId ORDER BY AddedAt, Id
            """,
            new { query.DocumentId });
        var published = await DigestAsync(file);
        return new FilingSheet(
            file.SuperiorId is { } superior ? await DesksOf.BodyNameAsync(work.Db, DeskPlace.Body, superior, work.Today) : null,
            file.Latest(FactKind.Published)?.LegalDate, file.Profile.FilingMaterials, await MaterialsAsync(file, files, published), published,
            await work.Db.QueryAsync<DeadlineLine>(
                """
                -- FilingUp/ReadFiling: the limits
                SELECT Id, Name, Label, FromDate, Due, UntilFact, Provisional, Steps, Source, Confidence, MetOn, ClosedAt, ClosedReason
                FROM Deadline WHERE DocumentId = @DocumentId AND Name IN ('filing-to-superior', 'filing-supplement') ORDER BY Id DESC
                """,
                new { query.DocumentId }),
            await work.Db.QueryAsync<FilingLine>(
                """
                -- FilingUp/ReadFiling: what was sent and answered
                SELECT Id, State, ReportNumber, SentOn, ReceivedOn, RegisteredOn, ReceiptNumber, Note FROM FilingCase WHERE DocumentId = @DocumentId ORDER BY Id DESC
                """,
                new { query.DocumentId }));
    }

    private async Task<IReadOnlyList<FilingMaterial>> MaterialsAsync(Case file, IReadOnlyList<MaterialLine> files, string? published)
    {
        var missing = await FilingMaterials.MissingAsync(work, file);
        return
        [
            .. file.Profile.FilingMaterials.Value.Select(kind =>
            {
                MaterialLine[] own = [.. files.Where(f => f.Kind == kind)];
                return new FilingMaterial(kind, FilingMaterials.Chinese(kind), own.Length == 0 && !missing.Contains(kind), DigestOf(kind), own);
            }),
        ];

        string? DigestOf(string kind) => kind switch
        {
            FilingMaterials.OfficialText => published,
            "explanation" when file.Latest(FactKind.DraftCompleted)?.Value is { } explanation => ContentDigest.OfText(explanation).ToString(),
            _ => null,
        };
    }

    private Task<string?> DigestAsync(Case file) => work.Db.QueryFirstOrDefaultAsync<string>(
        """
        -- FilingUp/ReadFiling: the digest of the published text
        SELECT Digest FROM DocumentText WHERE DocumentId = @DocumentId AND Purpose = 'published' ORDER BY No DESC
        """,
        new { file.DocumentId });
}
