using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Filing.Elsa.Activities;

/// <summary>Raises an alert on desks and puts it into the outbox.</summary>
[Activity("Filing", DisplayName = "提醒", Description = "向指定岗位发出提醒。")]
public sealed class Notify : StepActivity
{
    /// <summary>The name of the notice.</summary>
    public Input<string> Notice { get; set; } = null!;

    /// <summary>The desks, comma-separated, each role@place.</summary>
    public Input<string> To { get; set; } = null!;

    /// <summary>The level of the alert.</summary>
    public Input<string> Level { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["notice"] = Text(context, Notice),
        ["to"] = Text(context, To),
        ["level"] = Text(context, Level),
    };
}
