using System.Globalization;
using Filing.Activities;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>When an alert of a deadline rings: so many days after (before, if negative) the due date, and with which outcome.</summary>
/// <param name="Days">Calendar days from the due date; 0 is the due date itself.</param>
/// <param name="Outcome">The outcome of the waiting node: <c>DueSoon</c>, <c>Overdue</c>, <c>Escalate</c>, <c>Expired</c>.</param>
public readonly record struct RungPlan(int Days, string Outcome)
{
    /// <summary>The outcome of a reminder before anything is late; a later one overtakes it.</summary>
    public const string DueSoon = "DueSoon";

    /// <summary>True for what says that a limit has run out.</summary>
    public bool Late => Outcome != DueSoon;

    /// <summary>As it is stored with a deadline, e.g. <c>-5:DueSoon,1:Overdue</c>.</summary>
    public static string Write(IEnumerable<RungPlan> plans) =>
        string.Join(',', plans.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Days}:{p.Outcome}")));

    /// <summary>Reads what <see cref="Write"/> wrote; in the order of days.</summary>
    public static IReadOnlyList<RungPlan> Read(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split(':')).Select(p => new RungPlan(int.Parse(p[0], CultureInfo.InvariantCulture), p[1])).OrderBy(p => p.Days)];
}

/// <summary>
/// A limit as the definitions state it: its literal length, the fact that starts it, the fact that ends it, and the rungs of the node that
/// waits for it. A limit without a length has a due date of its own making, such as the end of validity.
/// </summary>
internal sealed record LimitSpec(string Name, string Label, Limit? Limit, FactKind? From, FactKind? Until, IReadOnlyList<RungPlan> Rungs, string Source)
{
    public static readonly (string Input, string Outcome)[] RungInputs =
        [("dueSoon", "DueSoon"), ("overdue", "Overdue"), ("escalate", "Escalate"), ("expired", "Expired")];

    /// <summary>The limits of a definition and of those that it runs, once each.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="below">The version of a definition that it runs.</param>
    public static IReadOnlyList<LimitSpec> Of(WorkflowDefinition definition, Func<string, WorkflowDefinition> below)
    {
        var (tasks, rungs, seen) = (new Dictionary<string, (Node Node, WorkflowDefinition Definition)>(), new Dictionary<string, (string Label, List<RungPlan> Plans)>(), new HashSet<string>());
        Visit(definition);
        return [.. tasks.Keys.Union(rungs.Keys).Select(Spec)];

        void Visit(WorkflowDefinition d)
        {
            if (!seen.Add(d.DefinitionId)) return;
            foreach (var node in d.Nodes)
            {
                if (node.Type == ActivityTypes.HumanTask && node.Text("limit") is { } limit) tasks[limit] = (node, d);
                if (node.Type == ActivityTypes.AwaitLimit) rungs[node.Text("limit")!] = (node.Name, [.. RungsOf(node)]);
                if (node.Type == ActivityTypes.RunWorkflow) Visit(below(node.Text("workflow")!));
            }
        }

        LimitSpec Spec(string name)
        {
            IReadOnlyList<RungPlan> plans = rungs.TryGetValue(name, out var r) ? [.. r.Plans.OrderBy(p => p.Days)] : [];
            if (!tasks.TryGetValue(name, out var task)) return new(name, r.Label, null, null, null, plans, "流程定义");
            var node = task.Node;
            var limit = Limit.TryCreate(node.Number("length")!.Value, Kebab.Parse<LimitUnit>(node.Text("unit")!), Kebab.Parse<DayKind>(node.Text("kind")!), out var value, out _) ? value : null;
            return new(name, node.Name, limit, Kebab.Parse<FactKind>(node.Text("from")!), Kebab.Parse<FactKind>(node.Text("until")!), plans,
                $"流程定义“{task.Definition.Name}”第 {task.Definition.Version} 版");
        }
    }

    /// <summary>What is wrong with the rungs of a node; null when nothing is.</summary>
    public static string? RungProblem(Node node)
    {
        foreach (var (input, _) in RungInputs)
        {
            var days = node.Text(input)?.Split(',');
            if (days is not null && !Array.TrueForAll(days, d => int.TryParse(d, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))) return $"{input} 应为逗号分隔的整数天数";
        }

        return RungsOf(node).GroupBy(r => r.Days).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"第 {twice.Key} 天有两个级次" : null;
    }

    /// <summary>The rungs that a node waits for.</summary>
    public static IEnumerable<RungPlan> RungsOf(Node node) =>
        from pair in RungInputs
        where node.Text(pair.Input) is not null
        from days in node.Text(pair.Input)!.Split(',')
        select new RungPlan(int.Parse(days, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), pair.Outcome);
}
