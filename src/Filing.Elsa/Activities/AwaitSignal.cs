using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Filing.Elsa.Activities;

/// <summary>Waits for something that may happen at any time, such as a withdrawal.</summary>
[Activity("Filing", DisplayName = "等待事件", Description = "等待随时可能发生的事，例如撤回。")]
public sealed class AwaitSignal : StepActivity
{
    /// <summary>The name of the signal.</summary>
    public Input<string> Signal { get; set; } = null!;

    /// <summary>The outcomes; Elsa's designer draws a port for each.</summary>
    [Input(UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Outcomes { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["signal"] = Text(context, Signal),
        ["outcomes"] = List(context, Outcomes),
    };
}
