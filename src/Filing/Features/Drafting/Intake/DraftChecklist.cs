using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// What a draft should say, each with the rule behind it and what was found. Numbers and the dates of signing and publication are not among it: a draft
/// has none yet.
/// </summary>
public static class DraftChecklist
{
    private const string Form = "党政机关公文处理工作条例第九条";

    /// <summary>The checklist of a draft.</summary>
    /// <param name="paper">What it says about itself.</param>
    /// <param name="profile">The rules under which its case would start.</param>
    public static IReadOnlyList<Check> Of(DocumentProposal paper, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(profile);
        var force = paper.Terms.Where(t => t.Value.Kind is TermClauseKind.FromIssue or TermClauseKind.FromDate or TermClauseKind.DaysAfterIssue).Select(t => t.Place.Quote).ToList();
        var term = paper.Terms.Where(t => t.Value.Kind is TermClauseKind.Years or TermClauseKind.UntilDate or TermClauseKind.LongTerm).Select(t => t.Place.Quote).ToList();
        var trial = paper.Terms.Any(t => t.Value.Kind == TermClauseKind.Trial);
        var law = trial ? profile.TrialTerm : profile.DefaultTerm;
        var bases = paper.Cited.Count(c => c.Value.IsBasis);
        return
        [
            new("标题", paper.Title is not null, paper.Title?.Value ?? "未识别出标题，请填写。", Form),
            new("制定机关", paper.Bodies.Count > 0, paper.Bodies.Count > 0 ? string.Join("、", paper.Bodies.Select(b => b.Value.Name)) : "未识别出制定机关，请选择。", Form),
            new("制定依据", bases > 0, bases > 0 ? $"开头引用 {bases} 件" : "开头没有写明依据，请补充或在下方列出。", "国办发〔2018〕115号：送审材料应当包括制定依据"),
            new("施行日期", force.Count > 0, force.Count > 0 ? string.Join("；", force) : "未写明施行日期。", $"公布后不少于 {profile.ForceAfterDays.Value} 日施行：{profile.ForceAfterDays.Source}"),
            new("有效期", term.Count > 0, term.Count > 0 ? string.Join("；", term) : $"未写明有效期；不写的，按规则为 {law.Value}。", $"{(trial ? "暂行、试行文件" : "规范性文件")}的有效期：{law.Source}"),
            new("主送机关", paper.Receivers.Count > 0, paper.Receivers.Count > 0 ? string.Join("，", paper.Receivers.Select(r => r.Value)) : "未见主送机关；公告、通告等普发文件可以没有。", Form, Want.Sometimes),
            new("公开方式", paper.Disclosure is not null, paper.Disclosure?.Value ?? "未写明；规范性文件应当主动公开。", "政府信息公开条例第二十条", Want.Sometimes),
        ];
    }
}
