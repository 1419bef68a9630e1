using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>A task that waits to be done.</summary>
public sealed record OpenTask
{
    /// <summary>The task.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Its document.</summary>
    public required Guid DocumentId { get; init; }

    /// <summary>The workflow instance that waits for it.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The node that waits.</summary>
    public required string NodeId { get; init; }

    /// <summary>The visit of the node.</summary>
    public required int Visit { get; init; }

    /// <summary>What is to be done, as the definitions call it.</summary>
    public required string Code { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>The role at whose desk it lies.</summary>
    public required string Role { get; init; }

    /// <summary>The kind of place.</summary>
    public required string Place { get; init; }

    /// <summary>The body that the place is counted from.</summary>
    public required Guid AnchorId { get; init; }

    /// <summary>The limit under which it stands; null when there is none.</summary>
    public string? LimitName { get; init; }

    /// <summary>Since when it is open.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who at the desk took it or had it handed over; null while it lies on the desk.</summary>
    public Guid? HolderId { get; init; }

    /// <summary>The desk at which it lies.</summary>
    public Desk Desk => new(Kebab.Parse<Role>(Role), Kebab.Parse<DeskPlace>(Place), AnchorId);

    /// <summary>The open tasks of a document; of one code, when given.</summary>
    public static Task<IReadOnlyList<OpenTask>> OfDocumentAsync(Session db, Guid documentId, string? code = null) => db.QueryAsync<OpenTask>(
        """
        -- Cases/OpenTask: the open tasks of a document
        SELECT Id, CaseId, DocumentId, InstanceId, NodeId, Visit, Code, Name, Role, Place, AnchorId, LimitName, OpenedAt, HolderId
        FROM Task WHERE DocumentId = @documentId AND State = 'open' AND (@code IS NULL OR Code = @code)
        ORDER BY OpenedAt, Id
        """,
        new { documentId, code });
}

/// <summary>The Chinese names of the task codes, where no definition is at hand.</summary>
public static class TaskWords
{
    /// <summary>The name of a task code; the code itself where it is unknown.</summary>
    public static string Of(string code) => code switch
    {
        "identify" => "认定",
        "research" => "调研论证",
        "complete" => "补齐材料",
        "consult-units" => "征求单位意见",
        "consult-public" => "公开征求意见",
        "department-check" => "起草单位法制审核",
        "accept-review" => "受理",
        "supplement" => "补正材料",
        "review" => "合法性审查",
        "answer-findings" => "按意见修改并答复",
        "confirm-findings" => "核对意见落实",
        "explain-not-followed" => "说明不采纳理由",
        "decide" => "集体讨论决定",
        "decide-by-head" => "负责人直接决定",
        "revise" => "再议修改",
        "submit-changes" => "提交修改稿",
        "confirm-changes" => "核对修改",
        "countersign" => "会签",
        "sign" => "签发",
        "register" => "统一登记",
        "number" => "统一编号",
        "publish" => "统一公布",
        "file-up" => "报送备案",
        "receive-filing" => "接收备案",
        "supplement-filing" => "补正备案材料",
        "evaluate" => "届满前评估",
        "check-entry" => "核对补录",
        _ => code,
    };
}
