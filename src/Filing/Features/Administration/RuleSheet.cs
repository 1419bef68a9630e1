using Filing.Activities;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;

namespace Filing.Features.Administration;

/// <summary>A rule as an officer reads it.</summary>
/// <param name="Path">Where it stands in the file, e.g. <c>validity.default</c>.</param>
/// <param name="Section">The part of the rules.</param>
/// <param name="Name">What is ruled.</param>
/// <param name="Text">How, in Chinese.</param>
/// <param name="Source">The paper and its article.</param>
/// <param name="Confidence">How sure it is.</param>
public sealed record RuleLine(string Path, string Section, string Name, string Text, string Source, Confidence Confidence);

/// <summary>A profile written out for people: every rule with its value in words, its source and how sure it is.</summary>
internal sealed class RuleSheet
{
    private readonly List<RuleLine> _lines = [];
    private string _section = "";

    private RuleSheet()
    {
    }

    /// <summary>The rules of a profile, in the order of a document's life.</summary>
    public static IReadOnlyList<RuleLine> Of(Profile profile, Laws laws)
    {
        var sheet = new RuleSheet();
        sheet.Making(profile);
        sheet.Issuing(profile);
        sheet.After(profile);
        sheet.Order(profile, laws);
        return sheet._lines;
    }

    private void Making(Profile p)
    {
        _section = "认定与起草";
        Add("identification.excluded", "不属于规范性文件的情形", p.Excluded, Texts);
        Add("drafting.researchFirst", "先行调研论证", p.ResearchFirst, Must);
        Add("consultation.publicRequired", "公开征求意见", p.PublicConsultation, Must);
        Add("consultation.publicMinimumDays", "公开征求意见最短天数", p.PublicConsultationDays, d => $"{d} 日");
        _section = "合法性审查";
        Add("review.aspects", "审查的方面", p.ReviewAspects, a => Texts(a.Select(x => x.Chinese())));
        Add("review.forbidden", "不得设定的事项", p.Forbidden, Texts);
        Add("review.materials", "送审材料", p.ReviewMaterials, m => Texts(m.Select(MaterialName)));
        Add("review.fairCompetition", "公平竞争审查结论", p.FairCompetition, Must);
        Add("review.opinionNotFollowed", "未采纳审查意见", p.OpinionNotFollowed, g => g == OpinionGate.Block ? "不得签发" : "说明理由后方可签发");
        _section = "签发";
        Add("signing.levels", "签发层级", p.SignatureLevels, Texts);
    }

    private void Issuing(Profile p)
    {
        _section = "登记、编号、公布";
        Add("registration.required", "公布之前必须具备", p.RequiredBeforePublication, r => Texts(r.Select(x => x switch
        {
            PublicationRequirement.Registered => "统一登记",
            PublicationRequirement.RegistrationNumber => "统一登记号",
            _ => "发文字号",
        })));
        Add("registration.basisOnlyAfterThreeUnifieds", "缺少上列各项的能否作为行政管理依据", p.BasisOnlyAfterThreeUnifieds, no => no ? "不能" : "能");
        Add("numbering.registrationPattern", "统一登记号式样", p.RegistrationPattern, t => t);
        Add("numbering.registrationPool", "统一登记号的编排", p.RegistrationPool, Pool);
        Add("numbering.issuePool", "发文字号的编排", p.IssuePool, Pool);
        Add("numbering.bodyDigits", "机关编号数字", p.BodyDigits, Table);
        Add("numbering.kindDigits", "各类机关编号数字", p.KindDigits, t => Texts(t.Select(k => $"{k.Key.Chinese()} {k.Value}")));
        Add("numbering.issuePatterns", "发文字号式样", p.IssuePatterns, Table);
        Add("publication.carriers", "公布载体", p.Carriers, Texts);
        Add("publication.clockCarrier", "起算报备期限的载体", p.ClockCarrier, t => t);
        Add("publication.interpretation", "与解读一同公布", p.Interpretation, Must);
    }

    private void After(Profile p)
    {
        _section = "施行与有效期";
        Add("validity.forceAfterDays", "公布至施行最短天数", p.ForceAfterDays, d => $"{d} 日");
        Add("validity.earlyForce", "提前施行又不说明理由", p.EarlyForce, g => g == EarlyForceGate.Block ? "不得公布" : "提示后可以公布");
        Add("validity.default", "未定有效期的文件的有效期", p.DefaultTerm, l => $"{l}");
        Add("validity.trial", "暂行、试行文件最长有效期", p.TrialTerm, l => $"{l}");
        Add("validity.base", "有效期起算", p.TermBase, f => $"{f.Name()}之日");
        Add("validity.endConvention", "有效期末日", p.TermEnd, c => c == TermEndConvention.SameDay ? "对应日当日" : "对应日的前一日");
        Add("validity.evaluationLeadMonths", "届满前评估", p.EvaluationLeadMonths, m => $"提前 {m} 个月");
        _section = "备案";
        Add("filing.appliesTo", "报上一级政府备案的文件", p.FilingAppliesTo, k => Texts(k.Select(x => x.Chinese())));
        Add("filing.counts", "是否按期以何为准", p.FilingCounts, c => c == FilingCounts.Sent ? "报送之日" : "收到之日");
        Add("filing.materials", "备案材料", p.FilingMaterials, m => Texts(m.Select(MaterialName)));
        if (p.ReceiptPattern is { } receipt) Add("filing.receiptPattern", "备案登记号式样", receipt, t => t);
    }

    private void Order(Profile p, Laws laws)
    {
        _section = "期限";
        var labels = laws.AllDefinitions.SelectMany(d => d.Nodes).Where(n => n.Type == ActivityTypes.HumanTask && n.Text("limit") is not null).GroupBy(n => n.Text("limit")!).ToDictionary(g => g.Key, g => g.First().Name);
        foreach (var limit in p.Limits.Values.OrderBy(l => l.Name, StringComparer.Ordinal))
        {
            var least = limit.Least is { } days ? $"，不少于 {days} 个{(limit.Limit!.Kind == DayKind.Working ? "工作日" : "日")}" : "";
            _lines.Add(new($"limits.{limit.Name}", _section, labels.GetValueOrDefault(limit.Name, limit.Name), limit.Limit is { } length ? $"{length}{least}" : "来源未规定期限", limit.Source, limit.Confidence));
        }

        _section = "岗位与次序";
        foreach (var (task, place) in p.Places.OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            var name = task.Split('.') is [var kind, var own] && Kebab.TryParse<DocumentKind>(kind, out var of) ? $"{of.Chinese()}：{TaskWords.Of(own)}" : TaskWords.Of(task);
            Add($"places.{task}", name, place, v => $"{v.Place.Chinese()}{v.Role.Chinese()}");
        }

        Add("precedence", "先后次序", p.Precedence, t => Texts(t.Select(r => $"{TaskWords.Of(r.Key)}在{string.Join("或", r.Value.Select(o => TaskWords.Of(o.Split(':')[0])).Distinct())}之后")));
    }

    private void Add<T>(string path, string name, Sourced<T> value, Func<T, string> text) => _lines.Add(new(path, _section, name, text(value.Value), value.Source, value.Confidence));

    private static string Texts(IEnumerable<string> all) => string.Join("、", all) is { Length: > 0 } text ? text : "无";

    private static string Table(IReadOnlyDictionary<string, string> table) => Texts(table.Select(b => $"{b.Key} {b.Value}"));

    private static string Must(bool must) => must ? "必须" : "不要求";

    private static string Pool(NumberPool pool) => pool == NumberPool.Owned ? "由本系统编排" : "由办公系统编排，本系统记录";

    private static string MaterialName(string code) => Kebab.TryParse<MaterialKind>(code, out var kind) ? kind.Chinese() : code;
}
