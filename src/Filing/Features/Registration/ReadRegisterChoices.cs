using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>What the register can be filtered by: years, bodies and series of what the reader may see of it.</summary>
/// <param name="Own">Without what the reader sees only because a lower government files it.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadRegisterChoices(bool Own = false) : IQuery<RegisterChoices>;

/// <summary>The filters of the register.</summary>
/// <param name="FirstYear">The year of the first registration; null while there is none.</param>
/// <param name="LastYear">The year of the last one.</param>
/// <param name="Bodies">制定机关.</param>
/// <param name="Series">The series in which there are numbers.</param>
public sealed record RegisterChoices(int? FirstYear, int? LastYear, IReadOnlyList<CodeName> Bodies, IReadOnlyList<CodeName> Series);

/// <summary>Something by its code, with its name for people.</summary>
public sealed record CodeName
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}

internal sealed class ReadRegisterChoicesHandler(Work work, KeptCounts kept) : IRequestHandler<ReadRegisterChoices, Result<RegisterChoices>>
{
    private const string Seen = "(@Everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors AND (@Own = 0 OR p.Part <> 'superior')))";

    public async Task<Result<RegisterChoices>> Handle(ReadRegisterChoices query, CancellationToken cancellationToken)
    {
        var (choices, _) = await kept.OfAsync($"register-choices {Sight.Key(work)} {query.Own}", () => ReadAsync(query), c => c.Documents);
        return choices;
    }

    private async Task<Known> ReadAsync(ReadRegisterChoices query)
    {
        var seen = new { Everywhere = Sight.All(work), Anchors = Sight.Anchors(work), query.Own };
        var bodies = await work.Db.QueryAsync<OfBody>(
            $"""
            -- Registration/ReadRegisterChoices: the issuing bodies, and from when to when they had documents registered
            SELECT b.Code, b.Name, x.First, x.Last, x.Documents
            FROM (SELECT d.IssuingBodyId, MIN(r.LegalDate) AS First, MAX(r.LegalDate) AS Last, COUNT(*) AS Documents
              FROM Fact r JOIN Document d ON d.Id = r.DocumentId WHERE r.Kind = 'registered' AND {Seen} GROUP BY d.IssuingBodyId) x JOIN Body b ON b.Id = x.IssuingBodyId
            ORDER BY b.Code
            """,
            seen);
        var series = await work.Db.QueryAsync<CodeName>(
            $"""
            -- Registration/ReadRegisterChoices: the series
            SELECT s.Code, s.Pattern AS Name FROM Series s
            WHERE s.Kind <> 'filing-receipt' AND EXISTS (SELECT 1 FROM Number n JOIN Document d ON d.Id = n.DocumentId WHERE n.SeriesId = s.Id AND {Seen}) ORDER BY s.Code
            """,
            seen);
        return new(
            new RegisterChoices(
                bodies.Count == 0 ? null : bodies.Min(b => b.First).Year, bodies.Count == 0 ? null : bodies.Max(b => b.Last).Year,
                [.. bodies.Select(b => new CodeName { Code = b.Code, Name = b.Name })], [.. series.Select(s => s with { Name = SeriesWords.Pattern(s.Name) })]),
            bodies.Sum(b => b.Documents));
    }

    private sealed record Known(RegisterChoices Choices, int Documents);

    private sealed record OfBody
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required DateOnly First { get; init; }
        public required DateOnly Last { get; init; }
        public required int Documents { get; init; }
    }
}
