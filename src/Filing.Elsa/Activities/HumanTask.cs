using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Filing.Elsa.Activities;

/// <summary>Somebody does something; its outcome says what came of it.</summary>
[Activity("Filing", DisplayName = "办理", Description = "一件待办：由指定岗位办理，结果决定去向。")]
public sealed class HumanTask : StepActivity
{
    /// <summary>The code of the task.</summary>
    public Input<string> Task { get; set; } = null!;

    /// <summary>The role whose desk it lies on.</summary>
    public Input<string> Role { get; set; } = null!;

    /// <summary>The place of that desk.</summary>
    public Input<string> Place { get; set; } = null!;

    /// <summary>The outcomes; Elsa's designer draws a port for each.</summary>
    [Input(UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Outcomes { get; set; } = null!;

    /// <summary>The name of the limit.</summary>
    public Input<string>? Limit { get; set; }

    /// <summary>The length of the limit, in its unit.</summary>
    public Input<int>? Length { get; set; }

    /// <summary>The unit of the limit: day, month, year.</summary>
    public Input<string>? Unit { get; set; }

    /// <summary>The kind of day: calendar, working.</summary>
    public Input<string>? Kind { get; set; }

    /// <summary>The fact that starts the limit.</summary>
    public Input<string>? From { get; set; }

    /// <summary>The fact that ends the limit.</summary>
    public Input<string>? Until { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["task"] = Text(context, Task),
        ["role"] = Text(context, Role),
        ["place"] = Text(context, Place),
        ["outcomes"] = List(context, Outcomes),
        ["limit"] = Text(context, Limit),
        ["length"] = Number(context, Length),
        ["unit"] = Text(context, Unit),
        ["kind"] = Text(context, Kind),
        ["from"] = Text(context, From),
        ["until"] = Text(context, Until),
    };
}
