using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>The series of numbers that the reader's bodies and governments keep, year by year.</summary>
[Needs(Function.ReadDocuments)]
public sealed record ReadSeries : IQuery<SeriesBook>;

/// <summary>The years of the series.</summary>
/// <param name="Years">By kind and pattern, the latest year first.</param>
public sealed record SeriesBook(IReadOnlyList<SeriesYearLine> Years);

/// <summary>A year of a series.</summary>
public sealed record SeriesYearLine
{
    /// <summary>The series.</summary>
    public required Guid SeriesId { get; init; }

    /// <summary>The code of <see cref="NumberKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The code of <see cref="NumberPool"/>.</summary>
    public required string Pool { get; init; }

    /// <summary>How the numbers are written.</summary>
    public required string Pattern { get; init; }

    /// <summary>The body.</summary>
    public required string Body { get; init; }

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
}

internal sealed class ReadSeriesHandler(Work work) : IRequestHandler<ReadSeries, Result<SeriesBook>>
{
    public async Task<Result<SeriesBook>> Handle(ReadSeries query, CancellationToken cancellationToken) => new SeriesBook(
        await work.Db.QueryAsync<SeriesYearLine>(
            """
            -- Registration/ReadSeries: the years of the series
            SELECT s.Id AS SeriesId, s.Kind, s.Pool, s.Pattern, b.Name AS Body, s.Source, y.Year, k.Opening, k.Next,
              (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NULL AND n.Serial >= COALESCE(k.Opening, 0)) AS Issued,
              (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NOT NULL) AS Voided,
              (SELECT COUNT(*) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = y.Year AND n.VoidedOn IS NULL AND n.Serial < COALESCE(k.Opening, 0)) AS Imported
            FROM Series s JOIN Body b ON b.Id = s.BodyId
              JOIN (SELECT SeriesId, Year FROM SeriesYear UNION SELECT SeriesId, Year FROM Number) y ON y.SeriesId = s.Id
              LEFT JOIN SeriesYear k ON k.SeriesId = s.Id AND k.Year = y.Year
            WHERE @Everywhere = 1 OR b.Id IN @Anchors OR (b.ParentId IN @Anchors AND b.Kind <> 'government')
            ORDER BY s.Kind, s.Pattern, y.Year DESC
            """,
            Anchors.Of(work)));
}

/// <summary>The bodies at whose desks the reader sits, as parameters of a query.</summary>
internal static class Anchors
{
    private static readonly string[] None = [Guid.Empty.ToString()];

    public static AnchorParameters Of(Work work) => new(
        work.Actor.Kind != ActorKind.Person,
        work.Actor.Kind == ActorKind.Person && work.Desks.Count > 0 ? [.. work.Desks.Select(d => d.AnchorId.ToString()).Distinct()] : None);
}

/// <summary>Parameters of a query about what the reader may see.</summary>
/// <param name="Everywhere">The command line and the program itself see all.</param>
/// <param name="Anchors">The ids, as texts.</param>
internal sealed record AnchorParameters(bool Everywhere, string[] Anchors);
