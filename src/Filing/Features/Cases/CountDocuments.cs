using System.Globalization;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Cases;

/// <summary>How many documents each filter of the list would leave, the other filters of the question kept. What it asks for is as in <see cref="ListDocuments"/>.</summary>
/// <param name="Search">A part of the title or of a number.</param>
/// <param name="Group">How far they have come.</param>
/// <param name="Kind">Whose documents.</param>
/// <param name="Origin">Made here, or entered from elsewhere.</param>
/// <param name="Year">The year in which they came in.</param>
/// <param name="Mine">Only those of the asker.</param>
/// <param name="Late">Only those with an overdue duty.</param>
[Needs(Function.ReadDocuments)]
public sealed record CountDocuments(
    string? Search = null, StageGroup? Group = null, DocumentKind? Kind = null, DocumentOrigin? Origin = null, int? Year = null, bool Mine = false, bool Late = false) : IQuery<DocumentCounts>;

/// <summary>How many documents each filter would leave.</summary>
/// <param name="Total">As many as the list has.</param>
/// <param name="Groups">By group of stages; without any are left out.</param>
/// <param name="Kinds">By kind.</param>
/// <param name="Origins">By origin.</param>
/// <param name="Years">By the year in which they came in, latest first.</param>
/// <param name="Mine">Those of the asker.</param>
/// <param name="Late">Those with an overdue duty.</param>
public sealed record DocumentCounts(
    int Total, IReadOnlyDictionary<StageGroup, int> Groups, IReadOnlyDictionary<DocumentKind, int> Kinds, IReadOnlyDictionary<DocumentOrigin, int> Origins,
    IReadOnlyDictionary<int, int> Years, int Mine, int Late);

internal sealed class CountDocumentsHandler(Work work, KeptCounts kept) : IRequestHandler<CountDocuments, Result<DocumentCounts>>
{
    public async Task<Result<DocumentCounts>> Handle(CountDocuments query, CancellationToken cancellationToken)
    {
        var cells = await kept.OfAsync(
            $"documents {work.Actor.AccountId} {work.Today:O} {Sight.Key(work)} {query.Search}", () => CellsAsync(query.Search), Sum);
        return new DocumentCounts(
            Sum(cells.Where(c => Fits(c))),
            By(cells.Where(c => Fits(c, group: false)), c => (StageGroup)c.StageGroup).OrderBy(g => g.Key).ToDictionary(),
            By(cells.Where(c => Fits(c, kind: false)), c => Kebab.Parse<DocumentKind>(c.Kind)).OrderBy(g => g.Key).ToDictionary(),
            By(cells.Where(c => Fits(c, origin: false)), c => Kebab.Parse<DocumentOrigin>(c.Origin)).OrderBy(g => g.Key).ToDictionary(),
            By(cells.Where(c => Fits(c, year: false)), c => c.CameIn).OrderByDescending(g => g.Key).ToDictionary(),
            Sum(cells.Where(c => c.Mine == 1 && Fits(c, mine: false))),
            Sum(cells.Where(c => c.Late == 1 && Fits(c, late: false))));

        bool Fits(Cell cell, bool group = true, bool kind = true, bool origin = true, bool year = true, bool mine = true, bool late = true) =>
            (!group || query.Group is not { } g || cell.StageGroup == (int)g) && (!kind || query.Kind is not { } k || cell.Kind == Kebab.Of(k))
            && (!origin || query.Origin is not { } o || cell.Origin == Kebab.Of(o)) && (!year || query.Year is not { } y || cell.CameIn == y)
            && (!mine || !query.Mine || cell.Mine == 1) && (!late || !query.Late || cell.Late == 1);
    }

    private static int Sum(IEnumerable<Cell> cells) => cells.Sum(c => c.Documents);

    private static IEnumerable<KeyValuePair<T, int>> By<T>(IEnumerable<Cell> cells, Func<Cell, T> key) => cells.GroupBy(key).Select(g => KeyValuePair.Create(g.Key, Sum(g)));

    /// <summary>One look at what the asker may see: how many documents there are of each combination.</summary>
    private async Task<IReadOnlyList<Cell>> CellsAsync(string? text)
    {
        var search = new ListDocuments(text);
        var args = DocumentFilters.Args(work, search);
        args.With(new { everywhere = Sight.All(work), anchors = Sight.Anchors(work) });
        var years = await YearsAsync();
        foreach (var year in years) args.Add(Parameter(year), LegalClock.StartOf(new DateOnly(year + 1, 1, 1)));
        var cameIn = years.Count == 0 ? "0" : $"CASE {string.Join(' ', years.Select(y => string.Create(CultureInfo.InvariantCulture, $"WHEN d.CreatedAt < @{Parameter(y)} THEN {y}")))} ELSE 0 END";
        var cells =
            $"""
            (SELECT {DocumentFilters.Group} AS StageGroup, d.Kind, d.Origin, {cameIn} AS CameIn,
              CASE WHEN {DocumentFilters.Mine} THEN 1 ELSE 0 END AS Mine, CASE WHEN {DocumentFilters.Late} THEN 1 ELSE 0 END AS Late
             FROM Document d
             WHERE (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors)) {DocumentFilters.Of(search)}) x
            """;
        return await work.Db.QueryAsync<Cell>(
            $"""
            -- Cases/CountDocuments: how many of each combination
            SELECT x.StageGroup, x.Kind, x.Origin, x.CameIn, x.Mine, x.Late, COUNT(*) AS Documents
            FROM {cells}
            GROUP BY x.StageGroup, x.Kind, x.Origin, x.CameIn, x.Mine, x.Late
            """,
            args);
    }

    private static string Parameter(int year) => string.Create(CultureInfo.InvariantCulture, $"y{year}");

    private async Task<IReadOnlyList<int>> YearsAsync()
    {
        var first = await work.Db.ScalarAsync<DateTimeOffset?>(
            """
            -- Cases/CountDocuments: when the first came in
            SELECT MIN(CreatedAt) FROM Document
            """);
        return first is { } moment ? [.. Enumerable.Range(LegalClock.DayOf(moment).Year, work.Today.Year - LegalClock.DayOf(moment).Year + 1)] : [];
    }

    private sealed record Cell
    {
        public required int StageGroup { get; init; }
        public required string Kind { get; init; }
        public required string Origin { get; init; }
        public required int CameIn { get; init; }
        public required int Mine { get; init; }
        public required int Late { get; init; }
        public required int Documents { get; init; }
    }
}
