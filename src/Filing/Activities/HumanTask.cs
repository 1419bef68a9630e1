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
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope)
    {
        var (node, context) = (scope.Node, scope.Context);
        var code = node.Text("task")!;
        var (role, place) = context.Case.Profile.Places.TryGetValue(code, out var other)
            ? other.Value
            : (Kebab.Parse<Role>(node.Text("role")!), Kebab.Parse<Place>(node.Text("place")!));
        if (context.DeskOf(role, place) is not { } desk)
            return ActivityResult.Fail("task.no-desk", $"“{node.Name}”应由{place.Chinese()}办理，但系统中没有对应的机关。");
        await context.Db.ExecuteAsync(
            """
            -- Activities/HumanTask: a task opens
            INSERT INTO Task (Id, CaseId, DocumentId, InstanceId, NodeId, Visit, Code, Name, Role, Place, AnchorId, LimitName, State, OpenedAt)
            VALUES (@Id, @CaseId, @DocumentId, @InstanceId, @NodeId, @Visit, @code, @Name, @Role, @Place, @AnchorId, @LimitName, 'open', @Now)
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
                context.Work.Now,
            });
        return ActivityResult.Wait;
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
}
