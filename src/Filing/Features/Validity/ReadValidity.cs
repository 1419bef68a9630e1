using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>A part of the published documents, by what becomes of them.</summary>
public enum ValidityPart
{
    /// <summary>即将到期: within the lead of the evaluation, six months where the rules say no other.</summary>
    Expiring,

    /// <summary>评估未结: the evaluation before expiry is open at the drafting unit.</summary>
    Evaluating,

    /// <summary>已失效: the term has run out, and nobody has said more of it.</summary>
    Lapsed,

    /// <summary>长期有效或未定有效期.</summary>
    LongTerm,

    /// <summary>停止执行.</summary>
    Suspended,

    /// <summary>废止、宣布失效、撤销.</summary>
    Ended,

    /// <summary>现行有效.</summary>
    InForce,
}

/// <summary>有效期: published documents that the asker may see, those whose last day comes first at the top.</summary>
/// <param name="Which">Which of them.</param>
/// <param name="Text">Part of the title or of a number.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Lines of a page.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadValidity(ValidityPart Which = ValidityPart.Expiring, string? Text = null, int Page = 1, int Size = 50) : IQuery<ValidityPage>;

/// <summary>A page of documents with their terms.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Counts">How many there are of each part.</param>
public sealed record ValidityPage(IReadOnlyList<ValidityLine> Items, int Total, IReadOnlyList<ValidityCount> Counts);

/// <summary>How many there are of a part.</summary>
/// <param name="Which">The part.</param>
/// <param name="Count">Documents.</param>
public sealed record ValidityCount(ValidityPart Which, int Count);

/// <summary>A document with its term.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="IssuingBody">制定机关.</param>
/// <param name="DraftingBody">起草单位.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
/// <param name="Published">公布日期.</param>
/// <param name="InForce">施行日期.</param>
/// <param name="Term">有效期 as it was set; null when none is.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Status">What it is today.</param>
/// <param name="Evaluation">The open task of the evaluation; null when there is none.</param>
/// <param name="Mine">True where the asker sits at the desk of <paramref name="Evaluation"/>.</param>
/// <param name="Evaluated">What the latest evaluation advised; null before it.</param>
public sealed record ValidityLine(
    Guid DocumentId, string Title, string IssuingBody, string DraftingBody, string? IssueNumber, DateOnly Published, DateOnly InForce, string? Term, DateOnly? LastValidDay,
    ValidityStatus Status, Guid? Evaluation, bool Mine, EvaluationConclusion? Evaluated);

internal sealed class ReadValidityValidator : AbstractValidator<ReadValidity>
{
    public ReadValidityValidator()
    {
        RuleFor(q => q.Text).MaximumLength(100).WithMessage("查询词不能超过 100 字。");
        RuleFor(q => q.Page).InclusiveBetween(1, 1_000_000).WithMessage("页码有误。");
        RuleFor(q => q.Size).InclusiveBetween(1, 200).WithMessage("每页应为 1 至 200 条。");
    }
}

internal sealed class ReadValidityHandler(Work work, Laws laws, KeptCounts kept) : IRequestHandler<ReadValidity, Result<ValidityPage>>
{
    public async Task<Result<ValidityPage>> Handle(ReadValidity query, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(work, kept, query.Text);
        var (filter, args) = PublishedDocuments.Filter(work, work.Today, query.Text, false);
        args.With(new { Skip = (query.Page - 1) * query.Size, Take = query.Size });
        var order = query.Which is ValidityPart.Lapsed ? "DESC" : "ASC";
        var ids = await work.Db.QueryAsync<Guid>(
            work.Db.Dialect.Page(
                $"""
                -- Validity/ReadValidity: a page of documents with their terms
                SELECT s.DocumentId {PublishedDocuments.Spans} {filter} {Of(query.Which)} ORDER BY s.LastValidDay {order}, s.DocumentId {order}
                """),
            args);
        var items = new List<ValidityLine>(ids.Count);
        foreach (var document in await PublishedDocuments.LoadAsync(work, ids)) items.Add(await LineAsync(document, Domain.Validity.LastValidDay(document.History, work.Today)));
        return new ValidityPage(items, counts.Single(c => c.Which == query.Which).Count, counts);
    }

    /// <summary>How many there are of each part: the figures of the list and of the board.</summary>
    internal static async Task<IReadOnlyList<ValidityCount>> CountAsync(Work work, KeptCounts kept, string? search)
    {
        var (filter, args) = PublishedDocuments.Filter(work, work.Today, search, false);
        var cells = await kept.OfAsync(
            $"validity {work.Today:O} {Sight.Key(work)} {search}",
            () => work.Db.QueryAsync<Cell>(
                $"""
                -- Validity/ReadValidity: how many of each status
                SELECT x.Status, x.Endless, COUNT(*) AS Documents
                FROM (SELECT s.Status, CASE WHEN s.LastValidDay = '9999-12-31' THEN 1 ELSE 0 END AS Endless {PublishedDocuments.Spans} {filter}) x
                GROUP BY x.Status, x.Endless
                """,
                args),
            c => c.Sum(x => x.Documents));
        // Few are being evaluated, and each ends by the hand of whoever looks.
        var evaluating = await work.Db.ScalarAsync<int>(
            $"""
            -- Validity/ReadValidity: how many are being evaluated
            SELECT COUNT(*) {PublishedDocuments.Spans} {filter} {Of(ValidityPart.Evaluating)}
            """,
            args);
        return [.. Enum.GetValues<ValidityPart>().Select(p => new ValidityCount(p, p == ValidityPart.Evaluating ? evaluating : cells.Where(c => Fits(Kebab.Parse<ValidityStatus>(c.Status), c.Endless == 1, p)).Sum(c => c.Documents)))];
    }

    private static bool Fits(ValidityStatus status, bool endless, ValidityPart which) =>
        which != ValidityPart.Evaluating && Statuses(which).Contains(status) && (which != ValidityPart.LongTerm || endless);

    private static ValidityStatus[] Statuses(ValidityPart which) => which switch
    {
        ValidityPart.Expiring => [ValidityStatus.Expiring],
        ValidityPart.Evaluating => Enum.GetValues<ValidityStatus>(),
        ValidityPart.Lapsed => [ValidityStatus.Lapsed],
        ValidityPart.LongTerm => [ValidityStatus.InForce, ValidityStatus.NotYetInForce],
        ValidityPart.Suspended => [ValidityStatus.Suspended],
        ValidityPart.Ended => [ValidityStatus.Repealed, ValidityStatus.DeclaredLapsed, ValidityStatus.Annulled, ValidityStatus.Withdrawn],
        ValidityPart.InForce => [ValidityStatus.InForce, ValidityStatus.Expiring],
    };

    /// <summary>The condition that a part means, beginning with AND.</summary>
    private static string Of(ValidityPart which) => which == ValidityPart.Evaluating
        ? "AND s.DocumentId IN (SELECT t.DocumentId FROM Task t WHERE t.State = 'open' AND t.Code = 'evaluate')"
        : $"AND s.Status IN ({string.Join(", ", Statuses(which).Select(s => $"'{Kebab.Of(s)}'"))}){(which == ValidityPart.LongTerm ? " AND s.LastValidDay = '9999-12-31'" : "")}";

    private sealed record Cell
    {
        public required string Status { get; init; }
        public required int Endless { get; init; }
        public required int Documents { get; init; }
    }

    private async Task<ValidityLine> LineAsync(PublishedDocument document, DateOnly? last)
    {
        var evaluated = await work.Db.QueryFirstOrDefaultAsync<string>(
            """
            -- Validity/ReadValidity: what the latest evaluation advised
            SELECT Conclusion FROM Evaluation WHERE DocumentId = @Id ORDER BY ConcludedOn DESC, Id DESC
            """,
            new { document.Id });
        return new(
            document.Id, document.Title, document.IssuingBody, document.DraftingBody, (await NumberRow.OfDocumentAsync(work.Db, document.Id)).Standing(NumberKind.Issue)?.Text,
            document.Published, document.InForce, ValidityTerm.TryParse(document.History.Latest(FactKind.TermSet)?.Value, out var term, out _) ? term.Text : null, last,
            document.Status(laws, work.Today), document.Evaluation, document.EvaluationDesk is { } desk && work.Desks.Contains(desk), evaluated is null ? null : Kebab.Parse<EvaluationConclusion>(evaluated));
    }
}

/// <summary>The words of <see cref="ValidityPart"/> and <see cref="EvaluationConclusion"/>.</summary>
public static class ValidityParts
{
    /// <summary>For people.</summary>
    public static string Chinese(this ValidityPart part) => part switch
    {
        ValidityPart.Expiring => "即将到期",
        ValidityPart.Evaluating => "评估未结",
        ValidityPart.Lapsed => "已失效",
        ValidityPart.LongTerm => "长期有效或未定有效期",
        ValidityPart.Suspended => "停止执行",
        ValidityPart.Ended => "废止、撤销",
        ValidityPart.InForce => "现行有效",
    };

    /// <summary>For people.</summary>
    public static string Chinese(this EvaluationConclusion conclusion) => conclusion switch
    {
        EvaluationConclusion.Renew => "续期",
        EvaluationConclusion.Amend => "修改后重新公布",
        EvaluationConclusion.LetLapse => "届满失效",
    };
}
