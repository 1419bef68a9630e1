using Filing.Activities;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Audit;

/// <summary>What must hold of running workflows: each wait has its task, its signal or its child, and nothing else is open.</summary>
internal static class FlowChecks
{
    private const int Page = 200;

    /// <summary>Each open task and each wait belongs to a waiting node of a running instance, and the other way about.</summary>
    public static async Task WaitsAsync(Session db, Laws laws, Findings findings)
    {
        // Where another host walks the definitions, what it has not yet been told lies in the outbox.
        var underWay = await db.ScalarAsync<int>(
            """
            -- Audit/FlowChecks: orders to another host that are under way
            SELECT COUNT(*) FROM Outbox WHERE Channel = 'workflow' AND DeliveredAt IS NULL
            """) > 0;
        for (var after = Guid.Empty; ;)
        {
            var rows = await db.QueryAsync<InstanceRow>(db.Dialect.Page(
                """
                -- Audit/FlowChecks: running instances
                SELECT Id, DefinitionId, DefinitionVersion, State FROM WorkflowInstance WHERE Status = 'running' AND Id > @after ORDER BY Id
                """), new { after, Skip = 0, Take = Page });
            if (rows.Count == 0) break;
            after = rows[^1].Id;
            var ids = rows.Select(r => r.Id).ToList();
            var tasks = (await db.QueryAsync<At>(
                """
                -- Audit/FlowChecks: their open tasks
                SELECT InstanceId, NodeId, Visit FROM Task WHERE State = 'open' AND InstanceId IN @ids
                """, new { ids })).ToHashSet();
            var waits = (await db.QueryAsync<At>(
                """
                -- Audit/FlowChecks: what they wait for
                SELECT InstanceId, NodeId, Visit FROM Wait WHERE InstanceId IN @ids
                """, new { ids })).ToHashSet();
            var children = (await db.QueryAsync<At>(
                """
                -- Audit/FlowChecks: what runs below them
                SELECT DISTINCT ParentId AS InstanceId, ParentNode AS NodeId, ParentVisit AS Visit FROM WorkflowInstance WHERE Status = 'running' AND ParentId IN @ids
                """, new { ids })).ToHashSet();
            var history = (await db.QueryAsync<At>(
                """
                -- Audit/FlowChecks: where they wait, by their history
                SELECT s.InstanceId, s.NodeId, s.Visit FROM WorkflowStep s
                WHERE s.InstanceId IN @ids AND s.What = 'waiting' AND NOT EXISTS (
                  SELECT 1 FROM WorkflowStep e WHERE e.InstanceId = s.InstanceId AND e.NodeId = s.NodeId AND e.Visit = s.Visit AND e.Seq > s.Seq)
                """, new { ids })).ToLookup(a => a.InstanceId);
            foreach (var row in rows) Match(row, laws, history[row.Id], underWay, tasks, waits, children, findings);
            foreach (var left in tasks) findings.Offend($"待办（流程 {left.InstanceId}，{left.NodeId}，第 {left.Visit} 次）没有等候它的环节");
            foreach (var left in waits) findings.Offend($"等候（流程 {left.InstanceId}，{left.NodeId}，第 {left.Visit} 次）没有等候它的环节");
            foreach (var left in children) findings.Offend($"流程 {left.InstanceId} 的“{left.NodeId}”（第 {left.Visit} 次）已不等候，其下级流程仍在运行");
        }

        foreach (var left in await db.QueryAsync<At>(
            """
            -- Audit/FlowChecks: open tasks and waits of instances that do not run
            SELECT t.InstanceId, t.NodeId, t.Visit FROM Task t JOIN WorkflowInstance i ON i.Id = t.InstanceId WHERE t.State = 'open' AND i.Status <> 'running'
            UNION ALL
            SELECT w.InstanceId, w.NodeId, w.Visit FROM Wait w JOIN WorkflowInstance i ON i.Id = w.InstanceId WHERE i.Status <> 'running'
            """))
        {
            findings.Offend($"流程 {left.InstanceId} 已结束，“{left.NodeId}”（第 {left.Visit} 次）仍有待办或等候");
        }

        foreach (var left in await db.QueryAsync<At>(
            """
            -- Audit/FlowChecks: instances that run below one that does not
            SELECT i.Id AS InstanceId, i.ParentNode AS NodeId, i.ParentVisit AS Visit FROM WorkflowInstance i JOIN WorkflowInstance p ON p.Id = i.ParentId
            WHERE i.Status = 'running' AND p.Status <> 'running'
            """))
        {
            findings.Offend($"流程 {left.InstanceId} 的上级流程已结束，它仍在运行");
        }
    }

    /// <summary>A case that is over has no open task, no open deadline, and nothing that runs; one that is not has something that runs.</summary>
    public static async Task ClosedAsync(Session db, Laws laws, Findings findings)
    {
        findings.Look(await db.ScalarAsync<int>(
            """
            -- Audit/FlowChecks: how many cases there are
            SELECT COUNT(*) FROM CaseFile
            """));
        foreach (var id in await db.QueryAsync<Guid>(
            """
            -- Audit/FlowChecks: cases that are over and are not
            SELECT c.Id FROM CaseFile c
            WHERE c.ClosedAt IS NOT NULL AND (
              EXISTS (SELECT 1 FROM WorkflowInstance i WHERE i.CaseId = c.Id AND i.Status = 'running')
              OR EXISTS (SELECT 1 FROM Task t WHERE t.DocumentId = c.DocumentId AND t.CaseId = c.Id AND t.State = 'open')
              OR EXISTS (SELECT 1 FROM Deadline l WHERE l.DocumentId = c.DocumentId AND l.CaseId = c.Id AND l.ClosedAt IS NULL))
            ORDER BY c.Id
            """))
        {
            findings.Offend($"案件 {id} 已办结，仍有流程、待办或期限");
        }

        foreach (var id in await db.QueryAsync<Guid>(
            """
            -- Audit/FlowChecks: cases that stand still
            SELECT c.Id FROM CaseFile c WHERE c.ClosedAt IS NULL AND NOT EXISTS (SELECT 1 FROM WorkflowInstance i WHERE i.CaseId = c.Id AND i.Status = 'running') ORDER BY c.Id
            """))
        {
            findings.Offend($"案件 {id} 未办结，却没有运行中的流程");
        }
    }

    private static void Match(
        InstanceRow row, Laws laws, IEnumerable<At> history, bool underWay, HashSet<At> tasks, HashSet<At> waits, HashSet<At> children, Findings findings)
    {
        findings.Look();
        FlowState state;
        WorkflowDefinition definition;
        try
        {
            (state, definition) = (FlowState.FromJson(row.State), laws.Definition(row.DefinitionId, row.DefinitionVersion));
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException)
        {
            findings.Offend($"流程 {row.Id}：状态无法读取，{e.Message}");
            return;
        }

        if (state.Status != FlowStatus.Running || !state.BelongsTo(definition))
        {
            findings.Offend($"流程 {row.Id}：记为运行中，状态却是{Kebab.Of(state.Status)}，或属于另一流程");
            return;
        }

        // The built-in runner leaves no instance at its beginning; another host keeps its own state, and here only the history.
        var hosted = state.VisitsOf(definition.Start) == 0;
        findings.Demand(hosted || state.Waiting.Count > 0, () => $"流程 {row.Id}：在运行，却不等候任何事");
        var waiting = hosted ? history : state.Waiting.Select(w => new At { InstanceId = row.Id, NodeId = w.NodeId, Visit = w.Visit });
        foreach (var at in waiting)
        {
            var node = definition[at.NodeId];
            var held = node.Type switch
            {
                ActivityTypes.HumanTask => tasks.Remove(at),
                ActivityTypes.AwaitLimit or ActivityTypes.AwaitSignal => waits.Remove(at),
                ActivityTypes.RunWorkflow => children.Remove(at),
                _ => true,
            };
            findings.Demand(held || (hosted && underWay), () => $"流程 {row.Id} 在“{node.Name}”（第 {at.Visit} 次）等候，却没有对应的待办、等候或下级流程");
        }
    }

    private sealed record InstanceRow
    {
        public required Guid Id { get; init; }
        public required string DefinitionId { get; init; }
        public required int DefinitionVersion { get; init; }
        public required string State { get; init; }
    }

    private sealed record At
    {
        public required Guid InstanceId { get; init; }
        public required string NodeId { get; init; }
        public required int Visit { get; init; }
    }
}
