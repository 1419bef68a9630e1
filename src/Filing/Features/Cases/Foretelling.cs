using System.Runtime.CompilerServices;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>
/// Where a flow that another host walks stands, as a state from which the built-in runner can go on: for a trial, which is rolled back before that host hears of
/// it and foretells the next desk all the same, and to take a flow back for good.
/// </summary>
internal static class Foretelling
{
    private static readonly ConditionalWeakTable<WorkflowDefinition, FlowMove> Known = [];

    /// <summary>A state that a flow which did all this can be in; null when there is none.</summary>
    /// <param name="definition">What it runs.</param>
    /// <param name="history">What happened, in order.</param>
    public static FlowState? State(WorkflowDefinition definition, IReadOnlyList<FlowStep> history)
    {
        // What its variables hold, only the host knows.
        if (definition.Variables.Count > 0) return null;
        var visits = history.GroupBy(s => s.NodeId).ToDictionary(g => g.Key, g => g.Max(s => s.Visit));
        var stay = Known.GetValue(definition, d => new FlowMove(d, d, MoveMap.Same));
        lock (stay)
        {
            return stay.Plan(FlowState.Seen(definition, history, FlowStatus.Running), visits).State;
        }
    }
}
