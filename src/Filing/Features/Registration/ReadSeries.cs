using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>The series of numbers that the reader's bodies and governments keep, year by year.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadSeries : IQuery<SeriesBook>;

/// <summary>The years of the series.</summary>
/// <param name="Years">By kind and pattern, the latest year first.</param>
/// <param name="Voided">The numbers that were voided, the latest first, 200 at most.</param>
public sealed record SeriesBook(IReadOnlyList<SeriesYearLine> Years, IReadOnlyList<VoidedNumber> Voided);

/// <summary>A number that was voided: it stays, and its serial is never given again.</summary>
public sealed record VoidedNumber
{
    /// <summary>Its series.</summary>
    public required Guid SeriesId { get; init; }

    /// <summary>The year in it.</summary>
    public required int Year { get; init; }

    /// <summary>The number.</summary>
    public required string Text { get; init; }

    /// <summary>When it was voided.</summary>
    public required DateOnly VoidedOn { get; init; }

    /// <summary>By whom.</summary>
    public required string VoidedBy { get; init; }

    /// <summary>Why.</summary>
    public required string VoidReason { get; init; }

    /// <summary>The document that bore it; null when the reader may not see it.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Its title; null when the reader may not see it.</summary>
    public string? Title { get; init; }
}

/// <summary>A year of a series.</summary>
public sealed record SeriesYearLine
{
    /// <summary>The series.</summary>
    public required Guid SeriesId { get; init; }

    /// <summary>Its code, by which the register is filtered.</summary>
    public required string Code { get; init; }

    /// <summary>The code of <see cref="NumberKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The code of <see cref="NumberPool"/>.</summary>
    public required string Pool { get; init; }

    /// <summary>How the numbers are written.</summary>
    public required string Pattern { get; init; }

    /// <summary>The body.</summary>
    public required string Body { get; init; }

    /// <summary>Its code.</summary>
    public required string BodyCode { get; init; }

    /// <summary>Where the pattern comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The year.</summary>
    public required int Year { get; init; }

    /// <summary>The first serial that was or will be given here; null for numbers that others give.</summary>
    public int? Opening { get; init; }

    /// <summary>The next serial; null for numbers that others give.</summary>
    public int? Next { get; init; }

    /// <summary>How many stand, of those given here or, of an external series, of those recorded.</summary>
    public required int Issued { get; init; }

    /// <summary>How many are void.</summary>
    public required int Voided { get; init; }

    /// <summary>How many were entered from before the opening.</summary>
    public required int Imported { get; init; }

    /// <summary>The next number as it will be written; null for numbers that others give.</summary>
    public string? NextText => Next is { } next ? NumberPattern.Parse(Pattern).Write(Year, next) : null;
}

internal sealed class ReadSeriesHandler(Work work) : IRequestHandler<ReadSeries, Result<SeriesBook>>
{
    private const int MostVoided = 200;

    public async Task<Result<SeriesBook>> Handle(ReadSeries query, CancellationToken cancellationToken)
    {
        var seen = new { Everywhere = Sight.All(work), Anchors = Sight.Anchors(work) };
        var years = await YearsAsync(work);
        var voided = await work.Db.QueryAsync<VoidedNumber>(
            work.Db.Dialect.Page(
                """
                -- Registration/ReadSeries: the numbers that were voided
                SELECT n.SeriesId, n.Year, n.Text, n.VoidedOn, n.VoidedBy, n.VoidReason, v.Id AS DocumentId, v.Title
                FROM Number n JOIN Series s ON s.Id = n.SeriesId JOIN Body b ON b.Id = s.BodyId
                  LEFT JOIN Document v ON v.Id = n.DocumentId AND (@Everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = v.Id AND p.BodyId IN @Anchors))
                WHERE n.VoidedOn IS NOT NULL AND (@Everywhere = 1 OR b.Id IN @Anchors OR (b.ParentId IN @Anchors AND b.Kind <> 'government'))
                ORDER BY n.VoidedOn DESC, n.IssuedOn DESC, n.Text
                """),
            new { seen.Everywhere, seen.Anchors, Skip = 0, Take = MostVoided });
        return new SeriesBook(years, voided);
    }

    /// <summary>The years of the series that the reader may see.</summary>
    internal static Task<IReadOnlyList<SeriesYearLine>> YearsAsync(Work work) => work.Db.QueryAsync<SeriesYearLine>(
        """
        -- Registration/ReadSeries: the years of the series
        SELECT s.Id AS SeriesId, s.Code, s.Kind, s.Pool, s.Pattern, b.Name AS Body, b.Code AS BodyCode, s.Source, y.Year, k.Opening, k.Next,
          (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NULL AND n.Serial >= COALESCE(k.Opening, 0)) AS Issued,
          (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NOT NULL) AS Voided,
          (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NULL AND n.Serial < COALESCE(k.Opening, 0)) AS Imported
        FROM Series s JOIN Body b ON b.Id = s.BodyId
          JOIN (SELECT SeriesId, Year FROM SeriesYear UNION SELECT SeriesId, Year FROM Number) y ON y.SeriesId = s.Id
          LEFT JOIN SeriesYear k ON k.SeriesId = s.Id AND k.Year = y.Year
        WHERE @Everywhere = 1 OR b.Id IN @Anchors OR (b.ParentId IN @Anchors AND b.Kind <> 'government')
        ORDER BY s.Kind, s.Pattern, y.Year DESC
        """,
        new { Everywhere = Sight.All(work), Anchors = Sight.Anchors(work) });
}
