using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Filing.Elsa.Activities;

/// <summary>Branches on a named fact of the case.</summary>
[Activity("Filing", DisplayName = "判断", Description = "按文件的一项事实分支。")]
public sealed class Decision : StepActivity
{
    /// <summary>The name of the question.</summary>
    public Input<string> Fact { get; set; } = null!;

    /// <summary>The outcomes; Elsa's designer draws a port for each.</summary>
    [Input(UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Outcomes { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["fact"] = Text(context, Fact),
        ["outcomes"] = List(context, Outcomes),
    };
}
