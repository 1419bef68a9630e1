using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Filing.Elsa.Activities;

/// <summary>Runs another definition and waits for its outcome; with <c>each</c>, one for each of several subjects. The register starts and numbers the instances.</summary>
[Activity("Filing", DisplayName = "运行子流程", Description = "运行另一流程并等待其结果。")]
public sealed class RunWorkflow : StepActivity
{
    /// <summary>The definition to run.</summary>
    public Input<string> Workflow { get; set; } = null!;

    /// <summary>The outcomes; Elsa's designer draws a port for each.</summary>
    [Input(UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Outcomes { get; set; } = null!;

    /// <summary>The subjects to run it for, one each.</summary>
    public Input<string>? Each { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["workflow"] = Text(context, Workflow),
        ["outcomes"] = List(context, Outcomes),
        ["each"] = Text(context, Each),
    };
}
