using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Registration;

/// <summary>
/// A series of numbers: what a body's numbers of one kind look like. Registration numbers, and issue numbers where this register gives them, are
/// counted in it; of external ones it is only the code (郴政发) under which they were found.
/// </summary>
internal sealed record NumberSeries
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public required string Pool { get; init; }
    public required Guid BodyId { get; init; }
    public required string Pattern { get; init; }

    public bool Owned => Pool == Kebab.Of(NumberPool.Owned);

    /// <summary>The series in which this register gives the numbers of a kind to a body; an error that names what the profile lacks.</summary>
    public static async Task<Result<NumberSeries>> OwnedAsync(Work work, Profile profile, NumberKind kind, Guid bodyId)
    {
        if (!(await PatternAsync(work, profile, kind, bodyId)).TryGet(out var found, out var error)) return error;
        var series = await PutAsync(work, kind, NumberPool.Owned, $"{Kebab.Of(kind)}:{found.Pattern}", bodyId, found.Pattern.Text, found.Source);
        return await TakenByOtherAsync(work, series, bodyId) ?? (Result<NumberSeries>)series;
    }

    /// <summary>The owned series of a kind for a body, were it to exist: for reading a number that was given elsewhere. Null where the profile has none.</summary>
    public static async Task<NumberPattern?> OwnedPatternAsync(Work work, Profile profile, NumberKind kind, Guid bodyId) =>
        PoolOf(profile, kind) == NumberPool.Owned && (await PatternAsync(work, profile, kind, bodyId)).TryGet(out var found, out _) ? found.Pattern : null;

    /// <summary>The series under which numbers are recorded that others give.</summary>
    public static Task<NumberSeries> ExternalAsync(Work work, NumberKind kind, string name, string pattern, Guid bodyId, string source) =>
        PutAsync(work, kind, NumberPool.External, $"{Kebab.Of(kind)}:{name}", bodyId, pattern, source);

    /// <summary>Who gives the numbers of a kind.</summary>
    public static NumberPool PoolOf(Profile profile, NumberKind kind) => kind switch
    {
        NumberKind.Registration => profile.RegistrationPool.Value,
        NumberKind.Issue => profile.IssuePool.Value,
        NumberKind.FilingReceipt => profile.ReceiptPattern is null ? NumberPool.External : NumberPool.Owned,
    };

    private static async Task<Result<(NumberPattern Pattern, string Source)>> PatternAsync(Work work, Profile profile, NumberKind kind, Guid bodyId)
    {
        var body = (await NumberedBody.LoadAsync(work, bodyId))!;
        Sourced<string>? pattern = kind switch
        {
            NumberKind.Registration => profile.RegistrationPattern,
            NumberKind.Issue => profile.IssuePatterns.Value.TryGetValue(body.Code, out var issue) ? new(issue, profile.IssuePatterns.Source, profile.IssuePatterns.Confidence) : null,
            NumberKind.FilingReceipt => profile.ReceiptPattern,
        };
        if (pattern is null)
            return Error.Refused("number.no-pattern", $"规则包“{profile.Name}”没有“{body.Name}”（{body.Code}）的{Name(kind)}式样，请规则管理员补充。");
        var parsed = NumberPattern.Parse(pattern.Value);
        var digits = profile.BodyDigits.Value.GetValueOrDefault(body.Code) ?? profile.KindDigits.Value.GetValueOrDefault(Kebab.Parse<BodyKind>(body.Kind));
        if (digits is null && parsed.Text.Contains("{body", StringComparison.Ordinal))
            return Error.Refused("number.no-body-digits", $"规则包“{profile.Name}”的机关编号数字表（numbering.bodyDigits）中没有“{body.Name}”（{body.Code}），请规则管理员补充。");
        return parsed.For(digits ?? "", body.ShortName).TryGet(out var filled, out var error) ? (filled, pattern.Source) : error;
    }

    private static async Task<Error?> TakenByOtherAsync(Work work, NumberSeries series, Guid bodyId)
    {
        if (series.BodyId == bodyId || await NumberedBody.LoadAsync(work, series.BodyId) is not { } other || other.ValidTo < work.Today) return null;
        return Error.Refused("number.body-digits-taken", $"编号序列“{series.Pattern}”已由“{other.Name}”使用，机关编号数字重复，请规则管理员更正。");
    }

    private static async Task<NumberSeries> PutAsync(Work work, NumberKind kind, NumberPool pool, string code, Guid bodyId, string pattern, string source)
    {
        await work.Db.InsertIfAbsentAsync(
            "Series", ["Code"], ["Id", "Kind", "Pool", "BodyId", "Pattern", "Source"],
            new { Code = code, Id = Work.NewId(), Kind = Kebab.Of(kind), Pool = Kebab.Of(pool), BodyId = bodyId, Pattern = pattern, Source = source });
        return (await work.Db.QuerySingleOrDefaultAsync<NumberSeries>(
            """
            -- Registration/NumberSeries: a series
            SELECT Id, Code, Kind, Pool, BodyId, Pattern FROM Series WHERE Code = @code
            """,
            new { code }))!;
    }

    private static string Name(NumberKind kind) => kind switch
    {
        NumberKind.Registration => "统一登记号",
        NumberKind.Issue => "发文字号",
        NumberKind.FilingReceipt => "备案登记号",
    };

    private sealed record NumberedBody
    {
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string ShortName { get; init; }
        public required string Kind { get; init; }
        public DateOnly? ValidTo { get; init; }

        public static Task<NumberedBody?> LoadAsync(Work work, Guid id) => work.Db.QuerySingleOrDefaultAsync<NumberedBody>(
            """
            -- Registration/NumberSeries: the body of a series
            SELECT Code, Name, ShortName, Kind, ValidTo FROM Body WHERE Id = @id
            """,
            new { id });
    }
}
