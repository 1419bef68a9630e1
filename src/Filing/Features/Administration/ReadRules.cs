using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>规则: all profiles, with how many open cases each has within the rule keeper's reach.</summary>
[SignedIn]
public sealed record ReadRules : IQuery<IReadOnlyList<RulesLine>>;

/// <summary>A version of a profile.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">From 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Jurisdiction">Leading digits of the divisions that it governs; empty for all.</param>
/// <param name="From">The first day on which a case may start under it.</param>
/// <param name="To">The last; null while it stands.</param>
/// <param name="Open">How many open cases keep it; null for whoever does not keep rules.</param>
public sealed record RulesLine(string Id, int Version, string Name, string Jurisdiction, DateOnly From, DateOnly? To, int? Open);

/// <summary>规则全文: every rule of a profile, beside another one when it is compared.</summary>
/// <param name="Id">The profile.</param>
/// <param name="Version">Its version.</param>
/// <param name="With">Another profile: its id and version, e.g. <c>hunan-chenzhou 1</c>.</param>
[SignedIn]
public sealed record ReadRuleSheet(string Id, int Version, string? With = null) : IQuery<RuleComparison>;

/// <summary>The rules of a profile, or two beside one another.</summary>
/// <param name="Left">The profile.</param>
/// <param name="Right">The other; null when nothing is compared.</param>
/// <param name="Lines">The rules by their paths; of the other side null where it has none of that path.</param>
/// <param name="LeftCases">Titles of open cases that keep the profile, at most 50, within the rule keeper's reach.</param>
/// <param name="RightCases">The same of the other.</param>
public sealed record RuleComparison(RulesLine Left, RulesLine? Right, IReadOnlyList<ComparedRule> Lines, IReadOnlyList<string> LeftCases, IReadOnlyList<string> RightCases);

/// <summary>A rule on both sides.</summary>
/// <param name="Left">Here; null where it is only there.</param>
/// <param name="Right">There; null where it is only here, or nothing is compared.</param>
public sealed record ComparedRule(RuleLine? Left, RuleLine? Right)
{
    /// <summary>The rule that there is.</summary>
    public RuleLine Any => Left ?? Right!;

    /// <summary>True when the values differ; another source for the same value is no other rule.</summary>
    public bool Differs => Left?.Text != Right?.Text;
}

internal sealed class ReadRulesHandler(Work work, Laws laws) : IRequestHandler<ReadRules, Result<IReadOnlyList<RulesLine>>>
{
    public async Task<Result<IReadOnlyList<RulesLine>>> Handle(ReadRules query, CancellationToken cancellationToken)
    {
        var open = await RulesInUse.CountAsync(work);
        return laws.Profiles.OrderBy(p => p.Jurisdiction, StringComparer.Ordinal).ThenByDescending(p => p.From).Select(p => RulesInUse.Line(p, open)).ToArray();
    }
}

internal sealed class ReadRuleSheetHandler(Work work, Laws laws) : IRequestHandler<ReadRuleSheet, Result<RuleComparison>>
{
    public async Task<Result<RuleComparison>> Handle(ReadRuleSheet query, CancellationToken cancellationToken)
    {
        if (Find(query.Id, query.Version) is not { } left) return Error.NotFound("规则包");
        Profile? right = null;
        if (query.With is { Length: > 0 } with)
        {
            right = with.Split(' ') is [var id, var number] && int.TryParse(number, System.Globalization.NumberStyles.None, null, out var version) ? Find(id, version) : null;
            if (right is null) return Error.Invalid("rules.with", $"没有“{with}”这一规则包。", "with");
        }

        var open = await RulesInUse.CountAsync(work);
        var lines = RuleSheet.Of(left, laws).Select(l => new ComparedRule(l, null)).ToList();
        if (right is not null)
        {
            var others = RuleSheet.Of(right, laws).ToDictionary(l => l.Path);
            lines = [.. lines.Select(l => l with { Right = others.GetValueOrDefault(l.Left!.Path) }), .. others.Values.Where(o => !lines.Exists(l => l.Left!.Path == o.Path)).Select(o => new ComparedRule(null, o))];
        }

        return new RuleComparison(
            RulesInUse.Line(left, open), right is null ? null : RulesInUse.Line(right, open), lines,
            await RulesInUse.TitlesAsync(work, left), right is null ? [] : await RulesInUse.TitlesAsync(work, right));
    }

    private Profile? Find(string id, int version) => laws.Profiles.FirstOrDefault(p => p.Id == id && p.Version == version);
}

/// <summary>Which open cases keep a profile. A rule keeper learns it of the documents of his or her government; the command line of all, anybody else of none.</summary>
internal static class RulesInUse
{
    public static RulesLine Line(Profile p, IReadOnlyDictionary<(string, int), int>? open) =>
        new(p.Id, p.Version, p.Name, p.Jurisdiction, p.From, p.To, open is null ? null : open.GetValueOrDefault((p.Id, p.Version)));

    public static async Task<IReadOnlyDictionary<(string, int), int>?> CountAsync(Work work) => Reach(work) is not { } reach ? null : (await work.Db.QueryAsync<Row>(
        """
        -- Administration/ReadRules: open cases by profile
        SELECT c.ProfileId, c.ProfileVersion, COUNT(*) AS Cases FROM CaseFile c JOIN Document d ON d.Id = c.DocumentId
        WHERE c.ClosedAt IS NULL AND (@everywhere = 1 OR d.GovernmentId IN @governments) GROUP BY c.ProfileId, c.ProfileVersion
        """,
        reach)).ToDictionary(r => (r.ProfileId, r.ProfileVersion), r => r.Cases);

    public static async Task<IReadOnlyList<string>> TitlesAsync(Work work, Profile profile) => Reach(work) is not { } reach ? [] : await work.Db.QueryAsync<string>(
        work.Db.Dialect.Page(
            """
            -- Administration/ReadRules: titles of open cases of a profile
            SELECT d.Title FROM CaseFile c JOIN Document d ON d.Id = c.DocumentId
            WHERE c.ClosedAt IS NULL AND c.ProfileId = @Id AND c.ProfileVersion = @Version AND (@everywhere = 1 OR d.GovernmentId IN @governments) ORDER BY d.Id DESC
            """),
        new { profile.Id, profile.Version, reach.everywhere, reach.governments, Skip = 0, Take = 50 });

    private static Within? Reach(Work work) => work.Actor.Kind != ActorKind.Person ? new(1, [Guid.Empty])
        : MoveList.GovernmentsOf(work) is { Count: > 0 } governments ? new(0, governments) : null;

    private sealed record Within(int everywhere, IReadOnlyList<Guid> governments);

    private sealed record Row
    {
        public required string ProfileId { get; init; }
        public required int ProfileVersion { get; init; }
        public required int Cases { get; init; }
    }
}
