using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>What became of a step that another host took.</summary>
public enum StepFate
{
    /// <summary>The node waits for a signal.</summary>
    Waits,

    /// <summary>The node is done, with its outcomes.</summary>
    Done,

    /// <summary>The node ended the whole workflow.</summary>
    Ended,

    /// <summary>The node, or its whole instance, is no longer wanted: the host does nothing and will be told to cancel.</summary>
    Gone,
}

/// <summary>What a step came to. The same step always gets the same answer.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Outcomes">The outcomes of a node that is done, the outcome of a workflow that ended; otherwise empty.</param>
public sealed record StepAnswer(StepFate Fate, IReadOnlyList<string> Outcomes)
{
    internal static StepAnswer Waits { get; } = new(StepFate.Waits, []);

    internal static StepAnswer Gone { get; } = new(StepFate.Gone, []);
}

/// <summary>
/// The steps of a host that walks the definitions itself, one transaction each. The effects are those of the built-in runner's activities.
/// The lines of a flow's history are the memory: a step that has its line is answered from it and does nothing again.
/// </summary>
public sealed partial class CaseFlow
{
    /// <summary>The host has reached a node.</summary>
    /// <param name="step">The visit.</param>
    /// <param name="given">The node's inputs as the host has them, by name; an input that differs from the register's definition is refused.</param>
    /// <param name="ring">The rung whose ringing led here, if one did.</param>
    public async Task<Result<StepAnswer>> EnterStepAsync(StepKey step, IReadOnlyDictionary<string, string?> given, Ring? ring)
    {
        if (!(await FindStepAsync(step, ring)).TryGet(out var at, out var error)) return error;
        if (!at.Row.IsHandedOver) return StepAnswer.Gone;
        if (await AnsweredAsync(at.Node, step) is { } answered) return answered;
        if (at.Row.Status != "running") return StepAnswer.Gone;
        foreach (var input in at.Node.Activity.Inputs)
        {
            if (given.GetValueOrDefault(input.Name) is var theirs && (theirs ?? "") != (at.Node.Text(input.Name) ?? ""))
                return Error.Refused("workflow.other-definition", $"流程引擎中节点“{at.Node.Name}”的“{input.Name}”与登记系统所存定义不一致，未予执行。");
        }

        var result = await runner.EnterNodeAsync(at.Definition, at.Node, step.Visit, at.Context);
        return await TakeAsync(at, step, result, new FlowStep(step.NodeId, step.Visit, StepKind.Entered));
    }

    /// <summary>The host has woken a node with a signal.</summary>
    public async Task<Result<StepAnswer>> ResumeStepAsync(StepKey step, string signal, Ring? ring)
    {
        if (!(await FindStepAsync(step, ring)).TryGet(out var at, out var error)) return error;
        if (!at.Row.IsHandedOver) return (await SettleUnheardAsync(step, signal, ring)).TryGet(out _, out var refused) ? StepAnswer.Gone : refused;
        var answered = await AnsweredAsync(at.Node, step);
        if (answered is null) return Error.Refused("workflow.not-waiting", $"流程节点“{at.Node.Name}”还没有开始等待。");
        if (answered.Fate != StepFate.Waits) return answered;
        var result = await runner.ResumeNodeAsync(at.Definition, at.Node, step.Visit, new Signal(signal), at.Context);
        return await TakeAsync(at, step, result, new FlowStep(step.NodeId, step.Visit, StepKind.Resumed) { Signal = signal });
    }

    /// <summary>The host no longer wants a node; nothing happens unless it waits.</summary>
    public async Task<Result<StepAnswer>> WithdrawStepAsync(StepKey step)
    {
        if (!(await FindStepAsync(step, null)).TryGet(out var at, out var error)) return error;
        if (!at.Row.IsHandedOver) return StepAnswer.Gone;
        if (await AnsweredAsync(at.Node, step) is not { Fate: StepFate.Waits }) return StepAnswer.Gone;
        if (await runner.CancelNodeAsync(at.Definition, at.Node, step.Visit, at.Context) is { } failure) return ErrorOf(failure);
        await WriteStepsAsync(await InstanceAsync(step.InstanceId), [new(step.NodeId, step.Visit, StepKind.Cancelled)]);
        Record(at, step, StepAnswer.Gone);
        return StepAnswer.Gone;
    }

    /// <summary>The visit of a node that waits now, not earlier than the given one; null when none does.</summary>
    public async Task<int?> WaitingVisitAsync(StepKey earliest) =>
        (await WaitingAsync(earliest.InstanceId)).FirstOrDefault(w => w.NodeId == earliest.NodeId && w.Visit >= earliest.Visit)?.Visit;

    /// <summary>
    /// A step that the host was to wake, and found nobody waiting. True when nothing is left to do: the step no longer waits, or the instance was taken back
    /// after the order was given, and has been told here. False when the host has yet to come to the step.
    /// </summary>
    public async Task<Result<bool>> SettleUnheardAsync(StepKey step, string signal, Ring? ring)
    {
        if (await WaitingVisitAsync(step) != step.Visit) return true;
        if (await RowAsync(step.InstanceId) is { IsHandedOver: true }) return false;
        return await ResumeAsync(step.InstanceId, step.NodeId, step.Visit, new Signal(signal), ring) is { } error ? error : true;
    }

    /// <summary>True when an older order to the same instance has not been carried out: a later one must not overtake it.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="deliveryKey">The key of the order that asks.</param>
    public async Task<bool> OlderOrderWaitsAsync(Guid instanceId, string deliveryKey) => await work.Db.ScalarAsync<int>(
        """
        -- Cases/CaseFlowHosted: older orders to an instance
        SELECT COUNT(*) FROM Outbox o JOIN Outbox mine ON mine.DeliveryKey = @deliveryKey
        WHERE o.Channel = @Channel AND o.DeliveredAt IS NULL AND o.DeliveryKey LIKE @ofInstance
          AND (o.CreatedAt < mine.CreatedAt OR (o.CreatedAt = mine.CreatedAt AND o.Id < mine.Id))
        """,
        new { deliveryKey, FlowHandover.Channel, ofInstance = FlowHandover.KeyOf(instanceId) + "%" }) > 0;

    private async Task<Result<StepAnswer>> TakeAsync(Step at, StepKey step, ActivityResult result, FlowStep begun)
    {
        if (result.Failure is { } failure) return ErrorOf(failure);
        // The activity may have written lines of its own instance, as when it called a sub-workflow off.
        var row = await InstanceAsync(step.InstanceId);
        if (await TouchAsync(row) is { } late) return late;
        if (result.Waits)
        {
            await WriteStepsAsync(row, [begun, new(step.NodeId, step.Visit, StepKind.Waiting)]);
            Record(at, step, StepAnswer.Waits);
            return StepAnswer.Waits;
        }

        if (!result.Finishes && result.Outcomes.FirstOrDefault(o => !at.Node.Outcomes.Contains(o)) is { } unknown)
            return new Error(ErrorKind.Refused, "workflow.unknown-outcome", $"流程节点“{at.Node.Name}”没有名为“{unknown}”的结果。");
        await WriteStepsAsync(row, [begun, new(step.NodeId, step.Visit, StepKind.Completed) { Outcomes = result.Outcomes }]);
        var answer = new StepAnswer(result.Finishes ? StepFate.Ended : StepFate.Done, result.Outcomes);
        Record(at, step, answer);
        if (!result.Finishes) return answer;
        if (await EndInstanceAsync(row, at.Definition, at.Context, "finished", result.Outcomes[0]) is { } refused) return refused;
        return await EndedAsync(row, at.Context.Case, result.Outcomes[0]) is { } error ? error : answer;
    }

    // A step and a move of one instance at the same moment: one of them is told that the other came first.
    private async Task<Error?> TouchAsync(InstanceRow row) => await work.Db.ExecuteAsync(
        """
        -- Cases/CaseFlowHosted: another host's step
        UPDATE WorkflowInstance SET Revision = Revision + 1 WHERE Id = @Id AND Revision = @Revision AND Host = @Host
        """,
        new { row.Id, row.Revision, row.Host }) == 1
        ? null
        : Error.Conflict("case.moved-on", "该文件的流程刚刚被其他操作推进，请刷新后再试。");

    private void Record(Step at, StepKey step, StepAnswer answer) => work.Record(
        new StepTaken(step.InstanceId, step.NodeId, step.Visit, Kebab.Of(answer.Fate), string.Join(',', answer.Outcomes)), at.Row.DocumentId);

    /// <summary>Withdraws whatever an instance still waits for, and marks it ended.</summary>
    private async Task<Error?> EndInstanceAsync(InstanceRow row, WorkflowDefinition definition, FlowContext context, string status, string outcome)
    {
        foreach (var wait in await WaitingAsync(row.Id))
        {
            if (await runner.CancelNodeAsync(definition, definition[wait.NodeId], wait.Visit, context) is { } failure) return ErrorOf(failure);
            await WriteStepsAsync(await InstanceAsync(row.Id), [new(wait.NodeId, wait.Visit, StepKind.Cancelled)]);
        }

        var ended = await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlowHosted: an instance that another host walks ends
            UPDATE WorkflowInstance SET Status = @status, Outcome = @outcome, Revision = Revision + 1, EndedAt = @Now WHERE Id = @Id AND Status = 'running'
            """,
            new { status, outcome, work.Now, row.Id });
        return ended == 1 ? null : Error.Conflict("case.moved-on", "该文件的流程刚刚被其他操作推进，请刷新后再试。");
    }

    private async Task<Result<Step>> FindStepAsync(StepKey key, Ring? ring)
    {
        if (await InstanceAsync(key.InstanceId) is not { } row) return Error.NotFound("流程");
        var (_, definition, context) = await LoadAsync(key.InstanceId, ring);
        if (definition.Find(key.NodeId) is not { } node || node.Type.StartsWith("Elsa.", StringComparison.Ordinal))
            return Error.Refused("workflow.other-definition", $"登记系统所存定义 {definition} 中没有节点“{key.NodeId}”。");
        return new Step(row, definition, node, context);
    }

    /// <summary>What the history says of a step; null when it has not been taken.</summary>
    private async Task<StepAnswer?> AnsweredAsync(Node node, StepKey step)
    {
        var last = await work.Db.QueryFirstOrDefaultAsync<LastLine>(
            """
            -- Cases/CaseFlowHosted: what a step came to
            SELECT What, Outcomes FROM WorkflowStep WHERE InstanceId = @InstanceId AND NodeId = @NodeId AND Visit = @Visit ORDER BY Seq DESC
            """,
            step);
        return last?.What switch
        {
            null => null,
            "waiting" => StepAnswer.Waits,
            "completed" => new(node.Outcomes.Count == 0 ? StepFate.Ended : StepFate.Done, (last.Outcomes ?? "").Split(',')),
            _ => StepAnswer.Gone,
        };
    }

    private Task<IReadOnlyList<StepRow>> WaitingAsync(Guid instanceId) => work.Db.QueryAsync<StepRow>(
        """
        -- Cases/CaseFlowHosted: what an instance that another host walks waits for
        SELECT s.NodeId, s.Visit FROM WorkflowStep s
        WHERE s.InstanceId = @instanceId AND s.What = 'waiting' AND NOT EXISTS (
          SELECT 1 FROM WorkflowStep e
          WHERE e.InstanceId = s.InstanceId AND e.NodeId = s.NodeId AND e.Visit = s.Visit AND e.Seq > s.Seq)
        ORDER BY s.Seq
        """,
        new { instanceId });

    private static Error ErrorOf(Failure failure) => failure.Detail as Error ?? Error.Refused(failure.Code, failure.Message);

    private sealed record Step(InstanceRow Row, WorkflowDefinition Definition, Node Node, FlowContext Context);

    private sealed record LastLine
    {
        public required string What { get; init; }
        public string? Outcomes { get; init; }
    }

    private sealed record StepRow
    {
        public required string NodeId { get; init; }
        public required int Visit { get; init; }
    }
}
