using System.Collections.Concurrent;
using Filing.Activities;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>What the loader cannot know: whether the words in a definition mean something here.</summary>
internal static class LawCheck
{
    // What was played through once need not be again while the process lives.
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Flaw>> Played = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, IReadOnlyList<string>> NoOrder = [];

    /// <summary>What is wrong with a definition: its words, or else the ways that lead through it and through those that it runs.</summary>
    public static IEnumerable<LawFlaw> Definition(WorkflowDefinition definition, string file, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var words = WordsOf(definition, known).Select(p => new LawFlaw(file, p.Node, p.Problem)).ToList();
        if (words.Count > 0) return words;
        // Every choice at every node, to its end: a case that could be lost on the way, or be at one desk twice, is refused before there is one.
        return Played.GetOrAdd(Closure(definition, known), _ => new StepOrder(NoOrder, id => known[id]).Flaws(definition))
            .Select(flaw => new LawFlaw(file, flaw.Failure.NodeId, $"{Way(definition, flaw.Walk)}{flaw.Failure.Message}") { Definition = definition, Way = flaw });
    }

    /// <summary>
    /// Whether the names in a profile are names of the definitions, since a limit that nobody waits for would never be kept; and whether the definitions that it
    /// names keep to its order of steps.
    /// </summary>
    public static IEnumerable<LawFlaw> Profile(Profile profile, string file, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var names = NamesOf(profile, known).Select(p => new LawFlaw(file, p.Path, p.Problem) { OfProfile = true }).ToList();
        return names.Count > 0 ? names : Order(profile, file, known);
    }

    /// <summary>The definitions whose steps a profile orders: those of each kind of document. What is entered from elsewhere took its steps there.</summary>
    public static IEnumerable<(string Kind, string Definition)> Ordered(Profile profile) =>
        profile.Definitions.Where(d => d.Key != "elsewhere").GroupBy(d => d.Value).Select(g => (g.First().Key, g.Key));

    private static IEnumerable<LawFlaw> Order(Profile profile, string file, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var rules = string.Join(';', profile.Precedence.Value.Select(r => $"{r.Key}<{string.Join(',', r.Value)}").Concat(CaseQuestions.AnswersOf(profile).Select(a => $"{a.Key}={a.Value}")));
        // One for all kinds of documents: what runs below them is much the same.
        var order = StepOrder.Of(profile, id => known[id]);
        foreach (var (kind, id) in Ordered(profile))
        {
            var definition = known[id];
            foreach (var flaw in Played.GetOrAdd($"{rules} {Closure(definition, known)}", _ => [.. order.Flaws(definition).Where(f => f.Failure.Code == StepOrder.TooEarly)]))
            {
                yield return new(file, $"$.definitions.{kind}", $"流程“{definition.Name}”（{definition.DefinitionId}）{Way(definition, flaw.Walk)}{flaw.Failure.Message}")
                {
                    Definition = definition,
                    Way = flaw,
                    OfProfile = true,
                };
            }
        }
    }

    /// <summary>What tells a definition, with those that it runs, from every other.</summary>
    private static string Closure(WorkflowDefinition definition, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var seen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Visit(definition);
        return $"{definition.Hash} {string.Join(' ', seen.Values)}";

        void Visit(WorkflowDefinition d)
        {
            if (!seen.TryAdd(d.DefinitionId, d.Hash)) return;
            foreach (var node in d.Nodes.Where(n => n.Type == ActivityTypes.RunWorkflow))
            {
                if (known.TryGetValue(node.Text("workflow")!, out var below)) Visit(below);
            }
        }
    }

    private static string Way(WorkflowDefinition definition, Walk walk) => walk.Choices.Count == 0
        ? "从一开始，"
        : $"按“{string.Join(" → ", walk.Choices.Select(c => $"{definition[c.NodeId].Name}：{OutcomeWords.Of(c.Outcome)}"))}”办理时，";

    private static IEnumerable<(string Node, string Problem)> WordsOf(WorkflowDefinition definition, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        foreach (var node in definition.Nodes)
        {
            if (Problem(node, known) is { } problem) yield return (node.Id, problem);
        }

        foreach (var node in definition.Nodes.Where(n => n.Type == ActivityTypes.AwaitLimit))
        {
            foreach (var (input, outcome) in LimitSpec.RungInputs)
            {
                if (node.Text(input) is { } days && !node.Outcomes.Contains(outcome)) yield return (node.Id, $"写了 {input}（{days}），却没有结果 {outcome}");
                if (node.Text(input) is null && node.Outcomes.Contains(outcome)) yield return (node.Id, $"有结果 {outcome}，却没有写 {input}");
            }
        }
    }

    private static IEnumerable<(string Path, string Problem)> NamesOf(Profile profile, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var nodes = known.Values.SelectMany(d => d.Nodes).ToList();
        foreach (var (kind, id) in profile.Definitions)
        {
            if (!known.ContainsKey(id)) yield return ($"$.definitions.{kind}", $"没有名为“{id}”的流程");
        }

        foreach (var place in profile.Places.Keys)
        {
            var task = place[(place.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (place.Length > task.Length && !Kebab.TryParse<DocumentKind>(place[..^(task.Length + 1)], out _)) yield return ($"$.places.{place}", $"没有名为“{place[..^(task.Length + 1)]}”的文件种类");
            else if (!nodes.Exists(n => n.Text("task") == task)) yield return ($"$.places.{place}", $"没有名为“{task}”的任务");
        }

        foreach (var limit in profile.Limits.Keys)
        {
            if (!nodes.Exists(n => n.Text("limit") == limit)) yield return ($"$.limits.{limit}", $"没有名为“{limit}”的期限");
        }

        var outcomes = nodes.Where(n => n.Type == ActivityTypes.HumanTask).SelectMany(n => n.Outcomes.Select(o => $"{n.Text("task")}:{o}")).ToHashSet();
        foreach (var (task, before) in profile.Precedence.Value)
        {
            if (!nodes.Exists(n => n.Text("task") == task)) yield return ($"$.precedence.value.{task}", $"没有名为“{task}”的任务");
            else if (before.FirstOrDefault(o => !outcomes.Contains(o)) is { } unknown) yield return ($"$.precedence.value.{task}", $"没有名为“{unknown}”的任务结果");
        }
    }

    private static string? Problem(Node node, IReadOnlyDictionary<string, WorkflowDefinition> known) => node.Type switch
    {
        ActivityTypes.HumanTask => TaskProblem(node),
        ActivityTypes.Decision when !CaseQuestions.Known(node.Text("fact")) => $"不认识的判断“{node.Text("fact")}”；可用：{string.Join("、", CaseQuestions.Names)}",
        ActivityTypes.RunWorkflow when !known.ContainsKey(node.Text("workflow") ?? "") => $"没有名为“{node.Text("workflow")}”的流程",
        ActivityTypes.RunWorkflow when node.Text("each") is { } each && each != "co-issuers" => $"each 只能是 co-issuers，不能是“{each}”",
        ActivityTypes.RunWorkflow => OutcomeProblem(node, known[node.Text("workflow")!]),
        ActivityTypes.Notify when !NoticeWords.Known(node.Text("notice")) => $"不认识的通知“{node.Text("notice")}”",
        ActivityTypes.Notify => node.Text("to")!.Split(',').Select(AddressProblem).FirstOrDefault(p => p is not null),
        ActivityTypes.AwaitLimit => LimitSpec.RungProblem(node),
        _ => null,
    };

    private static string? TaskProblem(Node node)
    {
        if (!Kebab.TryParse<Role>(node.Text("role"), out _)) return $"不认识的岗位“{node.Text("role")}”";
        if (!Kebab.TryParse<Place>(node.Text("place"), out _)) return $"不认识的办理单位“{node.Text("place")}”";
        if (node.Text("limit") is null) return null;
        if (node.Number("length") is not { } length) return "写了期限，却没有写长度 length";
        if (!Kebab.TryParse<LimitUnit>(node.Text("unit"), out var unit)) return $"不认识的单位“{node.Text("unit")}”；可用：day、month、year";
        if (!Kebab.TryParse<DayKind>(node.Text("kind"), out var kind)) return $"不认识的日期种类“{node.Text("kind")}”；可用：calendar、working";
        if (!Limit.TryCreate(length, unit, kind, out _, out var error)) return error.Message;
        return Kebab.TryParse<FactKind>(node.Text("from"), out _) && Kebab.TryParse<FactKind>(node.Text("until"), out _) ? null : "期限的起算 from 与终止 until 须是已知的事实";
    }

    private static string? OutcomeProblem(Node node, WorkflowDefinition child)
    {
        var outcomes = child.Nodes.Where(n => n.Type == ActivityTypes.Conclude).Select(n => n.Text("outcome")!).ToHashSet();
        if (outcomes.Except(node.Outcomes).FirstOrDefault() is { } missing) return $"流程“{child.DefinitionId}”可能以 {missing} 结束，这里没有这个结果";
        return node.Outcomes.Except(outcomes).FirstOrDefault() is { } never ? $"流程“{child.DefinitionId}”不会以 {never} 结束" : null;
    }

    private static string? AddressProblem(string address) =>
        address.Split('@') is [var role, var place] && Kebab.TryParse<Role>(role, out _) && Kebab.TryParse<Place>(place, out _) ? null : $"收件岗位“{address}”应写成 岗位@单位";
}
