using Filing.Domain;
using Filing.Features.Registration;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Workflows;

namespace Filing.Features.Cases;

/// <summary>
/// Moves cases along their definitions inside the transaction of the command: stores each instance at its next wait, starts and cancels
/// the workflows that it runs, and ends the case. It decides nothing: what comes next stands in the definitions. Where a case began on another
/// host, the command only says through <see cref="FlowHandover"/> what that host has to do.
/// </summary>
public sealed partial class CaseFlow(Work work, Laws laws, FlowRunner<FlowContext> runner, Deadlines deadlines, FlowHandover handover, FlowHosting hosting)
{
    /// <summary>The case of a document; an error when the document is unknown.</summary>
    public async Task<Result<Case>> CaseAsync(Guid documentId)
    {
        if (work.Cases.TryGetValue(documentId, out var known)) return known;
        await work.HoldAsync(documentId);
        var loaded = await Case.LoadAsync(work.Db, laws, documentId);
        if (loaded is null) return Error.NotFound("文件");
        return work.Cases[documentId] = loaded;
    }

    /// <summary>Opens the case of a new document and sets it on its way.</summary>
    /// <param name="documentId">The document, whose row is there.</param>
    /// <param name="profile">The rules that the case keeps.</param>
    /// <param name="definitionId">The definition of its life, in its newest version.</param>
    /// <param name="facts">What is known already, before the first step is taken: 补录.</param>
    public async Task<Result<Case>> OpenAsync(Guid documentId, Profile profile, string definitionId, IReadOnlyList<NewFact>? facts = null)
    {
        var definition = laws.Latest(definitionId);
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: a case
            INSERT INTO CaseFile (Id, DocumentId, ProfileId, ProfileVersion, DefinitionId, DefinitionVersion, StartedAt)
            VALUES (@id, @documentId, @Profile, @ProfileVersion, @DefinitionId, @Version, @Now)
            """,
            new { id, documentId, Profile = profile.Id, ProfileVersion = profile.Version, definition.DefinitionId, definition.Version, work.Now });
        work.Record(new CaseOpened(id, profile.Id, profile.Version, definition.DefinitionId, definition.Version), documentId);
        if (!(await CaseAsync(documentId)).TryGet(out var opened, out var error)) return error;
        foreach (var fact in facts ?? [])
        {
            if (await RecordAsync(opened, fact) is { } refused) return refused;
        }

        var started = await StartAsync(opened, definition, null, null);
        return started.Ok ? opened : started.Error;
    }

    /// <summary>Records a dated fact, starts the limits that it starts and ends those that it ends.</summary>
    public async Task<Error?> RecordAsync(Case @case, NewFact fact)
    {
        if (fact.LegalDate > work.Today && !fact.Foreseen && !MayLieAhead(fact.Kind))
            return Error.Invalid("fact.in-future", $"{ChineseDate.Format(fact.LegalDate)}还没有到，不能记为已经发生的日期。", "date");
        var recorded = new DatedFact(Work.NewId(), fact.Kind, fact.LegalDate, work.Now, fact.Value, fact.Source, fact.Supersedes);
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: a fact
            INSERT INTO Fact (Id, DocumentId, Kind, LegalDate, RecordedAt, Value, Source, SupersedesId, ProcessId)
            VALUES (@Id, @DocumentId, @Kind, @LegalDate, @Recorded, @Value, @Source, @Supersedes, @ProcessId)
            """,
            new
            {
                recorded.Id,
                @case.DocumentId,
                Kind = Kebab.Of(recorded.Kind),
                recorded.LegalDate,
                recorded.Recorded,
                recorded.Value,
                recorded.Source,
                recorded.Supersedes,
                work.ProcessId,
            });
        @case.Add(recorded);
        if (ValiditySpans.Depend(recorded.Kind)) await ValiditySpans.RewriteAsync(work.Db, @case);
        work.Record(new FactRecorded(recorded.Id, recorded.Kind, recorded.LegalDate, recorded.Value, recorded.Source, recorded.Supersedes), @case.DocumentId);
        if (fact.Supersedes is null && Stages.Is(fact.Kind))
        {
            await work.Db.ExecuteAsync(
                """
                -- Cases/CaseFlow: how far the document has come
                UPDATE Document SET Stage = @Stage WHERE Id = @DocumentId
                """,
                new { Stage = Kebab.Of(fact.Kind), @case.DocumentId });
        }

        await deadlines.OnFactAsync(@case, recorded);
        return null;
    }

    /// <summary>Finishes the task that the command was authorised for, and goes on to the next waits.</summary>
    /// <param name="outcome">One of the outcomes that the definition gives the task.</param>
    public async Task<Error?> FinishTaskAsync(string outcome)
    {
        var task = work.Task ?? throw new InvalidOperationException("The command finishes no task: it lacks [Finishes].");
        var closed = await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: finish a task, once
            UPDATE Task SET State = 'done', ClosedAt = @Now, ClosedBy = @Name, HolderId = COALESCE(@AccountId, HolderId), Outcome = @outcome WHERE Id = @Id AND State = 'open'
            """,
            new { task.Id, work.Now, work.Actor.Name, work.Actor.AccountId, outcome });
        return closed == 1
            ? await ResumeAsync(task.InstanceId, task.NodeId, task.Visit, new Signal(outcome), null)
            : Error.Conflict("task.closed", "这项待办刚刚已由他人办结，您的操作没有生效。");
    }

    /// <summary>As <see cref="FinishTaskAsync"/>, for a handler that has nothing more to say.</summary>
    public async Task<Result<Done>> FinishAsync(string outcome) => await FinishTaskAsync(outcome) is { } error ? error : Done.It;

    /// <summary>Delivers a signal to whatever in the case waits for it; false when nothing does.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="kind"><c>limit</c> or <c>signal</c>.</param>
    /// <param name="name">The name of the limit or of the signal.</param>
    /// <param name="signal">What is told; its name is the outcome.</param>
    /// <param name="ring">The rung that rang, if one did.</param>
    public async Task<Result<bool>> SignalAsync(Guid caseId, string kind, string name, Signal signal, Ring? ring = null)
    {
        var waits = await work.Db.QueryAsync<WaitRow>(
            """
            -- Cases/CaseFlow: who waits for a signal
            SELECT InstanceId, NodeId, Visit FROM Wait WHERE CaseId = @caseId AND Kind = @kind AND Name = @name
            """,
            new { caseId, kind, name });
        foreach (var wait in waits)
        {
            // Telling one may have ended the other's wait.
            if (waits.Count > 1 && !await StillWaitsAsync(wait)) continue;
            if (await ResumeAsync(wait.InstanceId, wait.NodeId, wait.Visit, signal, ring) is { } error) return error;
        }

        return waits.Count > 0;
    }

    /// <summary>At the end of a command: tells those that wait beside a deadline which this command ended.</summary>
    internal async Task<Error?> SettleAsync()
    {
        for (var i = 0; i < work.Closed.Count; i++)
        {
            var (caseId, name) = work.Closed[i];
            if (!(await SignalAsync(caseId, "limit", name, new Signal("Met"))).TryGet(out _, out var error)) return error;
        }

        return null;
    }

    /// <summary>报备情况不明; see <see cref="Deadlines.FilingUnknown"/>.</summary>
    internal bool FilingUnknown(Case @case) => Deadlines.FilingUnknown(@case, laws);

    /// <summary>
    /// The version of a definition that the case runs: the one it has already begun or was moved to, otherwise the newest. A case does not mix versions.
    /// </summary>
    internal async Task<WorkflowDefinition> DefinitionForAsync(Case @case, string definitionId)
    {
        var version = await work.Db.ScalarAsync<int?>(
            """
            -- Cases/CaseFlow: the version that a case has begun
            SELECT MAX(DefinitionVersion) FROM WorkflowInstance WHERE CaseId = @Id AND DefinitionId = @definitionId
            """,
            new { @case.Id, definitionId });
        return version is { } begun ? laws.Definition(definitionId, begun) : laws.Latest(definitionId);
    }

    /// <summary>Starts a workflow below a waiting node; the outcome when it finished at once, otherwise null.</summary>
    internal async Task<Result<string?>> StartAsync(Case @case, WorkflowDefinition definition, Parent? parent, Guid? subject)
    {
        var id = Work.NewId();
        var fresh = FlowState.New(definition);
        var host = work.IsTrial ? FlowHost.BuiltIn : parent?.Host ?? hosting.NewCases;
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: an instance
            INSERT INTO WorkflowInstance (Id, CaseId, DefinitionId, DefinitionVersion, Host, ParentId, ParentNode, ParentVisit, Subject, State, Status, Revision, StartedAt)
            VALUES (@id, @CaseId, @DefinitionId, @Version, @Host, @ParentId, @ParentNode, @ParentVisit, @subject, @State, 'running', 0, @Now)
            """,
            new
            {
                id,
                CaseId = @case.Id,
                definition.DefinitionId,
                definition.Version,
                Host = Kebab.Of(host),
                ParentId = parent?.InstanceId,
                ParentNode = parent?.NodeId,
                ParentVisit = parent?.Visit,
                subject,
                work.Now,
                State = host == FlowHost.BuiltIn ? "" : fresh.ToJson(),
            });
        if (host != FlowHost.BuiltIn)
        {
            await handover.StartAsync(id, definition, @case.Id);
            return (string?)null;
        }

        var advance = await runner.StartAsync(definition, fresh, new FlowContext(work, this, @case, id, subject));
        var row = new InstanceRow { Id = id, CaseId = @case.Id, DocumentId = @case.DocumentId, State = "", Revision = 0, LastSeq = 0 };
        if (await StoreAsync(row, advance) is { } error) return error;
        if (advance.State.Status == FlowStatus.Running) return (string?)null;
        return parent is null && await CloseAsync(@case, advance.State.Outcome ?? "Done") is { } refused ? refused : advance.State.Outcome;
    }

    /// <summary>Cancels what runs below a node that is no longer wanted.</summary>
    internal async Task<Error?> CancelBelowAsync(Guid instanceId, string nodeId, int visit, string reason)
    {
        foreach (var child in await ChildrenAsync(instanceId, nodeId, visit))
        {
            if (child.Status == "running" && await CancelAsync(child.Id, reason) is { } error) return error;
        }

        return null;
    }

    private async Task<Error?> CancelAsync(Guid instanceId, string reason)
    {
        var (row, definition, context) = await LoadAsync(instanceId, null);
        if (row.IsHandedOver)
        {
            if (await EndInstanceAsync(row, definition, context, "cancelled", reason) is { } refused) return refused;
            await handover.CancelAsync(instanceId);
            return null;
        }

        var advance = await runner.CancelAsync(definition, FlowState.FromJson(row.State), reason, context);
        return await StoreAsync(row, advance);
    }

    private async Task<Error?> ResumeAsync(Guid instanceId, string nodeId, int visit, Signal signal, Ring? ring)
    {
        var (row, definition, context) = await LoadAsync(instanceId, ring);
        if (row.IsHandedOver)
        {
            await handover.ResumeAsync(new(instanceId, nodeId, visit), signal.Name, ring);
            return null;
        }

        var advance = await runner.ResumeAsync(definition, FlowState.FromJson(row.State), nodeId, visit, signal, context);
        if (await StoreAsync(row, advance) is { } error) return error;
        return advance.State.Status == FlowStatus.Running ? null : await EndedAsync(row, context.Case, advance.State.Outcome ?? "Done");
    }

    /// <summary>An instance has come to its end: whoever waits for it hears of it, or the case is closed.</summary>
    private Task<Error?> EndedAsync(InstanceRow row, Case @case, string outcome) => row.ParentId is { } parent
        ? FinishedBelowAsync(new(parent, row.ParentNode!, row.ParentVisit!.Value))
        : CloseAsync(@case, outcome);

    /// <summary>
    /// A workflow that another waits for has finished. With several side by side, the first that does not give the first outcome decides
    /// and the others are no longer wanted; otherwise all must have finished.
    /// </summary>
    private async Task<Error?> FinishedBelowAsync(Parent parent)
    {
        var children = await ChildrenAsync(parent.InstanceId, parent.NodeId, parent.Visit);
        var row = await InstanceAsync(parent.InstanceId);
        var good = laws.Definition(row.DefinitionId, row.DefinitionVersion)[parent.NodeId].Outcomes[0];
        var deviant = children.FirstOrDefault(c => c.Status == "finished" && c.Outcome != good);
        if (deviant is null && children.Any(c => c.Status == "running")) return null;
        if (deviant is not null && await CancelBelowAsync(parent.InstanceId, parent.NodeId, parent.Visit, "另一机关已作出决定") is { } error) return error;
        return await ResumeAsync(parent.InstanceId, parent.NodeId, parent.Visit, new Signal(deviant?.Outcome ?? good), null);
    }

    private async Task<Error?> CloseAsync(Case @case, string outcome)
    {
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: a case ends
            UPDATE CaseFile SET ClosedAt = @Now, Outcome = @outcome WHERE Id = @Id AND ClosedAt IS NULL
            """,
            new { @case.Id, work.Now, outcome });
        await work.Db.ExecuteAsync(
            """
            -- Cases/CaseFlow: a document's case has ended
            UPDATE Document SET ClosedAt = @Now WHERE Id = @DocumentId AND ClosedAt IS NULL
            """,
            new { @case.DocumentId, work.Now });
        await deadlines.CloseAllAsync(@case, "办结");
        // Whatever way a definition ends: what was numbered here and will never be published leaves no number behind that stands.
        if (@case.Origin == DocumentOrigin.Here && !@case.Has(FactKind.Published)) await NumberBook.VoidAllAsync(work, @case.DocumentId, "办理终结，文件未公布");
        work.Record(new CaseClosed(@case.Id, outcome), @case.DocumentId);
        return null;
    }

    private static bool MayLieAhead(FactKind kind) => kind is FactKind.InForce or FactKind.TermEnded or FactKind.Repealed or FactKind.ConsultationClosed;

    internal sealed record Parent(Guid InstanceId, string NodeId, int Visit, FlowHost Host = FlowHost.BuiltIn);
}

/// <summary>A fact to be recorded.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="LegalDate">The day on which it happened in law.</param>
/// <param name="Source">Where it is known from: the step, or the paper.</param>
/// <param name="Value">What goes with it, in a form of the kind's own.</param>
/// <param name="Supersedes">The fact that it corrects.</param>
public sealed record NewFact(FactKind Kind, DateOnly LegalDate, string Source, string? Value = null, Guid? Supersedes = null)
{
    /// <summary>True where a published paper names the day, so that it may lie ahead though such facts otherwise may not.</summary>
    public bool Foreseen { get; init; }
}
