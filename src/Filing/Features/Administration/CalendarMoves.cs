using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Administration;

/// <summary>A deadline that moves, and the government whose document it is of.</summary>
internal readonly record struct CalendarMove(MovingDeadline Line, Guid GovernmentId);

/// <summary>Counts every open deadline by other calendars; what differs is what a re-projection would move.</summary>
internal sealed class CalendarMoves(Work work, Laws laws)
{
    private const int Step = 5000;

    /// <summary>How many hang on the calendar, and those that move, in the order of their ids.</summary>
    public async Task<(int Looked, IReadOnlyList<CalendarMove> Moves)> ListAsync(CalendarSet after)
    {
        var suspended = (await work.Db.QueryAsync<Stop>(
            """
            -- Administration/CalendarMoves: what is suspended of open deadlines
            SELECT s.DeadlineId, s.FromDate, s.ToDate FROM Suspension s JOIN Deadline l ON l.Id = s.DeadlineId WHERE l.ClosedAt IS NULL
            """)).ToLookup(s => s.DeadlineId);
        var (looked, moves) = (0, new List<CalendarMove>());
        for (Guid? last = Guid.Empty; last is { } id;)
        {
            var rows = await RowsAsync(id);
            foreach (var row in rows)
            {
                if (Move(row, suspended[row.Id], after.Of(row.GovernmentId)) is { } line) moves.Add(new(line, row.GovernmentId));
            }

            looked += rows.Count;
            last = rows.Count < Step ? null : rows[^1].Id;
        }

        return (looked, moves);
    }

    private MovingDeadline? Move(Row row, IEnumerable<Stop> suspended, WorkCalendar calendar)
    {
        // A deadline that stands still has no due date to move.
        if (row.Due is not { } due || suspended.Any(s => s.ToDate is null)) return null;
        var (raw, counted, provisional) = row.Length is { } length
            ? Deadline.DatesOnly(row.FromDate, LimitOf(row, length), calendar, [.. suspended.Select(s => new DateSpan(s.FromDate, s.ToDate!.Value))])
            : Deadline.DatesOnlyBackward(row.FromDate, Limit.Months(laws.Profile(row.ProfileId, row.ProfileVersion).EvaluationLeadMonths.Value), calendar);
        if ((counted, provisional) == (due, row.Provisional) && (row.Length is null || raw == row.RawEnd)) return null;
        return new(row.Id, row.DocumentId, row.Title, row.Label, due, row.Provisional, counted, provisional);
    }

    private static Limit LimitOf(Row row, int length) =>
        Limit.TryCreate(length, Kebab.Parse<LimitUnit>(row.Unit!), Kebab.Parse<DayKind>(row.DayKind!), out var limit, out var error) ? limit : throw new FormatException(error.Message);

    private Task<IReadOnlyList<Row>> RowsAsync(Guid after) => work.Db.QueryAsync<Row>(
        work.Db.Dialect.Page(
            """
            -- Administration/CalendarMoves: open deadlines that hang on the calendar
            SELECT l.Id, l.DocumentId, l.Label, l.FromDate, l.Length, l.Unit, l.DayKind, l.RawEnd, l.Due, l.Provisional, d.Title, d.GovernmentId, c.ProfileId, c.ProfileVersion
            FROM Deadline l JOIN Document d ON d.Id = l.DocumentId JOIN CaseFile c ON c.Id = l.CaseId
            WHERE l.ClosedAt IS NULL AND (l.Length IS NOT NULL OR l.Name = 'evaluation') AND l.Id > @after ORDER BY l.Id
            """),
        new { after, Skip = 0, Take = Step });

    private sealed record Stop
    {
        public required Guid DeadlineId { get; init; }
        public required DateOnly FromDate { get; init; }
        public DateOnly? ToDate { get; init; }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid DocumentId { get; init; }
        public required string Label { get; init; }
        public required DateOnly FromDate { get; init; }
        public int? Length { get; init; }
        public string? Unit { get; init; }
        public string? DayKind { get; init; }
        public DateOnly? RawEnd { get; init; }
        public DateOnly? Due { get; init; }
        public required bool Provisional { get; init; }
        public required string Title { get; init; }
        public required Guid GovernmentId { get; init; }
        public required string ProfileId { get; init; }
        public required int ProfileVersion { get; init; }
    }
}
