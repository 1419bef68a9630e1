using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Filing.Elsa.Activities;

/// <summary>Ends the workflow with an outcome, other branches included.</summary>
[Activity("Filing", DisplayName = "结束", Description = "以某一结果结束流程。")]
public sealed class Conclude : StepActivity, ITerminalNode
{
    /// <summary>The outcome of the workflow.</summary>
    public Input<string> Outcome { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["outcome"] = Text(context, Outcome),
    };
}
