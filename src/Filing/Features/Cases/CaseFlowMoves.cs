using Filing.Activities;
using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>Running instances that go on in a newer version of their definition, in the transaction of the command that moves them.</summary>
public sealed partial class CaseFlow
{
    /// <summary>A move between two versions as the definitions here are compared: another desk, task, signal, limit or workflow must be named.</summary>
    internal static FlowMove MoveBetween(WorkflowDefinition from, WorkflowDefinition to, MoveMap map) => new(from, to, map, Objection);

    /// <summary>What moving an instance would come to; nothing is done. Beside the plan's own failures it is refused as <c>move.on-elsa</c> and <c>move.not-newer</c>.</summary>
    internal async Task<Result<InstanceMove>> PlanMoveAsync(Guid instanceId, Func<WorkflowDefinition, FlowMove> between)
    {
        if (await RowAsync(instanceId) is not { } row) return Error.NotFound("流程");
        if (row.Status != "running") return Error.Refused("move.ended", "该流程已经结束，不能改用新版。");
        if (!(await StandingAsync(row)).TryGet(out var standing, out var unknown)) return unknown;
        var move = between(laws.Definition(row.DefinitionId, row.DefinitionVersion));
        if (move.To.Version < row.DefinitionVersion + (row.IsHandedOver ? 0 : 1))
            return Error.Refused("move.not-newer", $"该流程现在按第 {row.DefinitionVersion} 版办理，只能改用更新的版本。");
        var plan = move.Plan(standing, await VisitsAsync(instanceId));
        if (plan.Failure is { } failure) return ErrorOf(failure);
        if (await OutcomeProblemAsync(row, move.To) is { } error) return error;
        var before = (await CaseAsync(row.DocumentId)).Value;
        var after = before.Under(row.DefinitionId, move.To.Version, row.ParentId is null);
        if (await ActivityProblemAsync(row, plan, after) is { } refused) return refused;
        if (row.ParentId is null && await OrderProblemAsync(plan, before, after) is { } early) return early;
        return new InstanceMove(row.Id, plan, before, after, deadlines.ChangedBetween(before, after), row.Subject, row.ParentId is null, row.IsHandedOver);
    }

    /// <summary>Where an instance stands. Another host's is known when it has done all that it was told: then its history says what waits.</summary>
    private async Task<Result<FlowState>> StandingAsync(InstanceRow row)
    {
        if (!row.IsHandedOver) return FlowState.FromJson(row.State);
        if (await handover.IsUnderWayAsync(row.Id)) return Error.Conflict("workflow.in-progress", "该流程的上一步仍在处理中，请稍后再试。");
        return await HistoryStateAsync(row) is { } state
            ? state
            : Error.Refused("move.on-elsa", "该流程由 Elsa 流程引擎办理，从它的经过不能断定内置引擎应从哪里接着办，不能改用新版；请待其办结。");
    }

    /// <summary>Carries a plan out. A flow that another host walks is taken back: from then on the built-in runner walks it, and the host is told to drop it.</summary>
    internal async Task<Error?> MoveAsync(InstanceMove planned)
    {
        var row = await InstanceAsync(planned.InstanceId);
        var (plan, to) = (planned.Plan, planned.Plan.Move.To);
        var context = new FlowContext(work, this, planned.After, row.Id, row.Subject);
        if (await StoreAsync(row, await runner.MoveAsync(plan, context)) is { } error) return error;
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlowMoves: an instance goes on in a newer version
            UPDATE WorkflowInstance SET DefinitionVersion = @Version, Host = 'built-in' WHERE Id = @Id
            """,
            new { to.Version, row.Id });
        if (planned.TakenBack) await handover.CancelAsync(row.Id);
        if (planned.Outermost)
        {
            await work.Db.ExecuteAsync(
                """
                -- Cases/CaseFlowMoves: a case goes on in a newer version
                UPDATE CaseFile SET DefinitionVersion = @Version WHERE Id = @CaseId
                """,
                new { to.Version, row.CaseId });
        }

        work.Cases[row.DocumentId] = planned.After;
        work.Record(
            new InstanceMoved(
                row.Id, to.DefinitionId, plan.Move.From.Version, to.Version,
                [.. plan.Waits.Select(w => w.Stays ? w.From.Id : $"{w.From.Id}#{w.Before.Visit}→{w.To.Id}#{w.After.Visit}"), .. plan.Begun.Select(n => $"→{n.Id}")])
            { TakenBack = planned.TakenBack },
            row.DocumentId);
        await deadlines.ChangeAsync(planned.After, planned.Limits);
        foreach (var watch in plan.Waits.Where(w => !w.Stays && w.To.Type == ActivityTypes.AwaitLimit))
            await deadlines.RearmAsync(planned.After, watch.To.Text("limit")!, [.. LimitSpec.RungsOf(watch.To)]);
        return null;
    }

    private async Task<IReadOnlyDictionary<string, int>> VisitsAsync(Guid instanceId) => (await work.Db.QueryAsync<StepRow>(
        """
        -- Cases/CaseFlowMoves: how often an instance was at its nodes
        SELECT NodeId, MAX(Visit) AS Visit FROM WorkflowStep WHERE InstanceId = @instanceId GROUP BY NodeId
        """,
        new { instanceId })).ToDictionary(r => r.NodeId, r => r.Visit);

    /// <summary>Whether whoever waits for the instance understands every outcome of the new version.</summary>
    private async Task<Error?> OutcomeProblemAsync(InstanceRow row, WorkflowDefinition to)
    {
        if (row.ParentId is not { } parentId) return null;
        var parent = await InstanceAsync(parentId);
        var node = laws.Definition(parent.DefinitionId, parent.DefinitionVersion)[row.ParentNode!];
        return OutcomesOf(to).Except(node.Outcomes).FirstOrDefault() is { } unknown
            ? Error.Refused("move.parent-outcome", $"新版可能以“{OutcomeWords.Of(unknown)}”结束，而等候它的“{node.Name}”（{parent.DefinitionId} 第 {parent.DefinitionVersion} 版）没有这一去向；请先把上级流程改用新版。")
            : null;
    }

    /// <summary>What runs below a waiting node goes on below the node that it becomes. Null when that is done; otherwise why it cannot be.</summary>
    internal async Task<Error?> AdoptBelowAsync(Guid instanceId, (Node Node, int Visit) before, Node after, int visit)
    {
        if (await AdoptionProblemAsync(instanceId, before, after) is { } error) return error;
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlowMoves: what runs below a node goes on below another
            UPDATE WorkflowInstance SET ParentNode = @after, ParentVisit = @visit WHERE ParentId = @instanceId AND ParentNode = @NodeId AND ParentVisit = @Visited
            """,
            new { after = after.Id, visit, instanceId, NodeId = before.Node.Id, Visited = before.Visit });
        return null;
    }

    private async Task<Error?> AdoptionProblemAsync(Guid instanceId, (Node Node, int Visit) before, Node after)
    {
        if (before.Node.Text("workflow") != after.Text("workflow") || before.Node.Text("each") != after.Text("each"))
            return Error.Refused("move.other-kind", $"“{before.Node.Name}”的下级流程正在运行，不能改为运行另一流程的“{after.Name}”。");
        foreach (var child in (await ChildrenAsync(instanceId, before.Node.Id, before.Visit)).Where(c => c.Status == "running"))
        {
            var row = await InstanceAsync(child.Id);
            if (OutcomesOf(laws.Definition(row.DefinitionId, row.DefinitionVersion)).Except(after.Outcomes).FirstOrDefault() is { } unknown)
                return Error.Refused("move.child-outcome", $"正在运行的下级流程（{row.DefinitionId} 第 {row.DefinitionVersion} 版）可能以“{OutcomeWords.Of(unknown)}”结束，而新版的“{after.Name}”没有这一去向；请先把下级流程改用新版。");
        }

        return null;
    }

    /// <summary>
    /// Whether the case, as it would stand, could come to a step whose forerunner has not been done and is not ahead either: the gates of the law would hold it there for
    /// good. Where that is so without the move too, the move is not what is wrong.
    /// </summary>
    private async Task<Error?> OrderProblemAsync(MovePlan plan, Case before, Case after)
    {
        if (before.Origin == DocumentOrigin.Elsewhere) return null;
        var came = (await work.Db.QueryAsync<Came>(
            """
            -- Cases/CaseFlowMoves: the outcomes of tasks that have come in a case
            SELECT DISTINCT Code, Outcome FROM Task WHERE CaseId = @Id AND State = 'done'
            """,
            new { before.Id })).Select(c => $"{c.Code}:{c.Outcome}").ToList();
        var flaw = Order(after).FlawFrom(plan.Move.To, plan.State!, came);
        return flaw is null || Order(before).FlawFrom(plan.Move.From, plan.Before, came) is not null ? null : Error.Refused("move.too-early", $"改用新版后，{flaw.Failure.Message}");

        StepOrder Order(Case @case) => StepOrder.Of(@case.Profile, id => @case.Begun.TryGetValue(id, out var version) ? laws.Definition(id, version) : laws.Latest(id));
    }

    /// <summary>What the activities would say against a plan, asked before it is carried out.</summary>
    private async Task<Error?> ActivityProblemAsync(InstanceRow row, MovePlan plan, Case after)
    {
        var context = new FlowContext(work, this, after, row.Id, row.Subject);
        foreach (var wait in plan.Waits.Where(w => !w.Stays && w.To.Type == ActivityTypes.RunWorkflow))
        {
            if (await AdoptionProblemAsync(row.Id, (wait.From, wait.Before.Visit), wait.To) is { } error) return error;
        }

        foreach (var node in plan.Waits.Where(w => !w.Stays).Select(w => w.To).Concat(plan.Begun).Where(n => n.Type == ActivityTypes.HumanTask))
        {
            if (HumanTask.DeskOf(node, context) is { Desk: null } none) return Error.Refused("task.no-desk", $"“{node.Name}”应由{none.Place.Chinese()}办理，但系统中没有对应的机关。");
        }

        return null;
    }

    private sealed record Came
    {
        public required string Code { get; init; }
        public required string Outcome { get; init; }
    }

    private static IEnumerable<string> OutcomesOf(WorkflowDefinition definition) =>
        definition.Nodes.Where(n => n.Type == ActivityTypes.Conclude).Select(n => n.Text("outcome")!).Distinct();

    private static string? Objection(Node from, Node to)
    {
        (string Input, string Word)[] telling = from.Type switch
        {
            ActivityTypes.HumanTask => [("task", "办理的事项"), ("role", "办理的岗位"), ("place", "办理的单位")],
            ActivityTypes.AwaitLimit => [("limit", "等候的期限")],
            ActivityTypes.AwaitSignal => [("signal", "等候的事情")],
            ActivityTypes.RunWorkflow => [("workflow", "下级流程"), ("each", "下级流程的对象")],
            _ => [],
        };
        return telling.FirstOrDefault(t => from.Text(t.Input) != to.Text(t.Input)).Word is { } word ? $"在新版流程中换了{word}" : null;
    }
}

/// <summary>An instance that is to go on in a newer version.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Plan">What becomes of what waits.</param>
/// <param name="Before">Its case as it is.</param>
/// <param name="After">Its case as it will be.</param>
/// <param name="Limits">The limits that come and go.</param>
/// <param name="Subject">The body that the instance is about, where there is one for each of several.</param>
/// <param name="Outermost">True when it is the life of the document itself.</param>
/// <param name="TakenBack">True when another host walked it so far.</param>
internal sealed record InstanceMove(Guid InstanceId, MovePlan Plan, Case Before, Case After, LimitChanges Limits, Guid? Subject, bool Outermost, bool TakenBack);
