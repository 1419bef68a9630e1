using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Activities;

/// <summary>Raises an alert on each desk that the definition names, and puts a message into the outbox for everybody who sits there.</summary>
public sealed class Notify : IActivity<FlowContext>
{
    /// <inheritdoc/>
    public string Type => ActivityTypes.Notify;

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> EnterAsync(ActivityScope<FlowContext> scope)
    {
        var (context, node) = (scope.Context, scope.Node);
        foreach (var desk in DesksOfNode(context, node).Distinct())
            await Alerts.RaiseAsync(context.Work, context.Case.DocumentId, context.Case.Title, node.Text("notice")!, node.Text("level")!, desk, context.Ring);
        return ActivityResult.Done;
    }

    private static IEnumerable<Desk> DesksOfNode(FlowContext context, Node node)
    {
        foreach (var address in node.Text("to")!.Split(','))
        {
            var parts = address.Split('@');
            var (role, place) = (Kebab.Parse<Role>(parts[0]), Kebab.Parse<Place>(parts[1]));
            // A jurisdiction that has its filings done elsewhere is told there.
            if (role == Role.Filer && context.Case.Profile.PlaceOf(context.Case.Kind, "file-up") is { } other) place = other.Place;
            if (context.DeskOf(role, place) is { } desk) yield return desk;
        }
    }
}
