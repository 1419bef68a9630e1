using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>Branches on a named fact of the case.</summary>
public sealed class DecideOnFact : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.Decision;

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope) =>
        ActivityResult.Complete(await CaseQuestions.AnswerAsync(scope.Node.Text("fact")!, scope.Context));
}

/// <summary>Ends the workflow with an outcome, other branches included.</summary>
public sealed class Conclude : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.Conclude;

    /// <inheritdoc/>
    public ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope) => new(ActivityResult.Finish(scope.Node.Text("outcome")!));
}
