using Dapper;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Registration;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>What every document that was published is on a day, as it is known now or was known on another, with the facts from which that follows.</summary>
/// <param name="On">The day; today when absent.</param>
/// <param name="KnownOn">Only what was recorded by the end of that day in Asia/Shanghai; everything when absent.</param>
/// <param name="Body">Code of the issuing body; all when absent.</param>
/// <param name="Text">Part of the title or of a number.</param>
/// <param name="After">The last document of the page before; null for the first page.</param>
/// <param name="Size">Documents of a page.</param>
[Needs(Function.ReadDocuments)]
public sealed record ListStatuses(DateOnly? On = null, DateOnly? KnownOn = null, string? Body = null, string? Text = null, Guid? After = null, int Size = 50) : IQuery<StatusPage>;

/// <summary>A page of statuses, in the order in which the documents came into the register.</summary>
/// <param name="On">The day.</param>
/// <param name="KnownOn">The day of what was known; null for now.</param>
/// <param name="Items">The documents.</param>
/// <param name="Next">After which document the next page begins; null on the last.</param>
/// <param name="NothingKnown">True where the register had not begun by then: nothing was known, of whatever document.</param>
public sealed record StatusPage(DateOnly On, DateOnly? KnownOn, IReadOnlyList<StatusLine> Items, Guid? Next, bool NothingKnown);

/// <summary>What a document is on a day.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="IssuingBody">制定机关.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
/// <param name="RegistrationNumber">统一登记号; null when it has none.</param>
/// <param name="Status">What it is.</param>
/// <param name="Name">The same in Chinese.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Facts">What the status follows from, by legal date.</param>
public sealed record StatusLine(
    Guid DocumentId, string Title, string IssuingBody, string? IssueNumber, string? RegistrationNumber, ValidityStatus Status, string Name, DateOnly? LastValidDay, IReadOnlyList<StatusFact> Facts);

/// <summary>A fact from which a status follows.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The same in Chinese.</param>
/// <param name="LegalDate">From which day it counts.</param>
/// <param name="Recorded">When the register was told.</param>
/// <param name="Value">What belongs to it; null when nothing does.</param>
/// <param name="Source">Where it is known from.</param>
public sealed record StatusFact(FactKind Kind, string Name, DateOnly LegalDate, DateTimeOffset Recorded, string? Value, string Source);

internal sealed class ListStatusesValidator : AbstractValidator<ListStatuses>
{
    public ListStatusesValidator()
    {
        RuleFor(q => q.Body).NotEmpty().When(q => q.Body is not null).WithMessage("请写明机关代码。").MaximumLength(50).WithMessage("机关代码不能超过 50 字。");
        RuleFor(q => q.Text).MaximumLength(100).WithMessage("查询词不能超过 100 字。");
        RuleFor(q => q.Size).InclusiveBetween(1, 500).WithMessage("每页应为 1 至 500 条。");
    }
}

internal sealed class ListStatusesHandler(Work work, Laws laws) : IRequestHandler<ListStatuses, Result<StatusPage>>
{
    // What is, or was, published on the day: the spans say it of what is known now, the facts of what was known then.
    private const string Now = "AND EXISTS (SELECT 1 FROM ValiditySpan s WHERE s.DocumentId = d.Id AND s.FromDate <= @on AND s.ToDate >= @on AND s.Published <= @on AND s.Published <= @today)";

    private const string Then =
        """
        AND EXISTS (SELECT 1 FROM Fact f WHERE f.DocumentId = d.Id AND f.Kind = 'published' AND f.LegalDate <= @on AND f.RecordedAt <= @moment
            AND NOT EXISTS (SELECT 1 FROM Fact x WHERE x.SupersedesId = f.Id AND x.RecordedAt <= @moment))
          AND (d.Origin <> 'elsewhere' OR EXISTS (SELECT 1 FROM ElsewhereEntry e WHERE e.DocumentId = d.Id AND e.State = 'confirmed' AND e.CheckedOn <= @knownOn))
        """;

    private const string Seen = "AND (@everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @anchors))";

    private const string Found = "AND d.Id IN (SELECT t.Id FROM Document t WHERE t.Title LIKE @like ESCAPE '!' UNION SELECT n.DocumentId FROM Number n WHERE n.Text LIKE @like ESCAPE '!')";

    public async Task<Result<StatusPage>> Handle(ListStatuses query, CancellationToken cancellationToken)
    {
        var on = query.On ?? work.Today;
        DateTimeOffset? moment = query.KnownOn is { } day ? LegalClock.EndOf(day) : null;
        if (!(await FilterAsync(query)).TryGet(out var filter, out var error)) return error;
        filter.Args.With(new { on, today = work.Today, moment, until = moment ?? DateTimeOffset.MaxValue, knownOn = query.KnownOn, Skip = 0, Take = query.Size + 1 });
        var ids = await work.Db.QueryAsync<Guid>(
            work.Db.Dialect.Page(
                $"""
                -- Validity/ListStatuses: a page of what was published on a day
                SELECT d.Id FROM Document d WHERE d.CreatedAt <= @until {(moment is null ? Now : Then)} {filter.Sql} ORDER BY d.CreatedAt, d.Id
                """),
            filter.Args);
        var documents = await PublishedDocuments.LoadAsync(work, [.. ids.Take(query.Size)]);
        var numbers = await NumbersAsync([.. documents.Select(d => d.Id)], query.KnownOn);
        return new StatusPage(
            on, query.KnownOn, [.. documents.Select(d => Line(d, numbers[d.Id], on, moment))], ids.Count > query.Size ? ids[query.Size - 1] : null,
            ids.Count == 0 && query.After is null && moment is { } then && !await BegunAsync(then));
    }

    private async Task<Result<Filter>> FilterAsync(ListStatuses query)
    {
        var (sql, args) = ("", Gathered.Of(new { everywhere = Sight.All(work), anchors = Sight.Anchors(work) }));
        if (!Sight.All(work)) sql += $" {Seen}";
        if (query.Body is { } code)
        {
            var body = await work.Db.ScalarAsync<Guid?>(
                """
                -- Validity/ListStatuses: a body
                SELECT Id FROM Body WHERE Code = @code
                """,
                new { code });
            if (body is null) return Error.Invalid("body.unknown", $"没有代码为“{code}”的机关。", "body");
            sql += " AND d.IssuingBodyId = @body";
            args.With(new { body });
        }

        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            sql += $" {Found}";
            args.With(new { like = $"%{Like.Escape(query.Text.Trim())}%" });
        }

        if (query.After is not { } after) return new Filter(sql, args);
        var since = await work.Db.ScalarAsync<DateTimeOffset?>(
            """
            -- Validity/ListStatuses: where the page before ended
            SELECT CreatedAt FROM Document WHERE Id = @after
            """,
            new { after });
        if (since is null) return Error.Invalid("query.place-unknown", "上一页末尾的文件不在登记簿中，请从第一页重新查询。", "after");
        args.With(new { since, after });
        return new Filter($"{sql} AND d.CreatedAt >= @since AND (d.CreatedAt > @since OR d.Id > @after)", args);
    }

    private async Task<ILookup<Guid, NumberOf>> NumbersAsync(IReadOnlyList<Guid> ids, DateOnly? knownOn) => ids.Count == 0
        ? Array.Empty<NumberOf>().ToLookup(n => n.DocumentId)
        : (await work.Db.QueryAsync<NumberOf>(
            """
            -- Validity/ListStatuses: the numbers of the documents of a page
            SELECT n.DocumentId, s.Kind, n.Text, n.IssuedOn, n.VoidedOn FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId IN @ids ORDER BY n.Id
            """,
            new { ids })).Where(n => knownOn is { } day ? n.IssuedOn <= day && !(n.VoidedOn <= day) : n.VoidedOn is null).ToLookup(n => n.DocumentId);

    /// <summary>Whether anything was recorded by a moment: the first process of a register is its first row.</summary>
    private async Task<bool> BegunAsync(DateTimeOffset moment) => await work.Db.QueryFirstOrDefaultAsync<DateTimeOffset?>(
        work.Db.Dialect.Page(
            """
            -- Validity/ListStatuses: when the register began
            SELECT At FROM Process ORDER BY Id
            """),
        new { Skip = 0, Take = 1 }) <= moment;

    private StatusLine Line(PublishedDocument document, IEnumerable<NumberOf> numbers, DateOnly on, DateTimeOffset? moment)
    {
        var (known, status) = (document.History.KnownOn(moment), document.Status(laws, on, moment));
        return new(
            document.Id, document.Title, document.IssuingBody, Number(NumberKind.Issue), Number(NumberKind.Registration), status, status.Name(), Domain.Validity.LastValidDay(known, on),
            // The day of entry into force decides before it comes, too; what else lies ahead does not.
            [.. known.Current.Where(f => f.LegalDate <= on || f.Kind == FactKind.InForce).Select(f => new StatusFact(f.Kind, f.Kind.Name(), f.LegalDate, f.Recorded, f.Value, f.Source))]);

        string? Number(NumberKind kind) => numbers.LastOrDefault(n => n.Kind == Kebab.Of(kind))?.Text;
    }

    private sealed record Filter(string Sql, DynamicParameters Args);

    private sealed record NumberOf
    {
        public required Guid DocumentId { get; init; }
        public required string Kind { get; init; }
        public required string Text { get; init; }
        public required DateOnly IssuedOn { get; init; }
        public DateOnly? VoidedOn { get; init; }
    }
}
