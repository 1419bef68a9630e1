using System.Text.Json;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>A deadline as the table has it.</summary>
internal sealed record DeadlineRow
{
    private const string Columns =
        """
        l.Id, l.DocumentId, l.CaseId, l.Name, l.Label, l.FromFact, l.FromDate, l.UntilFact, l.Length, l.Unit, l.DayKind, l.RawEnd, l.Due, l.Provisional, l.Projection,
        l.Steps, l.Source, l.Confidence, l.Rungs, l.NextRungOn, l.MetOn, l.ClosedAt, (SELECT d.GovernmentId FROM Document d WHERE d.Id = l.DocumentId) AS GovernmentId
        """;

    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required Guid CaseId { get; init; }
    public required string Name { get; init; }
    public required string Label { get; init; }
    public required string FromFact { get; init; }
    public required DateOnly FromDate { get; init; }
    public required string UntilFact { get; init; }

    // The end of validity, and what is counted back from it, is a turning point and no duty: nobody is late with it.
    public bool IsDuty => UntilFact != "term-ended";
    public int? Length { get; init; }
    public string? Unit { get; init; }
    public string? DayKind { get; init; }
    public DateOnly? RawEnd { get; init; }
    public DateOnly? Due { get; init; }
    public required bool Provisional { get; init; }
    public required int Projection { get; init; }
    public required string Steps { get; init; }
    public required string Source { get; init; }
    public required string Confidence { get; init; }
    public required string Rungs { get; init; }
    public DateOnly? NextRungOn { get; init; }
    public DateOnly? MetOn { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The government whose register has the document: its days off are the deadline's.</summary>
    public required Guid GovernmentId { get; init; }

    /// <summary>True while it runs.</summary>
    public bool Open => ClosedAt is null;

    /// <summary>The length that is counted; null where the sources give none, or the due date is not counted.</summary>
    public Limit? Limit => Length is { } length && Limit.TryCreate(length, Kebab.Parse<LimitUnit>(Unit!), Kebab.Parse<DayKind>(DayKind!), out var limit, out _) ? limit : null;

    /// <summary>When its alerts ring, in the order of days.</summary>
    public IReadOnlyList<RungPlan> Plan => RungPlan.Read(Rungs);

    /// <summary>The same deadline as it would be put down now.</summary>
    public PlannedDeadline Planned => new(
        Name, Label, Kebab.Parse<FactKind>(FromFact), FromDate, Kebab.Parse<FactKind>(UntilFact), Limit, RawEnd, Due, Provisional,
        JsonSerializer.Deserialize<IReadOnlyList<string>>(Steps, Json.Options)!, Source, Kebab.Parse<Confidence>(Confidence), Plan);

    /// <summary>A deadline by its id; null when there is none.</summary>
    public static Task<DeadlineRow?> ByIdAsync(Session db, Guid id) => db.QuerySingleOrDefaultAsync<DeadlineRow>(
        $"""
        -- Cases/DeadlineRow: a deadline
        SELECT {Columns} FROM Deadline l WHERE l.Id = @id
        """,
        new { id });

    /// <summary>The deadlines of a case, ended ones too, the newest first; of one name, when given.</summary>
    public static Task<IReadOnlyList<DeadlineRow>> OfCaseAsync(Session db, Guid documentId, Guid caseId, string? name = null) => db.QueryAsync<DeadlineRow>(
        $"""
        -- Cases/DeadlineRow: the deadlines of a case
        SELECT {Columns} FROM Deadline l WHERE l.DocumentId = @documentId AND l.CaseId = @caseId AND (@name IS NULL OR l.Name = @name) ORDER BY l.Id DESC
        """,
        new { documentId, caseId, name });

    /// <summary>All deadlines of some documents.</summary>
    public static Task<IReadOnlyList<DeadlineRow>> OfDocumentsAsync(Session db, IReadOnlyList<Guid> ids) => db.QueryAsync<DeadlineRow>(
        $"""
        -- Cases/DeadlineRow: the deadlines of some documents
        SELECT {Columns} FROM Deadline l WHERE l.DocumentId IN @ids ORDER BY l.Id
        """,
        new { ids });

    /// <summary>The next open deadlines that hang on the calendar, in the order of ids.</summary>
    public static Task<IReadOnlyList<DeadlineRow>> OnCalendarAsync(Session db, Guid after, int take) => db.QueryAsync<DeadlineRow>(
        db.Dialect.Page(
            $"""
            -- Cases/DeadlineRow: open deadlines that hang on the calendar
            SELECT {Columns} FROM Deadline l WHERE l.ClosedAt IS NULL AND (l.Length IS NOT NULL OR l.Name = 'evaluation') AND l.Id > @after ORDER BY l.Id
            """),
        new { after, Skip = 0, Take = take });

    /// <summary>The days that did not count so far, in order; the last may still run.</summary>
    public static Task<IReadOnlyList<SuspensionRow>> SuspensionsAsync(Session db, Guid deadlineId) => db.QueryAsync<SuspensionRow>(
        """
        -- Cases/DeadlineRow: the suspensions of a deadline
        SELECT Id, DeadlineId, FromDate, ToDate, Reason FROM Suspension WHERE DeadlineId = @deadlineId ORDER BY FromDate, Id
        """,
        new { deadlineId });

    /// <summary>The days of some deadlines that did not count so far, in order.</summary>
    public static async Task<ILookup<Guid, SuspensionRow>> SuspensionsAsync(Session db, IReadOnlyList<Guid> deadlines) => (await db.QueryAsync<SuspensionRow>(
        """
        -- Cases/DeadlineRow: the suspensions of some deadlines
        SELECT Id, DeadlineId, FromDate, ToDate, Reason FROM Suspension WHERE DeadlineId IN @deadlines ORDER BY FromDate, Id
        """,
        new { deadlines })).ToLookup(s => s.DeadlineId);
}

/// <summary>Days of a deadline that do not count.</summary>
internal sealed record SuspensionRow
{
    public required Guid Id { get; init; }
    public required Guid DeadlineId { get; init; }
    public required DateOnly FromDate { get; init; }
    public DateOnly? ToDate { get; init; }
    public required string Reason { get; init; }
}

/// <summary>What a deadline is to be: its start, its length, and the due date that follows.</summary>
internal sealed record PlannedDeadline(
    string Name, string Label, FactKind From, DateOnly FromDate, FactKind Until, Limit? Limit, DateOnly? RawEnd, DateOnly? Due, bool Provisional,
    IReadOnlyList<string> Steps, string Source, Confidence Confidence, IReadOnlyList<RungPlan> Rungs)
{
    /// <summary>The same with its due date counted anew. While a suspension runs there is none: how many days it takes is not known.</summary>
    public PlannedDeadline Counted(WorkCalendar calendar, IReadOnlyList<SuspensionRow> suspensions)
    {
        if (Limit is null) return this;
        var ended = suspensions.Where(s => s.ToDate is not null).Select(s => new DateSpan(s.FromDate, s.ToDate!.Value)).ToList();
        var due = Deadline.Compute(FromDate, Limit, calendar, ended, From.Name());
        return suspensions.FirstOrDefault(s => s.ToDate is null) is { } running
            ? this with
            {
                RawEnd = null,
                Due = null,
                Provisional = false,
                Steps = [due.Steps[0], $"{ChineseDate.Format(running.FromDate)}起中止（{running.Reason}），恢复后继续计算"],
            }
            : this with { RawEnd = due.RawEnd, Due = due.Due, Provisional = due.Provisional, Steps = due.Steps };
    }

    /// <summary>The columns of a row, its id and projection aside.</summary>
    public object Row(Guid id, Guid documentId, Guid caseId, DateOnly? nextRungOn) => new
    {
        Id = id,
        DocumentId = documentId,
        CaseId = caseId,
        Name,
        Label,
        FromFact = Kebab.Of(From),
        FromDate,
        UntilFact = Kebab.Of(Until),
        Limit?.Length,
        Unit = Limit is null ? null : Kebab.Of(Limit.Unit),
        DayKind = Limit is null ? null : Kebab.Of(Limit.Kind),
        RawEnd,
        Due,
        Provisional,
        Steps = JsonSerializer.Serialize(Steps, Json.Options),
        Source,
        Confidence = Kebab.Of(Confidence),
        Rungs = RungPlan.Write(Rungs),
        NextRungOn = nextRungOn,
    };
}
