using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Desks;

/// <summary>An open task with whoever holds it.</summary>
public sealed record HeldTask
{
    /// <summary>The task.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is to be done, as the definitions call it.</summary>
    public required string Code { get; init; }

    /// <summary>What is to be done, in Chinese.</summary>
    public required string Name { get; init; }

    /// <summary>The role at whose desk it lies.</summary>
    public required string Role { get; init; }

    /// <summary>The kind of place.</summary>
    public required string Place { get; init; }

    /// <summary>The body that the place is counted from.</summary>
    public required Guid AnchorId { get; init; }

    /// <summary>Since when it is open.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who holds it; null while it lies on the desk.</summary>
    public Guid? HolderId { get; init; }

    /// <summary>The name of whoever holds it.</summary>
    public string? Holder { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>Who handed it over; null when it was taken.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>What was said with it.</summary>
    public string? HandoverNote { get; init; }

    /// <summary>The last day on which the desk was reminded.</summary>
    public DateOnly? RemindedOn { get; init; }

    /// <summary>The limit under which it stands; null when there is none.</summary>
    public string? LimitName { get; init; }

    /// <summary>The desk at which it lies.</summary>
    public Desk Desk => new(Kebab.Parse<Role>(Role), Kebab.Parse<DeskPlace>(Place), AnchorId);

    internal static Error Moved => Error.Conflict("task.moved", "这项待办刚刚被别人领走、转交或办结，请刷新后查看。");

    internal static Error HeldBy(HeldTask task) => Error.Conflict("task.held", $"“{task.Name}”由{task.Holder}办理中；需要改由您办理的，请先领办并写明理由。");

    /// <summary>An open task of a document; null when it is closed or was never there.</summary>
    internal static Task<HeldTask?> FindAsync(Work work, Guid documentId, Guid taskId) => work.Db.QuerySingleOrDefaultAsync<HeldTask>(
        """
        -- Desks/HeldTask: an open task with its holder
        SELECT t.Id, t.Code, t.Name, t.Role, t.Place, t.AnchorId, t.OpenedAt, t.HolderId, h.Name AS Holder, t.HeldAt, o.Name AS HandedOverBy, t.HandoverNote, t.RemindedOn, t.LimitName
        FROM Task t LEFT JOIN Account h ON h.Id = t.HolderId LEFT JOIN Account o ON o.Id = t.HandedOverBy
        WHERE t.Id = @taskId AND t.DocumentId = @documentId AND t.State = 'open'
        """,
        new { taskId, documentId });

    /// <summary>An open task at a desk of the actor, who is a person.</summary>
    internal static async Task<Result<HeldTask>> AtMyDeskAsync(Work work, Guid documentId, Guid taskId)
    {
        if (await FindAsync(work, documentId, taskId) is not { } task) return Error.Conflict("task.closed", "这项待办已经办结或撤销，请刷新后查看最新情况。");
        return work.Actor.AccountId is not null && work.Desks.Contains(task.Desk) ? task : Error.Forbidden($"“{task.Name}”由其他岗位办理。");
    }

    /// <summary>Sets who holds it; false when that changed meanwhile.</summary>
    internal static async Task<bool> HoldAsync(Work work, HeldTask task, Guid? holder, Guid? by, string? note) => await work.Db.ExecuteAsync(
        """
        -- Desks/HeldTask: who holds it
        UPDATE Task SET HolderId = @holder, HeldAt = @since, HandedOverBy = @by, HandoverNote = @note
        WHERE Id = @Id AND State = 'open' AND (HolderId = @HolderId OR (HolderId IS NULL AND @HolderId IS NULL))
        """,
        new { holder, since = holder is null ? (DateTimeOffset?)null : work.Now, by, note, task.Id, task.HolderId }) == 1;
}
