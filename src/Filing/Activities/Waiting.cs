using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>A node that waits for something by name, found again by the case and that name.</summary>
/// <param name="kind"><c>limit</c> or <c>signal</c>.</param>
/// <param name="input">The input that holds the name.</param>
public abstract class Waiting(string kind, string input) : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public abstract string Type { get; }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope)
    {
        await scope.Context.Db.ExecuteAsync(
            """
            -- Activities/Waiting: a node waits
            INSERT INTO Wait (InstanceId, NodeId, Visit, CaseId, Kind, Name) VALUES (@InstanceId, @NodeId, @Visit, @CaseId, @kind, @Name)
            """,
            new { scope.Context.InstanceId, NodeId = scope.Node.Id, scope.Visit, CaseId = scope.Context.Case.Id, kind, Name = scope.Node.Text(input) });
        return ActivityResult.Wait;
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> ResumeAsync(ActivityScope<FlowContext> scope, Signal signal)
    {
        await ForgetAsync(scope);
        return ActivityResult.Complete(signal.Name);
    }

    /// <inheritdoc/>
    public async ValueTask<Failure?> CancelAsync(ActivityScope<FlowContext> scope)
    {
        await ForgetAsync(scope);
        return null;
    }

    private static Task<int> ForgetAsync(ActivityScope<FlowContext> scope) => scope.Context.Db.ExecuteAsync(
        """
        -- Activities/Waiting: a node waits no longer
        DELETE FROM Wait WHERE InstanceId = @InstanceId AND NodeId = @Id AND Visit = @Visit
        """,
        new { scope.Context.InstanceId, scope.Node.Id, scope.Visit });
}

/// <summary>Waits beside a task for the rungs of a limit, or until the limit was met.</summary>
public sealed class AwaitLimit() : Waiting("limit", "limit")
{
    /// <inheritdoc/>
    public override string Type => ActivityTypes.AwaitLimit;
}

/// <summary>Waits for something that may happen at any time.</summary>
public sealed class AwaitSignal() : Waiting("signal", "signal")
{
    /// <inheritdoc/>
    public override string Type => ActivityTypes.AwaitSignal;
}
