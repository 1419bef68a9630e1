using Dapper;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>登记簿: the registered documents that the reader may see, latest first, with what each is on a day.</summary>
/// <param name="Text">Part of the title or of a number.</param>
/// <param name="Year">Year of registration.</param>
/// <param name="Kind">Whose documents.</param>
/// <param name="Body">Code of the issuing body.</param>
/// <param name="Origin">Made here, or entered from elsewhere.</param>
/// <param name="On">The day for which the status is told; today when absent.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Lines of a page.</param>
/// <param name="Series">Code of a series in which the document has a number.</param>
/// <param name="Void">Only documents of which a number was voided.</param>
/// <param name="Own">Without what the reader sees only because a lower government files it.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadRegister(
    string? Text = null, int? Year = null, DocumentKind? Kind = null, string? Body = null, DocumentOrigin? Origin = null, DateOnly? On = null, int Page = 1, int Size = 50,
    string? Series = null, bool Void = false, bool Own = false)
    : IQuery<RegisterPage>;

/// <summary>A page of the register.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record RegisterPage(IReadOnlyList<RegisterLine> Lines, int Total);

/// <summary>A line of the register.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Title">The title.</param>
/// <param name="Kind">Whose document.</param>
/// <param name="Origin">Made here, or entered from elsewhere: 未经本系统审查.</param>
/// <param name="IssuingBody">制定机关.</param>
/// <param name="RegistrationNumber">统一登记号; null when it has none.</param>
/// <param name="IssueNumber">发文字号; null when it has none.</param>
/// <param name="Signed">签署日期.</param>
/// <param name="Registered">登记日期; null where a document from elsewhere has none.</param>
/// <param name="Published">公布日期.</param>
/// <param name="InForce">施行日期.</param>
/// <param name="LastValidDay">The last valid day; null when there is none.</param>
/// <param name="Status">What it is on the day.</param>
/// <param name="Void">Its numbers that were voided, with day and reason.</param>
public sealed record RegisterLine(
    Guid DocumentId, string Title, DocumentKind Kind, DocumentOrigin Origin, string IssuingBody, string? RegistrationNumber, string? IssueNumber,
    DateOnly? Signed, DateOnly? Registered, DateOnly? Published, DateOnly? InForce, DateOnly? LastValidDay, ValidityStatus Status, IReadOnlyList<NumberRow> Void);

internal sealed class ReadRegisterValidator : AbstractValidator<ReadRegister>
{
    public ReadRegisterValidator()
    {
        RuleFor(q => q.Page).InclusiveBetween(1, 1_000_000).WithMessage("页码有误。");
        RuleFor(q => q.Year).InclusiveBetween(1949, 2099).WithMessage("年份应为 1949 至 2099。");
        RuleFor(q => q.Size).InclusiveBetween(1, 200).WithMessage("每页应为 1 至 200 条。");
    }
}

internal sealed class ReadRegisterHandler(Work work, CaseFlow flow, KeptCounts kept) : IRequestHandler<ReadRegister, Result<RegisterPage>>
{
    // In the order of the index; what came from elsewhere without a registration stands at the end.
    private const string Registered =
        """
        FROM Fact r JOIN Document d ON d.Id = r.DocumentId
        WHERE r.Kind = 'registered' AND NOT EXISTS (SELECT 1 FROM Fact x WHERE x.SupersedesId = r.Id)
          AND (d.Origin <> 'elsewhere' OR EXISTS (SELECT 1 FROM ElsewhereEntry e WHERE e.DocumentId = d.Id AND e.State = 'confirmed'))
        """;

    private const string Unregistered =
        """
        FROM ElsewhereEntry e JOIN Document d ON d.Id = e.DocumentId
        WHERE e.State = 'confirmed' AND NOT EXISTS (SELECT 1 FROM Fact r WHERE r.DocumentId = d.Id AND r.Kind = 'registered')
        """;

    public async Task<Result<RegisterPage>> Handle(ReadRegister query, CancellationToken cancellationToken)
    {
        var (filter, args) = Filter(query);
        var year = query.Year is null ? "" : "AND r.LegalDate >= @First AND r.LegalDate <= @Last";
        var counts = await kept.OfAsync(
            $"register {Sight.Key(work)} {query with { On = null, Page = 1, Size = 1 }}",
            () => work.Db.QueryAsync<Counted>(
                $"""
                -- Registration/ReadRegister: how many
                SELECT 0 AS Part, COUNT(*) AS Documents {Registered} {filter} {year}
                UNION ALL SELECT 1 AS Part, COUNT(*) AS Documents {Unregistered} {filter}
                """,
                args),
            c => c.Sum(x => x.Documents));
        var (registered, rest) = (counts.Single(c => c.Part == 0).Documents, query.Year is null ? counts.Single(c => c.Part == 1).Documents : 0);
        var skip = (query.Page - 1) * query.Size;
        var ids = skip >= registered ? [] : (await PageAsync(
            $"""
            -- Registration/ReadRegister: a page of the register
            SELECT d.Id {Registered} {filter} {year} ORDER BY r.LegalDate DESC, r.DocumentId DESC, r.Id DESC
            """,
            skip,
            query.Size)).ToList();
        if (ids.Count < query.Size && rest > 0)
        {
            ids.AddRange(await PageAsync(
                $"""
                -- Registration/ReadRegister: a page of what was never registered
                SELECT d.Id {Unregistered} {filter} ORDER BY d.CreatedAt DESC, d.Id DESC
                """,
                Math.Max(0, skip - registered),
                query.Size - ids.Count));
        }

        var lines = new List<RegisterLine>(ids.Count);
        foreach (var id in ids) lines.Add(await LineAsync(id, query.On ?? work.Today));
        return new RegisterPage(lines, registered + rest);

        async Task<IReadOnlyList<Guid>> PageAsync(string sql, int from, int take)
        {
            args.With(new { Skip = from, Take = take });
            return await work.Db.QueryAsync<Guid>(work.Db.Dialect.Page(sql), args);
        }
    }

    /// <summary>The conditions that are asked for, each beginning with AND, and their parameters.</summary>
    private (string Filter, DynamicParameters Args) Filter(ReadRegister query)
    {
        var args = Gathered.Of(new
        {
            Anchors = Sight.Anchors(work),
            Kind = query.Kind is { } kind ? Kebab.Of(kind) : null,
            Origin = query.Origin is { } origin ? Kebab.Of(origin) : null,
            query.Body,
            query.Series,
            First = query.Year is { } y ? new DateOnly(y, 1, 1) : (DateOnly?)null,
            Last = query.Year is { } z ? new DateOnly(z, 12, 31) : (DateOnly?)null,
            Like = Like(query.Text),
        });
        // Sets where few are meant, questions of each document where many are.
        var filter = string.Concat(
            Sight.All(work) ? "" : $" AND EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors{(query.Own ? " AND p.Part <> 'superior'" : "")})",
            query.Kind is null ? "" : " AND d.Kind = @Kind",
            query.Origin is null ? "" : " AND d.Origin = @Origin",
            query.Body is null ? "" : " AND d.IssuingBodyId IN (SELECT b.Id FROM Body b WHERE b.Code = @Body)",
            query.Series is null ? "" : " AND EXISTS (SELECT 1 FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = d.Id AND s.Code = @Series)",
            query.Void ? " AND d.Id IN (SELECT n.DocumentId FROM Number n WHERE n.VoidedOn IS NOT NULL)" : "",
            string.IsNullOrWhiteSpace(query.Text) ? ""
                : @" AND d.Id IN (SELECT t.Id FROM Document t WHERE t.Title LIKE @Like ESCAPE '\' UNION SELECT n.DocumentId FROM Number n WHERE n.VoidedOn IS NULL AND n.Text LIKE @Like ESCAPE '\')");
        return (filter, args);
    }

    private async Task<RegisterLine> LineAsync(Guid id, DateOnly on)
    {
        var file = (await flow.CaseAsync(id)).Value;
        var (facts, numbers) = (file.History, await NumberRow.OfDocumentAsync(work.Db, id));
        var issuing = await work.Db.QueryFirstOrDefaultAsync<string>(
            """
            -- Registration/ReadRegister: the issuing body
            SELECT Name FROM Body WHERE Id = @IssuingBodyId
            """,
            new { file.IssuingBodyId });
        return new(
            id, file.Title, file.Kind, file.Origin, issuing!, numbers.Standing(NumberKind.Registration)?.Text, numbers.Standing(NumberKind.Issue)?.Text,
            Day(FactKind.Signed), Day(FactKind.Registered), Day(FactKind.Published), Day(FactKind.InForce),
            Domain.Validity.LastValidDay(facts, on), Domain.Validity.Status(facts, on, null, file.Profile.EvaluationLeadMonths.Value),
            [.. numbers.Where(n => n.VoidedOn is not null)]);

        DateOnly? Day(FactKind kind) => facts.Latest(kind)?.LegalDate;
    }

    private static string? Like(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : "%" + text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal) + "%";

    private sealed record Counted
    {
        public required int Part { get; init; }
        public required int Documents { get; init; }
    }
}
