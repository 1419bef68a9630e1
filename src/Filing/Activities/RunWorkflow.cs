using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>Runs another definition below this node and waits for its outcome. With <c>each</c> it runs one for each co-issuing body, side by side.</summary>
public sealed class RunWorkflow : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.RunWorkflow;

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope)
    {
        var (context, node) = (scope.Context, scope.Node);
        var definition = await context.Flow.DefinitionForAsync(context.Case, node.Text("workflow")!);
        var parent = new CaseFlow.Parent(context.InstanceId, node.Id, scope.Visit, context.Host);
        IReadOnlyList<Guid?> subjects = node.Text("each") is null ? [context.Subject] : [.. (await CoIssuersAsync(context)).Select(b => (Guid?)b)];
        var outcomes = new List<string?>();
        foreach (var subject in subjects)
        {
            if (!(await context.Flow.StartAsync(context.Case, definition, parent, subject)).TryGet(out var outcome, out var error))
                return ActivityResult.Fail(error.Code, error.Message, error);
            outcomes.Add(outcome);
        }

        if (outcomes.FirstOrDefault(o => o is not null && o != node.Outcomes[0]) is { } deviant)
        {
            return await context.Flow.CancelBelowAsync(context.InstanceId, node.Id, scope.Visit, "另一机关已作出决定") is { } error
                ? ActivityResult.Fail(error.Code, error.Message, error)
                : ActivityResult.Complete(deviant);
        }

        return outcomes.TrueForAll(o => o is not null) ? ActivityResult.Complete(node.Outcomes[0]) : ActivityResult.Wait;
    }

    /// <inheritdoc/>
    public async ValueTask<Failure?> CancelAsync(ActivityScope<FlowContext> scope)
    {
        var error = await scope.Context.Flow.CancelBelowAsync(scope.Context.InstanceId, scope.Node.Id, scope.Visit, "上级流程不再需要");
        return error is null ? null : new Failure(error.Code, error.Message) { Detail = error };
    }

    /// <summary>What runs below goes on below the other node: a moved case loses nothing that is under way.</summary>
    public async ValueTask<ActivityResult> MoveAsync(ActivityScope<FlowContext> before, ActivityScope<FlowContext> after) =>
        await before.Context.Flow.AdoptBelowAsync(before.Context.InstanceId, (before.Node, before.Visit), after.Node, after.Visit) is { } error
            ? ActivityResult.Fail(error.Code, error.Message, error)
            : ActivityResult.Wait;

    private static Task<IReadOnlyList<Guid>> CoIssuersAsync(FlowContext context) => context.Db.QueryAsync<Guid>(
        """
        -- Activities/RunWorkflow: the co-issuing bodies
        SELECT BodyId FROM DocumentParty WHERE DocumentId = @DocumentId AND Part = 'co-issuer' ORDER BY BodyId
        """,
        new { context.Case.DocumentId });
}
