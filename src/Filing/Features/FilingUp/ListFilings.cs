using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.FilingUp;

/// <summary>From which side filings are looked at.</summary>
public enum FilingSide
{
    /// <summary>报备: what one's own government has to file.</summary>
    Ours,

    /// <summary>备案接收: what lower governments file with us, or should.</summary>
    Received,
}

/// <summary>How the filing of a published document stands.</summary>
public enum FilingState
{
    /// <summary>待报备: published, not filed, still in time.</summary>
    ToFile,

    /// <summary>逾期未报: not filed, and the limit has run out.</summary>
    Overdue,

    /// <summary>已报送，待接收.</summary>
    Sent,

    /// <summary>暂缓登记，待补正.</summary>
    Held,

    /// <summary>备案登记.</summary>
    Registered,

    /// <summary>不予登记.</summary>
    Refused,

    /// <summary>补录: filed before this register, or outside it; what the filing authority said is not known here.</summary>
    Elsewhere,
}

/// <summary>报备台账: the published documents that are to be filed with the next-higher government, each in its state; every figure leads to its rows.</summary>
/// <param name="Side">Whose: to be filed by us, or with us.</param>
/// <param name="State">Only those in this state.</param>
/// <param name="Late">Only those that were filed late (迟报).</param>
/// <param name="Year">Year of publication.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Rows of a page.</param>
[Needs(Function.ReadDocuments)]
public sealed record ListFilings(FilingSide Side = FilingSide.Ours, FilingState? State = null, bool Late = false, int? Year = null, int Page = 1, int Size = 50) : IQuery<FilingPage>;

/// <summary>A page of filings with the figures of all.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">How many the filters leave.</param>
/// <param name="Counts">How many are in each state, whatever the state asked for.</param>
/// <param name="LateCount">How many were filed late.</param>
/// <param name="Years">The years of publication, the latest first.</param>
public sealed record FilingPage(IReadOnlyList<FilingRow> Rows, int Total, IReadOnlyDictionary<FilingState, int> Counts, int LateCount, IReadOnlyList<int> Years);

/// <summary>A published document and its filing.</summary>
public sealed record FilingRow
{
    /// <summary>The document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The government that files.</summary>
    public required string Government { get; init; }

    /// <summary>统一登记号.</summary>
    public string? RegistrationNumber { get; init; }

    /// <summary>发文字号.</summary>
    public string? IssueNumber { get; init; }

    /// <summary>公布日期: the day from which the limit is counted.</summary>
    public required DateOnly Published { get; init; }

    /// <summary>The last day; null where the sources name none.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>When the duty was met; null while it is not.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>The code of <see cref="FilingState"/>.</summary>
    public required string State { get; init; }

    /// <summary>备案报告文号.</summary>
    public string? ReportNumber { get; init; }

    /// <summary>报送日期.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>收到日期.</summary>
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>备案登记号.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>What is missing, or why it was refused.</summary>
    public string? Note { get; init; }

    /// <summary>The open limit of correction, where it was held.</summary>
    public DateOnly? SupplementDue { get; init; }

    /// <summary>Days late on a day: of one that was filed on the day it was filed; 0 or less is in time, null where there is no limit.</summary>
    public int? DaysLate(DateOnly today) => Due is { } due ? (MetOn ?? today).DayNumber - due.DayNumber : null;
}

internal sealed class ListFilingsValidator : AbstractValidator<ListFilings>
{
    public ListFilingsValidator()
    {
        RuleFor(q => q.Page).InclusiveBetween(1, 1_000_000).WithMessage("页码有误。");
        RuleFor(q => q.Size).InclusiveBetween(1, 200).WithMessage("每页应为 1 至 200 条。");
        RuleFor(q => q.Year).InclusiveBetween(1949, 2099).WithMessage("年份应为 1949 至 2099。");
    }
}

internal sealed class ListFilingsHandler(Work work, KeptCounts kept) : IRequestHandler<ListFilings, Result<FilingPage>>
{
    private const string From =
        $"""
        {FilingDuties.From}
          AND (@Everywhere = 1
            OR (@Received = 1 AND g.ParentId IN @Anchors AND EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors AND p.Part = 'superior'))
            OR (@Received = 0 AND EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors AND p.Part <> 'superior')))
        """;

    public async Task<Result<FilingPage>> Handle(ListFilings query, CancellationToken cancellationToken)
    {
        var args = FilingDuties.Seen(work, query.Year);
        args.With(new
        {
            Received = query.Side == FilingSide.Received,
            State = query.State is { } state ? Kebab.Of(state) : null,
            query.Late,
            Skip = (query.Page - 1) * query.Size,
            Take = query.Size,
        });
        var tally = await kept.OfAsync(FilingDuties.Key(work, $"states {query.Side} {query.Year}"), () => work.Db.QueryAsync<Tally>(
            $"""
            -- FilingUp/ListFilings: how many are in each state
            SELECT x.State, x.Late, COUNT(*) AS Filings
            FROM (
              SELECT CASE WHEN {FilingDuties.Late} THEN 1 ELSE 0 END AS Late,
                {FilingDuties.State} AS State
              {From}) x
            GROUP BY x.State, x.Late
            """,
            args), t => t.Sum(x => x.Filings));
        var rows = await work.Db.QueryAsync<FilingRow>(
            work.Db.Dialect.Page(
                $"""
                -- FilingUp/ListFilings: a page of filings; what is not filed comes first, the earliest due before the others, then what waits for an answer
                SELECT x.DocumentId, x.Title, x.Government, x.Published, x.Due, x.MetOn, x.State, x.ReportNumber, x.SentOn, x.ReceivedOn, x.ReceiptNumber, x.Note,
                  (SELECT MAX(n.Text) FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = x.DocumentId AND n.VoidedOn IS NULL AND s.Kind = 'registration') AS RegistrationNumber,
                  (SELECT MAX(n.Text) FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = x.DocumentId AND n.VoidedOn IS NULL AND s.Kind = 'issue') AS IssueNumber,
                  (SELECT MAX(u.Due) FROM Deadline u WHERE u.DocumentId = x.DocumentId AND u.Name = 'filing-supplement' AND u.ClosedAt IS NULL) AS SupplementDue
                FROM (
                  SELECT l.Id, d.Id AS DocumentId, d.Title, g.Name AS Government, l.FromDate AS Published, l.Due, l.MetOn, k.ReportNumber, k.SentOn, k.ReceivedOn, k.ReceiptNumber, k.Note,
                    CASE WHEN {FilingDuties.Late} THEN 1 ELSE 0 END AS Late,
                    {FilingDuties.State} AS State
                  {From}) x
                WHERE (@State IS NULL OR x.State = @State) AND (@Late = 0 OR x.Late = 1)
                ORDER BY CASE WHEN x.MetOn IS NULL THEN 0 WHEN x.State IN ('sent', 'held') THEN 1 ELSE 2 END, CASE WHEN x.MetOn IS NULL THEN x.Due END, x.MetOn DESC, x.Id DESC
                """),
            args);
        var always = FilingDuties.Seen(work, null);
        always.With(new { Received = query.Side == FilingSide.Received });
        var range = await kept.OfAsync(FilingDuties.Key(work, $"range {query.Side}"), async () => (await work.Db.QuerySingleOrDefaultAsync<Range>(
            $"""
            -- FilingUp/ListFilings: the years
            SELECT MIN(l.FromDate) AS First, MAX(l.FromDate) AS Last, COUNT(*) AS Filings {From}
            """,
            always))!, r => r.Filings);
        var counts = Enum.GetValues<FilingState>().ToDictionary(s => s, s => tally.Where(t => t.State == Kebab.Of(s)).Sum(t => t.Filings));
        var late = tally.Where(t => t.Late).Sum(t => t.Filings);
        var total = tally.Where(t => (query.State is null || t.State == Kebab.Of(query.State.Value)) && (!query.Late || t.Late)).Sum(t => t.Filings);
        return new FilingPage(rows, total, counts, late, range.Last is { } last ? [.. Enumerable.Range(range.First!.Value.Year, last.Year - range.First.Value.Year + 1).Reverse()] : []);
    }

    private sealed record Tally
    {
        public required string State { get; init; }
        public required bool Late { get; init; }
        public required int Filings { get; init; }
    }

    private sealed record Range
    {
        public DateOnly? First { get; init; }
        public DateOnly? Last { get; init; }
        public required int Filings { get; init; }
    }
}

/// <summary>The words of this area.</summary>
public static class FilingWords
{
    /// <summary>The name of a state.</summary>
    public static string Chinese(this FilingState state) => state switch
    {
        FilingState.ToFile => "待报备",
        FilingState.Overdue => "逾期未报",
        FilingState.Sent => "已报送，待接收",
        FilingState.Held => "暂缓登记，待补正",
        FilingState.Registered => "备案登记",
        FilingState.Refused => "不予登记",
        FilingState.Elsewhere => "补录，已在系统外报备",
    };
}
