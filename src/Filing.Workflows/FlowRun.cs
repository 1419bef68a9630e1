namespace Filing.Workflows;

/// <summary>One advance: works on a copy of the state and hands it out only when the advance holds.</summary>
internal sealed class FlowRun<TContext>(FlowRunner<TContext> runner, WorkflowDefinition definition, FlowState given, TContext context)
{
    private readonly FlowState _state = given.Copy();
    private readonly List<FlowStep> _steps = new(16);
    private readonly Queue<(Node Node, bool Again)> _due = new();
    private Failure? _failure;
    private bool _over;
    private bool _branchEnded;
    private Node? _last;
    private Node? _joining;

    public async ValueTask<Advance> StartAsync()
    {
        _due.Enqueue((definition.Start, false));
        return await SettleAsync().ConfigureAwait(false);
    }

    public async ValueTask<Advance> ResumeAsync(string nodeId, int visit, Signal signal)
    {
        var at = _state.Status == FlowStatus.Running ? _state.Waits.FindIndex(w => w.NodeId == nodeId && w.Visit == visit) : -1;
        if (at < 0)
            return new(given, [], new("workflow.not-waiting", $"流程节点“{definition.Find(nodeId)?.Name ?? nodeId}”已不在等待，请刷新后再试。") { NodeId = nodeId });

        var wait = _state.Waits[at];
        var node = definition[nodeId];
        _steps.Add(new(nodeId, visit, StepKind.Resumed) { Signal = signal.Name });
        var result = await runner.ActivityOf(node).ResumeAsync(Scope(node, visit), signal).ConfigureAwait(false);
        if (result.Kind != ResultKind.Wait) _state.Waits.RemoveAt(at);
        await TakeAsync(node, visit, wait.Again, result, resumed: true).ConfigureAwait(false);
        return await SettleAsync().ConfigureAwait(false);
    }

    public async ValueTask<Advance> CancelAsync(string reason)
    {
        await CancelAllAsync().ConfigureAwait(false);
        (_state.Status, _state.Outcome) = (FlowStatus.Cancelled, reason);
        return Answer();
    }

    /// <summary>Runs what is due until nothing is: to the next wait, the end, or a failure.</summary>
    private async ValueTask<Advance> SettleAsync()
    {
        var entered = 0;
        while (_failure is null && !_over && _due.TryDequeue(out var due))
        {
            if (++entered > FlowRunner<TContext>.MaxSteps)
            {
                _failure = new("workflow.runaway", $"流程连续执行 {FlowRunner<TContext>.MaxSteps} 步仍未停下，已中止。请检查流程定义。") { NodeId = due.Node.Id };
                break;
            }

            await EnterAsync(due.Node, due.Again).ConfigureAwait(false);
        }

        if (_failure is null && !_over && _state.Waits.Count == 0)
        {
            // Elsa calls a flow with nothing left to do complete, even when its counts swallowed the way on. A case must not vanish so.
            if (_branchEnded) _state.Status = FlowStatus.Finished;
            else _failure = Stuck(_last);
        }

        return Answer();
    }

    private Advance Answer() => _failure is null ? new(_state, _steps, null) : new(given, _steps, _failure);

    private async ValueTask EnterAsync(Node node, bool again)
    {
        var visit = ++_state.Entered[node.Index];
        _steps.Add(new(node.Id, visit, StepKind.Entered));
        ActivityResult result;
        switch (node.Type)
        {
            case ActivityCatalogue.Start:
                result = ActivityResult.Done;
                break;
            case ActivityCatalogue.Fork:
                result = ActivityResult.Complete((string[])node.Outcomes);
                break;
            case ActivityCatalogue.Join:
                _joining = node;
                await CancelUpstreamAsync(node).ConfigureAwait(false);
                _joining = null;
                result = ActivityResult.Done;
                break;
            case ActivityCatalogue.Finish or ActivityCatalogue.End:
                result = ActivityResult.Finish(node.Id);
                break;
            default:
                result = await runner.ActivityOf(node).EnterAsync(Scope(node, visit)).ConfigureAwait(false);
                break;
        }

        if (_failure is null) await TakeAsync(node, visit, again, result, resumed: false).ConfigureAwait(false);
    }

    private async ValueTask TakeAsync(Node node, int visit, bool again, ActivityResult result, bool resumed)
    {
        switch (result.Kind)
        {
            case ResultKind.Fail:
                _failure = result.Failure! with { NodeId = result.Failure.NodeId ?? node.Id };
                break;

            case ResultKind.Wait:
                if (!resumed) _state.Waits.Add(new(node.Id, visit, again));
                _state.Fates[node.Index] = NodeFate.Waiting;
                _steps.Add(new(node.Id, visit, StepKind.Waiting));
                break;

            case ResultKind.Finish:
                _state.Fates[node.Index] = NodeFate.Done;
                _steps.Add(new(node.Id, visit, StepKind.Completed) { Outcomes = node.IsTerminal ? ActivityResult.Done.Outcomes : result.Outcomes });
                await CancelAllAsync().ConfigureAwait(false);
                (_state.Status, _state.Outcome, _over) = (FlowStatus.Finished, result.Outcomes[0], true);
                break;

            case ResultKind.Complete:
                foreach (var outcome in result.Outcomes)
                {
                    if (node.Outcomes.Contains(outcome) && !node.Activity.Ties.Contains(outcome)) continue;
                    _failure = new("workflow.unknown-outcome", $"流程节点“{node.Name}”没有名为“{outcome}”的结果。") { NodeId = node.Id };
                    return;
                }

                _state.Fates[node.Index] = NodeFate.Done;
                _steps.Add(new(node.Id, visit, StepKind.Completed) { Outcomes = result.Outcomes });
                _last = node;
                if (node.Activity.EndsBranch && !node.Out.Any(way => result.Outcomes.Contains(way.Port))) _branchEnded = true;
                await LeaveAsync(node, result.Outcomes, again).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Marks every way out of a node visited, and schedules or skips what lies there.</summary>
    private async ValueTask LeaveAsync(Node node, IReadOnlyList<string> outcomes, bool again)
    {
        if (!again) _state.Passed[node.Index]++;
        foreach (var way in node.Out)
        {
            var followed = outcomes.Contains(way.Port);
            _state.Visited[way.Index]++;
            _state.Followed[way.Index] = followed;
            if (way.Backward)
            {
                if (!followed) continue;
                _due.Enqueue((way.Target, true));
                Renew(way.Target);
            }
            else
            {
                await ArriveAsync(way, followed).ConfigureAwait(false);
            }

            if (_failure is not null) return;
        }
    }

    private async ValueTask ArriveAsync(Connection way, bool followed)
    {
        var target = way.Target;
        var passed = _state.Passed[target.Index];
        var any = target.Mode == JoinMode.WaitAny;
        if (any && (_state.Visited[way.Index] <= passed || IsDue(target))) return;

        var (least, most, anyOfMost, allOfMost) = Count(target);
        // On a join of any Elsa looks at the busiest way, which after rounds of a loop need not be the one that was just followed.
        var runs = any ? (runner.AsElsa ? most > passed && anyOfMost : followed) : least > passed && (target.Mode == JoinMode.WaitAll ? allOfMost : anyOfMost);
        if (!runs && IsLost(target, followed, least > passed))
        {
            if (runner.AsElsa) _failure = Stuck(target);
            else runs = true;
        }

        if (runs)
        {
            _due.Enqueue((target, false));
            if (any) await CancelUpstreamAsync(target).ConfigureAwait(false);
        }
        else if (_failure is null && least > passed)
        {
            await SkipAsync(target).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// True when a way that was followed would be lost without a word: loops make Elsa's counts of the ways into a node differ by more than they mean.
    /// </summary>
    private bool IsLost(Node target, bool followed, bool allVisited)
    {
        if (followed && (target.Mode == JoinMode.WaitAny || target.In.Count == 1)) return true;
        if (!allVisited || target.Mode != JoinMode.WaitAllActive) return false;
        foreach (var way in target.In)
        {
            if (_state.Followed[way.Index] && _state.Visited[way.Index] > _state.Passed[target.Index]) return true;
        }

        return false;
    }

    private (int Least, int Most, bool AnyOfMost, bool AllOfMost) Count(Node target)
    {
        int least = int.MaxValue, most = 0;
        foreach (var way in target.In)
        {
            var visited = _state.Visited[way.Index];
            if (visited < least) least = visited;
            if (visited > most) most = visited;
        }

        bool any = false, all = true;
        foreach (var way in target.In)
        {
            var counts = _state.Visited[way.Index] == most && _state.Followed[way.Index];
            any |= counts;
            all &= counts;
        }

        return (least, most, any, all);
    }

    private bool IsDue(Node target)
    {
        // Elsa forgets the join that is just cancelling and runs it a second time; the exploration calls such a definition a race.
        if (target == _joining) return true;
        foreach (var (node, _) in _due)
        {
            if (node == target) return true;
        }

        return false;
    }

    /// <summary>A new round: what lies behind its beginning is ahead again. The counts stay as they are.</summary>
    private void Renew(Node from)
    {
        if (_state.Fates[from.Index] is NodeFate.Ahead or NodeFate.Waiting) return;
        if (_state.Fates[from.Index] != NodeFate.Cancelled) _state.Fates[from.Index] = NodeFate.Ahead;
        foreach (var way in from.Out)
        {
            if (!way.Backward) Renew(way.Target);
        }
    }

    private ValueTask SkipAsync(Node node)
    {
        // What was done in an earlier round and is not needed in this one stays done.
        if (_state.Fates[node.Index] == NodeFate.Ahead) _state.Fates[node.Index] = _state.Entered[node.Index] > 0 ? NodeFate.Done : NodeFate.Skipped;
        _steps.Add(new(node.Id, _state.Entered[node.Index], StepKind.Skipped));
        return LeaveAsync(node, [], again: false);
    }

    private async ValueTask CancelUpstreamAsync(Node join)
    {
        if (_state.Waits.Count == 0) return;
        foreach (var wait in _state.Waits.FindAll(w => join.Upstream![definition[w.NodeId].Index]))
        {
            if (_failure is not null) return;
            if (!await CancelAsync(wait).ConfigureAwait(false)) continue;

            // Elsa counts a node that a loop led back to once more when it is cancelled, and then does not enter it in the next round.
            await LeaveAsync(definition[wait.NodeId], [], wait.Again && !runner.AsElsa).ConfigureAwait(false);
        }
    }

    private async ValueTask CancelAllAsync()
    {
        foreach (var wait in _state.Waits.ToArray())
        {
            if (_failure is not null) return;
            await CancelAsync(wait).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> CancelAsync(FlowWait wait)
    {
        if (!_state.Waits.Remove(wait)) return false;
        var node = definition[wait.NodeId];
        _state.Fates[node.Index] = NodeFate.Cancelled;
        var failure = await runner.ActivityOf(node).CancelAsync(Scope(node, wait.Visit)).ConfigureAwait(false);
        if (failure is not null) _failure = failure with { NodeId = failure.NodeId ?? node.Id };
        _steps.Add(new(node.Id, wait.Visit, StepKind.Cancelled));
        return _failure is null;
    }

    private static Failure Stuck(Node? at) =>
        new("workflow.stuck", $"流程走到节点“{at?.Name}”后没有去路，已中止。请检查流程定义中的循环与汇合。") { NodeId = at?.Id };

    private ActivityScope<TContext> Scope(Node node, int visit) => new(definition, node, visit, context, _state.Slots, _state.Inputs);
}
