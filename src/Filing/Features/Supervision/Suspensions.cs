using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Supervision;

/// <summary>Who may stop which limit: the filing authority its own, the legal office those of the review.</summary>
internal static class Suspensions
{
    /// <summary>An open, counted deadline of a document that the actor keeps.</summary>
    public static async Task<Result<DeadlineRow>> KeptByAsync(Work work, Guid documentId, Guid deadlineId)
    {
        if (await DeadlineRow.ByIdAsync(work.Db, deadlineId) is not { } row || row.DocumentId != documentId) return Error.NotFound("期限");
        if (row.UntilFact == Kebab.Of(FactKind.TermEnded)) return Error.Refused("deadline.not-suspendable", "有效期不因任何事由中止；停止执行的，另行记录。");
        if (row.Limit is null) return Error.Refused("deadline.not-counted", "来源未规定该期限的长度，无须中止。");
        var filing = Kebab.Parse<FactKind>(row.UntilFact) is FactKind.Filed or FactKind.FilingReceived or FactKind.Supplemented;
        var anchors = await DocumentAnchors.LoadAsync(work.Db, documentId);
        var (role, anchor) = filing ? (Role.Receiver, anchors.SuperiorId) : (Role.Reviewer, anchors.GovernmentId);
        if (work.Actor.Kind == ActorKind.Person && (anchor is null || !work.Desks.Contains(new(role, DeskPlace.LegalOffice, anchor.Value))))
            return Error.Forbidden($"“{row.Label}”由{(filing ? "备案机关" : "本级政府法制机构")}的{role.Chinese()}中止或恢复。");
        return row.Open ? row : Error.Refused("deadline.closed", $"“{row.Label}”已经结束，不能再中止或恢复。");
    }

    /// <summary>Where the due date stands now.</summary>
    public static async Task<Redated> NowAsync(Work work, Guid deadlineId)
    {
        var row = (await DeadlineRow.ByIdAsync(work.Db, deadlineId))!;
        return new Redated(row.Due, JsonSerializer.Deserialize<IReadOnlyList<string>>(row.Steps, Json.Options)!);
    }
}
