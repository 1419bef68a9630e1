using System.Globalization;
using System.Text.Json;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Signals;
using Filing.Features.Cases;

namespace Filing.Elsa.Activities;

/// <summary>
/// What our activities have in common on Elsa: they take one step of the product and do as it answers. They decide nothing and hold nothing;
/// which visit it is stands in the workflow's own state, so that a repeated run asks for the same step.
/// </summary>
public abstract class StepActivity : Activity
{
    private const string VisitKey = "Filing.Visit";
    private const string AgainKey = "Filing.Again";

    // By this input Elsa's flowchart knows that a connection of a loop led here, and does not count the visit. It does not save it with the instance.
    private const string BackwardConnection = "BackwardConnection";

    /// <summary>The inputs, evaluated, by the names that the definitions give them; null for one that the definition does not give.</summary>
    protected abstract IReadOnlyDictionary<string, string?> Given(ActivityExecutionContext context);

    /// <summary>An input of text.</summary>
    protected static string? Text(ActivityExecutionContext context, Input<string>? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return input is null ? null : context.Get(input);
    }

    /// <summary>An input of several texts, as a JSON array, in the form in which definitions are read.</summary>
    protected static string? List(ActivityExecutionContext context, Input<ICollection<string>>? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return input is null || context.Get(input) is not { } items ? null : JsonSerializer.Serialize(items);
    }

    /// <summary>An input of a whole number, as text.</summary>
    protected static string? Number(ActivityExecutionContext context, Input<int>? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return input is null ? null : context.Get(input).ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var counter = $"{VisitKey}:{Id}";
        var visit = context.WorkflowExecutionContext.GetProperty<int>(counter) + 1;
        context.WorkflowExecutionContext.SetProperty(counter, visit);
        context.SetProperty(VisitKey, visit);
        context.SetProperty(AgainKey, context.ActivityInput.TryGetValue(BackwardConnection, out var again) && again is true);
        await TakeAsync(context, await StepsOf(context).EnterAsync(StepOf(context), Given(context), RingOf(context), context.CancellationToken));
    }

    /// <inheritdoc/>
    protected override async ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (signal is not CancelSignal || !context.IsSelf) return;
        var mine = context.ReceiverActivityExecutionContext;
        await StepsOf(mine).WithdrawAsync(StepOf(mine), context.CancellationToken);
    }

    // Elsa finds it by its name when the bookmark is resumed.
    private async ValueTask WokenAsync(ActivityExecutionContext context)
    {
        if (context.GetProperty<bool>(AgainKey)) context.ActivityInput[BackwardConnection] = true;
        var signal = (string)context.WorkflowInput[Wake.Signal];
        await TakeAsync(context, await StepsOf(context).ResumeAsync(StepOf(context), signal, RingOf(context), context.CancellationToken));
    }

    private async ValueTask TakeAsync(ActivityExecutionContext context, StepAnswer answer)
    {
        switch (answer.Fate)
        {
            case StepFate.Waits:
                var bookmark = Wake.BookmarkOf(StepOf(context));
                context.CreateBookmark(new CreateBookmarkArgs { BookmarkId = bookmark, Stimulus = bookmark, Callback = WokenAsync, IncludeActivityInstanceId = true });
                break;
            case StepFate.Done or StepFate.Ended:
                await context.CompleteActivityWithOutcomesAsync([.. answer.Outcomes]);
                break;
            case StepFate.Gone:
                // The register has called the instance off; the order to cancel it is on its way.
                break;
        }
    }

    private static ICaseSteps StepsOf(ActivityExecutionContext context) => context.GetRequiredService<ICaseSteps>();

    private static StepKey StepOf(ActivityExecutionContext context) =>
        new(Guid.Parse(context.WorkflowExecutionContext.Id), context.Activity.Id, context.GetProperty<int>(VisitKey));

    private static Ring? RingOf(ActivityExecutionContext context) =>
        context.WorkflowInput.TryGetValue(Wake.Ring, out var ring) && ring is string { Length: > 0 } json ? JsonSerializer.Deserialize<Ring>(json, Pipeline.Json.Options) : null;
}
