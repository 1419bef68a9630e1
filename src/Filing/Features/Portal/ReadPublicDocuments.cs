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

internal sealed class ReadPublicDocumentsHandler(Work work, Laws laws) : IRequestHandler<ReadPublicDocuments, Result<PublicPage>>
{
    public async Task<Result<PublicPage>> Handle(ReadPublicDocuments query, CancellationToken cancellationToken)
    {
        var on = query.On ?? work.Today;
        var all = (await PublishedDocuments.OfPublicAsync(work, query.Text)).Select(d => new Seen(d, d.Status(laws, on))).Where(d => d.Status != ValidityStatus.NotPublished).ToList();
        var found = all.Where(d => Fits(d, query.State) && OfBody(d) && OfYear(d)).OrderByDescending(d => d.Of.Published).ThenByDescending(d => d.Of.Id.ToString(), StringComparer.Ordinal).ToList();
        var lines = new List<PublicLine>(query.Size);
        foreach (var document in found.Skip((query.Page - 1) * query.Size).Take(query.Size)) lines.Add(await LineAsync(document, on));
        return new PublicPage(
            on, lines, found.Count,
            [.. Enum.GetValues<PublicState>().Select(s => new PublicCount(Kebab.Of(s), s.Chinese(), all.Count(d => Fits(d, s) && OfBody(d) && OfYear(d))))],
            [.. all.Where(d => Fits(d, query.State) && OfYear(d)).GroupBy(d => (d.Of.BodyCode, d.Of.IssuingBody)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.BodyCode, StringComparer.Ordinal)
                .Select(g => new PublicCount(g.Key.BodyCode, g.Key.IssuingBody, g.Count()))],
            [.. all.Where(d => Fits(d, query.State) && OfBody(d)).GroupBy(d => d.Of.Published.Year).OrderByDescending(g => g.Key).Select(g => new PublicCount($"{g.Key}", $"{g.Key}年", g.Count()))]);

        bool OfBody(Seen d) => query.Body is null || d.Of.BodyCode == query.Body;

        bool OfYear(Seen d) => query.Year is null || d.Of.Published.Year == query.Year;
    }

    private static bool Fits(Seen document, PublicState state) => state switch
    {
        PublicState.InForce => document.Status.IsValid(),
        PublicState.Ahead => document.Status == ValidityStatus.NotYetInForce,
        PublicState.Stopped => document.Status == ValidityStatus.Suspended,
        PublicState.Ended => document.Status is ValidityStatus.Lapsed or ValidityStatus.DeclaredLapsed or ValidityStatus.Repealed or ValidityStatus.Annulled or ValidityStatus.Withdrawn,
        PublicState.All => true,
    };

    private async Task<PublicLine> LineAsync(Seen document, DateOnly on)
    {
        var numbers = await NumberRow.OfDocumentAsync(work.Db, document.Of.Id);
        return new(
            document.Of.Id, document.Of.Title, document.Of.IssuingBody, numbers.Standing(NumberKind.Issue)?.Text, numbers.Standing(NumberKind.Registration)?.Text,
            document.Of.Published, document.Of.InForce, Domain.Validity.LastValidDay(document.Of.History, on), document.Status);
    }

    private sealed record Seen(PublishedDocument Of, ValidityStatus Status);
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
