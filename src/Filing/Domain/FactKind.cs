using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>What a dated fact says happened to a document. Stored by its code, which is the name in kebab case (<c>published</c>).</summary>
public enum FactKind
{
    /// <summary>认定: found to be a normative document, or not, or to belong elsewhere.</summary>
    Identified,

    /// <summary>调研论证完成.</summary>
    Researched,

    /// <summary>起草完成.</summary>
    DraftCompleted,

    /// <summary>公开征求意见开始.</summary>
    ConsultationOpened,

    /// <summary>公开征求意见结束: the last day for opinions.</summary>
    ConsultationClosed,

    /// <summary>The drafting body's own legal section checked it.</summary>
    DepartmentChecked,

    /// <summary>合法性审查收到送审材料.</summary>
    ReviewReceived,

    /// <summary>合法性审查结束: the opinion is given.</summary>
    ReviewConcluded,

    /// <summary>审查意见已采纳.</summary>
    OpinionFollowed,

    /// <summary>审查意见未采纳, with the reason.</summary>
    OpinionNotFollowed,

    /// <summary>集体讨论决定.</summary>
    Decided,

    /// <summary>签署、签发.</summary>
    Signed,

    /// <summary>会签: signed by a body that issues jointly.</summary>
    Countersigned,

    /// <summary>统一登记.</summary>
    Registered,

    /// <summary>编号.</summary>
    Numbered,

    /// <summary>公布: first appeared on the carrier that the profile names.</summary>
    Published,

    /// <summary>印发.</summary>
    Printed,

    /// <summary>施行: its legal date is the first day of force.</summary>
    InForce,

    /// <summary>有效期设定; the value is a <see cref="ValidityTerm"/>.</summary>
    TermSet,

    /// <summary>报送备案: sent to the filing authority.</summary>
    Filed,

    /// <summary>备案机关收到.</summary>
    FilingReceived,

    /// <summary>备案登记.</summary>
    FilingRegistered,

    /// <summary>暂缓登记.</summary>
    FilingHeld,

    /// <summary>不予登记.</summary>
    FilingRefused,

    /// <summary>补正.</summary>
    Supplemented,

    /// <summary>查明未报备: of a document entered from elsewhere it was found out, on its legal date, that nobody has filed it.</summary>
    FilingMissing,

    /// <summary>废止: its legal date is the first day without force.</summary>
    Repealed,

    /// <summary>宣布失效: its legal date is the first day without force.</summary>
    DeclaredLapsed,

    /// <summary>修改: its legal date is the first day of the new text.</summary>
    Amended,

    /// <summary>停止执行: its legal date is the first day of it.</summary>
    Suspended,

    /// <summary>恢复执行: its legal date is the first day of force again.</summary>
    Resumed,

    /// <summary>撤销: its legal date is the first day without force.</summary>
    Annulled,

    /// <summary>续期: its legal date is the day from which the new term applies; the value, if any, is that <see cref="ValidityTerm"/>.</summary>
    Renewed,

    /// <summary>有效期终止, e.g. because the task is done: its legal date is the first day without force.</summary>
    TermEnded,

    /// <summary>撤回: taken back by its maker; its legal date is the first day of that.</summary>
    Withdrawn,

    /// <summary>紧急情况: found urgent, so that steps are shortened.</summary>
    Urgent,

    /// <summary>终止办理: the case was given up before publication.</summary>
    Abandoned,
}

/// <summary>Codes and Chinese names of <see cref="FactKind"/>.</summary>
public static class FactKinds
{
    /// <summary>The code under which the kind is stored: <c>consultation-opened</c>.</summary>
    public static string Code(this FactKind kind) => Kebab.Of(kind);

    /// <summary>Finds the kind of a code; the code must be exact.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out FactKind kind) => Kebab.TryParse(code, out kind);

    /// <summary>The name that people see: 公布.</summary>
    public static string Name(this FactKind kind) => kind switch
    {
        FactKind.Identified => "认定",
        FactKind.Researched => "调研论证",
        FactKind.DraftCompleted => "起草完成",
        FactKind.ConsultationOpened => "征求意见开始",
        FactKind.ConsultationClosed => "征求意见结束",
        FactKind.DepartmentChecked => "部门内部审核",
        FactKind.ReviewReceived => "收到送审材料",
        FactKind.ReviewConcluded => "合法性审查完成",
        FactKind.OpinionFollowed => "审查意见已采纳",
        FactKind.OpinionNotFollowed => "审查意见未采纳",
        FactKind.Decided => "集体讨论决定",
        FactKind.Signed => "签署",
        FactKind.Countersigned => "会签",
        FactKind.Registered => "统一登记",
        FactKind.Numbered => "编号",
        FactKind.Published => "公布",
        FactKind.Printed => "印发",
        FactKind.InForce => "施行",
        FactKind.TermSet => "设定有效期",
        FactKind.Filed => "报送备案",
        FactKind.FilingReceived => "备案机关收到",
        FactKind.FilingRegistered => "备案登记",
        FactKind.FilingHeld => "暂缓登记",
        FactKind.FilingRefused => "不予登记",
        FactKind.Supplemented => "补正",
        FactKind.FilingMissing => "查明未报备",
        FactKind.Repealed => "废止",
        FactKind.DeclaredLapsed => "宣布失效",
        FactKind.Amended => "修改",
        FactKind.Suspended => "停止执行",
        FactKind.Resumed => "恢复执行",
        FactKind.Annulled => "撤销",
        FactKind.Renewed => "续期",
        FactKind.TermEnded => "有效期终止",
        FactKind.Withdrawn => "撤回",
        FactKind.Urgent => "紧急情况",
        FactKind.Abandoned => "终止办理",
    };
}
