using Filing.Domain;
using Filing.Features.Registration;

namespace Filing.Features.Validity;

/// <summary>Whether a document may be a basis for administration on a day, and why.</summary>
/// <param name="Usable">It may.</param>
/// <param name="Reasons">Chinese sentences without a full stop: of what it lacks, or of what it has.</param>
public sealed record Basis(bool Usable, IReadOnlyList<string> Reasons);

/// <summary>
/// 可否作为行政管理的依据: it has to be in force, and, where the rules that governed its publication say so, to have gone through the three unifieds
/// (郴政发〔2013〕2号 第十三项).
/// </summary>
public static class BasisForAdministration
{
    /// <summary>The answer for a day.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="numbers">Its numbers, void ones included.</param>
    /// <param name="rules">The rules that governed its publication; null when there were none.</param>
    /// <param name="on">The day.</param>
    /// <param name="knownOn">Only facts that were recorded up to this moment; null means as known now.</param>
    public static Basis Answer(FactHistory facts, IReadOnlyList<NumberRow> numbers, Profile? rules, DateOnly on, DateTimeOffset? knownOn = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(numbers);
        var known = facts.KnownOn(knownOn);
        var status = Domain.Validity.Status(known, on);
        var lacks = new List<string>();
        if (!status.IsValid()) lacks.Add($"{ChineseDate.Format(on)}的状态是“{status.Name()}”");
        if (rules?.BasisOnlyAfterThreeUnifieds.Value == true) lacks.AddRange(Missing(known, numbers, rules, on));
        if (lacks.Count > 0) return new(false, lacks);
        return new(true,
        [
            $"{ChineseDate.Format(on)}的状态是“{status.Name()}”",
            rules is null ? "公布时本系统所载的规则尚未施行，不以“三统一”为条件"
                : rules.BasisOnlyAfterThreeUnifieds.Value ? $"已经“三统一”（{rules.BasisOnlyAfterThreeUnifieds.Source}）"
                : $"不以“三统一”为条件（{rules.BasisOnlyAfterThreeUnifieds.Source}）",
        ]);
    }

    private static IEnumerable<string> Missing(FactHistory facts, IReadOnlyList<NumberRow> numbers, Profile rules, DateOnly on)
    {
        foreach (var requirement in rules.RequiredBeforePublication.Value)
        {
            var (has, what) = requirement switch
            {
                PublicationRequirement.Registered => (facts.First(FactKind.Registered)?.LegalDate <= on, "统一登记"),
                PublicationRequirement.RegistrationNumber => (Stood(numbers, NumberKind.Registration, on), "统一登记号"),
                PublicationRequirement.IssueNumber => (Stood(numbers, NumberKind.Issue, on), "发文字号"),
            };
            if (!has) yield return $"没有{what}：{rules.BasisOnlyAfterThreeUnifieds.Source}";
        }
    }

    private static bool Stood(IEnumerable<NumberRow> numbers, NumberKind kind, DateOnly on) =>
        numbers.Any(n => n.Kind == Kebab.Of(kind) && n.IssuedOn <= on && (n.VoidedOn is not { } end || end > on));
}
