using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Cases;

/// <summary>文件页: everything that there is to say of one document.</summary>
/// <param name="DocumentId">The document.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadDocument(Guid DocumentId) : IQuery<DocumentView>, IForDocument;

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
            lines.Add(new(task.Id, task.Code, task.Name, task.Desk.Role, body, task.OpenedAt, work.Desks.Contains(task.Desk), task.LimitName));
        }

        return lines;
    }

    private Task<IReadOnlyList<DeadlineLine>> DeadlinesAsync(Guid id) => work.Db.QueryAsync<DeadlineLine>(
        """
        -- Cases/ReadDocument: its deadlines
        SELECT Id, Name, Label, FromDate, Length, Due, UntilFact, Provisional, Steps, Source, Confidence, MetOn, ClosedAt, ClosedReason
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
            SELECT Id, DefinitionId, DefinitionVersion, Host, ParentId, ParentNode, State, Status, StartedAt FROM WorkflowInstance WHERE CaseId = @caseId ORDER BY StartedAt, Id
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
