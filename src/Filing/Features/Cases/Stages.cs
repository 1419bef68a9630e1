using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>How far a document has come: the latest milestone among its facts. What is in force on a day is another question; see <see cref="FactHistory"/>.</summary>
public static class Stages
{
    /// <summary>The stage of a document that was just submitted.</summary>
    public const string Submitted = "submitted";

    /// <summary>True for facts that are milestones.</summary>
    public static bool Is(FactKind kind) => kind is FactKind.Identified or FactKind.Researched or FactKind.DraftCompleted or FactKind.ConsultationClosed or FactKind.DepartmentChecked
        or FactKind.ReviewReceived or FactKind.ReviewConcluded or FactKind.OpinionFollowed or FactKind.OpinionNotFollowed or FactKind.Decided or FactKind.Signed
        or FactKind.Registered or FactKind.Numbered or FactKind.Published or FactKind.Filed or FactKind.FilingRegistered or FactKind.FilingHeld
        or FactKind.FilingRefused or FactKind.Withdrawn or FactKind.Abandoned or FactKind.Repealed or FactKind.DeclaredLapsed or FactKind.Annulled or FactKind.Suspended;

    /// <summary>The Chinese name of a stage.</summary>
    public static string Chinese(string stage) => stage switch
    {
        Submitted => "已送审",
        "identified" => "已认定",
        "researched" => "已调研论证",
        "draft-completed" => "材料已齐",
        "consultation-closed" => "已征求意见",
        "department-checked" => "已经单位法制审核",
        "review-received" => "合法性审查中",
        "review-concluded" => "已出审查意见",
        "opinion-followed" => "已按意见修改",
        "opinion-not-followed" => "未采纳意见",
        "decided" => "已讨论决定",
        "signed" => "已签发",
        "registered" => "已登记",
        "numbered" => "已编号",
        "published" => "已公布",
        "filed" => "已报备",
        "filing-registered" => "备案已登记",
        "filing-held" => "备案暂缓",
        "filing-refused" => "备案不予登记",
        "withdrawn" => "已撤回",
        "abandoned" => "已终止",
        "repealed" => "已废止",
        "declared-lapsed" => "已宣布失效",
        "annulled" => "已撤销",
        "suspended" => "已停止执行",
        _ => stage,
    };
}
