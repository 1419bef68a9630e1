using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>How the duty to file a published document stands.</summary>
public enum FilingStanding
{
    /// <summary>应报: filed, or its limit has run out; what may still be filed in time is not among them.</summary>
    Due,

    /// <summary>已报: in time or late.</summary>
    Filed,

    /// <summary>按时报备.</summary>
    OnTime,

    /// <summary>迟报.</summary>
    Late,

    /// <summary>漏报: not filed, and its limit has run out.</summary>
    Unfiled,

    /// <summary>未到期: not filed, and the limit still runs.</summary>
    Running,

    /// <summary>暂缓登记: the filing authority waits for corrections.</summary>
    Held,

    /// <summary>All of them.</summary>
    All,
}

/// <summary>报备清单: the published documents that have to be filed, the earliest due first; what a figure of the board leads to.</summary>
/// <param name="Standing">Which of them.</param>
/// <param name="Government">Code of the government that has to file.</param>
/// <param name="Year">Year of publication.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give, 500 at most.</param>
[Needs(Function.ReadBoard)]
public sealed record ReadFilingDuties(FilingStanding Standing = FilingStanding.All, string? Government = null, int? Year = null, int Skip = 0, int Take = 50) : IQuery<FilingDutyPage>;

/// <summary>A page of duties to file.</summary>
/// <param name="Items">Those of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record FilingDutyPage(IReadOnlyList<FilingDuty> Items, int Total);

/// <summary>A duty to file.</summary>
public sealed record FilingDuty
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The government that has to file.</summary>
    public required string Government { get; init; }

    /// <summary>The day from which the limit is counted: its publication.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>The last day; null where the limit is suspended or the sources name none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>When it was met; null while it is not.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>What the filing authority said last, as a code; null before it was sent.</summary>
    public string? Answer { get; init; }

    /// <summary>How it stands on a day.</summary>
    public FilingStanding Standing(DateOnly on) => (MetOn, Due) switch
    {
        ({ } met, { } due) when met > due => FilingStanding.Late,
        ({ }, _) => FilingStanding.OnTime,
        (null, { } due) when due < on => FilingStanding.Unfiled,
        _ => FilingStanding.Running,
    };
}

/// <summary>How the duties of one government stand.</summary>
public sealed record FilingTally
{
    /// <summary>Code of the government.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Government { get; init; }

    /// <summary>按时.</summary>
    public required int OnTime { get; init; }

    /// <summary>迟报.</summary>
    public required int Late { get; init; }

    /// <summary>漏报.</summary>
    public required int Unfiled { get; init; }

    /// <summary>未到期.</summary>
    public required int Running { get; init; }

    /// <summary>暂缓登记; counted once more among the others.</summary>
    public required int Held { get; init; }

    /// <summary>已报: the denominator of 及时率 and the numerator of 报备率.</summary>
    public int Filed => OnTime + Late;

    /// <summary>应报: the denominator of 报备率.</summary>
    public int Due => Filed + Unfiled;
}

internal sealed class ReadFilingDutiesValidator : AbstractValidator<ReadFilingDuties>
{
    public ReadFilingDutiesValidator()
    {
        RuleFor(q => q.Skip).GreaterThanOrEqualTo(0).WithMessage("跳过的条数不能为负。");
        RuleFor(q => q.Take).InclusiveBetween(1, 500).WithMessage("每页 1 至 500 条。");
        RuleFor(q => q.Year).InclusiveBetween(1949, 9998).When(q => q.Year is not null).WithMessage("年份有误。");
    }
}

internal sealed class ReadFilingDutiesHandler(Work work) : IRequestHandler<ReadFilingDuties, Result<FilingDutyPage>>
{
    public async Task<Result<FilingDutyPage>> Handle(ReadFilingDuties query, CancellationToken cancellationToken)
    {
        var args = FilingDuties.Seen(work, query.Year);
        args.With(new { query.Government, query.Skip, query.Take });
        var from = $"{FilingDuties.From} AND {FilingDuties.InSight} AND (@Government IS NULL OR g.Code = @Government) AND {FilingDuties.Of(query.Standing)}";
        var items = await work.Db.QueryAsync<FilingDuty>(
            work.Db.Dialect.Page(
                $"""
                -- FilingUp/ReadFilingDuties: the earliest due first
                SELECT l.DocumentId, d.Title, g.Name AS Government, l.FromDate, l.Due, l.MetOn, k.State AS Answer
                {from} ORDER BY CASE WHEN l.Due IS NULL THEN 1 ELSE 0 END, l.Due, l.Id
                """),
            args);
        var total = await work.Db.ScalarAsync<int>(
            $"""
            -- FilingUp/ReadFilingDuties: how many there are
            SELECT COUNT(*) {from}
            """,
            args);
        return new FilingDutyPage(items, total);
    }
}

/// <summary>The words of <see cref="FilingStanding"/>.</summary>
public static class FilingStandings
{
    /// <summary>For people.</summary>
    public static string Chinese(this FilingStanding standing) => standing switch
    {
        FilingStanding.Due => "应报",
        FilingStanding.Filed => "已报",
        FilingStanding.OnTime => "按时",
        FilingStanding.Late => "迟报",
        FilingStanding.Unfiled => "漏报",
        FilingStanding.Running => "未到期",
        FilingStanding.Held => "暂缓登记",
        FilingStanding.All => "全部",
    };
}
