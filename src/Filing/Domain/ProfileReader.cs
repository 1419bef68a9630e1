using System.Text.Json;
using System.Text.Json.Nodes;

namespace Filing.Domain;

/// <summary>
/// Reads a profile, whose shape for editors is docs/schemas/profile.json. Whatever is wrong is named by file, path and reason, and stops the start; so
/// is a name that means nothing here, because a misspelt rule would be left out without a word.
/// </summary>
public static class ProfileReader
{
    /// <summary>What a definition is named for: each kind of document, and <c>elsewhere</c> for 补录.</summary>
    private static readonly string[] Followed = [.. Enum.GetValues<DocumentKind>().Select(Kebab.Of), "elsewhere"];

    /// <summary>What holds in every profile: reviewed before decided, decided before signed, signed before numbered, numbered before published.</summary>
    private static readonly Sourced<IReadOnlyDictionary<string, IReadOnlyList<string>>> Always = new(
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["decide"] = ["review:Concluded"],
            ["decide-by-head"] = ["review:Concluded"],
            ["sign"] = ["decide:Adopted", "decide-by-head:Adopted", "confirm-changes:Confirmed"],
            ["number"] = ["sign:Signed"],
            ["publish"] = ["number:Numbered"],
        },
        "规则包未列先后次序，系统暂定",
        Confidence.Assumed);

    /// <summary>Reads a profile that inherits nothing.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="LawDataException">The profile cannot be read; the message says where and why.</exception>
    public static Profile Read(string json, string file)
    {
        var texts = new ProfileTexts();
        var (head, _) = texts.Add(json, file);
        return texts.Read(head.Id, head.Version);
    }

    /// <summary>Reads a profile with all that it inherits.</summary>
    /// <param name="whole">Its content.</param>
    /// <param name="file">The name of its own file, for messages.</param>
    /// <param name="from">Which file a part comes from, by path, where it is another.</param>
    internal static Profile Read(JsonObject whole, string file, IReadOnlyDictionary<string, string> from)
    {
        using var document = JsonDocument.Parse(whole.ToJsonString());
        var root = new LawNode(document.RootElement, file, from);
        root.Optional("$schema")?.Text();
        if (root.Optional("abstract")?.Flag() == true) throw root["abstract"].Wrong("只供其他规则包继承，自身不适用于任何文件");
        var profile = Read(root);
        root.RefuseUnasked();
        return profile;
    }

    private static Profile Read(LawNode root)
    {
        var validity = root["validity"];
        var profile = new Profile
        {
            Id = root["id"].Text(),
            Version = root["version"].Number(1, 9999),
            Name = root["name"].Text(),
            Jurisdiction = root["jurisdiction"].DivisionPrefix(),
            From = root["from"].Date(),
            To = root.Optional("to")?.Date(),
            Definitions = Followed.ToDictionary(kind => kind, kind => root["definitions"][kind].Text()),
            Excluded = root["identification"]["excluded"].Sourced(v => v.Texts()),
            ResearchFirst = root.Optional("drafting")?.Optional("researchFirst")?.Sourced(v => v.Flag()) ?? new(false, "规则包未列调研论证", Confidence.Assumed),
            PublicConsultation = root["consultation"]["publicRequired"].Sourced(v => v.Flag()),
            PublicConsultationDays = root["consultation"]["publicMinimumDays"].Sourced(v => v.Number(1, 365)),
            ReviewAspects = root["review"]["aspects"].Sourced(v => v.Codes<ReviewAspect>()),
            Forbidden = root["review"]["forbidden"].Sourced(v => v.Texts()),
            ReviewMaterials = root["review"].Optional("materials")?.Sourced(v => v.Texts())
                ?? new(["text", "explanation", "basis", "consultation", "department-opinion"], "规则包未列送审材料，系统暂定", Confidence.Assumed),
            FairCompetition = root["review"].Optional("fairCompetition")?.Sourced(v => v.Flag()) ?? new(false, "规则包未列公平竞争审查", Confidence.Assumed),
            OpinionNotFollowed = root["review"]["opinionNotFollowed"].Sourced(v => v.Code<OpinionGate>()),
            SignatureLevels = root["signing"]["levels"].Sourced(v => v.Texts()),
            RequiredBeforePublication = root["registration"]["required"].Sourced(v => v.Codes<PublicationRequirement>()),
            BasisOnlyAfterThreeUnifieds = root["registration"]["basisOnlyAfterThreeUnifieds"].Sourced(v => v.Flag()),
            RegistrationPattern = root["numbering"]["registrationPattern"].Sourced(v => v.Pattern()),
            RegistrationPool = root["numbering"]["registrationPool"].Sourced(v => v.Code<NumberPool>()),
            IssuePool = root["numbering"]["issuePool"].Sourced(v => v.Code<NumberPool>()),
            BodyDigits = root["numbering"].Optional("bodyDigits")?.Sourced(v => v.Table(n => n, m => m.Digits()))
                ?? new(new Dictionary<string, string>(), "规则包未列机关编号数字", Confidence.Assumed),
            KindDigits = root["numbering"].Optional("kindDigits")?.Sourced(v => v.Table(KindOf(v), m => m.Digits()))
                ?? new(new Dictionary<BodyKind, string>(), "规则包未列机关编号数字", Confidence.Assumed),
            IssuePatterns = root["numbering"].Optional("issuePatterns")?.Sourced(v => v.Table(n => n, m => m.Pattern()))
                ?? new(new Dictionary<string, string>(), "规则包未列发文字号式样", Confidence.Assumed),
            Carriers = root["publication"]["carriers"].Sourced(v => v.Texts()),
            ClockCarrier = root["publication"]["clockCarrier"].Sourced(v => v.Text()),
            Interpretation = root["publication"].Optional("interpretation")?.Sourced(v => v.Flag()) ?? new(false, "规则包未列解读", Confidence.Assumed),
            DefaultTerm = validity["default"].Sourced(v => v.Limit()),
            TrialTerm = validity["trial"].Sourced(v => v.Limit()),
            TermBase = validity["base"].Sourced(v => v.Code<FactKind>()),
            TermEnd = validity["endConvention"].Sourced(v => v.Code<TermEndConvention>()),
            EvaluationLeadMonths = validity["evaluationLeadMonths"].Sourced(v => v.Number(0, 60)),
            ForceAfterDays = validity.Optional("forceAfterDays")?.Sourced(v => v.Number(0, 365)) ?? new(30, "规则包未定施行间隔，系统暂定", Confidence.Assumed),
            EarlyForce = validity.Optional("earlyForce")?.Sourced(v => v.Code<EarlyForceGate>()) ?? new(EarlyForceGate.Warn, "规则包未定提前施行的处理，系统暂定", Confidence.Assumed),
            FilingCounts = root["filing"]["counts"].Sourced(v => v.Code<FilingCounts>()),
            FilingAppliesTo = root["filing"]["appliesTo"].Sourced(v => v.Codes<DocumentKind>()),
            FilingMaterials = root["filing"]["materials"].Sourced(v => v.Texts()),
            ReceiptPattern = root["filing"].Optional("receiptPattern")?.Sourced(v => v.Pattern()),
            Precedence = root.Optional("precedence")?.Sourced(v => v.Table(n => n, m => m.Outcomes())) ?? Always,
            Places = root["places"].Members().ToDictionary(m => m.Name, m => m.Node.Sourced(v => (v["role"].Code<Role>(), v["place"].Code<Place>()))),
            Limits = root["limits"].Members().ToDictionary(m => m.Name, m => m.Node.ProfileLimit(m.Name)),
        };
        Check(profile, root);
        return profile;
    }

    private static Func<string, BodyKind> KindOf(LawNode at) => name => Kebab.TryParse(name, out BodyKind kind) ? kind : throw at.Wrong($"“{name}”不是已知的机关种类");

    private static void Check(Profile profile, LawNode root)
    {
        if (profile.To is { } to && to < profile.From) throw root["to"].Wrong("截止日期早于起始日期");
        if (profile.TermBase.Value is not (FactKind.Published or FactKind.InForce)) throw root["validity"]["base"].Wrong("只能是 published 或 in-force");
        if (profile.SignatureLevels.Value.Count == 0) throw root["signing"]["levels"].Wrong("至少要有一级签发");
        if (!profile.Carriers.Value.Contains(profile.ClockCarrier.Value)) throw root["publication"]["clockCarrier"].Wrong("不在公布载体之列");
    }
}
