using Filing.Audit;
using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Registration;

/// <summary>核查编号序列: of each year of the series that the reader sees, whether each number from the opening on is there exactly once, and which are void.</summary>
/// <param name="Body">Code of the body; all when absent.</param>
[Needs(Function.ReadDocuments)]
public sealed record CheckSeries(string? Body = null) : IQuery<IReadOnlyList<SeriesVerdict>>;

/// <summary>A year of a series, and whether its numbers are in order.</summary>
/// <param name="Code">The code of the series.</param>
/// <param name="Kind">Which number of a paper.</param>
/// <param name="Pool">Given here, or by others and recorded.</param>
/// <param name="BodyCode">Code of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="Pattern">How the numbers are written.</param>
/// <param name="Year">The year.</param>
/// <param name="Opening">The first serial given here; null for numbers that others give.</param>
/// <param name="Issued">How many stand.</param>
/// <param name="Imported">How many were entered from before the opening.</param>
/// <param name="Voided">Those that are void.</param>
/// <param name="Next">The next serial; null for numbers that others give.</param>
/// <param name="NextText">The next number as it will be written; null for numbers that others give.</param>
/// <param name="Gapless">True where each serial from the opening on is there exactly once, issued or void; null where others give the numbers and gaps are no fault.</param>
/// <param name="Faults">What is wrong, in Chinese; fifty at most.</param>
/// <param name="Faulty">How many things are wrong.</param>
public sealed record SeriesVerdict(
    string Code, NumberKind Kind, NumberPool Pool, string BodyCode, string Body, string Pattern, int Year, int? Opening, int Issued, int Imported, IReadOnlyList<VoidNumberLine> Voided, int? Next,
    string? NextText, bool? Gapless, IReadOnlyList<string> Faults, int Faulty)
{
    /// <summary>True where something is wrong with it, of whichever pool.</summary>
    public bool Broken => Faulty > 0;
}

/// <summary>A number that was taken back.</summary>
/// <param name="Text">The number.</param>
/// <param name="By">By whom.</param>
/// <param name="On">When.</param>
/// <param name="Reason">Why.</param>
public sealed record VoidNumberLine(string Text, string? By, DateOnly On, string? Reason);

internal sealed class CheckSeriesValidator : AbstractValidator<CheckSeries>
{
    public CheckSeriesValidator() =>
        RuleFor(q => q.Body).NotEmpty().When(q => q.Body is not null).WithMessage("请写明机关代码。").MaximumLength(50).WithMessage("机关代码不能超过 50 字。");
}

internal sealed class CheckSeriesHandler(Work work) : IRequestHandler<CheckSeries, Result<IReadOnlyList<SeriesVerdict>>>
{
    public async Task<Result<IReadOnlyList<SeriesVerdict>>> Handle(CheckSeries query, CancellationToken cancellationToken)
    {
        if (query.Body is { } code && await UnknownAsync(code)) return Error.Invalid("body.unknown", $"没有代码为“{code}”的机关。", "body");
        var years = await ReadSeriesHandler.YearsAsync(work);
        var faults = (await TableChecks.NumberFaultsAsync(work.Db, _ => { })).ToLookup(f => (f.SeriesId, f.Year), f => f.Row);
        var voided = (await work.Db.QueryAsync<VoidRow>(
            """
            -- Registration/CheckSeries: every number that was taken back
            SELECT SeriesId, Year, Text, VoidedBy, VoidedOn, VoidReason FROM Number WHERE VoidedOn IS NOT NULL ORDER BY Year, Serial
            """)).ToLookup(v => (v.SeriesId, v.Year), v => new VoidNumberLine(v.Text, v.VoidedBy, v.VoidedOn, v.VoidReason));
        return years.Where(y => query.Body is null || y.BodyCode == query.Body).Select(y =>
        {
            var (wrong, pool) = (faults[(y.SeriesId, y.Year)].ToList(), Kebab.Parse<NumberPool>(y.Pool));
            return new SeriesVerdict(
                y.Code, Kebab.Parse<NumberKind>(y.Kind), pool, y.BodyCode, y.Body, y.Pattern, y.Year, y.Opening, y.Issued, y.Imported, [.. voided[(y.SeriesId, y.Year)]], y.Next, y.NextText,
                pool == NumberPool.Owned ? wrong.Count == 0 : null, [.. wrong.Take(Verdict.Most)], wrong.Count);
        }).ToList();
    }

    private async Task<bool> UnknownAsync(string code) => await work.Db.ScalarAsync<int>(
        """
        -- Registration/CheckSeries: a body
        SELECT COUNT(*) FROM Body WHERE Code = @code
        """,
        new { code }) == 0;

    private sealed record VoidRow
    {
        public required Guid SeriesId { get; init; }
        public required int Year { get; init; }
        public required string Text { get; init; }
        public string? VoidedBy { get; init; }
        public required DateOnly VoidedOn { get; init; }
        public string? VoidReason { get; init; }
    }
}
