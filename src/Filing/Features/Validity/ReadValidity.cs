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

internal sealed class ReadValidityHandler(Work work, Laws laws) : IRequestHandler<ReadValidity, Result<ValidityPage>>
{
    public async Task<Result<ValidityPage>> Handle(ReadValidity query, CancellationToken cancellationToken)
    {
        var all = await PublishedDocuments.OfActorAsync(work, query.Text);
        var found = all.Where(d => Fits(d, d.Status(laws, work.Today), query.Which, work.Today)).Select(d => (Of: d, Last: Domain.Validity.LastValidDay(d.History, work.Today)))
            .OrderBy(d => d.Last ?? DateOnly.MaxValue).ThenBy(d => d.Of.Id.ToString(), StringComparer.Ordinal).ToList();
        if (query.Which is ValidityPart.Lapsed) found.Reverse();
        var items = new List<ValidityLine>(query.Size);
        foreach (var (document, last) in found.Skip((query.Page - 1) * query.Size).Take(query.Size)) items.Add(await LineAsync(document, last));
        return new ValidityPage(items, found.Count, Count(all, laws, work.Today));
    }

    /// <summary>How many there are of each part: the figures of the list and of the board.</summary>
    internal static IReadOnlyList<ValidityCount> Count(IReadOnlyList<PublishedDocument> all, Laws laws, DateOnly today)
    {
        var known = all.Select(d => (Of: d, Status: d.Status(laws, today))).ToList();
        return [.. Enum.GetValues<ValidityPart>().Select(p => new ValidityCount(p, known.Count(d => Fits(d.Of, d.Status, p, today))))];
    }

    private static bool Fits(PublishedDocument document, ValidityStatus status, ValidityPart which, DateOnly today) => which switch
    {
        ValidityPart.Expiring => status == ValidityStatus.Expiring,
        ValidityPart.Evaluating => document.Evaluation is not null,
        ValidityPart.Lapsed => status == ValidityStatus.Lapsed,
        ValidityPart.LongTerm => status is ValidityStatus.InForce or ValidityStatus.NotYetInForce && Domain.Validity.LastValidDay(document.History, today) is null,
        ValidityPart.Suspended => status == ValidityStatus.Suspended,
        ValidityPart.Ended => status is ValidityStatus.Repealed or ValidityStatus.DeclaredLapsed or ValidityStatus.Annulled or ValidityStatus.Withdrawn,
        ValidityPart.InForce => status.IsValid(),
    };

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
