using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>The bodies whose registration numbers are counted here, for whoever opens a series: those of the registrar's own government.</summary>
/// <param name="Year">The year whose next number is told; this year when absent.</param>
[Needs(Function.OpenSeries)]
public sealed record ReadNumberingBodies(int? Year = null) : IQuery<IReadOnlyList<NumberingBody>>;

/// <summary>A body with numbers of its own.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Pattern">How its registration numbers are written.</param>
/// <param name="Next">The next number of the year, as it would be given now.</param>
/// <param name="Begun">True when a number of the year was given here, so that the opening stands.</param>
public sealed record NumberingBody(string Code, string Name, string Pattern, string Next, bool Begun);

internal sealed class ReadNumberingBodiesHandler(Work work, Laws laws) : IRequestHandler<ReadNumberingBodies, Result<IReadOnlyList<NumberingBody>>>
{
    public async Task<Result<IReadOnlyList<NumberingBody>>> Handle(ReadNumberingBodies query, CancellationToken cancellationToken)
    {
        var year = query.Year ?? work.Today.Year;
        var found = new List<NumberingBody>();
        foreach (var government in work.Desks.Where(d => d is { Role: Role.Registrar, Place: DeskPlace.LegalOffice }).Select(d => d.AnchorId).Distinct())
        {
            var bodies = await BodiesAsync(government);
            if (laws.ProfileFor(bodies.FirstOrDefault(b => b.Id == government)?.DivisionCode ?? "", work.Today) is not { } profile) continue;
            foreach (var body in bodies)
            {
                if (await NumberSeries.OwnedPatternAsync(work, profile, NumberKind.Registration, body.Id) is not { } pattern) continue;
                var state = await StateAsync($"{Kebab.Of(NumberKind.Registration)}:{pattern}", year);
                found.Add(new(body.Code, body.Name, pattern.Text, pattern.Write(year, state?.Next ?? (state?.Highest ?? 0) + 1), state is { Next: { } next, Opening: { } opening } && next > opening));
            }
        }

        return found;
    }

    private Task<IReadOnlyList<Row>> BodiesAsync(Guid government) => work.Db.QueryAsync<Row>(
        """
        -- Registration/ReadNumberingBodies: a government and what belongs to it
        SELECT Id, Code, Name, DivisionCode FROM Body
        WHERE (Id = @government OR (ParentId = @government AND Kind <> 'government')) AND ValidFrom <= @Today AND (ValidTo IS NULL OR ValidTo >= @Today)
        ORDER BY CASE WHEN Id = @government THEN 0 ELSE 1 END, Code
        """,
        new { government, work.Today });

    private Task<State?> StateAsync(string code, int year) => work.Db.QuerySingleOrDefaultAsync<State>(
        """
        -- Registration/ReadNumberingBodies: how far a year has come
        SELECT k.Opening, k.Next, COALESCE((SELECT MAX(n.Serial) FROM Number n WHERE n.SeriesId = s.Id AND n.Year = @year), 0) AS Highest
        FROM Series s LEFT JOIN SeriesYear k ON k.SeriesId = s.Id AND k.Year = @year WHERE s.Code = @code
        """,
        new { code, year });

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public string? DivisionCode { get; init; }
    }

    private sealed record State
    {
        public int? Opening { get; init; }
        public int? Next { get; init; }
        public required int Highest { get; init; }
    }
}
