using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Portal;

/// <summary>What a published document is on a day, as the public asks for it.</summary>
public enum PublicState
{
    /// <summary>有效.</summary>
    InForce,

    /// <summary>已公布未施行.</summary>
    Ahead,

    /// <summary>停止执行.</summary>
    Stopped,

    /// <summary>失效、废止、撤销.</summary>
    Ended,

    /// <summary>全部.</summary>
    All,
}

/// <summary>公众查询: the published documents, newest first, with what each is on a day. Nothing else is in it: no draft, no review, no person.</summary>
/// <param name="Text">Part of the title or of a number.</param>
/// <param name="On">The day; today when absent.</param>
/// <param name="State">What they are on that day.</param>
/// <param name="Body">Code of the issuing body.</param>
/// <param name="Year">Year of publication.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Lines of a page.</param>
[OpenToAll]
public sealed record ReadPublicDocuments(
    string? Text = null, DateOnly? On = null, PublicState State = PublicState.InForce, string? Body = null, int? Year = null, int Page = 1, int Size = 20) : IQuery<PublicPage>;

/// <summary>A page of published documents.</summary>
/// <param name="On">The day.</param>
/// <param name="Lines">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="States">How many there are in each state, the other filters kept.</param>
/// <param name="Bodies">The issuing bodies, the other filters kept.</param>
/// <param name="Years">The years of publication, latest first, the other filters kept.</param>
public sealed record PublicPage(
    DateOnly On, IReadOnlyList<PublicLine> Lines, int Total, IReadOnlyList<PublicCount> States, IReadOnlyList<PublicCount> Bodies, IReadOnlyList<PublicCount> Years);

/// <summary>How many documents a filter leaves.</summary>
/// <param name="Value">The value of the filter.</param>
/// <param name="Name">For people.</param>
/// <param name="Count">Documents.</param>
public sealed record PublicCount(string Value, string Name, int Count);

/// <summary>A published document in a list.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="IssuingBody">制定机关.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
/// <param name="RegistrationNumber">统一登记号; null when it has none.</param>
/// <param name="Published">公布日期.</param>
/// <param name="InForce">施行日期.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Status">What it is on the day.</param>
public sealed record PublicLine(
    Guid DocumentId, string Title, string IssuingBody, string? IssueNumber, string? RegistrationNumber, DateOnly Published, DateOnly InForce, DateOnly? LastValidDay, ValidityStatus Status);

internal sealed class ReadPublicDocumentsValidator : AbstractValidator<ReadPublicDocuments>
{
    public ReadPublicDocumentsValidator()
    {
        RuleFor(q => q.Text).MaximumLength(100).WithMessage("查询词不能超过 100 字。");
        RuleFor(q => q.Page).InclusiveBetween(1, 1_000_000).WithMessage("页码有误。");
        RuleFor(q => q.Size).InclusiveBetween(1, 100).WithMessage("每页应为 1 至 100 条。");
    }
}

internal sealed class ReadPublicDocumentsHandler(Work work, Laws laws, KeptCounts kept) : IRequestHandler<ReadPublicDocuments, Result<PublicPage>>
{
    public async Task<Result<PublicPage>> Handle(ReadPublicDocuments query, CancellationToken cancellationToken)
    {
        var on = query.On ?? work.Today;
        var (filter, args) = PublishedDocuments.Filter(work, on, query.Text, true);
        var cells = await kept.OfAsync(
            $"public {work.Today:O} {on:O} {query.Text}",
            () => work.Db.QueryAsync<Cell>(
                $"""
                -- Portal/ReadPublicDocuments: how many of each combination
                SELECT x.Status, b.Code, b.Name, x.Year, x.Documents
                FROM (SELECT s.Status, s.IssuingBodyId, s.PublishedYear AS Year, COUNT(*) AS Documents {PublishedDocuments.Spans} {filter} GROUP BY s.Status, s.IssuingBodyId, s.PublishedYear) x JOIN Body b ON b.Id = x.IssuingBodyId
                """,
                args),
            c => c.Sum(x => x.Documents));
        args.With(new { body = query.Body, year = query.Year, Skip = (query.Page - 1) * query.Size, Take = query.Size });
        var wanted = (query.State == PublicState.All ? "" : $"AND s.Status IN ({string.Join(", ", Statuses(query.State).Select(s => $"'{Kebab.Of(s)}'"))})")
            + (query.Body is null ? "" : " AND s.IssuingBodyId IN (SELECT b.Id FROM Body b WHERE b.Code = @body)") + (query.Year is null ? "" : " AND s.PublishedYear = @year");
        var ids = await work.Db.QueryAsync<Guid>(
            work.Db.Dialect.Page(
                $"""
                -- Portal/ReadPublicDocuments: a page of published documents
                SELECT s.DocumentId {PublishedDocuments.Spans} {filter} {wanted}
                ORDER BY s.Published DESC, s.DocumentId DESC
                """),
            args);
        var lines = new List<PublicLine>(ids.Count);
        foreach (var document in await PublishedDocuments.LoadAsync(work, ids)) lines.Add(await LineAsync(document, on));
        return new PublicPage(
            on, lines, cells.Where(c => Fits(c, query.State) && OfBody(c) && OfYear(c)).Sum(c => c.Documents),
            [.. Enum.GetValues<PublicState>().Select(s => new PublicCount(Kebab.Of(s), s.Chinese(), cells.Where(c => Fits(c, s) && OfBody(c) && OfYear(c)).Sum(c => c.Documents)))],
            [.. cells.Where(c => Fits(c, query.State) && OfYear(c)).GroupBy(c => (c.Code, c.Name)).OrderByDescending(g => g.Sum(c => c.Documents)).ThenBy(g => g.Key.Code, StringComparer.Ordinal)
                .Select(g => new PublicCount(g.Key.Code, g.Key.Name, g.Sum(c => c.Documents)))],
            [.. cells.Where(c => Fits(c, query.State) && OfBody(c)).GroupBy(c => c.Year).OrderByDescending(g => g.Key).Select(g => new PublicCount($"{g.Key}", $"{g.Key}年", g.Sum(c => c.Documents)))]);

        bool OfBody(Cell c) => query.Body is null || c.Code == query.Body;

        bool OfYear(Cell c) => query.Year is null || c.Year == query.Year;
    }

    private static bool Fits(Cell cell, PublicState state) => Statuses(state).Contains(Kebab.Parse<ValidityStatus>(cell.Status));

    private static ValidityStatus[] Statuses(PublicState state) => state switch
    {
        PublicState.InForce => [ValidityStatus.InForce, ValidityStatus.Expiring],
        PublicState.Ahead => [ValidityStatus.NotYetInForce],
        PublicState.Stopped => [ValidityStatus.Suspended],
        PublicState.Ended => [ValidityStatus.Lapsed, ValidityStatus.DeclaredLapsed, ValidityStatus.Repealed, ValidityStatus.Annulled, ValidityStatus.Withdrawn],
        PublicState.All => Enum.GetValues<ValidityStatus>(),
    };

    private async Task<PublicLine> LineAsync(PublishedDocument document, DateOnly on)
    {
        var numbers = await NumberRow.OfDocumentAsync(work.Db, document.Id);
        return new(
            document.Id, document.Title, document.IssuingBody, numbers.Standing(NumberKind.Issue)?.Text, numbers.Standing(NumberKind.Registration)?.Text,
            document.Published, document.InForce, Domain.Validity.LastValidDay(document.History, on), document.Status(laws, on));
    }

    private sealed record Cell
    {
        public required string Status { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required int Year { get; init; }
        public required int Documents { get; init; }
    }
}

/// <summary>The words of <see cref="PublicState"/>.</summary>
public static class PublicStates
{
    /// <summary>For people.</summary>
    public static string Chinese(this PublicState state) => state switch
    {
        PublicState.InForce => "有效",
        PublicState.Ahead => "尚未施行",
        PublicState.Stopped => "停止执行",
        PublicState.Ended => "失效、废止",
        PublicState.All => "全部",
    };
}
