using Filing.Activities;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>
/// Plays a definition through together with those that it runs, and carries along which outcomes of tasks have come: so that every walk can be held to the
/// order of steps, and no two tasks of one step are ever open at once. What the definition leaves to a gate, such as whether an answer is lawful, it does not ask.
/// </summary>
public sealed class StepOrder
{
    /// <summary>The code of a way on which a step may come too early.</summary>
    public const string TooEarly = "order.too-early";

    /// <summary>The code of a way on which a step is to be done twice at once.</summary>
    public const string TwoTasks = "workflow.two-tasks";

    private const int MostBits = 62;

    private readonly Func<string, WorkflowDefinition> _known;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _before;
    private readonly IReadOnlyDictionary<string, string> _answers;
    private readonly Dictionary<string, int> _bits = [];
    private readonly Dictionary<string, Below> _below = [];

    /// <summary>An order of steps over the definitions that there are.</summary>
    /// <param name="before">By the code of a task, the outcomes (<c>task:Outcome</c>) of which one must have come before.</param>
    /// <param name="known">The definition that a node runs, by its id.</param>
    /// <param name="answers">The questions to which there is one answer only, by their names; every other may come out either way.</param>
    public StepOrder(IReadOnlyDictionary<string, IReadOnlyList<string>> before, Func<string, WorkflowDefinition> known, IReadOnlyDictionary<string, string>? answers = null)
    {
        (_before, _known, _answers) = (before, known, answers ?? new Dictionary<string, string>());
        foreach (var outcome in before.Values.SelectMany(o => o)) _bits.TryAdd(outcome, _bits.Count);
        if (_bits.Count > MostBits) throw new ArgumentException("More outcomes than can be carried along.", nameof(before));
    }

    /// <summary>The order of steps of a profile, whose own answers leave some ways out.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="known">The definition that a node runs, by its id.</param>
    public static StepOrder Of(Domain.Profile profile, Func<string, WorkflowDefinition> known) => new(profile.Precedence.Value, known, CaseQuestions.AnswersOf(profile));

    /// <summary>
    /// The ways of a definition on which it goes wrong, each with a shortest walk: all that <see cref="FlowAnalysis.Explore"/> finds, a step that comes too early, and one
    /// that is to be done twice at once.
    /// </summary>
    public IReadOnlyList<Flaw> Flaws(WorkflowDefinition definition) =>
        new FlowAnalysis(definition).ExploreWith((before, advance) => Carry(definition, before, advance, null)).Seen.Flaws;

    /// <summary>The step that may come too early once a case goes on from a state; null when none can.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="state">Where the case stands; its waits are not asked about, they are open already.</param>
    /// <param name="came">The outcomes of tasks that have come in the whole case.</param>
    public Flaw? FlawFrom(WorkflowDefinition definition, FlowState state, IEnumerable<string> came)
    {
        var bits = came.Where(_bits.ContainsKey).Aggregate(0L, (all, outcome) => all | (1L << _bits[outcome]));
        return new FlowAnalysis(definition).ExploreFrom(state, (before, advance) => Carry(definition, before, advance, null), bits).Flaws.FirstOrDefault(f => f.Failure.Code == TooEarly);
    }

    private (IReadOnlyList<long> Carried, Failure? Wrong) Carry(WorkflowDefinition definition, long before, Advance advance, Below? seen)
    {
        List<long> carried = [before];
        foreach (var step in advance.Steps)
        {
            var node = definition[step.NodeId];
            switch (node.Type, step.What)
            {
                case (ActivityTypes.HumanTask, StepKind.Waiting):
                    foreach (var bits in carried)
                    {
                        if (Ask(node, node.Text("task")!, bits, seen) is { } wrong) return ([], wrong);
                    }

                    break;
                case (ActivityTypes.HumanTask, StepKind.Completed):
                    var came = step.Outcomes.Select(o => _bits.GetValueOrDefault($"{node.Text("task")}:{o}", -1)).Where(b => b >= 0).Aggregate(0L, (all, b) => all | (1L << b));
                    carried = [.. carried.Select(bits => bits | came)];
                    break;
                case (ActivityTypes.Decision, StepKind.Completed) when _answers.TryGetValue(node.Text("fact")!, out var answer) && !step.Outcomes.Contains(answer):
                    // Nobody ever goes this way.
                    return ([], null);
                case (ActivityTypes.AwaitLimit, StepKind.Completed) when _before.Count > 0 && step.Outcomes.Contains("Met"):
                    var met = 1L << Bit($"limit:{node.Text("limit")}");
                    carried = [.. carried.Select(bits => WithMet(definition, bits | met))];
                    break;
                case (ActivityTypes.RunWorkflow, StepKind.Waiting):
                    foreach (var (task, done) in BelowOf(node).Asked)
                    {
                        foreach (var bits in carried)
                        {
                            if (Ask(node, task, bits | done, seen) is { } wrong) return ([], wrong);
                        }
                    }

                    break;
                case (ActivityTypes.RunWorkflow, StepKind.Completed):
                    var ends = BelowOf(node).Ends.Where(e => step.Outcomes.Contains(e.Outcome)).Select(e => e.Done).DefaultIfEmpty(0);
                    carried = [.. carried.SelectMany(bits => ends.Select(done => WithMet(definition, bits | done))).Distinct()];
                    break;
            }
        }

        var open = new HashSet<string>();
        foreach (var node in advance.State.Waiting.Select(w => definition[w.NodeId]))
        {
            foreach (var task in TasksOf(node))
            {
                if (!open.Add(task)) return ([], new(TwoTasks, $"“{TaskWords.Of(task)}”可能同时有两件待办。") { NodeId = node.Id });
            }
        }

        seen?.Open.UnionWith(open);
        return (carried, null);
    }

    /// <summary>A limit is met by the fact that its own task records: whoever hears of that knows that the task was done.</summary>
    private long WithMet(WorkflowDefinition definition, long bits)
    {
        foreach (var node in definition.Nodes)
        {
            if (node.Type != ActivityTypes.HumanTask || node.Text("limit") is not { } limit || !_bits.TryGetValue($"limit:{limit}", out var met) || (bits >> met & 1) == 0) continue;
            foreach (var outcome in node.Outcomes) bits |= _bits.TryGetValue($"{node.Text("task")}:{outcome}", out var bit) ? 1L << bit : 0;
        }

        return bits;
    }

    private int Bit(string name)
    {
        if (_bits.TryGetValue(name, out var bit)) return bit;
        return _bits.Count > MostBits ? throw new InvalidOperationException("More limits than can be carried along.") : _bits[name] = _bits.Count;
    }

    private HashSet<string> TasksOf(Node node) => node.Type switch
    {
        ActivityTypes.HumanTask => [node.Text("task")!],
        ActivityTypes.RunWorkflow => BelowOf(node).Open,
        _ => [],
    };

    private Failure? Ask(Node node, string task, long done, Below? seen)
    {
        if (seen is not null) seen.Asked.Add((task, done));
        else if (_before.TryGetValue(task, out var wanted) && !wanted.Any(o => (done >> _bits[o] & 1) == 1))
        {
            var within = node.Type == ActivityTypes.RunWorkflow ? $"，在“{node.Name}”之中" : "";
            return new(TooEarly, $"“{TaskWords.Of(task)}”{within}可能先于{string.Join("、", wanted.Select(Words))}开始，与规则包的先后次序不符。") { NodeId = node.Id };
        }

        return null;
    }

    private static string Words(string outcome) => outcome.Split(':') is [var task, var word] ? $"“{TaskWords.Of(task)}：{OutcomeWords.Of(word)}”" : outcome;

    /// <summary>What a definition does to whoever runs it: which tasks it lays after what, how it may end, and what may be open in it.</summary>
    private Below BelowOf(Node node)
    {
        var id = node.Text("workflow")!;
        if (_below.TryGetValue(id, out var below)) return below;
        // A definition that runs itself adds nothing to what it has done before.
        _below[id] = below = new();
        var definition = _known(id);
        var ends = new FlowAnalysis(definition).ExploreWith((before, advance) => Carry(definition, before, advance, below)).Ends;
        below.Ends.AddRange(ends.Select(e => (definition.Find(e.Outcome ?? "")?.Text("outcome") ?? e.Outcome ?? "Done", e.Carried)).Distinct());
        return below;
    }

    private sealed class Below
    {
        public HashSet<(string Task, long Done)> Asked { get; } = [];

        public HashSet<string> Open { get; } = [];

        public List<(string Outcome, long Done)> Ends { get; } = [];
    }
}
