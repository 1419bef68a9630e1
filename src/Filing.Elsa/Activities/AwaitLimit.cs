using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Filing.Elsa.Activities;

/// <summary>Waits beside a task until a limit is about to run out, has run out, or was met.</summary>
[Activity("Filing", DisplayName = "等待期限", Description = "在待办旁等待期限临近、届满或完成。")]
public sealed class AwaitLimit : StepActivity
{
    /// <summary>The name of the limit.</summary>
    public Input<string> Limit { get; set; } = null!;

    /// <summary>The outcomes; Elsa's designer draws a port for each.</summary>
    [Input(UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> Outcomes { get; set; } = null!;

    /// <summary>Days before the due date on which it is due soon.</summary>
    public Input<string>? DueSoon { get; set; }

    /// <summary>Days after the due date on which it is overdue.</summary>
    public Input<string>? Overdue { get; set; }

    /// <summary>Days after the due date on which it is escalated.</summary>
    public Input<string>? Escalate { get; set; }

    /// <summary>Days after the due date on which it has expired.</summary>
    public Input<string>? Expired { get; set; }

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context) => new Dictionary<string, string?>
    {
        ["limit"] = Text(context, Limit),
        ["outcomes"] = List(context, Outcomes),
        ["dueSoon"] = Text(context, DueSoon),
        ["overdue"] = Text(context, Overdue),
        ["escalate"] = Text(context, Escalate),
        ["expired"] = Text(context, Expired),
    };
}
