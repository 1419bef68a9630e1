using System.Globalization;

namespace Filing.Features.Drafting.Intake;

/// <summary>Proposes whether a paper belongs into the register, by who makes it and what it is called. The step of identification decides.</summary>
internal static class ScopeReader
{
    /// <summary>What the rules except, by the words of the title; the more special words first.</summary>
    private static readonly (string Word, string Ground)[] Exclusions =
    [
        ("工作要点", "工作要点属于工作部署"),
        ("工作安排", "工作安排属于工作部署"),
        ("工作计划", "工作计划属于工作部署"),
        ("工作方案", "工作方案属于工作部署"),
        ("实施方案", "实施方案一般属于工作部署"),
        ("行动方案", "行动方案一般属于工作部署"),
        ("任务分工", "任务分工属于工作部署"),
        ("应急预案", "应急预案属于除外文件"),
        ("发展规划", "专项规划属于除外文件"),
        ("会议纪要", "会议纪要属于内部公文"),
        ("纪要", "会议纪要属于内部公文"),
        ("任免", "人事任免属于内部事项"),
        ("任职", "人事任免属于内部事项"),
        ("免职", "人事任免属于内部事项"),
        ("表彰", "表彰奖励属于对具体事项的决定"),
        ("表扬", "表彰奖励属于对具体事项的决定"),
        ("嘉奖", "表彰奖励属于对具体事项的决定"),
        ("机构编制", "机构编制属于内部管理"),
        ("调整领导小组", "议事机构的组成属于内部管理"),
        ("成立领导小组", "议事机构的组成属于内部管理"),
        ("领导小组成员", "议事机构的组成属于内部管理"),
        ("值班", "内部工作制度"),
        ("资料汇编", "汇编不是单独的文件"),
    ];

    private static readonly string[] ExcludedGenres = ["请示", "报告", "批复", "函", "通报", "议案"];

    /// <summary>The proposal. The place is that of the words that decided, or of the title.</summary>
    public static Proposed<PaperScope> Read(Proposed<string>? title, Proposed<string>? enclosed, Proposed<string>? genre, Proposed<PaperKind>? kind, IReadOnlyList<Proposed<BodyName>> bodies, Flow text, TextPlace fallback)
    {
        var place = title?.Place ?? fallback;
        if (kind?.Value is PaperKind.PartyGovernmentJoint)
        {
            return new(PaperScope.OutsideRegister, kind.Place, kind.Sureness,
                "党委与政府联合制发的文件按党内规范性文件的渠道报备，不进入本登记簿。");
        }

        if (kind?.Value is PaperKind.Party)
            return new(PaperScope.OutsideRegister, kind.Place, kind.Sureness, "党的机关制发的文件适用党内规范性文件的规定，不进入本登记簿。");
        foreach (var named in new[] { enclosed, title })
        {
            if (named is null) continue;
            foreach (var (word, ground) in Exclusions)
            {
                if (!named.Value.Contains(word, StringComparison.Ordinal) || !Names(named.Value, word)) continue;
                var general = word is "实施方案" or "行动方案";
                return new(PaperScope.Excluded, named.Place, general ? Sureness.Guess : Sureness.Likely,
                    $"{ground}，在多数地方列入不作为规范性文件管理的范围（如粤府令第277号第三条、郑州市令第241号第三条），"
                    + (general ? "但其中如有涉及公民、法人和其他组织权利义务的规定，仍应认定为规范性文件。" : "请在认定时确认。"));
            }
        }

        if (genre is not null && Array.IndexOf(ExcludedGenres, genre.Value) >= 0)
            return new(PaperScope.Excluded, genre.Place, Sureness.Likely, $"文种为“{genre.Value}”，一般不普遍适用、不反复适用，请在认定时确认。");
        if (bodies.FirstOrDefault(body => body.Value.Kind == IssuerKind.LeadingGroupOffice) is { } group)
        {
            return new(PaperScope.Candidate, group.Place, Sureness.Guess,
                "制发机关是议事协调机构，一般不具有规范性文件制定主体资格（如湖南省规范性文件管理办法第五条），请先核实主体再认定。");
        }

        var duties = Duties(text.Text);
        return duties > 0
            ? new(PaperScope.Candidate, place, bodies.Count > 0 ? Sureness.Likely : Sureness.Guess,
                string.Create(CultureInfo.InvariantCulture, $"正文有 {duties} 处“应当”“必须”“不得”等规定，可能涉及权利义务并反复适用，请认定。"))
            : new(PaperScope.Candidate, place, Sureness.Guess, "未发现除外情形，请认定是否涉及权利义务、是否反复适用。");
    }

    /// <summary>The title is of that sort when it ends with the word, or for acts on persons when it contains it at all.</summary>
    private static bool Names(string title, string word) =>
        Genres.Of(word) is null || Genres.Bare(title).EndsWith(word, StringComparison.Ordinal) || title.Contains(word + "的通知", StringComparison.Ordinal)
        || title.Contains(word + "》", StringComparison.Ordinal);

    private static int Duties(string text)
    {
        var count = 0;
        foreach (var word in (string[])["应当", "必须", "不得"])
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal)) count++;
        return count;
    }
}
