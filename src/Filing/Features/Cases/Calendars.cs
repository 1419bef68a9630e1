using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Features.Cases;

/// <summary>
/// The calendar that ships and, over it, what the database says was changed of it. The database is asked again every few seconds, at the beginning of a request: so a
/// change reaches every process without a restart, and the one that made it with the very next request.
/// </summary>
/// <param name="shipped">The calendar as the program ships it.</param>
public sealed class Calendars(WorkCalendar shipped)
{
    private readonly Lock _gate = new();
    private CalendarSet _current = CalendarSet.Build(shipped, []);
    private long _asked;
    private long _known = Stopwatch.GetTimestamp();
    private int _generation;

    /// <summary>The calendar as the program ships it.</summary>
    internal WorkCalendar Shipped => shipped;

    /// <summary>The calendars as this process knows them.</summary>
    internal CalendarSet Current => Volatile.Read(ref _current);

    /// <summary>How long the database is not asked again, in real time.</summary>
    public TimeSpan Fresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after a change another process may still commit what it counted by the calendar before: the time that it does not ask again, and the longest
    /// transaction, with something to spare.
    /// </summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>True when this process has known the calendar for so long that no other counts by an older one.</summary>
    internal bool Settled => Stopwatch.GetElapsedTime(Interlocked.Read(ref _known)) >= Settling;

    /// <summary>Lets the next request ask the database.</summary>
    internal void Expire()
    {
        Interlocked.Increment(ref _generation);
        Interlocked.Exchange(ref _asked, 0);
    }

    /// <summary>Asks whether the calendar was changed, unless that was asked just now, and takes the change up.</summary>
    /// <param name="db">The session of the request.</param>
    /// <param name="changes">True where the session writes.</param>
    internal async Task FreshenAsync(Session db, bool changes)
    {
        var asked = Interlocked.Read(ref _asked);
        if (asked != 0 && Stopwatch.GetElapsedTime(asked) < Fresh) return;
        var (generation, now) = (Volatile.Read(ref _generation), Stopwatch.GetTimestamp());
        var latest = await db.QueryFirstOrDefaultAsync<Latest>(
            """
            -- Cases/Calendars: the newest change of the calendar
            SELECT Id, Number FROM CalendarVersion WHERE Number = (SELECT MAX(Number) FROM CalendarVersion)
            """);
        if (latest?.Id != Current.Id)
        {
            var set = CalendarSet.Build(shipped, latest is null ? [] : await CalendarRow.AllAsync(db));
            lock (_gate)
            {
                // A snapshot may be older than what another request has taken up meanwhile. SQLite's one writer sees everything, also that the change was not committed after all.
                if (set.Number > _current.Number || (changes && db.Dialect == Dialect.Sqlite))
                {
                    Interlocked.Exchange(ref _known, Stopwatch.GetTimestamp());
                    Volatile.Write(ref _current, set);
                }
            }
        }

        if (generation == Volatile.Read(ref _generation)) Interlocked.Exchange(ref _asked, now);
    }

    private sealed record Latest
    {
        public required Guid Id { get; init; }
        public required int Number { get; init; }
    }
}

/// <summary>The calendars at one version: what is announced for all, and for a government that closes on its own its own.</summary>
internal sealed class CalendarSet
{
    private readonly FrozenDictionary<Guid, WorkCalendar> _own;

    private CalendarSet(WorkCalendar common, FrozenDictionary<Guid, WorkCalendar> own, IReadOnlyList<CalendarRow> rows) => (Common, _own, Rows, Print) = (common, own, rows, PrintOf(common, own));

    /// <summary>What is announced for all.</summary>
    public WorkCalendar Common { get; }

    /// <summary>All changes, in order.</summary>
    public IReadOnlyList<CalendarRow> Rows { get; }

    /// <summary>The number of the newest change; 0 where there is none.</summary>
    public int Number => Rows.Count == 0 ? 0 : Rows[^1].Number;

    /// <summary>The newest change; null where there is none.</summary>
    public Guid? Id => Rows.Count == 0 ? null : Rows[^1].Id;

    /// <summary>A digest of all days.</summary>
    public string Print { get; }

    /// <summary>The calendar of a government.</summary>
    public WorkCalendar Of(Guid governmentId) => _own.TryGetValue(governmentId, out var own) ? own : Common;

    /// <summary>The days on which a government closes on its own, by its id; only those of its calendar that do something.</summary>
    public IReadOnlyDictionary<Guid, WorkCalendar> Own => _own;

    /// <summary>All days of a government, of any year, on which it said that it closes.</summary>
    public static IReadOnlyList<LocalClosure> ClosuresOf(IEnumerable<CalendarRow> rows, Guid governmentId) =>
        [.. rows.Where(r => r.GovernmentId == governmentId).GroupBy(r => r.Year).SelectMany(g => g.MaxBy(r => r.Number)!.Closures).OrderBy(c => c.Date)];

    /// <summary>Puts the calendars together.</summary>
    public static CalendarSet Build(WorkCalendar shipped, IReadOnlyList<CalendarRow> rows)
    {
        var plans = shipped.Plans.ToDictionary();
        foreach (var row in rows.Where(r => r.Kind == CalendarRow.PlanKind).OrderBy(r => r.Number)) plans[row.Year] = row.Plan;
        var common = plans.Values.All(p => shipped.Plans.TryGetValue(p.Year, out var same) && ReferenceEquals(same, p)) ? shipped : new WorkCalendar(plans.Values, []);
        var own = rows.Select(r => r.GovernmentId).OfType<Guid>().Distinct().Select(id => (Id: id, Days: ClosuresOf(rows, id))).Where(g => g.Days.Count > 0);
        return new(common, own.ToFrozenDictionary(g => g.Id, g => common.With(g.Days)), [.. rows.OrderBy(r => r.Number)]);
    }

    private static string PrintOf(WorkCalendar common, FrozenDictionary<Guid, WorkCalendar> own)
    {
        var text = new StringBuilder();
        foreach (var year in common.CoveredYears)
        {
            text.Append(year).Append(':');
            foreach (var day in common.SpecialDays(year)) text.Append(day.Date.DayNumber).Append(day.Working ? '+' : '-');
        }

        // What a plan says of the January after, while that year's own is not announced.
        foreach (var day in common.Plans.Values.SelectMany(p => p.Days).Where(d => !common.Covers(d.Date.Year)).OrderBy(d => d.Date)) text.Append(day.Date.DayNumber).Append(day.Working ? '+' : '-');
        foreach (var (government, calendar) in own.OrderBy(g => g.Key))
        {
            text.Append(';').Append(government.ToString("N"));
            foreach (var day in calendar.Closures) text.Append(day.Date.DayNumber).Append('-');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())));
    }
}

/// <summary>A change of the calendar as the table has it.</summary>
internal sealed record CalendarRow
{
    /// <summary>The kind of a change that gives a year another plan.</summary>
    public const string PlanKind = "plan";

    /// <summary>The kind of a change that says on which days of a year a government closes on its own.</summary>
    public const string ClosuresKind = "closures";

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Kind { get; init; }
    public Guid? GovernmentId { get; init; }
    public required int Year { get; init; }
    public required string Days { get; init; }
    public required string What { get; init; }
    public required string Reason { get; init; }
    public required string Source { get; init; }
    public Guid? AccountId { get; init; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The days of a plan.</summary>
    public HolidayPlan Plan => new(Year, JsonSerializer.Deserialize<IReadOnlyList<SpecialDay>>(Days, Json.Options)!);

    /// <summary>The days on which a government closes.</summary>
    public IReadOnlyList<LocalClosure> Closures => JsonSerializer.Deserialize<IReadOnlyList<LocalClosure>>(Days, Json.Options)!;

    /// <summary>All changes, in order.</summary>
    public static Task<IReadOnlyList<CalendarRow>> AllAsync(Session db) => db.QueryAsync<CalendarRow>(
        """
        -- Cases/Calendars: all changes of the calendar
        SELECT Id, Number, Kind, GovernmentId, Year, Days, What, Reason, Source, AccountId, RecordedBy, RecordedAt FROM CalendarVersion ORDER BY Number
        """);
}
