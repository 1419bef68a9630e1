using System.Collections.Concurrent;
using Filing.Activities;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>What the loader cannot know: whether the words in a definition mean something here.</summary>
internal static class LawCheck
{
    // What was played through once need not be again while the process lives.
    private static readonly ConcurrentDictionary<string, Flaw?> Played = new(StringComparer.Ordinal);

    public static void Definition(WorkflowDefinition definition, string file, string hash, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        foreach (var node in definition.Nodes)
        {
            if (Problem(node, known) is { } problem) throw new DefinitionException(file, node.Id, problem);
        }

        foreach (var node in definition.Nodes.Where(n => n.Type == ActivityTypes.AwaitLimit))
        {
            foreach (var (input, outcome) in LimitSpec.RungInputs)
            {
                if (node.Text(input) is { } days && !node.Outcomes.Contains(outcome)) throw new DefinitionException(file, node.Id, $"写了 {input}（{days}），却没有结果 {outcome}");
                if (node.Text(input) is null && node.Outcomes.Contains(outcome)) throw new DefinitionException(file, node.Id, $"有结果 {outcome}，却没有写 {input}");
            }
        }

        // Every choice at every node, to its end: a case that could be lost on the way is refused before there is one.
        if (Played.GetOrAdd(hash, _ => new FlowAnalysis(definition).Explore().Flaws is [var first, ..] ? first : null) is { } flaw)
            throw new DefinitionException(file, flaw.Failure.NodeId, $"{Way(definition, flaw.Walk)}{flaw.Failure.Message}");
    }

    private static string Way(WorkflowDefinition definition, Walk walk) => walk.Choices.Count == 0
        ? "从一开始，"
        : $"按“{string.Join(" → ", walk.Choices.Select(c => $"{definition[c.NodeId].Name}：{OutcomeWords.Of(c.Outcome)}"))}”办理时，";

    /// <summary>Whether the names in a profile are names of the definitions: a limit that nobody waits for would never be kept.</summary>
    public static void Profile(Profile profile, string file, IReadOnlyDictionary<string, WorkflowDefinition> known)
    {
        var nodes = known.Values.SelectMany(d => d.Nodes).ToList();
        foreach (var (kind, id) in profile.Definitions)
        {
            if (!known.ContainsKey(id)) throw new LawDataException(file, $"$.definitions.{kind}", $"没有名为“{id}”的流程");
        }

        foreach (var task in profile.Places.Keys)
        {
            if (!nodes.Exists(n => n.Text("task") == task)) throw new LawDataException(file, $"$.places.{task}", $"没有名为“{task}”的任务");
        }

        foreach (var limit in profile.Limits.Keys)
        {
            if (!nodes.Exists(n => n.Text("limit") == limit)) throw new LawDataException(file, $"$.limits.{limit}", $"没有名为“{limit}”的期限");
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
