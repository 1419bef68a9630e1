using Filing.Domain;
using Filing.Features.Registration;

namespace Filing.Features.Validity;

/// <summary>Whether a document may be a basis for administration on a day, and why.</summary>
/// <param name="Usable">It may.</param>
/// <param name="Reasons">Chinese sentences without a full stop: of what it lacks, or of what it has.</param>
public sealed record Basis(bool Usable, IReadOnlyList<string> Reasons);

/// <summary>
/// 可否作为行政管理的依据: it has to be in force, and, where the profile says so, to have gone through the three unifieds (郴政发〔2013〕2号 第十三项). What
/// was published before the profile's rules began is not measured by them.
/// </summary>
public static class BasisForAdministration
{
    /// <summary>The answer for a day.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="numbers">Its numbers, void ones included.</param>
    /// <param name="profile">The rules of its case.</param>
    /// <param name="on">The day.</param>
    /// <param name="knownOn">Only facts that were recorded up to this moment; null means as known now.</param>
    public static Basis Answer(FactHistory facts, IReadOnlyList<NumberRow> numbers, Profile profile, DateOnly on, DateTimeOffset? knownOn = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(profile);
        var known = facts.KnownOn(knownOn);
        var status = Domain.Validity.Status(known, on, null, profile.EvaluationLeadMonths.Value);
        var lacks = new List<string>();
        if (!status.IsValid()) lacks.Add($"{ChineseDate.Format(on)}的状态是“{status.Name()}”");
        var published = known.First(FactKind.Published)?.LegalDate;
        var earlier = published < profile.From;
        if (profile.BasisOnlyAfterThreeUnifieds.Value && !earlier) lacks.AddRange(Missing(known, numbers, profile, on));
        return lacks.Count > 0 ? new(false, lacks) : new(true,
        [
            $"{ChineseDate.Format(on)}的状态是“{status.Name()}”",
            .. profile.BasisOnlyAfterThreeUnifieds.Value
                ? [earlier ? $"公布于现行规则施行（{ChineseDate.Format(profile.From)}）之前，不以“三统一”为条件" : $"已经“三统一”（{profile.BasisOnlyAfterThreeUnifieds.Source}）"]
                : Array.Empty<string>(),
        ]);
    }

    private static IEnumerable<string> Missing(FactHistory facts, IReadOnlyList<NumberRow> numbers, Profile profile, DateOnly on)
    {
        foreach (var requirement in profile.RequiredBeforePublication.Value)
        {
            var (has, what) = requirement switch
            {
                PublicationRequirement.Registered => (facts.First(FactKind.Registered)?.LegalDate <= on, "统一登记"),
                PublicationRequirement.RegistrationNumber => (Stood(numbers, NumberKind.Registration, on), "统一登记号"),
                PublicationRequirement.IssueNumber => (Stood(numbers, NumberKind.Issue, on), "发文字号"),
            };
            if (!has) yield return $"没有{what}：{profile.BasisOnlyAfterThreeUnifieds.Source}";
        }
    }

    private static bool Stood(IEnumerable<NumberRow> numbers, NumberKind kind, DateOnly on) =>
        numbers.Any(n => n.Kind == Kebab.Of(kind) && n.IssuedOn <= on && (n.VoidedOn is not { } end || end > on));
}
