namespace Filing.Domain;

/// <summary>
/// Counts limits as the law does (民法典 Arts 200-203, 民事诉讼法 Art 85): the start day is not counted; calendar days, months and years end on
/// the next working day when they would end on a rest day; working days count working days only; months and years end on the corresponding day or,
/// where there is none, on the month's last. Suspended days (both ends included, ranges merged) are not counted: a limit in days passes over them, a
/// limit in months or years grows by those before its end. Rolling over comes last, and does not stop on a suspended day either.
/// A limit that counts backwards ends on the corresponding day, and is due on the working day on or before it.
/// </summary>
/// <remarks>Pure; the calendar is an argument. A suspension that has not ended has no due date yet: ask with its end assumed.</remarks>
public static class Deadline
{
    /// <summary>The due date of a limit that runs forward, with its derivation.</summary>
    /// <param name="from">The day of the event that starts it.</param>
    /// <param name="limit">The length.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="suspensions">Days that do not count; in any order, overlapping or not, also outside the limit.</param>
    /// <param name="startEvent">What happened on the first day, as a verb for the sentence: 公布, 受理, 收到.</param>
    public static DueDate Compute(
        DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan>? suspensions = null, string startEvent = "起算")
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        var counted = Forward(from, limit, calendar, DateSpan.Merge(suspensions ?? []));
        var open = OpenYears(from, counted, calendar);
        return new DueDate(from, limit, counted.RawEnd, counted.Due, open.Count > 0, DeadlineSteps.Forward(from, limit, calendar, counted, open, startEvent));
    }

    /// <summary>The dates of <see cref="Compute"/> without explaining and, when nothing is suspended, without allocating; for many at a time.</summary>
    public static (DateOnly RawEnd, DateOnly Due, bool Provisional) DatesOnly(DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan>? suspensions = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        if (suspensions is { Count: > 0 })
        {
            var counted = Forward(from, limit, calendar, DateSpan.Merge(suspensions));
            return (counted.RawEnd, counted.Due, OpenYears(from, counted, calendar).Count > 0);
        }

        var raw = limit.Kind == DayKind.Working ? calendar.AddWorkdays(from, limit.Length) : Corresponding(from, limit, 1);
        var due = limit.Kind == DayKind.Working ? raw : calendar.NextWorkday(raw);
        return (raw, due, !calendar.CoversAll(from.AddDays(1).Year, due.Year));
    }

    /// <summary>The dates of <see cref="ComputeBackward"/> where nothing is suspended, without explaining and without allocating.</summary>
    public static (DateOnly RawEnd, DateOnly Due, bool Provisional) DatesOnlyBackward(DateOnly from, Limit limit, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        var raw = limit.Kind == DayKind.Working ? calendar.AddWorkdays(from, -limit.Length) : Corresponding(from, limit, -1);
        var due = limit.Kind == DayKind.Working ? raw : calendar.PreviousWorkday(raw);
        return (raw, due, !calendar.CoversAll(due.Year, from.AddDays(-1).Year));
    }

    /// <summary>The due date of a limit that counts back from a day, such as 届满前6个月, with its derivation.</summary>
    /// <param name="from">The day from which it counts back; it is not counted.</param>
    /// <param name="limit">The length.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="suspensions">Days that do not count, passed over as in the other direction.</param>
    /// <param name="startEvent">What happens on the day from which it counts, as a verb for the sentence: 届满, 施行.</param>
    public static DueDate ComputeBackward(
        DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan>? suspensions = null, string startEvent = "起算")
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        var counted = Backward(from, limit, calendar, DateSpan.Merge(suspensions ?? []));
        var open = OpenYears(from, counted, calendar);
        return new DueDate(from, limit, counted.RawEnd, counted.Due, open.Count > 0, DeadlineSteps.Backward(from, limit, calendar, counted, open, startEvent));
    }

    /// <summary>Only the due date of <see cref="Compute"/>, without explaining and, when nothing is suspended, without allocating.</summary>
    public static DateOnly DueOnly(DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan>? suspensions = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        if (suspensions is { Count: > 0 })
            return Forward(from, limit, calendar, DateSpan.Merge(suspensions)).Due;
        return limit.Kind == DayKind.Working
            ? calendar.AddWorkdays(from, limit.Length)
            : calendar.NextWorkday(Corresponding(from, limit, 1));
    }

    /// <summary>Only the due date of <see cref="ComputeBackward"/>, without explaining and, when nothing is suspended, without allocating.</summary>
    public static DateOnly DueOnlyBackward(DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan>? suspensions = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        if (suspensions is { Count: > 0 })
            return Backward(from, limit, calendar, DateSpan.Merge(suspensions)).Due;
        return limit.Kind == DayKind.Working
            ? calendar.AddWorkdays(from, -limit.Length)
            : calendar.PreviousWorkday(Corresponding(from, limit, -1));
    }

    /// <summary>The day so many days, months or years later (1) or earlier (-1); the month's last where there is no such day.</summary>
    internal static DateOnly Corresponding(DateOnly from, Limit limit, int direction) => limit.Unit switch
    {
        LimitUnit.Day => DateOnly.FromDayNumber(from.DayNumber + (direction * limit.Length)),
        LimitUnit.Month => from.AddMonths(direction * limit.Length),
        LimitUnit.Year => from.AddYears(direction * limit.Length),
    };

    private static Counted Forward(DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan> suspended)
    {
        var raw = from;
        var left = limit.Length;
        if (limit.Unit != LimitUnit.Day)
        {
            raw = Corresponding(from, limit, 1);
            left = Overlap(suspended, from.DayNumber + 1, raw.DayNumber);
        }

        foreach (var span in suspended)
        {
            if (span.To <= raw)
                continue;
            var before = span.From.DayNumber - 1 > raw.DayNumber ? DateOnly.FromDayNumber(span.From.DayNumber - 1) : raw;
            var free = limit.Kind == DayKind.Working ? calendar.CountWorkdays(raw, before) : before.DayNumber - raw.DayNumber;
            if (left <= free)
                break;
            (left, raw) = (left - free, span.To);
        }

        raw = limit.Kind == DayKind.Working ? calendar.AddWorkdays(raw, left) : raw.AddDays(left);
        var due = raw;
        for (var rolled = default(DateOnly); rolled != due;)
        {
            rolled = due;
            due = calendar.NextWorkday(due);
            due = suspended.FirstOrDefault(span => span.Contains(due))?.To.AddDays(1) ?? due;
        }

        return new Counted(raw, due, Within(suspended, from.AddDays(1), due));
    }

    private static Counted Backward(DateOnly from, Limit limit, WorkCalendar calendar, IReadOnlyList<DateSpan> suspended)
    {
        var raw = from;
        var left = limit.Length;
        if (limit.Unit != LimitUnit.Day)
        {
            raw = Corresponding(from, limit, -1);
            left = Overlap(suspended, raw.DayNumber, from.DayNumber - 1);
        }

        foreach (var span in suspended.Reverse())
        {
            if (span.From >= raw)
                continue;
            var after = span.To.DayNumber + 1 < raw.DayNumber ? span.To.AddDays(1) : raw;
            var free = limit.Kind == DayKind.Working
                ? calendar.CountWorkdays(after.AddDays(-1), raw.AddDays(-1))
                : raw.DayNumber - after.DayNumber;
            if (left <= free)
                break;
            (left, raw) = (left - free, span.From);
        }

        raw = limit.Kind == DayKind.Working ? calendar.AddWorkdays(raw, -left) : raw.AddDays(-left);
        var due = raw;
        for (var rolled = default(DateOnly); rolled != due;)
        {
            rolled = due;
            due = calendar.PreviousWorkday(due);
            due = suspended.FirstOrDefault(span => span.Contains(due))?.From.AddDays(-1) ?? due;
        }

        return new Counted(raw, due, Within(suspended, due, from.AddDays(-1)));
    }

    /// <summary>The years without a plan that hold a day, between start and due date, that is not suspended.</summary>
    private static List<int> OpenYears(DateOnly from, Counted counted, WorkCalendar calendar)
    {
        var (first, last) = counted.Due > from ? (from.AddDays(1), counted.Due) : (counted.Due, from.AddDays(-1));
        var open = new List<int>();
        for (var year = first.Year; year <= last.Year; year++)
        {
            var (start, end) = (Math.Max(first.DayNumber, new DateOnly(year, 1, 1).DayNumber), Math.Min(last.DayNumber, new DateOnly(year, 12, 31).DayNumber));
            if (!calendar.Covers(year) && end - start + 1 > Overlap(counted.Suspended, start, end))
                open.Add(year);
        }

        return open;
    }

    /// <summary>How many days of the spans lie from the first day to the last, both included.</summary>
    private static int Overlap(IReadOnlyList<DateSpan> spans, int first, int last) =>
        spans.Sum(span => Math.Max(0, Math.Min(span.To.DayNumber, last) - Math.Max(span.From.DayNumber, first) + 1));

    /// <summary>The parts of the spans that lie from the first day to the last, both included.</summary>
    private static DateSpan[] Within(IReadOnlyList<DateSpan> spans, DateOnly first, DateOnly last) =>
    [
        .. from span in spans
           where span.To >= first && span.From <= last
           select new DateSpan(span.From > first ? span.From : first, span.To < last ? span.To : last),
    ];

    /// <summary>What counting gives: the end before and after it rolled, and the suspended days passed over.</summary>
    internal readonly record struct Counted(DateOnly RawEnd, DateOnly Due, IReadOnlyList<DateSpan> Suspended);
}
