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

internal sealed class ReadRegisterHandler(Work work, CaseFlow flow) : IRequestHandler<ReadRegister, Result<RegisterPage>>
{
    private const string From =
        """
        FROM Document d JOIN Body b ON b.Id = d.IssuingBodyId
          LEFT JOIN ElsewhereEntry e ON e.DocumentId = d.Id
          LEFT JOIN Fact r ON r.DocumentId = d.Id AND r.Kind = 'registered' AND NOT EXISTS (SELECT 1 FROM Fact x WHERE x.SupersedesId = r.Id)
        WHERE ((e.DocumentId IS NULL AND r.Id IS NOT NULL) OR e.State = 'confirmed')
          AND (@Everywhere = 1 OR EXISTS (SELECT 1 FROM DocumentParty p WHERE p.DocumentId = d.Id AND p.BodyId IN @Anchors AND (@Own = 0 OR p.Part <> 'superior')))
          AND (@Kind IS NULL OR d.Kind = @Kind) AND (@Origin IS NULL OR d.Origin = @Origin) AND (@Body IS NULL OR b.Code = @Body)
          AND (@Series IS NULL OR EXISTS (SELECT 1 FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = d.Id AND s.Code = @Series))
          AND (@Void = 0 OR EXISTS (SELECT 1 FROM Number n WHERE n.DocumentId = d.Id AND n.VoidedOn IS NOT NULL))
          AND (@First IS NULL OR (r.LegalDate >= @First AND r.LegalDate <= @Last))
          AND (@Like IS NULL OR d.Title LIKE @Like ESCAPE '\' OR EXISTS (SELECT 1 FROM Number n WHERE n.DocumentId = d.Id AND n.VoidedOn IS NULL AND n.Text LIKE @Like ESCAPE '\'))
        """;

    public async Task<Result<RegisterPage>> Handle(ReadRegister query, CancellationToken cancellationToken)
    {
        var on = query.On ?? work.Today;
        var args = new
        {
            Everywhere = Sight.All(work),
            Anchors = Sight.Anchors(work),
            Kind = query.Kind is { } kind ? Kebab.Of(kind) : null,
            Origin = query.Origin is { } origin ? Kebab.Of(origin) : null,
            query.Body,
            query.Series,
            query.Void,
            query.Own,
            First = query.Year is { } y ? new DateOnly(y, 1, 1) : (DateOnly?)null,
            Last = query.Year is { } z ? new DateOnly(z, 12, 31) : (DateOnly?)null,
            Like = Like(query.Text),
            Skip = (query.Page - 1) * query.Size,
            Take = query.Size,
        };
        var total = await work.Db.ScalarAsync<int>($"-- Registration/ReadRegister: how many\nSELECT COUNT(*) {From}", args);
        var rows = await work.Db.QueryAsync<Row>(work.Db.Dialect.Page(
            $"""
            -- Registration/ReadRegister: a page of the register
            SELECT d.Id, b.Name AS IssuingBody
            {From}
            ORDER BY r.LegalDate DESC, d.CreatedAt DESC, d.Id DESC
            """),
            args);
        var lines = new List<RegisterLine>(rows.Count);
        foreach (var row in rows) lines.Add(await LineAsync(row, on));
        return new RegisterPage(lines, total);
    }

    private async Task<RegisterLine> LineAsync(Row row, DateOnly on)
    {
        var file = (await flow.CaseAsync(row.Id)).Value;
        var (facts, numbers) = (file.History, await NumberRow.OfDocumentAsync(work.Db, row.Id));
        return new(
            row.Id, file.Title, file.Kind, file.Origin, row.IssuingBody, numbers.Standing(NumberKind.Registration)?.Text, numbers.Standing(NumberKind.Issue)?.Text,
            Day(FactKind.Signed), Day(FactKind.Registered), Day(FactKind.Published), Day(FactKind.InForce),
            Domain.Validity.LastValidDay(facts, on), Domain.Validity.Status(facts, on, null, file.Profile.EvaluationLeadMonths.Value),
            [.. numbers.Where(n => n.VoidedOn is not null)]);

        DateOnly? Day(FactKind kind) => facts.Latest(kind)?.LegalDate;
    }

    private static string? Like(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : "%" + text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal) + "%";

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string IssuingBody { get; init; }
    }
}
