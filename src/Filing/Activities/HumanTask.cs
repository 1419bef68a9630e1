using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>Lays a task on a desk and waits until it is done. The profile may give the task to another desk than the definition names.</summary>
public sealed class HumanTask : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.HumanTask;

    /// <inheritdoc/>
    public ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope) => OpenAsync(scope, null);

    /// <summary>The desk at which a node lays its task, by the definition or the profile; null where there is no such place.</summary>
    internal static (string Code, Role Role, Place Place, Desk? Desk) DeskOf(Node node, FlowContext context)
    {
        var code = node.Text("task")!;
        var (role, place) = context.Case.Profile.PlaceOf(context.Case.Kind, code) is { } other
            ? other
            : (Kebab.Parse<Role>(node.Text("role")!), Kebab.Parse<Place>(node.Text("place")!));
        return (code, role, place, context.DeskOf(role, place));
    }

    private static async ValueTask<ActivityResult> OpenAsync(ActivityScope<FlowContext> scope, Earlier? earlier)
    {
        var (node, context) = (scope.Node, scope.Context);
        var (code, _, place, at) = DeskOf(node, context);
        if (at is not { } desk) return ActivityResult.Fail("task.no-desk", $"“{node.Name}”应由{place.Chinese()}办理，但系统中没有对应的机关。");
        // At the same desk whoever held it holds it on, and it has lain there as long.
        var kept = earlier is not null && earlier.Desk == desk ? earlier : null;
        await context.Db.ExecuteAsync(
            """
            -- Activities/HumanTask: a task opens
            INSERT INTO Task (Id, CaseId, DocumentId, InstanceId, NodeId, Visit, Code, Name, Role, Place, AnchorId, LimitName, State, OpenedAt, HolderId, HeldAt, HandedOverBy, HandoverNote, RemindedOn)
            VALUES (@Id, @CaseId, @DocumentId, @InstanceId, @NodeId, @Visit, @code, @Name, @Role, @Place, @AnchorId, @LimitName, 'open', @OpenedAt, @HolderId, @HeldAt, @HandedOverBy, @HandoverNote, @RemindedOn)
            """,
            new
            {
                Id = Work.NewId(),
                CaseId = context.Case.Id,
                context.Case.DocumentId,
                context.InstanceId,
                NodeId = node.Id,
                scope.Visit,
                code,
                node.Name,
                Role = Kebab.Of(desk.Role),
                Place = Kebab.Of(desk.Place),
                desk.AnchorId,
                LimitName = node.Text("limit"),
                OpenedAt = kept?.OpenedAt ?? context.Work.Now,
                kept?.HolderId,
                kept?.HeldAt,
                kept?.HandedOverBy,
                kept?.HandoverNote,
                kept?.RemindedOn,
            });
        return ActivityResult.Wait;
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> MoveAsync(ActivityScope<FlowContext> before, ActivityScope<FlowContext> after)
    {
        var (context, at) = (before.Context, new { before.Context.InstanceId, before.Node.Id, before.Visit, before.Context.Work.Now });
        var earlier = await context.Db.QuerySingleOrDefaultAsync<Earlier>(
            """
            -- Activities/HumanTask: a task that is laid anew
            SELECT Role, Place, AnchorId, OpenedAt, HolderId, HeldAt, HandedOverBy, HandoverNote, RemindedOn FROM Task
            WHERE InstanceId = @InstanceId AND NodeId = @Id AND Visit = @Visit AND State = 'open'
            """,
            at);
        await context.Db.ExecuteAsync(
            """
            -- Activities/HumanTask: a task is laid anew by a newer version of the definition
            UPDATE Task SET State = 'superseded', ClosedAt = @Now WHERE InstanceId = @InstanceId AND NodeId = @Id AND Visit = @Visit AND State = 'open'
            """,
            at);
        return await OpenAsync(after, earlier);
    }

    /// <inheritdoc/>
    public async ValueTask<Failure?> CancelAsync(ActivityScope<FlowContext> scope)
    {
        await scope.Context.Db.ExecuteAsync(
            """
            -- Activities/HumanTask: a task is no longer wanted
            UPDATE Task SET State = 'cancelled', ClosedAt = @Now WHERE InstanceId = @InstanceId AND NodeId = @Id AND Visit = @Visit AND State = 'open'
            """,
            new { scope.Context.Work.Now, scope.Context.InstanceId, scope.Node.Id, scope.Visit });
        return null;
    }

    private sealed record Earlier
    {
        public required string Role { get; init; }
        public required string Place { get; init; }
        public required Guid AnchorId { get; init; }
        public required DateTimeOffset OpenedAt { get; init; }
        public Guid? HolderId { get; init; }
        public DateTimeOffset? HeldAt { get; init; }
        public Guid? HandedOverBy { get; init; }
        public string? HandoverNote { get; init; }
        public DateOnly? RemindedOn { get; init; }
        public Desk Desk => new(Kebab.Parse<Role>(Role), Kebab.Parse<DeskPlace>(Place), AnchorId);
    }
}
