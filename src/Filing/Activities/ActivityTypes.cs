using Filing.Workflows;

namespace Filing.Activities;

/// <summary>
/// The activities that the definitions may use besides Elsa's own, with their inputs and outcomes. A version stays here as long as a case
/// may use it.
/// </summary>
public static class ActivityTypes
{
    /// <summary>Somebody does something; its outcome says what came of it.</summary>
    public const string HumanTask = "Filing.HumanTask";

    /// <summary>Waits beside a task until a limit is about to run out, has run out, or was met.</summary>
    public const string AwaitLimit = "Filing.AwaitLimit";

    /// <summary>Waits for something that may happen at any time, such as a withdrawal.</summary>
    public const string AwaitSignal = "Filing.AwaitSignal";

    /// <summary>Branches on a named fact of the case.</summary>
    public const string Decision = "Filing.Decision";

    /// <summary>Raises an alert on desks and puts it into the outbox.</summary>
    public const string Notify = "Filing.Notify";

    /// <summary>Runs another definition and waits for its outcome; with <c>each</c>, one for each of several subjects.</summary>
    public const string RunWorkflow = "Filing.RunWorkflow";

    /// <summary>Ends the workflow with an outcome.</summary>
    public const string Conclude = "Filing.Conclude";

    private static readonly ActivityInput Outcomes = new("outcomes", FlowType.StringList, Required: true);

    /// <summary>All of them.</summary>
    public static ActivityCatalogue Catalogue { get; } = new(
    [
        new(HumanTask)
        {
            Inputs =
            [
                new("task", Required: true), new("role", Required: true), new("place", Required: true), Outcomes,
                new("limit"), new("length", FlowType.Int32), new("unit"), new("kind"), new("from"), new("until"),
            ],
            OutcomesFrom = "outcomes",
            CanWait = true,
        },
        new(AwaitLimit)
        {
            Inputs = [new("limit", Required: true), Outcomes, new("dueSoon"), new("overdue"), new("escalate"), new("expired")],
            OutcomesFrom = "outcomes",
            CanWait = true,
            Aside = true,
        },
        new(AwaitSignal) { Inputs = [new("signal", Required: true), Outcomes], OutcomesFrom = "outcomes", CanWait = true, Aside = true, Ties = ["Closed"] },
        new(Decision) { Inputs = [new("fact", Required: true), Outcomes], OutcomesFrom = "outcomes", Technical = true },
        new(Notify) { Inputs = [new("notice", Required: true), new("to", Required: true), new("level", Required: true)], Aside = true },
        new(RunWorkflow) { Inputs = [new("workflow", Required: true), Outcomes, new("each")], OutcomesFrom = "outcomes", CanWait = true },
        new(Conclude) { Inputs = [new("outcome", Required: true)], Outcomes = [], EndsBranch = true },
    ]);
}
