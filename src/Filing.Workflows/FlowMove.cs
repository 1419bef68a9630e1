namespace Filing.Workflows;

/// <summary>
/// Takes flows from one version of a definition to a newer one while they rest. A flow is put into a state that a flow begun in the new version can
/// be in: one that waits where this one waits, and of several such the one whose branches stand most alike. So whatever was shown of the new
/// version holds of a moved flow too; and it is played on from there once more before it is moved.
/// </summary>
public sealed class FlowMove
{
    private readonly MoveMap _map;
    private readonly Func<Node, Node, string?> _objection;
    private readonly Lazy<ILookup<string, FlowState>> _standing;
    private readonly Lazy<List<(Connection New, Connection Old)>> _alike;
    private readonly (Explorer From, Explorer To) _keys;
    private readonly Dictionary<string, Exploration> _futures = [];

    /// <summary>Prepares moves between two versions; one object serves any number of flows, one after the other.</summary>
    /// <param name="from">The version in which the flows stand.</param>
    /// <param name="to">The version to which they go.</param>
    /// <param name="map">What rules which node becomes which.</param>
    /// <param name="objection">What stands against a node becoming another one unless the map names both, as a Chinese phrase; null when nothing does.</param>
    public FlowMove(WorkflowDefinition from, WorkflowDefinition to, MoveMap map, Func<Node, Node, string?>? objection = null)
    {
        (From, To, _map, _objection) = (from, to, map, objection ?? (static (_, _) => null));
        Fault = Check();
        _keys = (new(from, false, 1), new(to, false, 1));
        _alike = new(() => [.. to.Connections.Where(c => !c.Backward).Select(c => (New: c, Old: Twin(c))).Where(p => p.Old is { Backward: false }).Select(p => (p.New, p.Old!))]);
        _standing = new(() =>
        {
            var explorer = new Explorer(to, false, 20_000);
            explorer.Explore();
            return explorer.Found.Select(f => f.State).Where(s => s.Status == FlowStatus.Running).ToLookup(s => Places(s.Waits.Select(w => w.NodeId)));
        });
    }

    /// <summary>The version in which the flows stand.</summary>
    public WorkflowDefinition From { get; }

    /// <summary>The version to which they go.</summary>
    public WorkflowDefinition To { get; }

    /// <summary>What is wrong with the map itself: <c>move.map</c>; null when nothing is.</summary>
    public Failure? Fault { get; }

    /// <summary>The node that a node becomes: the one the map names, else the one of the same id; null when there is none.</summary>
    public Node? TargetOf(Node node) => To.Find(_map.Nodes.GetValueOrDefault(node.Id, node.Id));

    /// <summary>Works out what moving a flow would come to. Nothing is done.</summary>
    /// <param name="state">Where it stands, in <see cref="From"/>.</param>
    /// <param name="visits">The highest visit of each node id in the flow's whole history, which may know nodes of still older versions; null when the state knows it all.</param>
    /// <returns>
    /// The plan; its failure is <c>move.map</c>, <c>move.ended</c>, <c>move.unmapped</c> (a wait has no node in the new version), <c>move.other-kind</c>
    /// (it has, of another kind), <c>move.unreachable</c> (nothing in the new version ever waits at these places together) or <c>move.unsound</c>.
    /// </returns>
    /// <exception cref="ArgumentException">The state is of another definition or version.</exception>
    public MovePlan Plan(FlowState state, IReadOnlyDictionary<string, int>? visits = null)
    {
        if (!state.BelongsTo(From)) throw new ArgumentException($"The state is of {state.DefinitionId} v{state.Version}, not of {From}.", nameof(state));
        if (Fault is not null) return Refuse(state, Fault);
        if (state.Status != FlowStatus.Running) return Refuse(state, new("move.ended", "该流程已经结束，不能改用新版。"));
        var targets = new List<Node>();
        foreach (var wait in state.Waits)
        {
            var node = From[wait.NodeId];
            if (Mapped(node) is { } failure) return Refuse(state, failure);
            targets.Add(TargetOf(node)!);
        }

        Node[] begun = [.. _map.Begin.Select(id => To[id])];
        var wanted = Places([.. targets.Select(t => t.Id), .. begun.Select(b => b.Id)]);
        if (Stand(state, wanted) is not { } model)
        {
            return Refuse(state, new("move.unreachable",
                $"新版流程的任何走法都不会同时停在{string.Join("、", targets.Concat(begun).Select(t => $"“{t.Name}”"))}，不能改到那里。"));
        }

        var moved = Moved(state, model, targets, begun, visits ?? new Dictionary<string, int>());
        var future = Future(moved, To);
        if (future.Flaws is [var flaw, ..]) return Refuse(state, new("move.unsound", $"改用新版后，有的走法会使流程中断：{flaw.Failure.Message}") { NodeId = flaw.Failure.NodeId });
        if (!future.Complete) return Refuse(state, new("move.unsound", "新版流程过于复杂，无法逐一核验改用之后的走法。"));
        return Describe(state, moved, future, begun, model);
    }

    /// <summary>The failure that a plan is when something stands against it.</summary>
    private MovePlan Refuse(FlowState state, Failure failure) => new(this, state, null, [], [], failure);

    private Failure? Check()
    {
        foreach (var (id, target) in _map.Nodes)
        {
            if (From.Find(id) is not { Activity.CanWait: true } from) return new("move.map", $"对应关系中的“{id}”不是原版流程中会停下办理的环节。");
            if (To.Find(target) is not { Activity.CanWait: true } to) return new("move.map", $"对应关系中的“{target}”不是新版流程中会停下办理的环节。");
            if (from.Type != to.Type) return new("move.other-kind", $"“{from.Name}”与“{to.Name}”不是同一种环节，不能互相对应。") { NodeId = id };
        }

        foreach (var id in _map.Begin)
        {
            if (To.Find(id) is not { Activity.CanWait: true }) return new("move.map", $"要补开的“{id}”不是新版流程中会停下办理的环节。");
        }

        return null;
    }

    private Failure? Mapped(Node node)
    {
        if (TargetOf(node) is not { } target)
            return new("move.unmapped", $"“{node.Name}”（{node.Id}）在新版流程中没有对应的环节，请指明改到哪一个环节，或等它办完。") { NodeId = node.Id };
        if (_map.Nodes.ContainsKey(node.Id)) return null;
        if (node.Type != target.Type) return new("move.other-kind", $"“{node.Name}”（{node.Id}）在新版流程中已是另一种环节，请指明改到哪一个环节。") { NodeId = node.Id };
        return _objection(node, target) is { } why ? new("move.other-kind", $"“{node.Name}”（{node.Id}）{why}，请在对应关系中写明。") { NodeId = node.Id } : null;
    }

    /// <summary>Of the states of the new version that wait just there, the one whose branches stand most like this flow's; the nearest first.</summary>
    private FlowState? Stand(FlowState state, string wanted) =>
        _standing.Value[wanted].MinBy(candidate => _alike.Value.Sum(pair => Distance(state, pair.Old, candidate, pair.New)));

    private Connection? Twin(Connection way) => From.Connections.FirstOrDefault(c =>
        c.Port == way.Port && TargetOf(c.Source)?.Id == way.Source.Id && TargetOf(c.Target)?.Id == way.Target.Id);

    private static int Distance(FlowState old, Connection was, FlowState candidate, Connection way)
    {
        var (before, after) = (Ahead(old, was), Ahead(candidate, way));
        // Where branches meet, who has arrived is what matters; elsewhere counts are only leftovers of rounds.
        var weight = way.Target.In.Count > 1 ? 100 : 1;
        return weight * (Math.Abs(before - after) + (before > 0 && after > 0 && old.Followed[was.Index] != candidate.Followed[way.Index] ? 1 : 0));
    }

    private static int Ahead(FlowState state, Connection way) => Math.Clamp(state.Visited[way.Index] - state.Passed[way.Target.Index], -3, 3);

    private FlowState Moved(FlowState state, FlowState model, List<Node> targets, Node[] begun, IReadOnlyDictionary<string, int> visits)
    {
        var moved = model.For(To, state.Inputs, To.Variables.ToDictionary(
            v => v.Id, v => From.Variables.Any(o => o.Id == v.Id && o.Type == v.Type) && state.Slots.TryGetValue(v.Id, out var value) ? value : v.Default));
        foreach (var node in To.Nodes)
        {
            var old = From.Find(node.Id);
            var technical = ActivityCatalogue.IsBuiltIn(node.Type);
            moved.Entered[node.Index] = Math.Max(visits.GetValueOrDefault(node.Id), old is not null ? state.Entered[old.Index] : technical ? model.Entered[node.Index] : 0);
            if (technical || model.Fates[node.Index] == NodeFate.Waiting) continue;
            var fate = old is not null && old.Type == node.Type ? state.Fates[old.Index] : NodeFate.Ahead;
            if (fate is NodeFate.Ahead or NodeFate.Waiting) fate = model.Fates[node.Index] == NodeFate.Ahead ? NodeFate.Ahead : NodeFate.Skipped;
            moved.Fates[node.Index] = fate;
        }

        moved.Waits.Clear();
        for (var i = 0; i < targets.Count; i++) moved.Waits.Add(Wait(targets[i], Stays(From[state.Waits[i].NodeId], targets[i]) ? state.Waits[i].Visit : null));
        foreach (var node in begun) moved.Waits.Add(Wait(node, null));
        return moved;

        FlowWait Wait(Node node, int? visit) => new(node.Id, visit ?? ++moved.Entered[node.Index], model.Waits.Find(w => w.NodeId == node.Id).Again);
    }

    /// <summary>True when nothing of what a node asks for changes.</summary>
    private static bool Stays(Node node, Node target) =>
        node.Id == target.Id && node.Name == target.Name && node.Type == target.Type && node.Version == target.Version
        && node.Inputs.Count == target.Inputs.Count && node.Inputs.All(i => target.Inputs.TryGetValue(i.Key, out var other) && other == i.Value);

    private MovePlan Describe(FlowState state, FlowState moved, Exploration future, Node[] begun, FlowState model)
    {
        var waits = state.Waits.Select((w, i) => new MovedWait(
            w, moved.Waits[i], From[w.NodeId], To[moved.Waits[i].NodeId], Stays(From[w.NodeId], To[moved.Waits[i].NodeId]))).ToList();
        var before = Stops(Future(state, From), From).Where(n => state.Fates[n.Index] != NodeFate.Waiting).ToList();
        var after = Stops(future, To).Where(n => moved.Fates[n.Index] != NodeFate.Waiting).ToList();
        var was = before.Select(TargetOf).OfType<Node>().ToHashSet();
        var known = From.Nodes.Where(n => n.Activity.CanWait).Select(TargetOf).OfType<Node>().ToHashSet();
        var passed = To.Nodes.Where(n => n.Activity.CanWait && !known.Contains(n) && model.Fates[n.Index] == NodeFate.Done).ToList();
        return new(this, state, moved, waits, begun, null)
        {
            Added = [.. after.Where(n => !was.Contains(n) && !passed.Contains(n))],
            Gone = [.. before.Where(n => TargetOf(n) is not { } t || (!after.Contains(t) && moved.Fates[t.Index] != NodeFate.Waiting))],
            Passed = passed,
        };
    }

    /// <summary>The nodes that can still wait.</summary>
    private static IEnumerable<Node> Stops(Exploration future, WorkflowDefinition definition)
    {
        var reached = future.Walks.Select(w => w.Last.NodeId).ToHashSet();
        return definition.Nodes.Where(n => n.Activity.CanWait && reached.Contains(n.Id));
    }

    private Exploration Future(FlowState state, WorkflowDefinition definition)
    {
        var key = definition == To ? $"> {_keys.To.Key(state)}" : $"< {_keys.From.Key(state)}";
        return _futures.TryGetValue(key, out var future) ? future : _futures[key] = new FlowAnalysis(definition).ExploreFrom(state);
    }

    private static string Places(IEnumerable<string> nodes) => string.Join(' ', nodes.Order(StringComparer.Ordinal));
}

/// <summary>What rules which node becomes which when a flow moves to a newer version.</summary>
/// <param name="Nodes">Waiting nodes of the old version by id, with the id of the node of the new one; what is not named becomes the node of its own id.</param>
/// <param name="Begin">Waiting nodes of the new version, by id, at which the flow is to wait besides: branches that the old version did not have.</param>
public sealed record MoveMap(IReadOnlyDictionary<string, string> Nodes, IReadOnlyList<string> Begin)
{
    /// <summary>Every node becomes the one of its own id.</summary>
    public static MoveMap Same { get; } = new(new Dictionary<string, string>(), []);
}

/// <summary>What becomes of a node that waits.</summary>
/// <param name="Before">How it waits.</param>
/// <param name="After">How it will.</param>
/// <param name="From">The node.</param>
/// <param name="To">The node that it becomes.</param>
/// <param name="Stays">True when nothing of what it asks for changes; otherwise that is withdrawn and asked anew.</param>
public sealed record MovedWait(FlowWait Before, FlowWait After, Node From, Node To, bool Stays);

/// <summary>What moving a flow would come to.</summary>
/// <param name="Move">The move.</param>
/// <param name="Before">Where the flow stands.</param>
/// <param name="State">Where it will stand; null when it cannot be moved.</param>
/// <param name="Waits">What becomes of each node that waits, in the order in which they began to.</param>
/// <param name="Begun">The nodes at which it will wait besides.</param>
/// <param name="Failure">Why it cannot be moved; null when it can.</param>
public sealed record MovePlan(FlowMove Move, FlowState Before, FlowState? State, IReadOnlyList<MovedWait> Waits, IReadOnlyList<Node> Begun, Failure? Failure)
{
    /// <summary>Nodes of the new version at which the flow may still come to wait, and could not so far.</summary>
    public IReadOnlyList<Node> Added { get; init; } = [];

    /// <summary>Nodes of the old version at which the flow could still have come to wait, and cannot any more.</summary>
    public IReadOnlyList<Node> Gone { get; init; } = [];

    /// <summary>Nodes that only the new version has, and that lie behind the flow: they are not made up for, unless a way back leads before them.</summary>
    public IReadOnlyList<Node> Passed { get; init; } = [];
}
