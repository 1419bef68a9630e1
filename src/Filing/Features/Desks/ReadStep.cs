using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>What the page of a step shows of its document: the head, the task with its deadline and holder, the text, the materials.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Code">The task, as the definitions call it; null for an act that is no task.</param>
/// <param name="TaskId">The task that the asker chose; null takes one at the asker's desks first.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadStep(Guid DocumentId, string? Code, Guid? TaskId = null) : IQuery<StepView>, IForDocument;

/// <summary>Where an open task is: for links that know only its id.</summary>
/// <param name="TaskId">The task.</param>
[Needs(Function.ReadDocuments)]
public sealed record FindTask(Guid TaskId) : IQuery<TaskPlace>;

/// <summary>Where a task is.</summary>
/// <param name="DocumentId">Its document.</param>
/// <param name="Code">What is to be done.</param>
public sealed record TaskPlace(Guid DocumentId, string Code);

/// <summary>A document as the page of a step shows it.</summary>
public sealed record StepView
{
    /// <summary>The document, its facts, numbers and the rules of its case.</summary>
    public required Case Case { get; init; }

    /// <summary>制定机关.</summary>
    public required string IssuingBody { get; init; }

    /// <summary>起草单位.</summary>
    public required string DraftingBody { get; init; }

    /// <summary>The government in whose register it is.</summary>
    public required string Government { get; init; }

    /// <summary>How far it has come, as a code.</summary>
    public required string Stage { get; init; }

    /// <summary>The numbers that stand.</summary>
    public required IReadOnlyList<NumberLine> Numbers { get; init; }

    /// <summary>The open task; null where the step is not open.</summary>
    public HeldTask? Task { get; init; }

    /// <summary>True when the asker sits at the desk of <see cref="Task"/>.</summary>
    public bool Mine { get; init; }

    /// <summary>True when a colleague holds <see cref="Task"/>.</summary>
    public bool HeldByAnother { get; init; }

    /// <summary>The open deadline under which <see cref="Task"/> stands; null where there is none.</summary>
    public DeadlineLine? Deadline { get; init; }

    /// <summary>The latest text; null when there is none.</summary>
    public TextVersion? Text { get; init; }

    /// <summary>Its materials.</summary>
    public required IReadOnlyList<MaterialLine> Materials { get; init; }
}

internal sealed class ReadStepHandler(Work work, CaseFlow flow) : IRequestHandler<ReadStep, Result<StepView>>
{
    public async Task<Result<StepView>> Handle(ReadStep query, CancellationToken cancellationToken)
    {
        if (!(await flow.CaseAsync(query.DocumentId)).TryGet(out var file, out var error)) return error;
        var open = query.Code is { } code ? await OpenTask.OfDocumentAsync(work.Db, query.DocumentId, code) : [];
        var chosen = open.FirstOrDefault(t => t.Id == query.TaskId) ?? open.FirstOrDefault(t => work.Desks.Contains(t.Desk)) ?? (open.Count > 0 ? open[0] : null);
        var task = chosen is null ? null : await HeldTask.FindAsync(work, query.DocumentId, chosen.Id);
        var head = (await work.Db.QuerySingleOrDefaultAsync<Head>(
            """
            -- Desks/ReadStep: the head
            SELECT d.Stage, i.Name AS IssuingBody, r.Name AS DraftingBody, g.Name AS Government
            FROM Document d JOIN Body i ON i.Id = d.IssuingBodyId JOIN Body r ON r.Id = d.DraftingBodyId JOIN Body g ON g.Id = d.GovernmentId
            WHERE d.Id = @DocumentId
            """,
            new { query.DocumentId }))!;
        return new StepView
        {
            Case = file,
            IssuingBody = head.IssuingBody,
            DraftingBody = head.DraftingBody,
            Government = head.Government,
            Stage = head.Stage,
            Numbers = await work.Db.QueryAsync<NumberLine>(
                """
                -- Desks/ReadStep: the numbers that stand
                SELECT n.Text, s.Kind, n.IssuedOn FROM Number n JOIN Series s ON s.Id = n.SeriesId WHERE n.DocumentId = @DocumentId AND n.VoidedOn IS NULL ORDER BY n.IssuedOn, s.Kind DESC
                """,
                new { query.DocumentId }),
            Task = task,
            Mine = task is not null && work.Desks.Contains(task.Desk),
            HeldByAnother = task?.HolderId is { } holder && holder != work.Actor.AccountId,
            Deadline = task?.LimitName is null ? null : await work.Db.QueryFirstOrDefaultAsync<DeadlineLine>(
                """
                -- Desks/ReadStep: the deadline of a task
                SELECT Id, Name, Label, FromDate, Length, Due, UntilFact, Provisional, Steps, Source, Confidence, MetOn, ClosedAt, ClosedReason
                FROM Deadline WHERE DocumentId = @DocumentId AND Name = @LimitName AND ClosedAt IS NULL
                """,
                new { query.DocumentId, task.LimitName }),
            Text = await DocumentTexts.LatestAsync(work, query.DocumentId),
            Materials = await work.Db.QueryAsync<MaterialLine>(
                """
                -- Desks/ReadStep: its materials
                SELECT Id, Kind, FileName, Size, Sha256, AddedBy, AddedAt FROM Material WHERE DocumentId = @DocumentId ORDER BY AddedAt, Id
                """,
                new { query.DocumentId }),
        };
    }

    private sealed record Head
    {
        public required string Stage { get; init; }
        public required string IssuingBody { get; init; }
        public required string DraftingBody { get; init; }
        public required string Government { get; init; }
    }
}

internal sealed class FindTaskHandler(Work work) : IRequestHandler<FindTask, Result<TaskPlace>>
{
    public async Task<Result<TaskPlace>> Handle(FindTask query, CancellationToken cancellationToken)
    {
        var place = await work.Db.QuerySingleOrDefaultAsync<Row>(
            """
            -- Desks/ReadStep: where a task is
            SELECT DocumentId, Code FROM Task WHERE Id = @TaskId
            """,
            new { query.TaskId });
        return place is not null && (work.Actor.Kind != ActorKind.Person || await Visibility.OfAsync(work.Db, place.DocumentId, work.Desks))
            ? new TaskPlace(place.DocumentId, place.Code)
            : Error.NotFound("待办");
    }

    private sealed record Row
    {
        public required Guid DocumentId { get; init; }
        public required string Code { get; init; }
    }
}
