namespace Filing.Features.Drafting;

/// <summary>The words of <see cref="MaterialKind"/>.</summary>
public static class MaterialKinds
{
    /// <summary>The name that people see.</summary>
    public static string Chinese(this MaterialKind kind) => kind switch
    {
        MaterialKind.Text => "送审稿",
        MaterialKind.Explanation => "起草说明",
        MaterialKind.Basis => "制定依据",
        MaterialKind.Consultation => "征求意见材料",
        MaterialKind.DepartmentOpinion => "起草单位法制审核意见",
        MaterialKind.LegalityOpinion => "合法性审查意见书",
        MaterialKind.FairCompetition => "公平竞争审查结论",
        MaterialKind.Minutes => "会议纪要、讨论记录",
        MaterialKind.ProofOfPublication => "公布的证明",
        MaterialKind.FilingReport => "备案报告",
        MaterialKind.Research => "调研论证报告",
        MaterialKind.Interpretation => "解读",
        MaterialKind.OfficialText => "正式文本",
        MaterialKind.Evaluation => "评估报告",
        MaterialKind.Other => "其他",
    };
}
