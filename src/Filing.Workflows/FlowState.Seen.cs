namespace Filing.Workflows;

public sealed partial class FlowState
{
    /// <summary>
    /// Where a flow stands by its history alone, for a host that keeps the state itself and tells only of the steps of activities. It is for looking
    /// at: forks, joins and what was skipped are inferred from what comes after them, and the flow cannot go on from it.
    /// </summary>
    /// <param name="definition">The definition that it runs.</param>
    /// <param name="history">What happened, in order.</param>
    /// <param name="status">Whether it goes on.</param>
    public static FlowState Seen(WorkflowDefinition definition, IEnumerable<FlowStep> history, FlowStatus status)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(history);
        var state = New(definition);
        state.Status = status;
        foreach (var step in history) state.See(definition, definition[step.NodeId], step);
        for (var found = true; found;)
        {
            found = false;
            foreach (var node in definition.Nodes.Where(n => ActivityCatalogue.IsBuiltIn(n.Type) && state.Fates[n.Index] == NodeFate.Ahead))
            {
                // An end has nothing after it: it was reached when something led to it.
                if (!(node.Out.Count > 0 ? node.Out.Any(way => !way.Backward && state.Reached(way.Target)) : node.In.Any(way => state.Followed[way.Index]))) continue;
                (state.Fates[node.Index], found) = (NodeFate.Done, true);
                foreach (var way in node.Out) (state.Visited[way.Index], state.Followed[way.Index]) = (1, state.Reached(way.Target));
            }
        }

        return state;
    }

    private bool Reached(Node node) => Fates[node.Index] is not (NodeFate.Ahead or NodeFate.Skipped);

    private void See(WorkflowDefinition definition, Node node, FlowStep step)
    {
        var i = node.Index;
        Entered[i] = Math.Max(Entered[i], step.Visit);
        switch (step.What)
        {
            case StepKind.Waiting:
                Waits.Remove(new(step.NodeId, step.Visit, false));
                Waits.Add(new(step.NodeId, step.Visit, false));
                Fates[i] = NodeFate.Waiting;
                break;
            case StepKind.Completed:
                Waits.Remove(new(step.NodeId, step.Visit, false));
                Fates[i] = NodeFate.Done;
                foreach (var way in definition.Connections.Where(c => c.Source == node)) (Visited[way.Index], Followed[way.Index]) = (Visited[way.Index] + 1, step.Outcomes.Contains(way.Port));
                break;
            case StepKind.Cancelled:
                Waits.Remove(new(step.NodeId, step.Visit, false));
                Fates[i] = NodeFate.Cancelled;
                break;
            case StepKind.Skipped:
                Fates[i] = NodeFate.Skipped;
                break;
            case StepKind.Entered or StepKind.Resumed:
                break;
        }
    }
}
