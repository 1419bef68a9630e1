using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Web.Pages.Documents;

/// <summary>A drawing of one workflow of a case.</summary>
/// <param name="Name">The definition's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Running">True while it runs.</param>
/// <param name="Svg">The wide drawing.</param>
/// <param name="Narrow">The narrow one, for telephones.</param>
public sealed record ProcessDrawing(string Name, int Version, bool Running, string Svg, string Narrow);

/// <summary>Draws where a case stands: the life of the document first, then each workflow below it that runs, with how long it has been at each step.</summary>
public static class ProcessMap
{
    /// <summary>The drawings, the outermost first.</summary>
    public static IReadOnlyList<ProcessDrawing> Draw(DocumentView document, Laws laws, DateOnly today)
    {
        var drawings = new List<ProcessDrawing>();
        foreach (var instance in document.Instances.Where(i => i.ParentId is null || i.Status == "running"))
        {
            var definition = laws.Definition(instance.DefinitionId, instance.DefinitionVersion);
            // A workflow that only watches a limit has nothing to show; the limit has its own place on the page.
            if (!definition.Nodes.Any(n => n.Activity.CanWait && !n.IsAside)) continue;
            var state = StateOf(instance, definition);
            var drawing = Drawing.Of(definition, state) with
            {
                Outcome = (_, outcome) => OutcomeWords.Of(outcome),
                Title = $"{definition.Name}：办理进程",
            };
            drawing = drawing with { Marks = drawing.Marks.ToDictionary(m => m.Key, m => Caption(m.Value, definition[m.Key], instance, document, today)) };
            var prefix = $"flow{drawings.Count}";
            drawings.Add(new(definition.Name, definition.Version, instance.Status == "running",
                FlowDrawing.Svg(definition, drawing with { IdPrefix = prefix }),
                FlowDrawing.Svg(definition, drawing with { IdPrefix = prefix + "n", Narrow = true })));
        }

        return drawings;
    }

    /// <summary>Elsa keeps the state of its instances itself: where they stand is read from what they did.</summary>
    private static FlowState StateOf(InstanceLine instance, WorkflowDefinition definition) => instance.Host == Kebab.Of(FlowHost.BuiltIn)
        ? FlowState.FromJson(instance.State)
        : FlowState.Seen(
            definition,
            instance.Steps.Select(s => new FlowStep(s.NodeId, s.Visit, Kebab.Parse<StepKind>(s.What)) { Outcomes = s.Outcomes?.Split(',') ?? [] }),
            Kebab.Parse<FlowStatus>(instance.Status));

    private static NodeMark Caption(NodeMark mark, Node node, InstanceLine instance, DocumentView document, DateOnly today)
    {
        // The last visit: its first line says when it was reached, its last when it was done.
        var last = instance.Steps.LastOrDefault(s => s.NodeId == node.Id);
        if (last is null || mark.State is not (NodeState.Current or NodeState.Done)) return mark;
        if (mark.State == NodeState.Done) return node.Activity.CanWait ? mark with { Captions = [Short(LegalClock.DayOf(last.At))] } : mark;
        var from = LegalClock.DayOf(instance.Steps.First(s => s.NodeId == node.Id && s.Visit == last.Visit).At);

        var limit = node.Text("limit") is { } name ? document.Deadlines.FirstOrDefault(d => d.Name == name && d.ClosedAt is null) : null;
        if (limit?.DaysLate(today) is { } late and > 0) return mark with { State = NodeState.Late, Captions = [$"逾期 {late} 天"], Tooltip = $"应于{ChineseDate.Format(limit.Due!.Value)}前完成" };
        var days = today.DayNumber - from.DayNumber;
        return mark with { Captions = [days == 0 ? "今日到达" : $"已 {days} 天"], Tooltip = limit?.Due is { } due ? $"应于{ChineseDate.Format(due)}前完成" : null };
    }

    private static string Short(DateOnly day) => $"{day.Year}-{day.Month:00}-{day.Day:00}";
}
