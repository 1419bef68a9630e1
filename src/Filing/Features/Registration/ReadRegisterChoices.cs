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

internal sealed class ReadRegisterChoicesHandler(Work work) : IRequestHandler<ReadRegisterChoices, Result<RegisterChoices>>
{
    private const string AndSeen = "AND (@Everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors AND (@Own = 0 OR p.Part <> 'superior')))";

    public async Task<Result<RegisterChoices>> Handle(ReadRegisterChoices query, CancellationToken cancellationToken)
    {
        var seen = new { Everywhere = Sight.All(work), Anchors = Sight.Anchors(work), query.Own };
        var first = await work.Db.ScalarAsync<DateOnly?>(
            $"""
            -- Registration/ReadRegisterChoices: the first registration
            SELECT MIN(r.LegalDate) FROM Fact r JOIN Document d ON d.Id = r.DocumentId WHERE r.Kind = 'registered' {AndSeen}
            """,
            seen);
        var last = await work.Db.ScalarAsync<DateOnly?>(
            $"""
            -- Registration/ReadRegisterChoices: the last registration
            SELECT MAX(r.LegalDate) FROM Fact r JOIN Document d ON d.Id = r.DocumentId WHERE r.Kind = 'registered' {AndSeen}
            """,
            seen);
        var bodies = await work.Db.QueryAsync<CodeName>(
            $"""
            -- Registration/ReadRegisterChoices: the issuing bodies
            SELECT DISTINCT b.Code, b.Name FROM Document d JOIN Body b ON b.Id = d.IssuingBodyId JOIN Fact r ON r.DocumentId = d.Id AND r.Kind = 'registered' WHERE 1 = 1 {AndSeen} ORDER BY b.Code
            """,
            seen);
        var series = await work.Db.QueryAsync<CodeName>(
            $"""
            -- Registration/ReadRegisterChoices: the series
            SELECT DISTINCT s.Code, s.Pattern AS Name FROM Number n JOIN Series s ON s.Id = n.SeriesId JOIN Document d ON d.Id = n.DocumentId
            WHERE s.Kind <> 'filing-receipt' {AndSeen} ORDER BY s.Code
            """,
            seen);
        return new RegisterChoices(first?.Year, last?.Year, bodies, [.. series.Select(s => s with { Name = SeriesWords.Pattern(s.Name) })]);
    }
}
