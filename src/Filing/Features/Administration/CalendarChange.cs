using System.Security.Cryptography;
using System.Text.Json;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.Administration;

/// <summary>What a change of the calendar came to, or would.</summary>
/// <param name="Version">The number of the change; null where it was only asked.</param>
/// <param name="Digest">The digest of the list.</param>
/// <param name="What">The change in a few words.</param>
/// <param name="Looked">How many open deadlines hang on the calendar.</param>
/// <param name="Moves">How many of them move, or become more or less sure.</param>
/// <param name="Definite">How many were provisional and are sure afterwards.</param>
/// <param name="Elsewhere">How many of those that move are of documents of other governments; they are not listed.</param>
/// <param name="Days">The days that become something else.</param>
/// <param name="Deadlines">The deadlines that move, 500 at most.</param>
/// <param name="Doubts">What is odd and yet no fault.</param>
public sealed record CalendarOutcome(
    int? Version, string Digest, string What, int Looked, int Moves, int Definite, int Elsewhere, IReadOnlyList<ChangedDay> Days, IReadOnlyList<MovingDeadline> Deadlines, IReadOnlyList<string> Doubts);

/// <summary>A day that becomes something else.</summary>
/// <param name="Date">The day.</param>
/// <param name="Before">What it is, in Chinese.</param>
/// <param name="After">What it becomes.</param>
public sealed record ChangedDay(DateOnly Date, string Before, string After);

/// <summary>An open deadline that a change of the calendar moves, or makes more or less sure.</summary>
/// <param name="Id">The deadline.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Label">What is due.</param>
/// <param name="Due">The due date as it stands.</param>
/// <param name="Provisional">True when it hangs on a year without an announced plan.</param>
/// <param name="NewDue">The due date by the changed calendar.</param>
/// <param name="NewProvisional">True when it still, or now, hangs on a year without an announced plan.</param>
public sealed record MovingDeadline(Guid Id, Guid DocumentId, string Title, string Label, DateOnly Due, bool Provisional, DateOnly NewDue, bool NewProvisional);

/// <summary>What is to be changed of the calendar: all days of a kind in a year.</summary>
internal sealed record CalendarQuestion(
    string Kind, Guid? Government, int Year, string Days, IReadOnlyList<string> Listed, string What, string Source, string Reason, IReadOnlyList<string> Doubts);

/// <summary>Lists what a change of the calendar moves, and makes it. The digest covers the change and every deadline that moves: when it is the same, so is what was seen.</summary>
internal sealed class CalendarChange
{
    private const int Most = 500;
    private readonly Work _work;
    private readonly Laws _laws;

    private CalendarChange(Work work, Laws laws, CalendarSet before) => (_work, _laws, Before) = (work, laws, before);

    /// <summary>The calendars before the change.</summary>
    public CalendarSet Before { get; }

    /// <summary>Begins; changes come one after the other.</summary>
    public static async Task<CalendarChange> BeginAsync(Work work, Laws laws)
    {
        await work.Db.HoldAsync("calendar", Guid.Empty);
        return new(work, laws, CalendarSet.Build(laws.Calendars.Shipped, await CalendarRow.AllAsync(work.Db)));
    }

    /// <summary>The government whose days off the actor keeps.</summary>
    public static async Task<Result<Guid>> GovernmentAsync(Work work, string? code)
    {
        var kept = work.Actor.Kind == ActorKind.Person ? MoveList.GovernmentsOf(work) : null;
        if (code is not null)
        {
            if (!(await Bodies.IdAsync(work, code, "government")).TryGet(out var id, out var error)) return error;
            if (kept is not null) return kept.Contains(id) ? id : Error.Forbidden("只能登记本级政府的停止办公日。");
            return await IsGovernmentAsync(work, id) ? id : Error.Invalid("calendar.government", $"“{code}”不是人民政府。", "government");
        }

        return kept is [var only] ? only : Error.Invalid("calendar.government", "请指明是哪一级政府停止办公。", "government");
    }

    /// <summary>The days of a year on which a government said that it closes.</summary>
    public List<LocalClosure> ClosuresOf(Guid government, int year) => [.. CalendarSet.ClosuresOf(Before.Rows.Where(r => r.Year == year), government)];

    /// <summary>What closures ask for.</summary>
    public static CalendarQuestion Closures(Guid government, int year, IEnumerable<LocalClosure> days, string what, string source, string reason)
    {
        var ordered = days.OrderBy(d => d.Date).ToList();
        return new(CalendarRow.ClosuresKind, government, year, JsonSerializer.Serialize(ordered, Json.Options), [.. ordered.Select(d => $"{d.Date:yyyy-MM-dd} closed {d.Name}")], what, source, reason, []);
    }

    /// <summary>2027年8月3日, or 2027年8月3日至8月4日.</summary>
    public static string Span(DateOnly from, DateOnly to) => from == to ? ChineseDate.Format(from) : $"{ChineseDate.Format(from)}至{ChineseDate.FormatShort(to)}";

    /// <summary>Why a plan contradicts the one of the year before or after; null where it does not.</summary>
    public Error? Conflict(HolidayPlan plan) => (
        from other in Before.Common.Plans.Values
        where Math.Abs(other.Year - plan.Year) == 1
        from day in other.Days
        from mine in plan.Days
        where mine.Date == day.Date && mine.Working != day.Working
        select Error.Invalid(
            "calendar.both", $"{ChineseDate.Format(day.Date)}在{other.Year}年的安排中是{(day.Working ? "上班日" : "休息日")}，在这份安排中是{(mine.Working ? "上班日" : "休息日")}。", HolidayPlan.Field)).FirstOrDefault();

    /// <summary>What the plan makes of days on which governments said that they close.</summary>
    public IEnumerable<string> Doubts(HolidayPlan plan) =>
        from closure in Before.Own.Values.SelectMany(c => c.Closures).DistinctBy(c => c.Date)
        from day in plan.Days
        where day.Date == closure.Date
        orderby day.Date
        select $"{ChineseDate.Format(day.Date)}已登记为本地停止办公日（{closure.Name}），改从放假安排：{(day.Working ? "上班" : "休息")}。";

    /// <summary>Lists, or makes the change where the digest is that of the list.</summary>
    public async Task<Result<CalendarOutcome>> GoAsync(CalendarQuestion asked, string? digest)
    {
        var row = new CalendarRow
        {
            Id = Work.NewId(),
            Number = Before.Number + 1,
            Kind = asked.Kind,
            GovernmentId = asked.Government,
            Year = asked.Year,
            Days = asked.Days,
            What = asked.What,
            Reason = asked.Reason,
            Source = asked.Source,
            AccountId = _work.Actor.AccountId,
            RecordedBy = _work.Actor.Name,
            RecordedAt = _work.Now,
        };
        var after = CalendarSet.Build(_laws.Calendars.Shipped, [.. Before.Rows, row]);
        var days = Changed(Of(Before, asked), Of(after, asked)).ToList();
        if (days.Count == 0 && Of(Before, asked).Covers(asked.Year) == Of(after, asked).Covers(asked.Year)) return Error.Refused("calendar.same", $"与现行日历相同，没有需要变更的日子。");
        var (looked, moves) = await new CalendarMoves(_work, _laws).ListAsync(after);
        var everywhere = _work.Actor.Kind != ActorKind.Person;
        var mine = moves.Where(m => everywhere || MoveList.GovernmentsOf(_work).Contains(m.GovernmentId)).ToList();
        var outcome = new CalendarOutcome(
            null, DigestOf(asked, moves), asked.What, looked, moves.Count, moves.Count(m => m.Line is { Provisional: true, NewProvisional: false }), moves.Count - mine.Count, days,
            [.. mine.Select(m => m.Line).OrderBy(l => l.Title, StringComparer.Ordinal).ThenBy(l => l.NewDue).ThenBy(l => l.Id).Take(Most)], asked.Doubts);
        if (digest is null) return outcome;
        if (digest != outcome.Digest) return Error.Conflict("calendar.stale", "试算之后，日历或未办结的期限已经变化，没有改动任何内容。请重新试算，核对后再确认。") with { Field = "digest" };
        await _work.Db.ExecuteAsync(
            """
            -- Administration/CalendarChange: a change of the calendar
            INSERT INTO CalendarVersion (Id, Number, Kind, GovernmentId, Year, Days, What, Reason, Source, AccountId, RecordedBy, RecordedAt)
            VALUES (@Id, @Number, @Kind, @GovernmentId, @Year, @Days, @What, @Reason, @Source, @AccountId, @RecordedBy, @RecordedAt)
            """,
            new { row.Id, row.Number, row.Kind, row.GovernmentId, row.Year, row.Days, row.What, row.Reason, row.Source, row.AccountId, row.RecordedBy, row.RecordedAt });
        _work.Record(new CalendarChanged(row.Id, row.Number, row.Kind, row.GovernmentId, row.Year, asked.Listed, row.What, row.Source));
        // Whoever counts next asks again: on SQLite from the next command on, elsewhere from the commit on.
        _laws.Calendars.Expire();
        _work.Db.AfterCommit(_laws.Calendars.Expire);
        return outcome with { Version = row.Number };
    }

    private static WorkCalendar Of(CalendarSet set, CalendarQuestion asked) => asked.Government is { } government ? set.Of(government) : set.Common;

    private static IEnumerable<ChangedDay> Changed(WorkCalendar before, WorkCalendar after) =>
        from date in Named(before).Concat(Named(after)).Distinct().Order()
        let change = new ChangedDay(date, Word(before, date), Word(after, date))
        where change.Before != change.After
        select change;

    private static IEnumerable<DateOnly> Named(WorkCalendar calendar) => calendar.Plans.Values.SelectMany(p => p.Days).Select(d => d.Date).Concat(calendar.Closures.Select(c => c.Date));

    private static string Word(WorkCalendar calendar, DateOnly date) =>
        calendar.NameOf(date) is { } holiday ? $"{holiday}放假"
        : calendar.ClosureOn(date) is { } closure ? $"本地停止办公（{closure}）"
        : calendar.IsMakeUpWorkday(date) ? "调休上班"
        : calendar.IsWorkday(date) ? "上班" : "周末";

    private static string DigestOf(CalendarQuestion asked, IReadOnlyList<CalendarMove> moves)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new { asked.Kind, asked.Government, asked.Year, asked.Days, Moves = moves.Select(m => $"{m.Line.Id:N} {m.Line.Due:yyyyMMdd} {m.Line.Provisional} {m.Line.NewDue:yyyyMMdd} {m.Line.NewProvisional}") }, Json.Options);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(text));
    }

    private static async Task<bool> IsGovernmentAsync(Work work, Guid id) => await work.Db.ScalarAsync<int>(
        """
        -- Administration/CalendarChange: is it a government?
        SELECT COUNT(*) FROM Body WHERE Id = @id AND Kind = 'government'
        """,
        new { id }) > 0;
}
