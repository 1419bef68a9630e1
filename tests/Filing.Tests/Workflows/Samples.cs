namespace Filing.Tests.Workflows;

/// <summary>Definitions of the size and shape that real ones have, to draw and to walk.</summary>
internal static class Samples
{
    /// <summary>A government's document from drafting to filing, in the order of Hunan's rules.</summary>
    public const string Document = """
        start : start
        draft 起草 : task
        consult 征求意见 : task
        identify 送审认定 : task(Normative,NotNormative,OtherChannel)
        notNormative 不是规范性文件 : end
        other 转其他程序 : end
        review 合法性审查 : task(Lawful,Amend,Refused)
        refused 不予通过 : end
        amend 修改落实 : task
        decide 集体讨论决定 : task(Passed,InPrinciple,Again,Rejected)
        rejected 不通过 : end
        sign 签发 : task
        register 统一登记 : task
        number 统一编号 : task
        publish 统一公布 : task
        fork : fork(File,Watch)
        file 报送备案 : task
        soon 临期提醒 : watch(DueSoon,Met)
        remind 发提醒 : ends
        join : join(WaitAny)
        superior 省政府备案审查 : task(Accepted,Correct)
        correct 按要求纠正 : task
        end 归档 : end
        start > draft
        draft > consult
        consult > identify
        identify.Normative > review
        identify.NotNormative > notNormative
        identify.OtherChannel > other
        review.Lawful > decide
        review.Amend > amend
        review.Refused > refused
        amend > review
        decide.Passed > sign
        decide.InPrinciple > review
        decide.Again > consult
        decide.Rejected > rejected
        sign > register
        register > number
        number > publish
        publish > fork
        fork.File > file
        fork.Watch > soon
        soon.DueSoon > remind
        soon.Met > join
        file > join
        join > superior
        superior.Accepted > end
        superior.Correct > correct
        correct > superior
        """;

    /// <summary>One task with the ladder of its limit beside it, and two ways on.</summary>
    public const string Ladder = """
        start : start
        fork : fork(Work,Watch)
        review 合法性审查 : task(Passed,Returned)
        soon 将到期 : watch(DueSoon,Met)
        remind 提醒承办人 : auto
        late 已到期 : watch(Overdue,Met)
        chase 催办并抄送 : auto
        grave 严重逾期 : watch(Escalate,Met)
        escalate 报送督查 : ends
        passed : join(WaitAny)
        returned : join(WaitAny)
        kind 是否涉及市场主体 : auto(Yes,No)
        fair 公平竞争审查 : task
        decide 集体讨论 : task
        amend 起草单位修改 : task
        end : end
        start > fork
        fork.Work > review
        fork.Watch > soon
        soon.DueSoon > remind
        soon.Met > passed
        soon.Met > returned
        remind > late
        late.Overdue > chase
        late.Met > passed
        late.Met > returned
        chase > grave
        grave.Escalate > escalate
        grave.Met > passed
        grave.Met > returned
        review.Passed > passed
        review.Returned > returned
        returned > amend
        amend > fork
        passed > kind
        kind.Yes > fair
        kind.No > decide
        fair > decide
        decide > end
        """;

    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["Normative"] = "是",
        ["NotNormative"] = "不是",
        ["OtherChannel"] = "党政联合",
        ["Lawful"] = "合法",
        ["Amend"] = "修改后再审",
        ["Refused"] = "违法",
        ["Passed"] = "通过",
        ["InPrinciple"] = "原则通过",
        ["Again"] = "再议",
        ["Rejected"] = "不通过",
        ["Accepted"] = "准予备案",
        ["Correct"] = "责令纠正",
        ["DueSoon"] = "临期",
        ["Overdue"] = "逾期",
        ["Escalate"] = "升级",
        ["Met"] = "已办结",
        ["Returned"] = "退回",
        ["Yes"] = "涉及",
        ["No"] = "不涉及",
    };
}
