using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>What holds of every flow, on flowcharts grown at random out of the forms that definitions are made of.</summary>
public sealed class FlowProperties
{
    private const int Flows = 400;

    private static IEnumerable<(int Seed, WorkflowDefinition Definition, Random Random)> Grown()
    {
        for (var seed = 1; seed <= Flows; seed++)
        {
            var random = new Random(seed);
            yield return (seed, Sketch.Load(new Grower(random).Grow()), random);
        }
    }

    [Test]
    public async Task Every_flow_comes_to_rest_and_whatever_waits_can_go_on()
    {
        var finished = 0;
        foreach (var (seed, definition, random) in Grown())
        {
            var played = new Played { Decide = (node, _) => node.Outcomes[random.Next(node.Outcomes.Count)] };
            var advance = await Play.Start(definition, played);
            for (var i = 0; i < 60 && advance.State.Status == FlowStatus.Running; i++)
            {
                Assert.That(advance.Failure, Is.Null, $"seed {seed}");
                Assert.That(advance.State.Waiting, Is.Not.Empty, $"seed {seed}");
                advance = await Step(definition, advance.State, random, played);
            }

            if (advance.State.Status == FlowStatus.Finished) finished++;
            Assert.That(advance.State.Status == FlowStatus.Running || advance.State.Waiting.Count == 0, $"seed {seed}");
        }

        Assert.That(finished, Is.GreaterThan(Flows * 3 / 4), "most random walks reach an end");
    }

    [Test]
    public async Task A_state_survives_its_text_and_a_flow_read_from_text_goes_the_same_way()
    {
        foreach (var (seed, definition, random) in Grown())
        {
            var (inMemory, fromText) = (new Played(), new Played());
            var live = await Play.Start(definition, inMemory);
            var stored = await Play.Start(definition, fromText);
            for (var i = 0; i < 30 && live.State.Status == FlowStatus.Running; i++)
            {
                var text = stored.State.ToJson();
                var read = FlowState.FromJson(text);
                Assert.That(read.ToJson(), Is.EqualTo(text), $"seed {seed}");
                Assert.That(live.State.ToJson(), Is.EqualTo(text), $"seed {seed}");
                var (node, visit, signal) = Pick(definition, read, random);
                live = await Play.Runner.ResumeAsync(definition, live.State, node, visit, signal, inMemory);
                stored = await Play.Runner.ResumeAsync(definition, read, node, visit, signal, fromText);
                Assert.That(stored.Trace(), Is.EqualTo(live.Trace()), $"seed {seed}");
            }

            Assert.That(fromText.Asked, Is.EqualTo(inMemory.Asked), $"seed {seed}");
        }
    }

    [Test]
    public async Task Whoever_is_asked_is_answered_or_cancelled_exactly_once()
    {
        var cancellations = 0;
        foreach (var (seed, definition, random) in Grown())
        {
            var played = new Played();
            var steps = new List<FlowStep>();
            var advance = await Play.Start(definition, played);
            steps.AddRange(advance.Steps);
            for (var i = 0; i < 60 && advance.State.Status == FlowStatus.Running; i++)
            {
                advance = await Step(definition, advance.State, random, played);
                steps.AddRange(advance.Steps);
            }

            if (advance.State.Status == FlowStatus.Running)
            {
                advance = await Play.Runner.CancelAsync(definition, advance.State, "撤回", played);
                steps.AddRange(advance.Steps);
            }

            foreach (var asked in steps.Where(s => s.What == StepKind.Waiting))
            {
                var ended = steps.Count(s => s.NodeId == asked.NodeId && s.Visit == asked.Visit && s.What is StepKind.Completed or StepKind.Cancelled
                    && s.NodeId == asked.NodeId && s.Visit == asked.Visit);
                Assert.That(ended, Is.EqualTo(1), $"seed {seed}: {asked}");
            }

            var cancelled = played.Asked.Where(a => a.StartsWith("cancel", StringComparison.Ordinal)).ToList();
            Assert.That(cancelled, Is.Unique, $"seed {seed}");
            Assert.That(cancelled, Has.Count.EqualTo(steps.Count(s => s.What == StepKind.Cancelled)), $"seed {seed}");
            cancellations += cancelled.Count;
        }

        Assert.That(cancellations, Is.GreaterThan(Flows / 4), "the flows must have something to cancel");
    }

    [Test]
    public void Every_flow_so_grown_is_sound_and_every_choice_has_its_walk()
    {
        foreach (var (seed, definition, _) in Grown().Take(150))
        {
            var seen = new FlowAnalysis(definition).Explore(asElsa: true, 3000);
            Assert.That(seen.Flaws, Is.Empty, $"seed {seed}\n{new Grower(new Random(seed)).Grow()}");
            if (seen.Complete) Assert.That(seen.Unreached, Is.Empty, $"seed {seed}");
        }
    }

    [Test]
    public void Dominance_agrees_with_taking_the_node_away()
    {
        foreach (var (seed, definition, _) in Grown().Take(100))
        {
            var analysis = new FlowAnalysis(definition);
            foreach (var gone in definition.Nodes)
            {
                var reached = new HashSet<Node>();
                var open = new Stack<Node>(gone == definition.Start ? [] : [definition.Start]);
                while (open.TryPop(out var node))
                {
                    if (!reached.Add(node)) continue;
                    foreach (var way in node.Out.Where(w => w.Target != gone)) open.Push(way.Target);
                }

                foreach (var node in definition.Nodes)
                    Assert.That(analysis.Passes(node, gone), Is.EqualTo(!reached.Contains(node)), $"seed {seed}: {node} past {gone}");
            }
        }
    }

    private static Task<Advance> Step(WorkflowDefinition definition, FlowState state, Random random, Played played)
    {
        var (node, visit, signal) = Pick(definition, state, random);
        return Play.Runner.ResumeAsync(definition, state, node, visit, signal, played).AsTask();
    }

    private static (string Node, int Visit, Signal Signal) Pick(WorkflowDefinition definition, FlowState state, Random random)
    {
        var wait = state.Waiting[random.Next(state.Waiting.Count)];
        var outcomes = definition[wait.NodeId].Outcomes.Where(o => o != "Met").ToList();
        return (wait.NodeId, wait.Visit, new(outcomes[random.Next(outcomes.Count)]));
    }
}

/// <summary>Grows a flowchart out of tasks, decisions that meet again, forks with each kind of join, rounds, and watches beside a task.</summary>
internal sealed class Grower(Random random)
{
    private readonly List<string> _lines = ["start : start", "end : end"];
    private int _count;

    public string Grow()
    {
        _lines.Add($"{Part("start", 3, rounds: true)} > end");
        return string.Join('\n', _lines);
    }

    /// <summary>
    /// Grows a part behind an open way; the answer is the one way open after it. No round stands beside another
    /// branch, and each branch of a fork begins with a task, and nothing that a join of any
    /// may cancel waits for all that are active: Elsa's counts would come apart otherwise.
    /// </summary>
    private string Part(string from, int depth, bool rounds, bool any = false)
    {
        switch (depth <= 0 ? random.Next(2) : random.Next(rounds ? 9 : 7))
        {
            case 0: return Follow(from, "task");
            case 1: return Follow(from, "auto");
            case 2: return Part(Part(from, depth - 1, rounds, any), depth - 1, rounds, any);
            case 3 or 4: return Meeting(from, random.Next(2) == 0 ? "task(X,Y)" : "auto(X,Y)", depth, any, random.Next(3) switch { 0 => "auto", 1 => "join(WaitAny)", _ => "join(WaitAllActive)" });
            case 5: return Meeting(from, "fork(X,Y)", depth, any, random.Next(any ? 2 : 4) switch { 0 => "join(WaitAny)", 1 => "join(WaitAll)", 2 => "task", _ => "join(WaitAllActive)" });
            case 6:
                var fork = Follow(from, "fork(Work,Watch)");
                var meet = New("join(WaitAny)");
                _lines.Add($"{Part(Follow($"{fork}.Work", "task"), depth - 1, rounds: false, any: true)} > {meet}");
                var soon = Follow($"{fork}.Watch", "watch(Met,Soon)");
                var late = Follow(Follow($"{soon}.Soon", "auto"), "watch(Met,Late)");
                Follow($"{late}.Late", "ends");
                _lines.AddRange([$"{soon}.Met > {meet}", $"{late}.Met > {meet}"]);
                return meet;
            default:
                var head = Follow(from, "task");
                var check = Follow(Part(head, depth - 1, rounds), "task(Again,Good)");
                _lines.Add($"{check}.Again > {head}");
                return $"{check}.Good";
        }
    }

    private string Meeting(string from, string kind, int depth, bool any, string meeting)
    {
        var parted = Follow(from, kind);
        var fork = kind.StartsWith("fork", StringComparison.Ordinal);
        any |= fork && meeting == "join(WaitAny)";
        var x = Part(fork ? Follow($"{parted}.X", "task") : $"{parted}.X", depth - 1, rounds: false, any);
        var y = !fork && random.Next(3) == 0 ? $"{parted}.Y" : Part(fork ? Follow($"{parted}.Y", "task") : $"{parted}.Y", depth - 1, rounds: false, any);
        var meet = New(meeting);
        _lines.AddRange([$"{x} > {meet}", $"{y} > {meet}"]);
        return meet;
    }

    private string Follow(string from, string kind)
    {
        var node = New(kind);
        _lines.Add($"{from} > {node}");
        return node;
    }

    private string New(string kind)
    {
        var id = $"n{++_count}";
        _lines.Add($"{id} : {kind}");
        return id;
    }
}
