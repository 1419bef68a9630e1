using System.Text;

namespace Filing.Workflows;

/// <summary>Plays a definition through on the real runner, with activities that choose as they are told.</summary>
internal sealed class Explorer
{
    private const int MaxFlaws = 20;

    private readonly WorkflowDefinition _definition;
    private readonly FlowRunner<Script> _runner;
    private readonly bool _asElsa;
    private readonly int _maxStates;
    private readonly Dictionary<string, Place> _seen = [];
    private readonly Queue<Place> _open = new();
    private readonly Dictionary<(string, string), Walk> _walks = [];
    private readonly List<Flaw> _flaws = [];
    private readonly HashSet<string> _flawsAt = [];
    private readonly Tally? _tally;

    public Explorer(WorkflowDefinition definition, bool asElsa, int maxStates, Tally? tally = null)
    {
        (_definition, _asElsa, _maxStates, _tally) = (definition, asElsa, maxStates, tally);
        ActivityType[] types = [.. definition.Nodes.Select(n => n.Activity).Where(t => !ActivityCatalogue.IsBuiltIn(t.Name)).Distinct()];
        _runner = new(new ActivityCatalogue(types), types.Select(t => new Actor(t))) { AsElsa = asElsa };
    }

    /// <summary>The states that were found, the nearest first, with what was carried to them.</summary>
    public IEnumerable<(FlowState State, long Carried)> Found => _seen.Values.Select(p => (p.State, p.Carried));

    public Exploration Explore()
    {
        Branch(null, script => Now(_runner.StartAsync(_definition, FlowState.New(_definition), script)), []);
        return Go();
    }

    /// <summary>Plays on from a state in which the flow rests.</summary>
    public Exploration ExploreFrom(FlowState state, long carried = 0)
    {
        Settle(null, [], state, carried);
        return Go();
    }

    /// <summary>Plays a walk again; the answer is where it led, or where it failed, with all that happened on the way.</summary>
    public (FlowState State, IReadOnlyList<FlowStep> Steps, Failure? Failure) Replay(Walk walk)
    {
        var (steps, at) = (new List<FlowStep>(), 0);
        var advance = Take(script => Now(_runner.StartAsync(_definition, FlowState.New(_definition), script)));
        while (advance.Failure is null && at < walk.Choices.Count && walk.Choices[at] is { Waits: true } choice)
        {
            at++;
            var state = advance.State;
            advance = Take(script => Now(_runner.ResumeAsync(_definition, state, choice.NodeId, choice.Visit, new(choice.Outcome), script)));
        }

        return (advance.State, steps, advance.Failure is { Code: Script.Unasked } ? null : advance.Failure);

        Advance Take(Func<Script, Advance> step)
        {
            var decided = walk.Choices.Skip(at).TakeWhile(c => !c.Waits).ToArray();
            at += decided.Length;
            var taken = step(new Script(decided));
            steps.AddRange(taken.Steps);
            return taken;
        }
    }

    private Exploration Go()
    {
        while (_open.TryDequeue(out var place))
        {
            if (_seen.Count > _maxStates) break;
            place.Expanded = true;
            foreach (var wait in place.State.Waiting)
            {
                foreach (var outcome in Possible(_definition[wait.NodeId]))
                {
                    var choice = new Choice(wait.NodeId, wait.Visit, outcome, Waits: true);
                    Branch(place, script => Now(_runner.ResumeAsync(_definition, place.State, wait.NodeId, wait.Visit, new(outcome), script)), [choice]);
                }
            }
        }

        FindEndless();
        var reached = _walks.Keys.ToHashSet();
        return new(
            [.. _walks.Values],
            _flaws,
            [.. _definition.Nodes.Where(Chooses).SelectMany(n => Possible(n).Select(o => (n, o))).Where(c => !reached.Contains((c.n.Id, c.o)))],
            _seen.Count,
            _seen.Count <= _maxStates);
    }

    /// <summary>Takes one step with every combination of the decisions on its way.</summary>
    private void Branch(Place? from, Func<Script, Advance> step, Choice[] choices)
    {
        var scripts = new Stack<Choice[]>([[]]);
        while (scripts.TryPop(out var decided))
        {
            var script = new Script(decided);
            var advance = step(script);
            if (script.Asked is { } node)
            {
                if (decided.Length > FlowRunner<Script>.MaxSteps / 10) Flawed(from, [.. choices, .. decided], new("workflow.runaway", "流程连续作出判断而不停下。"));
                else foreach (var outcome in Possible(node).Reverse()) scripts.Push([.. decided, new(node.Id, script.AskedVisit, outcome, Waits: false)]);
                continue;
            }

            Arrive(from, [.. choices, .. decided], advance);
        }
    }

    private void Arrive(Place? from, Choice[] choices, Advance advance)
    {
        for (var i = 0; i < choices.Length; i++)
        {
            if (!_walks.ContainsKey((choices[i].NodeId, choices[i].Outcome)))
                _walks.Add((choices[i].NodeId, choices[i].Outcome), new([.. Way(from), .. choices[..(i + 1)]]));
        }

        if (advance.Failure is { } failure)
        {
            Flawed(from, choices, failure);
            return;
        }

        if (Early(advance) is { } early)
        {
            Flawed(from, choices, new("workflow.early", $"节点“{early.Name}”应等所有分支到齐，却在循环中的分支走完之前就开始了。") { NodeId = early.Id });
            return;
        }

        if (_asElsa && Raced(advance) is { } raced)
        {
            Flawed(from, choices, new("workflow.race", $"节点“{raced.Name}”刚开始等待就被收回：与它并行的分支不经等待就走到了汇合。") { NodeId = raced.Id });
            return;
        }

        if (advance.State.Waiting.GroupBy(w => w.NodeId).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            Flawed(from, choices, new("workflow.doubled", $"节点“{_definition[twice.Key].Name}”同时等待两次：循环重新进入时，上一轮的分支没有收回。") { NodeId = twice.Key });
            return;
        }

        if (_tally is null)
        {
            Settle(from, choices, advance.State, 0);
            return;
        }

        var (carried, wrong) = _tally(from?.Carried ?? 0, advance);
        if (wrong is not null) Flawed(from, choices, wrong);
        else foreach (var each in carried) Settle(from, choices, advance.State, each);
    }

    private void Settle(Place? from, Choice[] choices, FlowState state, long carried)
    {
        var key = _tally is null ? Key(state) : $"{carried}|{Key(state)}";
        if (!_seen.TryGetValue(key, out var place))
        {
            place = new(state, from, choices, carried);
            _seen.Add(key, place);
            _open.Enqueue(place);
        }

        if (from is not null) place.Before.Add(from);
    }

    /// <summary>A node that all branches should reach first, entered while a node upstream of it was still at work; null when there is none.</summary>
    private Node? Early(Advance advance)
    {
        for (var i = 0; i < advance.Steps.Count; i++)
        {
            if (advance.Steps[i].What != StepKind.Entered) continue;
            var node = _definition[advance.Steps[i].NodeId];
            if (node.In.Count < 2 || node.Mode == JoinMode.WaitAny) continue;
            var upstream = FlowReader.Upstream(node, _definition.Nodes.Count);
            var begun = advance.Steps.Skip(i).Where(s => s.What == StepKind.Entered).Select(s => (s.NodeId, s.Visit)).ToHashSet();
            var waited = advance.State.Waiting.Select(w => (w.NodeId, w.Visit))
                .Concat(advance.Steps.Skip(i).Where(s => s.What == StepKind.Cancelled).Select(s => (s.NodeId, s.Visit)));
            if (waited.Any(w => upstream[_definition[w.NodeId].Index] && !begun.Contains(w))) return node;
        }

        return null;
    }

    private Node? Raced(Advance advance)
    {
        var begun = new HashSet<(string, int)>();
        foreach (var step in advance.Steps)
        {
            if (step.What == StepKind.Entered) begun.Add((step.NodeId, step.Visit));
            else if (step.What == StepKind.Cancelled && begun.Contains((step.NodeId, step.Visit))) return _definition[step.NodeId];
        }

        return null;
    }

    /// <summary>From the ends backwards: what is not met can never end. Where exploring stopped, the benefit of the doubt.</summary>
    private void FindEndless()
    {
        var ends = new Queue<Place>(_seen.Values.Where(p => p.State.Status == FlowStatus.Finished || !p.Expanded));
        foreach (var end in ends) end.Ends = true;
        while (ends.TryDequeue(out var place))
        {
            foreach (var before in place.Before)
            {
                if (before.Ends) continue;
                before.Ends = true;
                ends.Enqueue(before);
            }
        }

        foreach (var place in _seen.Values)
        {
            if (!place.Ends && place.From is null or { Ends: true })
                Flawed(place.From, place.Choices, new("workflow.endless", "此后无论如何选择，流程都到不了终点。"));
        }
    }

    private void Flawed(Place? from, Choice[] choices, Failure failure)
    {
        if (_flaws.Count < MaxFlaws && _flawsAt.Add($"{failure.Code} {failure.NodeId} {choices.LastOrDefault()}"))
            _flaws.Add(new(new([.. Way(from), .. choices]), failure));
    }

    private static IEnumerable<Choice> Way(Place? place)
    {
        var parts = new Stack<Choice[]>();
        for (; place is not null; place = place.From) parts.Push(place.Choices);
        return parts.SelectMany(p => p);
    }

    private static bool Chooses(Node node) =>
        !ActivityCatalogue.IsBuiltIn(node.Type) && (node.Activity.CanWait || Possible(node).Skip(1).Any());

    private static IEnumerable<string> Possible(Node node) => node.Outcomes.Where(o => !node.Activity.Ties.Contains(o));

    /// <summary>The counts matter only against each other, and far apart is far apart.</summary>
    public string Key(FlowState state)
    {
        if (state.Status != FlowStatus.Running) return $"{state.Status} {state.Outcome}";
        var key = new StringBuilder();
        foreach (var wait in state.Waiting.OrderBy(w => w.NodeId, StringComparer.Ordinal)) key.Append(wait.NodeId).Append(wait.Again ? '!' : ' ');
        key.Append('|');
        foreach (var way in _definition.Connections)
        {
            if (way.Backward) continue;
            var ahead = Math.Clamp(state.Visited[way.Index] - state.Passed[way.Target.Index], -3, 3);
            key.Append((char)('a' + ahead + 3 + (state.Followed[way.Index] ? 10 : 0)));
        }

        return key.ToString();
    }

    /// <summary>The activities below never wait for anything outside, so their advances are complete when they return.</summary>
    private static Advance Now(ValueTask<Advance> advance) =>
        advance.IsCompleted ? advance.GetAwaiter().GetResult() : throw new InvalidOperationException("An explored flow went asynchronous.");

    private sealed class Place(FlowState state, Place? from, Choice[] choices, long carried)
    {
        public FlowState State => state;

        public long Carried => carried;

        public Place? From => from;

        public Choice[] Choices => choices;

        public HashSet<Place> Before { get; } = [];

        public bool Expanded { get; set; }

        public bool Ends { get; set; }
    }

    private sealed class Script(Choice[] decided)
    {
        /// <summary>The code of a failure that only says that the script does not know.</summary>
        public const string Unasked = "workflow.asked";

        private int _next;

        public Node? Asked { get; private set; }

        public int AskedVisit { get; private set; }

        public ActivityResult Decide(Node node, int visit)
        {
            if (_next < decided.Length) return ActivityResult.Complete(decided[_next++].Outcome);
            (Asked, AskedVisit) = (node, visit);
            return ActivityResult.Fail(Unasked, "");
        }
    }

    private sealed class Actor(ActivityType type) : IActivity<Script>
    {
        public string Type => type.Name;

        public int Version => type.Version;

        public ValueTask<ActivityResult> EnterAsync(ActivityScope<Script> scope) => new(
            type.CanWait ? ActivityResult.Wait
            : scope.Node.Outcomes.Count == 0 ? ActivityResult.Finish(scope.Node.Id)
            : !Chooses(scope.Node) ? ActivityResult.Complete(scope.Node.Outcomes[0])
            : scope.Context.Decide(scope.Node, scope.Visit));
    }
}
