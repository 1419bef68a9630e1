using System.Collections.Frozen;

namespace Filing.Features.Cases;

/// <summary>The Chinese words of the outcomes that the definitions use; a test holds them to the definitions.</summary>
public static class OutcomeWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["Done"] = "完成",
        ["Known"] = "情况已明",
        ["Unknown"] = "情况不明",
        ["Filed"] = "已报备",
        ["Missing"] = "未报备",
        ["Over"] = "已失效",
        ["Watched"] = "仍有效",
        ["Yes"] = "是",
        ["No"] = "否",
        ["Normative"] = "属于规范性文件",
        ["NotNormative"] = "不属于规范性文件",
        ["OtherChannel"] = "转其他渠道",
        ["Making"] = "制定",
        ["Withdrawal"] = "撤回",
        ["Received"] = "收到",
        ["Closed"] = "结束",
        ["Completed"] = "材料已齐",
        ["Units"] = "单位",
        ["Public"] = "公众",
        ["Required"] = "需要",
        ["Waived"] = "不需要",
        ["Passed"] = "通过",
        ["Returned"] = "退回",
        ["Refused"] = "不同意",
        ["Resubmitted"] = "已补正",
        ["Accepted"] = "受理",
        ["Incomplete"] = "材料不全",
        ["Review"] = "审查",
        ["Limit"] = "期限",
        ["Concluded"] = "已作结论",
        ["Amend"] = "修改后合法",
        ["Answered"] = "已答复",
        ["Again"] = "重新修改",
        ["Followed"] = "已按意见修改",
        ["NotFollowed"] = "未采纳",
        ["Block"] = "必须采纳",
        ["Explain"] = "可说明理由",
        ["Explained"] = "已说明",
        ["Collective"] = "集体讨论",
        ["Head"] = "负责人直接决定",
        ["Adopted"] = "通过",
        ["AdoptedInPrinciple"] = "原则通过",
        ["Deferred"] = "再议",
        ["Rejected"] = "不通过",
        ["Revised"] = "已修改",
        ["Confirmed"] = "已核对",
        ["Sole"] = "单独制定",
        ["Joint"] = "联合制定",
        ["Agreed"] = "同意",
        ["Signed"] = "已签发",
        ["Registered"] = "已登记",
        ["Numbered"] = "已编号",
        ["Published"] = "已公布",
        ["Report"] = "报送",
        ["Sent"] = "已报送",
        ["Held"] = "暂缓登记",
        ["Supplement"] = "补正",
        ["Resent"] = "已补正",
        ["Due"] = "应报备",
        ["NotDue"] = "不需报备",
        ["Filing"] = "报备",
        ["Validity"] = "有效期",
        ["Term"] = "期限届满",
        ["Evaluation"] = "评估",
        ["Ended"] = "效力终止",
        ["Lapsed"] = "届满失效",
        ["DueSoon"] = "将到期",
        ["Overdue"] = "逾期",
        ["Escalate"] = "仍未办",
        ["Expired"] = "届满",
        ["Met"] = "已完成",
        ["Withdrawn"] = "已撤回",
    }.ToFrozenDictionary();

    /// <summary>The word for an outcome; the outcome itself where there is none.</summary>
    public static string Of(string outcome) => Words.GetValueOrDefault(outcome, outcome);

    /// <summary>True when there is a word for it.</summary>
    public static bool Knows(string outcome) => Words.ContainsKey(outcome);
}
