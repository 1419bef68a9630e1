using System.Text.RegularExpressions;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>Flows that go on in a newer version of their definition: what they wait for, what they do not, and that none of them is lost.</summary>
public sealed partial class FlowMoveTests
{
    private const int Flows = 120;

    private const string Signed = """
        start : start
        draft 起草 : task
        fork : fork(Units,Public)
        units 征求单位 : task
        public 征求公众 : task
        heard : join(WaitAll)
        review 审查 : task(Good,Bad)
        sign 签发 : task
        end : end
        start > draft
        draft > fork
        fork.Units > units
        fork.Public > public
        units > heard
        public > heard
        heard > review
        review.Bad > draft
        review.Good > sign
        sign > end
        """;

    private static WorkflowDefinition Next(string text)
    {
        var json = Sketch.Json(text);
        (json["version"], json["id"]) = (2, "sketch-2");
        return WorkflowDefinition.Load(json.ToJsonString(), "sketch-2.json", Sketch.Catalogue);
    }

    private static MoveMap Map(params (string From, string To)[] nodes) => new(nodes.ToDictionary(n => n.From, n => n.To), []);

    private static async Task<(MovePlan Plan, Advance Advance, Played Played)> Move(string before, string after, MoveMap map, params string[] signals)
    {
        var (played, definition) = (new Played(), Sketch.Load(before));
        var stands = (await Play.Through(definition, played, signals)).State;
        played.Asked.Clear();
        var plan = new FlowMove(definition, Next(after), map).Plan(stands);
        return (plan, await Play.Runner.MoveAsync(plan, played), played);
    }

    [Test]
    public async Task A_flow_stays_where_it_waits_and_nobody_is_asked_again()
    {
        var (plan, advance, played) = await Move(Signed, Signed.Replace("sign > end", "sign > seal\nseal 用印 : task\nseal > end", StringComparison.Ordinal), MoveMap.Same, "draft.Done", "units.Done");
        Assert.That((advance.Failure, advance.State.Waits(), advance.Steps.Count, played.Asked.Count), Is.EqualTo(((Failure?)null, "public", 0, 0)));
        Assert.That((advance.State.Version, plan.Waits.Single().Stays), Is.EqualTo((2, true)));
        Assert.That(plan.Added.Select(n => n.Id), Is.EqualTo(["seal"]));
        Assert.That(plan.Gone, Is.Empty);
        var heard = await Play.Signal(plan.Move.To, advance.State, "public", "Done");
        Assert.That(heard.State.Waits(), Is.EqualTo("review"), "the branch that had arrived at the join is there still");
    }

    [Test]
    public async Task A_flow_whose_other_branch_has_not_arrived_still_waits_for_both()
    {
        var (_, advance, _) = await Move(Signed, Signed, MoveMap.Same, "draft.Done");
        Assert.That(advance.State.Waits(), Is.EqualTo("public units"));
        var one = await Play.Signal(Next(Signed), advance.State, "public", "Done");
        Assert.That(one.State.Waits(), Is.EqualTo("units"));
    }

    [Test]
    public async Task A_desk_that_lies_behind_is_not_made_up_for_and_said_to_be()
    {
        var (plan, advance, _) = await Move(Signed, Signed.Replace("start > draft", "start > apply\napply 立项 : task\napply > draft", StringComparison.Ordinal), MoveMap.Same, "draft.Done", "units.Done", "public.Done");
        Assert.That(plan.Passed.Select(n => n.Name), Is.EqualTo(["立项"]));
        Assert.That(advance.State.FateOf(plan.Move.To["apply"]), Is.EqualTo(NodeFate.Skipped));
        Assert.That(advance.State.FateOf(plan.Move.To["draft"]), Is.EqualTo(NodeFate.Done));
        Assert.That((await Play.Signal(plan.Move.To, advance.State, "review", "Bad")).State.Waits(), Is.EqualTo("draft"));
    }

    [Test]
    public async Task A_node_of_another_id_must_be_named_and_is_asked_anew_with_a_visit_of_its_own()
    {
        var renamed = Signed.Replace("review", "check", StringComparison.Ordinal);
        var (refused, _, _) = await Move(Signed, renamed, MoveMap.Same, "draft.Done", "units.Done", "public.Done");
        Assert.That((refused.Failure?.Code, refused.Failure?.NodeId), Is.EqualTo(("move.unmapped", "review")));
        var (plan, advance, played) = await Move(Signed, renamed, Map(("review", "check")), "draft.Done", "units.Done", "public.Done");
        Assert.That(advance.Trace(), Is.EqualTo("xreview +check ?check"));
        Assert.That(played.Asked, Is.EqualTo(["cancel review#1", "ask check#1"]));
        Assert.That((plan.Added.Count, plan.Gone.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_visit_is_never_given_twice_whatever_the_state_remembers()
    {
        var (definition, renamed) = (Sketch.Load(Signed), Next(Signed.Replace("审查", "合法性审查", StringComparison.Ordinal)));
        var stands = (await Play.Through(definition, new(), "draft.Done", "units.Done", "public.Done", "review.Bad", "draft.Done", "units.Done", "public.Done")).State;
        var move = new FlowMove(definition, renamed, MoveMap.Same);
        Assert.That(move.Plan(stands).Waits.Single().After.Visit, Is.EqualTo(3));
        Assert.That(move.Plan(stands, new Dictionary<string, int> { ["review"] = 7 }).Waits.Single().After.Visit, Is.EqualTo(8));
    }

    [Test]
    public async Task A_new_branch_is_begun_only_where_the_map_says_so()
    {
        var third = Signed.Replace("fork(Units,Public)", "fork(Units,Public,Experts)", StringComparison.Ordinal) + "\nexperts 征求专家 : task\nfork.Experts > experts\nexperts > heard";
        var (plan, without, _) = await Move(Signed, third, MoveMap.Same, "draft.Done");
        Assert.That((without.State.Waits(), string.Join(' ', plan.Passed)), Is.EqualTo(("public units", "experts")));
        var (_, with, played) = await Move(Signed, third, new(new Dictionary<string, string>(), ["experts"]), "draft.Done");
        Assert.That((with.State.Waits(), with.Trace()), Is.EqualTo(("experts public units", "+experts ?experts")));
        Assert.That(played.Asked, Is.EqualTo(["ask experts#1"]));
    }

    [TestCase("review", "nowhere", "move.map", TestName = "A map that leads nowhere")]
    [TestCase("nowhere", "review", "move.map", TestName = "A map that comes from nowhere")]
    [TestCase("review", "heard", "move.map", TestName = "A map to what does not wait")]
    public async Task A_map_is_refused(string from, string to, string code)
    {
        var (plan, advance, played) = await Move(Signed, Signed, Map((from, to)), "draft.Done", "units.Done", "public.Done");
        Assert.That((plan.Failure?.Code, advance.Failure?.Code, played.Asked.Count), Is.EqualTo((code, code, 0)));
        Assert.That(plan.Failure!.Message, Does.Match("[一-鿿].*。$"));
    }

    [Test]
    public async Task A_node_of_another_type_or_with_an_objection_is_another_kind()
    {
        var watch = Signed.Replace("审查 : task", "审查 : watch", StringComparison.Ordinal);
        Assert.That((await Move(Signed, watch, MoveMap.Same, "draft.Done", "units.Done", "public.Done")).Plan.Failure?.Code, Is.EqualTo("move.other-kind"));
        Assert.That((await Move(Signed, watch, Map(("review", "review")), "draft.Done", "units.Done", "public.Done")).Plan.Failure?.Code, Is.EqualTo("move.other-kind"));
        var (definition, next) = (Sketch.Load(Signed), Next(Signed));
        var stands = (await Play.Through(definition, new(), "draft.Done", "units.Done", "public.Done")).State;
        Assert.That(new FlowMove(definition, next, MoveMap.Same, (_, _) => "换了岗位").Plan(stands).Failure?.Message, Is.EqualTo("“审查”（review）换了岗位，请在对应关系中写明。"));
        Assert.That(new FlowMove(definition, next, Map(("review", "review")), (_, _) => "换了岗位").Plan(stands).Failure, Is.Null, "named is meant");
    }

    [Test]
    public async Task Two_waits_do_not_become_one_and_what_is_over_is_not_moved()
    {
        Assert.That((await Move(Signed, Signed, Map(("units", "public")), "draft.Done")).Plan.Failure?.Code, Is.EqualTo("move.unreachable"));
        Assert.That((await Move(Signed, Signed, Map(("units", "sign")), "draft.Done")).Plan.Failure?.Code, Is.EqualTo("move.unreachable"), "nor come to stand as the new version never does");
        var (definition, over) = (Sketch.Load(Signed), await Play.Through(Sketch.Load(Signed), new(), "draft.Done", "units.Done", "public.Done", "review.Good", "sign.Done"));
        Assert.That(new FlowMove(definition, Next(Signed), MoveMap.Same).Plan(over.State).Failure?.Code, Is.EqualTo("move.ended"));
    }

    [Test]
    public async Task Where_the_new_version_would_lose_the_flow_it_is_not_moved()
    {
        var endless = "start : start\ndraft 起草 : task\nreview 审查 : task(Good,Bad)\nagain : task\nend : end\nstart > draft\ndraft > review\nreview.Good > end\nreview.Bad > again\nagain > again";
        var (plan, _, _) = await Move("start : start\ndraft 起草 : task\nreview 审查 : task(Good,Bad)\nend : end\nstart > draft\ndraft > review\nreview.Good > end\nreview.Bad > draft", endless, MoveMap.Same, "draft.Done");
        Assert.That(plan.Failure?.Code, Is.EqualTo("move.unsound"));
    }

    [Test]
    public async Task A_move_in_which_an_activity_refuses_does_not_hold()
    {
        var (played, definition) = (new Played { FailAt = "check" }, Sketch.Load(Signed));
        var stands = (await Play.Through(definition, played, "draft.Done", "units.Done", "public.Done")).State;
        var advance = await Play.Runner.MoveAsync(new FlowMove(definition, Next(Signed.Replace("review", "check", StringComparison.Ordinal)), Map(("review", "check"))).Plan(stands), played);
        Assert.That((advance.Failure?.Code, advance.Failure?.NodeId, advance.State), Is.EqualTo(("test.no", "check", stands)));
    }

    [Test]
    public async Task Variables_and_inputs_go_along()
    {
        var json = Sketch.Json(Signed);
        json["variables"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["id"] = "said", ["name"] = "said", ["typeName"] = "String" });
        json["root"]!["activities"]![1]!["result"] = new System.Text.Json.Nodes.JsonObject { ["typeName"] = "String", ["memoryReference"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "said" } };
        var before = WorkflowDefinition.Load(json.ToJsonString(), "a", Sketch.Catalogue);
        json["version"] = 2;
        var after = WorkflowDefinition.Load(json.ToJsonString(), "b", Sketch.Catalogue);
        var stands = (await Play.Signal(before, (await Play.Start(before)).State, "draft", "Done", payload: "好")).State;
        Assert.That(new FlowMove(before, after, MoveMap.Same).Plan(stands).State!.Variables["said"], Is.EqualTo("好"));
    }

    [Test]
    public async Task A_flow_moved_to_the_same_thing_goes_on_as_if_it_had_not_been_moved()
    {
        var moves = 0;
        for (var seed = 1; seed <= Flows; seed++)
        {
            var text = new Grower(new Random(seed)).Grow();
            var (definition, next, random) = (Sketch.Load(text), Next(text), new Random(seed));
            var move = new FlowMove(definition, next, MoveMap.Same);
            var played = new Played();
            var state = (await Play.Start(definition, played)).State;
            for (var i = 0; i < 25 && state.Status == FlowStatus.Running; i++)
            {
                var plan = move.Plan(state);
                Assert.That(plan.Failure, Is.Null, $"seed {seed}: {state.Waits()}\n{text}");
                Assert.That(plan.Waits.All(w => w.Stays) && plan.Added.Count + plan.Gone.Count + plan.Passed.Count == 0, $"seed {seed}");
                await AssertAlike(definition, state, next, plan.State!, new Random(random.Next()), $"seed {seed}");
                moves++;
                state = await Step(definition, state, random, played);
            }
        }

        Assert.That(moves, Is.GreaterThan(Flows * 5));
    }

    [Test]
    public async Task A_flow_moved_to_a_changed_version_goes_on_as_one_begun_there_and_comes_to_its_end()
    {
        var (moves, unmapped) = (0, 0);
        for (var seed = 1; seed <= Flows; seed++)
        {
            var random = new Random(seed);
            var text = new Grower(random).Grow();
            var (changed, map, removed) = Change(text, random);
            WorkflowDefinition next;
            try
            {
                next = Next(changed);
            }
            catch (DefinitionException)
            {
                continue;
            }

            if (new FlowAnalysis(next).Explore(maxStates: 3000) is not { Flaws.Count: 0, Complete: true }) continue;
            var definition = Sketch.Load(text);
            var begun = await Begun(next, random);
            var move = new FlowMove(definition, next, map);
            Assert.That(move.Fault, Is.Null);
            var state = (await Play.Start(definition)).State;
            for (var i = 0; i < 25 && state.Status == FlowStatus.Running; i++, state = await Step(definition, state, random, new()))
            {
                var plan = move.Plan(state);
                if (state.Waiting.Any(w => w.NodeId == removed))
                {
                    Assert.That(plan.Failure?.Code, Is.EqualTo("move.unmapped"), $"seed {seed}");
                    unmapped++;
                    continue;
                }

                Assert.That(plan.Failure, Is.Null, $"seed {seed}: {state.Waits()}\n{text}\n\n{changed}");
                var advance = await Play.Runner.MoveAsync(plan, new());
                Assert.That(advance.State.Waits(), Is.EqualTo(string.Join(' ', state.Waiting.Select(w => map.Nodes.GetValueOrDefault(w.NodeId, w.NodeId)).Order(StringComparer.Ordinal))));
                var (there, code) = (begun.GetValueOrDefault(advance.State.Waits()), random.Next());
                if (there is not null)
                {
                    var trails = new List<string>();
                    foreach (var fresh in there) trails.Add(await Trail(next, fresh, new Random(code)));
                    Assert.That(trails, Does.Contain(await Trail(next, advance.State, new Random(code))), $"seed {seed}");
                }

                await AssertEnds(next, advance.State, random, $"seed {seed}");
                moves++;
            }
        }

        Assert.That((moves, unmapped), Is.GreaterThan((Flows * 2, 10)).Using<(int, int)>((a, b) => a.Item1 > b.Item1 && a.Item2 > b.Item2 ? 1 : -1));
    }

    /// <summary>One desk more, one desk fewer, and one of another id, as they come.</summary>
    private static (string Text, MoveMap Map, string? Removed) Change(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var ways = lines.Where(l => l.Contains('>', StringComparison.Ordinal)).ToList();
        var way = ways[random.Next(ways.Count)];
        lines[lines.IndexOf(way)] = $"{way.Split('>')[0].Trim()} > more\nmore : task\nmore > {way.Split('>')[1].Trim()}";
        var tasks = lines.Where(l => Task().IsMatch(l)).Select(l => l.Split(':')[0].Trim()).ToList();
        string? removed = null;
        if (tasks.Count > 2 && random.Next(2) == 0)
        {
            removed = tasks[random.Next(tasks.Count)];
            lines = [.. string.Join('\n', lines).Split('\n')];
            var into = lines.Where(l => l.EndsWith($"> {removed}", StringComparison.Ordinal)).ToList();
            if (lines.SingleOrDefault(l => l.StartsWith($"{removed} >", StringComparison.Ordinal)) is { } outOf && into.Count == 1)
            {
                var on = outOf.Split('>')[1].Trim();
                lines.Remove(outOf);
                lines.RemoveAll(l => l.StartsWith($"{removed} :", StringComparison.Ordinal));
                lines[lines.IndexOf(into[0])] = $"{into[0].Split('>')[0].Trim()} > {on}";
            }
            else
            {
                removed = null;
            }
        }

        var renamed = tasks.FirstOrDefault(t => t != removed);
        var result = string.Join('\n', lines);
        if (renamed is null) return (result, MoveMap.Same, removed);
        return (Regex.Replace(result, $@"\b{renamed}\b", renamed + "x"), Map((renamed, renamed + "x")), removed);
    }

    /// <summary>States of flows begun in the version, by what they wait for, as random walks come by them.</summary>
    private static async Task<Dictionary<string, List<FlowState>>> Begun(WorkflowDefinition definition, Random random)
    {
        var found = new Dictionary<string, List<FlowState>>();
        for (var walk = 0; walk < 40; walk++)
        {
            var state = (await Play.Start(definition)).State;
            for (var i = 0; i < 30 && state.Status == FlowStatus.Running; i++)
            {
                if (!found.TryGetValue(state.Waits(), out var there)) found.Add(state.Waits(), there = []);
                there.Add(state);
                state = await Step(definition, state, random, new());
            }
        }

        return found;
    }

    /// <summary>What a flow waits for, signal after signal. A random number chooses among what waits by name, so that two flows are told the same.</summary>
    private static async Task<string> Trail(WorkflowDefinition definition, FlowState state, Random random)
    {
        var trail = new List<string>();
        for (var i = 0; i < 12 && state.Status == FlowStatus.Running; i++)
        {
            trail.Add(state.Waits());
            state = await Step(definition, state, random, new());
        }

        return string.Join(" → ", trail);
    }

    private static async Task AssertAlike(WorkflowDefinition one, FlowState here, WorkflowDefinition other, FlowState there, Random random, string what)
    {
        var seed = random.Next();
        Assert.That(await Trail(other, there, new Random(seed)), Is.EqualTo(await Trail(one, here, new Random(seed))), what);
    }

    private static async Task AssertEnds(WorkflowDefinition definition, FlowState state, Random random, string what)
    {
        for (var i = 0; i < 400 && state.Status == FlowStatus.Running; i++) state = await Step(definition, state, random, new());
        Assert.That(state.Status, Is.EqualTo(FlowStatus.Finished), what);
    }

    private static async Task<FlowState> Step(WorkflowDefinition definition, FlowState state, Random random, Played played)
    {
        var waits = state.Waiting.OrderBy(w => w.NodeId, StringComparer.Ordinal).ToList();
        var wait = waits[random.Next(waits.Count)];
        var outcomes = definition[wait.NodeId].Outcomes.Where(o => o != "Met").ToList();
        var advance = await Play.Runner.ResumeAsync(definition, state, wait.NodeId, wait.Visit, new(outcomes[random.Next(outcomes.Count)]), played);
        Assert.That(advance.Failure, Is.Null);
        return advance.State;
    }

    [GeneratedRegex(@"^n\d+ : task$")]
    private static partial Regex Task();
}
