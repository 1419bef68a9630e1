using Filing.Domain;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>How the flows of a case are kept: their instances, their history, what they wait for.</summary>
public sealed partial class CaseFlow
{
    private async Task<(InstanceRow Row, WorkflowDefinition Definition, FlowContext Context)> LoadAsync(Guid instanceId, Ring? ring)
    {
        var row = await InstanceAsync(instanceId);
        var found = (await CaseAsync(row.DocumentId)).Value;
        return (row, laws.Definition(row.DefinitionId, row.DefinitionVersion), new FlowContext(work, this, found, instanceId, row.Subject) { Ring = ring, Host = Kebab.Parse<FlowHost>(row.Host) });
    }

    private async Task<Error?> StoreAsync(InstanceRow row, Advance advance)
    {
        if (advance.Failure is { } failure)
            return failure.Detail as Error ?? new Error(failure.Code == "workflow.not-waiting" ? ErrorKind.Conflict : ErrorKind.Refused, failure.Code, failure.Message);
        var running = advance.State.Status == FlowStatus.Running;
        var stored = await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlowStore: an instance at its next wait
            UPDATE WorkflowInstance SET State = @State, Status = @Status, Outcome = @Outcome, Revision = Revision + 1, EndedAt = @EndedAt
            WHERE Id = @Id AND Revision = @Revision
            """,
            new
            {
                State = advance.State.ToJson(),
                Status = Kebab.Of(advance.State.Status),
                advance.State.Outcome,
                EndedAt = running ? (DateTimeOffset?)null : work.Now,
                row.Id,
                row.Revision,
            });
        if (stored != 1) return Error.Conflict("case.moved-on", "该文件的流程刚刚被其他操作推进，请刷新后再试。");
        await WriteStepsAsync(row, advance.Steps);
        return null;
    }

    // That a node was reached or woken is said by what came of it, in the same transaction: it waits, or it is done.
    private Task<int> WriteStepsAsync(InstanceRow row, IReadOnlyList<FlowStep> steps) => work.Db.ExecuteAsync(
        """
        -- Cases/CaseFlowStore: the lines of a flow's history
        INSERT INTO WorkflowStep (InstanceId, Seq, NodeId, Visit, What, Outcomes, At, ProcessId)
        VALUES (@Id, @Seq, @NodeId, @Visit, @What, @Outcomes, @Now, @ProcessId)
        """,
        steps.Where(s => s.What is not (StepKind.Entered or StepKind.Resumed)).Select((step, i) => new
        {
            row.Id,
            Seq = row.LastSeq + i + 1,
            step.NodeId,
            step.Visit,
            What = Kebab.Of(step.What),
            Outcomes = step.Outcomes.Count == 0 ? null : string.Join(',', step.Outcomes),
            work.Now,
            work.ProcessId,
        }));

    private async Task<bool> StillWaitsAsync(WaitRow wait) => await work.Db.ScalarAsync<int>(
        """
        -- Cases/CaseFlowStore: does it still wait?
        SELECT COUNT(*) FROM Wait WHERE InstanceId = @InstanceId AND NodeId = @NodeId AND Visit = @Visit
        """,
        wait) > 0;

    /// <summary>An instance as it is to go on; in a trial the built-in runner goes on for any host.</summary>
    private async Task<InstanceRow> InstanceAsync(Guid id)
    {
        var row = await RowAsync(id);
        if (!work.IsTrial || row is not { IsHandedOver: true }) return row!;
        return await HistoryStateAsync(row) is { } state ? row with { State = state.ToJson(), Host = Kebab.Of(FlowHost.BuiltIn) } : row;
    }

    private async Task<FlowState?> HistoryStateAsync(InstanceRow row)
    {
        var history = await work.Db.QueryAsync<StepLine>(
            """
            -- Cases/CaseFlowStore: what a flow on another host did
            SELECT NodeId, Visit, What, Outcomes, At FROM WorkflowStep WHERE InstanceId = @Id ORDER BY Seq
            """,
            new { row.Id });
        return Foretelling.State(laws.Definition(row.DefinitionId, row.DefinitionVersion), [.. history.Select(l => l.Step)]);
    }

    private async Task<InstanceRow?> RowAsync(Guid id) => await work.Db.QuerySingleOrDefaultAsync<InstanceRow>(
        """
        -- Cases/CaseFlowStore: an instance
        SELECT i.Id, i.CaseId, c.DocumentId, i.DefinitionId, i.DefinitionVersion, i.Host, i.ParentId, i.ParentNode, i.ParentVisit, i.Subject, i.State, i.Status, i.Revision,
          (SELECT COALESCE(MAX(s.Seq), 0) FROM WorkflowStep s WHERE s.InstanceId = i.Id) AS LastSeq
        FROM WorkflowInstance i JOIN CaseFile c ON c.Id = i.CaseId WHERE i.Id = @id
        """,
        new { id });

    private Task<IReadOnlyList<ChildRow>> ChildrenAsync(Guid instanceId, string nodeId, int visit) => work.Db.QueryAsync<ChildRow>(
        """
        -- Cases/CaseFlowStore: what runs below a node
        SELECT Id, Status, Outcome FROM WorkflowInstance WHERE ParentId = @instanceId AND ParentNode = @nodeId AND ParentVisit = @visit ORDER BY Id
        """,
        new { instanceId, nodeId, visit });

    private sealed record WaitRow
    {
        public required Guid InstanceId { get; init; }
        public required string NodeId { get; init; }
        public required int Visit { get; init; }
    }

    private sealed record ChildRow
    {
        public required Guid Id { get; init; }
        public required string Status { get; init; }
        public string? Outcome { get; init; }
    }

    private sealed record InstanceRow
    {
        public required Guid Id { get; init; }
        public required Guid CaseId { get; init; }
        public required Guid DocumentId { get; init; }
        public string DefinitionId { get; init; } = "";
        public int DefinitionVersion { get; init; }
        public string Host { get; init; } = "";
        public bool IsHandedOver => Host != "built-in";
        public Guid? ParentId { get; init; }
        public string? ParentNode { get; init; }
        public int? ParentVisit { get; init; }
        public Guid? Subject { get; init; }
        public required string State { get; init; }
        public string Status { get; init; } = "";
        public required int Revision { get; init; }
        public required int LastSeq { get; init; }
    }
}
