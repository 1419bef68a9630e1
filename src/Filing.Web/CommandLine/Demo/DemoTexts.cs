using Filing.Domain;
using Filing.Features.LegalityReview;

namespace Filing.Web.CommandLine.Demo;

/// <summary>A paper of the demonstration: what it is called, who looks after it, and its words in each version.</summary>
/// <param name="Subject">What it is about; begins with a verb in a notice.</param>
/// <param name="Genre">办法, 细则, 规定, 通知, 通告, 意见 and what stands before and after.</param>
/// <param name="Law">The law on which it rests.</param>
/// <param name="Government">Whose place it is for.</param>
/// <param name="Department">The department that looks after it.</param>
/// <param name="Issued">Whether that department issues it itself.</param>
internal sealed record DemoPaper(string Subject, string Genre, string Law, DemoGovernment Government, DemoDepartment Department, bool Issued)
{
    private static readonly (string Forbidden, string Clause, string Amended, string Finding)[] Flaws =
    [
        ("收费", "办理前条规定事项的，每件收取服务费50元。", "办理前条规定事项，不收取费用。", "没有法律、法规依据，不得以规范性文件设定收费，应当删去。"),
        ("许可", "从事前条规定活动的，应当事先取得{0}核发的准入证。", "从事前条规定活动的，应当遵守有关法律、法规的规定。", "不得以规范性文件设定行政许可，应当删去取得准入证的要求。"),
        ("处罚", "违反前条规定的，由{0}处500元以上2000元以下罚款。", "违反前条规定的，由{0}依照有关法律、法规处理。", "不得以规范性文件设定行政处罚，应当依照上位法的规定表述。"),
        ("违法增加义务", "有关单位应当每月向{0}报送台账，逾期不报的不予办理其他事项。", "有关单位可以向{0}咨询办理程序。", "没有上位法依据，不得增加公民、法人和其他组织的义务。"),
    ];

    /// <summary>The title.</summary>
    public string Title => IsRule ? $"{Government.Place}{Subject}{Genre}" : $"{Issuer}关于{Subject}的{Genre}";

    /// <summary>暂行 or 试行.</summary>
    public bool IsTrial => ValidityTerm.IsTrialTitle(Title);

    private bool IsRule => Genre[^1] is '法' or '则' or '定' or '）';

    private string Issuer => Issued ? Department.Name : Government.Name;

    /// <summary>办法, 细则, 规定: what it calls itself.</summary>
    private string Word => Genre.Contains("细则", StringComparison.Ordinal) ? "细则" : Genre.Contains("规定", StringComparison.Ordinal) ? "规定" : Genre.Contains("办法", StringComparison.Ordinal) ? "办法" : Genre;

    private string Owner => Government.Code == "CZ" ? Department.Short : $"{Government.Rank}{Department.Area}主管部门";

    private string About => Subject[..2] is "促进" or "规范" or "加强" or "做好" ? Subject : $"规范{Subject}工作";

    /// <summary>Which of the clauses stands in the draft that goes to review.</summary>
    /// <param name="flaw">Any number.</param>
    public FindingText Finding(int flaw) =>
        new(ReviewAspect.Power, Flaws[flaw % Flaws.Length].Finding, true, IsRule ? "第五条" : "第三项", Flaws[flaw % Flaws.Length].Forbidden);

    /// <summary>The body text.</summary>
    /// <param name="flaw">The clause to which the review objects; null in a draft without one.</param>
    /// <param name="amended">The clause as it was amended.</param>
    /// <param name="years">Its term.</param>
    public string Text(int? flaw, bool amended, int years)
    {
        var (_, clause, after, _) = Flaws[(flaw ?? 0) % Flaws.Length];
        var fifth = (flaw is null || amended ? after : clause).Replace("{0}", Owner, StringComparison.Ordinal);
        return IsRule
            ? $"""
              第一条 为了{About}，根据《{Law}》等规定，结合本{Government.Rank}实际，制定本{Word}。
              第二条 本{Government.Rank}行政区域内与{Subject}有关的活动及其监督管理，适用本{Word}。
              第三条 {Owner}负责组织实施本{Word}，其他有关部门按照各自职责做好相关工作。
              第四条 {Owner}应当公开办理本{Word}规定事项的条件、程序和时限，接受社会监督。
              第五条 {fifth}
              第六条 工作人员在执行本{Word}中滥用职权、玩忽职守、徇私舞弊的，依法给予处分。
              第七条 本{Word}自公布之日起30日后施行，有效期{years}年。
              """
            : $"""
              {Receivers}：
              为了{About}，根据《{Law}》等规定，现{(Word is "通知" or "通告" ? $"就有关事项{Word}如下" : "提出以下意见")}：
              一、明确职责。{Owner}负责组织实施，有关单位应当按照各自职责密切配合。
              二、规范程序。办理有关事项的条件、程序和时限应当向社会公开。
              三、{fifth}
              四、加强监督。对违反法律、法规的行为，依法处理。
              五、本{(Word is "通知" or "通告" ? Word : "意见")}自公布之日起30日后施行，有效期{years}年。
              """;
    }

    private string Receivers => Genre == "通告" ? "各有关单位、广大群众" : Issued ? $"各县市区{Department.Area}主管部门，各有关单位" : "各县市区人民政府，市直各有关单位";
}
