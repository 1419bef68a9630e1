using Filing.Domain;

namespace Filing.Pipeline;

/// <summary>What the system can be asked to do outside the tasks of a workflow.</summary>
public enum Function
{
    /// <summary>送审: submit a draft, revise it, add its materials, consult on it.</summary>
    Draft,

    /// <summary>补录: enter a document issued elsewhere.</summary>
    EnterElsewhere,

    /// <summary>撤回: withdraw a draft before its publication.</summary>
    Withdraw,

    /// <summary>启用紧急程序.</summary>
    DeclareUrgent,

    /// <summary>更正: correct a dated fact.</summary>
    CorrectFact,

    /// <summary>作废编号.</summary>
    VoidNumber,

    /// <summary>启用编号序列: state the number from which a series of a year begins here.</summary>
    OpenSeries,

    /// <summary>记录废止、宣布失效、停止执行、撤销.</summary>
    EndValidity,

    /// <summary>查阅文件.</summary>
    ReadDocuments,

    /// <summary>查看预警与逾期.</summary>
    ReadBoard,

    /// <summary>管理机关与账号.</summary>
    ManageAccounts,

    /// <summary>发放、吊销接口密钥.</summary>
    ManageSecurity,

    /// <summary>查阅审计记录.</summary>
    ReadAudit,

    /// <summary>确认规则.</summary>
    KeepRules,

    /// <summary>中止、恢复期限.</summary>
    SuspendDeadline,

    /// <summary>停用、启用账号.</summary>
    DisableAccounts,

    /// <summary>核实报备: settle whether a document from elsewhere was filed.</summary>
    SettleFiling,

    /// <summary>查看定时作业: look at the jobs of Hangfire, where it runs the sweeps.</summary>
    ReadJobs,

    /// <summary>操作定时作业: trigger, requeue and delete them.</summary>
    RunJobs,

    /// <summary>定时巡查: the program itself and whoever is at the command line; no role has it.</summary>
    Sweep,
}

/// <summary>
/// Which role has which function. Tasks need no entry here: a task belongs to the desk that its definition names. The table stands in
/// <c>docs/permissions.md</c> too, and a test compares.
/// </summary>
public static class Permissions
{
    private static readonly Role[] Officers =
        [Role.Drafter, Role.DepartmentLegal, Role.Reviewer, Role.Registrar, Role.Secretary, Role.Signer, Role.Publisher, Role.Filer, Role.Receiver, Role.Supervisor];

    /// <summary>The roles that have a function.</summary>
    public static IReadOnlyList<Role> RolesOf(Function function) => function switch
    {
        Function.Draft => [Role.Drafter],
        Function.EnterElsewhere => [Role.Drafter, Role.Registrar],
        Function.Withdraw => [Role.Drafter],
        Function.DeclareUrgent => [Role.Secretary, Role.Reviewer],
        Function.CorrectFact => [Role.Registrar],
        Function.VoidNumber => [Role.Registrar],
        Function.OpenSeries => [Role.Registrar],
        Function.EndValidity => [Role.Registrar, Role.Receiver],
        Function.ReadDocuments => Officers,
        Function.ReadBoard => Officers,
        Function.ManageAccounts => [Role.Administrator],
        Function.ManageSecurity => [Role.SecurityOfficer],
        Function.ReadAudit => [Role.Auditor],
        Function.KeepRules => [Role.RuleKeeper],
        Function.SuspendDeadline => [Role.Reviewer, Role.Receiver],
        Function.DisableAccounts => [Role.Administrator, Role.SecurityOfficer],
        Function.SettleFiling => [Role.Registrar, Role.Supervisor, Role.Receiver],
        Function.ReadJobs => [Role.Administrator, Role.Auditor],
        Function.RunJobs => [Role.Administrator],
        Function.Sweep => [],
    };

    /// <summary>The Chinese name of a function.</summary>
    public static string Chinese(this Function function) => function switch
    {
        Function.Draft => "起草送审",
        Function.EnterElsewhere => "补录文件",
        Function.Withdraw => "撤回送审",
        Function.DeclareUrgent => "启用紧急程序",
        Function.CorrectFact => "更正事实",
        Function.VoidNumber => "作废编号",
        Function.OpenSeries => "启用编号序列",
        Function.EndValidity => "终止或停止效力",
        Function.ReadDocuments => "查阅文件",
        Function.ReadBoard => "查看预警与逾期",
        Function.ManageAccounts => "管理机关与账号",
        Function.ManageSecurity => "管理安全设置",
        Function.ReadAudit => "查阅审计记录",
        Function.KeepRules => "确认规则",
        Function.SuspendDeadline => "中止、恢复期限",
        Function.DisableAccounts => "停用、启用账号",
        Function.SettleFiling => "核实报备",
        Function.ReadJobs => "查看定时作业",
        Function.RunJobs => "操作定时作业",
        Function.Sweep => "定时巡查",
    };
}
