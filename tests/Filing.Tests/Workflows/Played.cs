using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>What a test hands to every activity: how autos decide, and what was asked of whom.</summary>
internal sealed class Played
{
    public Func<Node, int, string> Decide { get; init; } = (node, _) => node.Outcomes[0];

    public List<string> Asked { get; } = [];

    public string? FailAt { get; set; }

    public string? FailCancelAt { get; set; }
}

internal sealed class PlayedTask(string type = "T.Task") : IActivity<Played>
{
    public string Type => type;

    public ValueTask<ActivityResult> EnterAsync(ActivityScope<Played> scope)
    {
        scope.Context.Asked.Add($"ask {scope.Node.Id}#{scope.Visit}");
        return new(scope.Context.FailAt == scope.Node.Id ? ActivityResult.Fail("test.no", "不行。", scope) : ActivityResult.Wait);
    }

    public ValueTask<ActivityResult> ResumeAsync(ActivityScope<Played> scope, Signal signal)
    {
        if (signal.Payload is { } payload) scope.Set("result", payload);
        if (scope.Node.Type == "T.Task") scope.Set("rounds", scope.Visit);
        return new(signal.Name switch
        {
            "Partly" => ActivityResult.Wait,
            "Stop" => ActivityResult.Finish("stopped"),
            "Refuse" => ActivityResult.Fail("test.no", "不行。"),
            "Both" => ActivityResult.Complete([.. scope.Node.Outcomes]),
            var name => ActivityResult.Complete(name),
        });
    }

    public ValueTask<Failure?> CancelAsync(ActivityScope<Played> scope)
    {
        scope.Context.Asked.Add($"cancel {scope.Node.Id}#{scope.Visit}");
        return new(scope.Context.FailCancelAt == scope.Node.Id ? new Failure("test.no-cancel", "撤不回。") : null);
    }
}

internal sealed class PlayedAuto(string type) : IActivity<Played>
{
    public string Type => type;

    public ValueTask<ActivityResult> EnterAsync(ActivityScope<Played> scope) =>
        new(ActivityResult.Complete(scope.Context.Decide(scope.Node, scope.Visit)));
}

internal static class Play
{
    public static readonly FlowRunner<Played> Runner =
        new(Sketch.Catalogue, [new PlayedTask(), new PlayedTask("T.Watch"), new PlayedAuto("T.Auto"), new PlayedAuto("T.Ends"), new PlayedAuto("T.Needy")]);

    public static Task<Advance> Start(WorkflowDefinition definition, Played? played = null) =>
        Runner.StartAsync(definition, FlowState.New(definition), played ?? new()).AsTask();

    /// <summary>Sends a signal to the node's latest wait.</summary>
    public static Task<Advance> Signal(WorkflowDefinition definition, FlowState state, string node, string signal, Played? played = null, string? payload = null)
    {
        var visit = state.Waiting.Where(w => w.NodeId == node).Select(w => w.Visit).DefaultIfEmpty(0).Max();
        return Runner.ResumeAsync(definition, state, node, visit, new(signal, payload), played ?? new()).AsTask();
    }

    /// <summary>Starts and sends signals written <c>node.Signal</c>; each must hold.</summary>
    public static async Task<Advance> Through(WorkflowDefinition definition, Played played, params string[] signals)
    {
        var advance = await Start(definition, played);
        Assert.That(advance.Failure, Is.Null);
        foreach (var signal in signals)
        {
            var parts = signal.Split('.');
            advance = await Signal(definition, advance.State, parts[0], parts[1], played);
            Assert.That(advance.Failure, Is.Null, signal);
        }

        return advance;
    }

    public static string Waits(this FlowState state) => string.Join(' ', state.Waiting.Select(w => w.NodeId).Order(StringComparer.Ordinal));

    public static string Trace(this Advance advance) => string.Join(' ', advance.Steps.Select(s => $"{Letter(s.What)}{s.NodeId}"));

    private static char Letter(StepKind kind) => kind switch
    {
        StepKind.Entered => '+',
        StepKind.Waiting => '?',
        StepKind.Resumed => '!',
        StepKind.Completed => '=',
        StepKind.Skipped => '-',
        StepKind.Cancelled => 'x',
    };
}
