using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Cases;

/// <summary>文件页: everything that there is to say of one document.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadDocument(Guid DocumentId) : IQuery<DocumentView>, IForDocument;

/// <summary>One document, whole.</summary>
public sealed record DocumentView
{
    /// <summary>The document.</summary>
    public required Guid Id { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Whose document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Issued by one or by several.</summary>
    public required Issuance Issuance { get; init; }

    /// <summary>How it came into the register.</summary>
    public required DocumentOrigin Origin { get; init; }

    /// <summary>How far it has come, as a code.</summary>
    public required string Stage { get; init; }

    /// <summary>制定机关.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>The government in whose register it is.</summary>
    public required string Government { get; init; }

    /// <summary>Whether it is in force today.</summary>
    public required ValidityStatus Status { get; init; }

    /// <summary>The last day of validity; null where there is none yet, or none at all.</summary>
    public DateOnly? LastValidDay { get; init; }

    /// <summary>The rules of its case.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The outcome of its case; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The facts, superseded ones included, in the order of their recording.</summary>
    public required IReadOnlyList<DatedFact> Facts { get; init; }

    /// <summary>Its numbers, void ones included.</summary>
    public required IReadOnlyList<NumberLine> Numbers { get; init; }

    /// <summary>What is waited for.</summary>
    public required IReadOnlyList<TaskLine> Tasks { get; init; }

    /// <summary>Its deadlines, open ones first.</summary>
    public required IReadOnlyList<DeadlineLine> Deadlines { get; init; }

    /// <summary>Its materials.</summary>
    public required IReadOnlyList<MaterialLine> Materials { get; init; }

    /// <summary>What happened, newest first.</summary>
    public required IReadOnlyList<HistoryLine> History { get; init; }

    /// <summary>The alerts that it raised, newest first.</summary>
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    /// <summary>The workflows of its case, the outermost first.</summary>
    public required IReadOnlyList<InstanceLine> Instances { get; init; }
}

/// <summary>A number of a document.</summary>
public sealed record NumberLine
{
    /// <summary>The number as it is printed.</summary>
    public required string Text { get; init; }

    /// <summary><c>registration</c> or <c>issue</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was given.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>When it was voided; null while it stands.</summary>
    public DateOnly? VoidedOn { get; init; }

    /// <summary>Why it was voided.</summary>
    public string? VoidReason { get; init; }
}

/// <summary>An open task, with the body where it lies today.</summary>
/// <param name="Id">The task.</param>
/// <param name="Code">What is to be done.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="Role">Who does it.</param>
/// <param name="Body">Where it lies today; null where no body is in being.</param>
/// <param name="Since">Since when.</param>
/// <param name="Mine">True when the account sits at its desk.</param>
public sealed record TaskLine(Guid Id, string Code, string Name, Role Role, string? Body, DateTimeOffset Since, bool Mine);

/// <summary>A deadline of a document.</summary>
public sealed record DeadlineLine
{
    /// <summary>The deadline.</summary>
    public required Guid Id { get; init; }

    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is due, in Chinese.</summary>
    public required string Label { get; init; }

    /// <summary>The day from which it is counted.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>The due date; null where the sources name no limit.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>True when a day that matters lies in a year without an announced plan of holidays.</summary>
    public required bool Provisional { get; init; }

    /// <summary>The derivation, as a JSON array of Chinese sentences.</summary>
    public required string Steps { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>How sure that is, as a code.</summary>
    public required string Confidence { get; init; }

    /// <summary>When it was met.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>When it ended, met or not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it ended.</summary>
    public string? ClosedReason { get; init; }

    /// <summary>The fact that ends it, as a code.</summary>
    public required string UntilFact { get; init; }

    /// <summary>False for the end of validity and what is counted back from it: turning points with which nobody is late.</summary>
    public bool IsDuty => UntilFact != "term-ended";

    /// <summary>Days late on a day: of an open deadline on that day, of one that was met on the day it was met; 0 or less is in time.</summary>
    public int? DaysLate(DateOnly today)
    {
        if (Due is not { } due) return null;
        var days = (MetOn ?? (ClosedAt is null ? today : due)).DayNumber - due.DayNumber;
        return IsDuty ? days : Math.Min(days, 0);
    }
}

/// <summary>A material of a document.</summary>
public sealed record MaterialLine
{
    /// <summary>The material.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is, as a code.</summary>
    public required string Kind { get; init; }

    /// <summary>The name it had.</summary>
    public required string FileName { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its digest.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who added it.</summary>
    public required string AddedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A line of the history.</summary>
public sealed record HistoryLine
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string ActorName { get; init; }

    /// <summary>The verb of the command.</summary>
    public required string Command { get; init; }

    /// <summary>Why, where a reason was given.</summary>
    public string? Reason { get; init; }
}

/// <summary>An alert.</summary>
public sealed record AlertLine
{
    /// <summary>The subject line.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary><c>info</c>, <c>warning</c> or <c>serious</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Whose desk, as a role code.</summary>
    public required string Role { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it ceased to apply, because the due date moved.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}

/// <summary>A workflow of a case, with its history.</summary>
public sealed record InstanceLine
{
    /// <summary>The instance.</summary>
    public required Guid Id { get; init; }

    /// <summary>The definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Its version.</summary>
    public required int DefinitionVersion { get; init; }

    /// <summary>The instance that waits for it; null for the outermost.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The node that waits for it.</summary>
    public string? ParentNode { get; init; }

    /// <summary>Where it stands.</summary>
    public required string State { get; init; }

    /// <summary><c>running</c>, <c>finished</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What happened at its nodes, in order.</summary>
    public IReadOnlyList<StepLine> Steps { get; init; } = [];
}

/// <summary>A line of a workflow's history.</summary>
public sealed record StepLine
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>The visit.</summary>
    public required int Visit { get; init; }

    /// <summary>What happened.</summary>
    public required string What { get; init; }

    /// <summary>With which outcomes.</summary>
    public string? Outcomes { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class ReadDocumentHandler(Work work, CaseFlow flow) : IRequestHandler<ReadDocument, Result<DocumentView>>
{
    public async Task<Result<DocumentView>> Handle(ReadDocument query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var head = (await work.Db.QuerySingleOrDefaultAsync<Head>(
            """
            -- Cases/ReadDocument: the head
            SELECT d.Stage, c.Outcome, i.Name AS IssuingBody, r.Name AS DraftingBody, g.Name AS Government
            FROM Document d JOIN CaseFile c ON c.Id = @CaseId
              JOIN Body i ON i.Id = d.IssuingBodyId JOIN Body r ON r.Id = d.DraftingBodyId JOIN Body g ON g.Id = d.GovernmentId
            WHERE d.Id = @DocumentId
            """,
            new { CaseId = file.Id, query.DocumentId }))!;
        return new DocumentView
        {
            Id = file.DocumentId,
            Title = file.Title,
            Kind = file.Kind,
            Issuance = file.Issuance,
            Origin = file.Origin,
            Stage = head.Stage,
            Outcome = head.Outcome,
            IssuingBody = head.IssuingBody,
            DraftingBody = head.DraftingBody,
            Government = head.Government,
            Profile = file.Profile,
            Facts = file.Facts,
            Status = Domain.Validity.Status(file.History, work.Today),
            LastValidDay = Domain.Validity.LastValidDay(file.History, work.Today),
            Numbers = await NumbersAsync(query.DocumentId),
            Tasks = await TasksAsync(query.DocumentId),
            Deadlines = await DeadlinesAsync(query.DocumentId),
            Materials = await MaterialsAsync(query.DocumentId),
            History = await HistoryAsync(query.DocumentId),
            Alerts = await AlertsAsync(query.DocumentId),
            Instances = await InstancesAsync(file.Id),
        };
    }

    private Task<IReadOnlyList<NumberLine>> NumbersAsync(Guid id) => work.Db.QueryAsync<NumberLine>(
        """
        -- Cases/ReadDocument: its numbers
        SELECT n.Text, s.Kind, n.IssuedOn, n.VoidedOn, n.VoidReason FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = @id ORDER BY n.IssuedOn, s.Kind DESC
        """,
        new { id });

    private async Task<IReadOnlyList<TaskLine>> TasksAsync(Guid id)
    {
        var lines = new List<TaskLine>();
        foreach (var task in await OpenTask.OfDocumentAsync(work.Db, id))
        {
            var body = await DesksOf.BodyNameAsync(work.Db, task.Desk.Place, task.AnchorId, work.Today);
            lines.Add(new(task.Id, task.Code, task.Name, task.Desk.Role, body, task.OpenedAt, work.Desks.Contains(task.Desk)));
        }

        return lines;
    }

    private Task<IReadOnlyList<DeadlineLine>> DeadlinesAsync(Guid id) => work.Db.QueryAsync<DeadlineLine>(
        """
        -- Cases/ReadDocument: its deadlines
        SELECT Id, Name, Label, FromDate, Due, UntilFact, Provisional, Steps, Source, Confidence, MetOn, ClosedAt, ClosedReason
        FROM Deadline WHERE DocumentId = @id ORDER BY CASE WHEN ClosedAt IS NULL THEN 0 ELSE 1 END, Due, Id
        """,
        new { id });

    private Task<IReadOnlyList<MaterialLine>> MaterialsAsync(Guid id) => work.Db.QueryAsync<MaterialLine>(
        """
        -- Cases/ReadDocument: its materials
        SELECT Id, Kind, FileName, Size, Sha256, AddedBy, AddedAt FROM Material WHERE DocumentId = @id ORDER BY AddedAt, Id
        """,
        new { id });

    private Task<IReadOnlyList<HistoryLine>> HistoryAsync(Guid id) => work.Db.QueryAsync<HistoryLine>(
        """
        -- Cases/ReadDocument: its history
        SELECT p.At, p.ActorName, p.Command, p.Reason FROM Process p
        WHERE p.Id IN (SELECT e.ProcessId FROM Event e WHERE e.DocumentId = @id) ORDER BY p.At DESC, p.Id DESC
        """,
        new { id });

    private Task<IReadOnlyList<AlertLine>> AlertsAsync(Guid id) => work.Db.QueryAsync<AlertLine>(
        """
        -- Cases/ReadDocument: its alerts
        SELECT Title, Body, Level, Role, RaisedAt, WithdrawnAt FROM Alert WHERE DocumentId = @id ORDER BY RaisedAt DESC, Id DESC
        """,
        new { id });

    private async Task<IReadOnlyList<InstanceLine>> InstancesAsync(Guid caseId)
    {
        var instances = await work.Db.QueryAsync<InstanceLine>(
            """
            -- Cases/ReadDocument: its workflows
            SELECT Id, DefinitionId, DefinitionVersion, ParentId, ParentNode, State, Status, StartedAt FROM WorkflowInstance WHERE CaseId = @caseId ORDER BY StartedAt, Id
            """,
            new { caseId });
        var lines = new List<InstanceLine>();
        foreach (var instance in instances)
        {
            lines.Add(instance with
            {
                Steps = await work.Db.QueryAsync<StepLine>(
                    """
                    -- Cases/ReadDocument: the steps of a workflow
                    SELECT NodeId, Visit, What, Outcomes, At FROM WorkflowStep WHERE InstanceId = @Id ORDER BY Seq
                    """,
                    new { instance.Id }),
            });
        }

        return lines;
    }

    private sealed record Head
    {
        public required string Stage { get; init; }
        public string? Outcome { get; init; }
        public required string IssuingBody { get; init; }
        public required string DraftingBody { get; init; }
        public required string Government { get; init; }
    }
}
