using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>
/// 报备情况不明清单: documents entered from elsewhere after their filing limit had run out, of which nothing tells whether they were filed, the oldest
/// first. They are no breach yet and raise no alert; <c>settle-filing</c> takes them off the list.
/// </summary>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadUnknownFilings(int Skip = 0, int Take = 100) : IQuery<UnknownFilingPage>;

/// <summary>A page of them.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record UnknownFilingPage(IReadOnlyList<UnknownFiling> Items, int Total);

/// <summary>A document of which nobody knows whether it was filed.</summary>
public sealed record UnknownFiling
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>制定机关.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>公布日期.</summary>
    public required DateOnly Published { get; init; }

    /// <summary>Where the entry is known from.</summary>
    public required string Source { get; init; }

    /// <summary>The day on which the entry was checked.</summary>
    public required DateOnly CheckedOn { get; init; }
}

internal sealed class ReadUnknownFilingsValidator : AbstractValidator<ReadUnknownFilings>
{
    public ReadUnknownFilingsValidator()
    {
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
    }
}

internal sealed class ReadUnknownFilingsHandler(Work work) : IRequestHandler<ReadUnknownFilings, Result<UnknownFilingPage>>
{
    private const string From =
        """
        FROM Wait w JOIN CaseFile c ON c.Id = w.CaseId JOIN Document d ON d.Id = c.DocumentId JOIN Body b ON b.Id = d.IssuingBodyId
          JOIN ElsewhereEntry e ON e.DocumentId = d.Id
          JOIN Fact f ON f.DocumentId = d.Id AND f.Kind = 'published' AND NOT EXISTS (SELECT 1 FROM Fact x WHERE x.SupersedesId = f.Id)
        WHERE w.Kind = 'signal' AND w.Name = 'filing-settled'
          AND (@all = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors))
        """;

    public async Task<Result<UnknownFilingPage>> Handle(ReadUnknownFilings query, CancellationToken cancellationToken)
    {
        var args = new { all = Sight.All(work), anchors = Sight.Anchors(work), query.Skip, query.Take };
        var items = await work.Db.QueryAsync<UnknownFiling>(
            work.Db.Dialect.Page(
                $"""
                -- Supervision/ReadUnknownFilings: the oldest first
                SELECT d.Id AS DocumentId, d.Title, b.Name AS IssuingBody, f.LegalDate AS Published, e.Source, e.CheckedOn
                {From} ORDER BY f.LegalDate, d.Id
                """),
            args);
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- Supervision/ReadUnknownFilings: how many there are
            SELECT COUNT(*) {From}
            """,
            args);
        return new UnknownFilingPage(items, total);
    }
}
