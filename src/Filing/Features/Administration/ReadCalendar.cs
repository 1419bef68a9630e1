using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>日历: which years have a plan and where it comes from, the days of one year, the days on which governments close on their own, and what was changed by whom.</summary>
/// <param name="Year">The year whose days are shown; null for this year.</param>
[Needs(Function.KeepRules)]
public sealed record ReadCalendar(int? Year = null) : IQuery<CalendarSheet>;

/// <summary>The calendar.</summary>
/// <param name="Year">The year whose days are shown.</param>
/// <param name="Announced">True when its plan is announced.</param>
/// <param name="Years">The years with a plan, in order.</param>
/// <param name="Days">The rest days and make-up working days of the plan of that year.</param>
/// <param name="Closures">The days of that year on which governments close on their own.</param>
/// <param name="Governments">The governments for which the asker may put such days down, by code and name.</param>
/// <param name="Changes">What was changed, the newest first.</param>
/// <param name="Pending">True while open deadlines are still counted by the calendar before the last change.</param>
public sealed record CalendarSheet(
    int Year, bool Announced, IReadOnlyList<PlannedYear> Years, IReadOnlyList<SpecialDay> Days, IReadOnlyList<ClosedDay> Closures, IReadOnlyList<KeptGovernment> Governments, IReadOnlyList<CalendarLine> Changes,
    bool Pending);

/// <summary>A year with a plan.</summary>
/// <param name="Year">The year.</param>
/// <param name="Version">The number of the change that gave it its plan; null for a plan that ships with the program.</param>
public sealed record PlannedYear(int Year, int? Version);

/// <summary>A day on which a government closes on its own.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The occasion.</param>
/// <param name="Government">The government's name.</param>
/// <param name="Holds">False where a plan that came later made the day a rest day or a make-up working day.</param>
public sealed record ClosedDay(DateOnly Date, string Name, string Government, bool Holds);

/// <summary>A government whose days off the asker keeps.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
public sealed record KeptGovernment(string Code, string Name);

/// <summary>A change of the calendar.</summary>
/// <param name="Number">From 1.</param>
/// <param name="What">What it says, in a few words.</param>
/// <param name="Government">The government that it is of; null where it is of all.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">The paper.</param>
/// <param name="By">Who put it down.</param>
/// <param name="At">When.</param>
public sealed record CalendarLine(int Number, string What, string? Government, string Reason, string Source, string By, DateTimeOffset At);

internal sealed class ReadCalendarHandler(Work work, Laws laws) : IRequestHandler<ReadCalendar, Result<CalendarSheet>>
{
    public async Task<Result<CalendarSheet>> Handle(ReadCalendar query, CancellationToken cancellationToken)
    {
        var set = laws.Calendars.Current;
        var year = query.Year ?? work.Today.Year;
        if (year is < HolidayPlan.FirstYear or > HolidayPlan.LastYear) return Error.Invalid("calendar.year", $"年份应在 {HolidayPlan.FirstYear} 至 {HolidayPlan.LastYear} 之间，不能是 {year}。", "year");
        var governments = (await work.Db.QueryAsync<BodyRow>(
            """
            -- Administration/ReadCalendar: the governments
            SELECT Id, Code, Name FROM Body WHERE Kind = 'government' ORDER BY Code
            """)).ToList();
        var names = governments.ToDictionary(g => g.Id, g => g.Name);
        var kept = work.Actor.Kind == ActorKind.Person ? MoveList.GovernmentsOf(work) : [.. names.Keys];
        var closures =
            from row in set.Rows
            where row.Kind == CalendarRow.ClosuresKind && row.Year == year
            group row by row.GovernmentId!.Value into g
            from day in g.MaxBy(r => r.Number)!.Closures
            orderby day.Date, names[g.Key]
            select new ClosedDay(day.Date, day.Name, names[g.Key], set.Of(g.Key).ClosureOn(day.Date) is not null);
        return new CalendarSheet(
            year,
            set.Common.Covers(year),
            [.. set.Common.CoveredYears.Select(y => new PlannedYear(y, set.Rows.LastOrDefault(r => r.Kind == CalendarRow.PlanKind && r.Year == y)?.Number))],
            set.Common.Plans.TryGetValue(year, out var plan) ? plan.Days : [],
            [.. closures],
            [.. governments.Where(g => kept.Contains(g.Id)).Select(g => new KeptGovernment(g.Code, g.Name))],
            [.. set.Rows.Reverse().Select(r => new CalendarLine(r.Number, r.What, r.GovernmentId is { } id ? names[id] : null, r.Reason, r.Source, r.RecordedBy, r.RecordedAt))],
            await Supervision.Projected.IsPendingAsync(work.Db, set));
    }

    private sealed record BodyRow
    {
        public required Guid Id { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
    }
}
