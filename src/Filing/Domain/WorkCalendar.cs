using System.Collections.Frozen;

namespace Filing.Domain;

/// <summary>A day that differs from its week: a rest day of a holiday block, or a weekend day that is worked for it.</summary>
/// <param name="Date">The day.</param>
/// <param name="Working">True for a make-up working day (调休上班), false for a rest day.</param>
/// <param name="Name">The holiday, e.g. 春节.</param>
public sealed record SpecialDay(DateOnly Date, bool Working, string Name);

/// <summary>A day on which a government closes on its own.</summary>
/// <param name="Date">The day; a working day by the plan.</param>
/// <param name="Name">Why, in a few words: 防汛, 重大活动.</param>
public sealed record LocalClosure(DateOnly Date, string Name);

/// <summary>
/// Which days are worked: Monday to Friday, less the rest days and plus the make-up working days that the State Council Office announces for
/// each year (全国年节及纪念日放假办法). A year without an announced plan follows the week, and every answer about it is provisional.
/// Immutable; any number of threads may read it.
/// </summary>
/// <remarks>Days from 1900 to 2199 are answered from tables in a few nanoseconds; days outside by walking.</remarks>
public sealed class WorkCalendar
{
    private static readonly int First = new DateOnly(1900, 1, 1).DayNumber;
    private static readonly int Days = new DateOnly(2199, 12, 31).DayNumber - First + 1;

    private readonly FrozenDictionary<int, SpecialDay> _special;
    private readonly LocalClosure[] _local;
    private readonly FrozenDictionary<int, LocalClosure> _closures;
    private readonly FrozenSet<int> _years;
    private readonly bool[] _covered = new bool[300];

    // For each day of the tables: days to the working day on or after it, on or before it, and working days up to and including it.
    private readonly byte[] _next = new byte[Days];
    private readonly byte[] _previous = new byte[Days];
    private readonly int[] _rank = new int[Days];

    // The days that are worked, in order: the inverse of the rank.
    private readonly int[] _worked;

    /// <summary>
    /// Builds a calendar from plans that were checked, each year once. Where two plans name one day, at the turn of a year, the later year's says what it is. A closure on a day that is a rest
    /// day already, or a make-up working day of a plan that came after it, does nothing.
    /// </summary>
    internal WorkCalendar(IEnumerable<HolidayPlan> plans, IEnumerable<LocalClosure> closures)
    {
        Plans = plans.ToFrozenDictionary(plan => plan.Year);
        _years = Plans.Keys.ToFrozenSet();
        var special = new Dictionary<int, SpecialDay>();
        foreach (var day in Plans.Values.OrderBy(plan => plan.Year).SelectMany(plan => plan.Days))
            special[day.Date.DayNumber] = day;
        _special = special.ToFrozenDictionary();
        _local = [.. closures];
        _closures = _local.Where(day => !special.ContainsKey(day.Date.DayNumber) && !IsWeekend(day.Date.DayNumber)).ToFrozenDictionary(day => day.Date.DayNumber);
        foreach (var year in _years)
            _covered[year - 1900] = true;

        var worked = new List<int>(Days);
        for (var index = 0; index < Days; index++)
        {
            if (Works(First + index))
                worked.Add(First + index);
            _rank[index] = worked.Count;
            _previous[index] = (byte)(worked.Count == 0 ? 0 : First + index - worked[^1]);
        }

        _worked = [.. worked];
        var next = First + Days - 1;
        while (!Works(next))
            next++;
        for (var index = Days - 1; index >= 0; index--)
        {
            next = Works(First + index) ? First + index : next;
            _next[index] = (byte)(next - First - index);
        }
    }

    /// <summary>The calendar that knows no plan: Monday to Friday, all of it provisional.</summary>
    public static WorkCalendar Unannounced { get; } = new([], []);

    /// <summary>The announced plans, by year.</summary>
    public IReadOnlyDictionary<int, HolidayPlan> Plans { get; }

    /// <summary>The days that a government closes on its own and that would be worked otherwise, in order.</summary>
    public IReadOnlyList<LocalClosure> Closures => [.. _closures.Values.OrderBy(day => day.Date)];

    /// <summary>The same calendar with another plan, in place of that of its year or as a new one.</summary>
    public WorkCalendar With(HolidayPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new(Plans.Values.Where(p => p.Year != plan.Year).Append(plan), _local);
    }

    /// <summary>The same plans with other local closures.</summary>
    public WorkCalendar With(IEnumerable<LocalClosure> closures) => new(Plans.Values, closures);

    /// <summary>Why the government closes on its own on a day; null where it does not.</summary>
    public string? ClosureOn(DateOnly date) => _closures.TryGetValue(date.DayNumber, out var day) ? day.Name : null;

    /// <summary>The years whose plan is announced, ascending.</summary>
    public IReadOnlyList<int> CoveredYears => [.. _years.Order()];

    /// <summary>Reads the calendar file (<c>workflows/calendars/cn-days.json</c>).</summary>
    /// <param name="json">The content.</param>
    /// <param name="file">The name of the file, for the message.</param>
    /// <exception cref="LawDataException">The content is not what it should be, or contradicts itself; see <see cref="WorkCalendarJson"/>.</exception>
    public static WorkCalendar FromJson(string json, string file) => WorkCalendarJson.Read(json, file);

    /// <summary>True when the plan of that year is announced.</summary>
    public bool Covers(int year) => (uint)(year - 1900) < 300 && _covered[year - 1900];

    /// <summary>True when the plan of each year from the first to the last, both included, is announced.</summary>
    public bool CoversAll(int first, int last)
    {
        for (var year = first; year <= last; year++)
        {
            if (!Covers(year))
                return false;
        }

        return true;
    }

    /// <summary>True when the day lies in a year without an announced plan.</summary>
    public bool IsProvisional(DateOnly date) => !Covers(date.Year);

    /// <summary>True when the day is worked.</summary>
    public bool IsWorkday(DateOnly date) => IsWorkday(date.DayNumber);

    /// <summary>True when the day is a Saturday or Sunday that is worked.</summary>
    public bool IsMakeUpWorkday(DateOnly date) => _special.TryGetValue(date.DayNumber, out var day) && day.Working;

    /// <summary>The holiday whose block the day belongs to (weekend days inside it too), or null; make-up working days have none.</summary>
    public string? NameOf(DateOnly date) => _special.TryGetValue(date.DayNumber, out var day) && !day.Working ? day.Name : null;

    /// <summary>The rest days and make-up working days of a year, in order.</summary>
    public IReadOnlyList<SpecialDay> SpecialDays(int year) => [.. _special.Values.Where(day => day.Date.Year == year).OrderBy(day => day.Date)];

    /// <summary>The first working day on or after the day.</summary>
    public DateOnly NextWorkday(DateOnly date)
    {
        var day = date.DayNumber;
        if ((uint)(day - First) < (uint)Days)
            return DateOnly.FromDayNumber(day + _next[day - First]);
        while (!IsWorkday(day))
            day++;
        return DateOnly.FromDayNumber(day);
    }

    /// <summary>The last working day on or before the day.</summary>
    public DateOnly PreviousWorkday(DateOnly date)
    {
        var day = date.DayNumber;
        if (day > First + 7 && (uint)(day - First) < (uint)Days)
            return DateOnly.FromDayNumber(day - _previous[day - First]);
        while (!IsWorkday(day))
            day--;
        return DateOnly.FromDayNumber(day);
    }

    /// <summary>
    /// The <paramref name="count"/>-th working day after the start, which itself is not counted; before it when the count is negative.
    /// Zero gives the start back, worked or not.
    /// </summary>
    public DateOnly AddWorkdays(DateOnly start, int count)
    {
        if (count == 0)
            return start;
        var index = start.DayNumber - First;
        if ((uint)index < (uint)Days)
        {
            // Ranks count from 1, positions in the list of worked days from 0.
            var position = count > 0 ? _rank[index] - 1L + count : (long)_rank[index] - (_next[index] == 0 ? 1 : 0) + count;
            if (position >= 0 && position < _worked.Length)
                return DateOnly.FromDayNumber(_worked[position]);
        }

        var day = start.DayNumber;
        for (var left = Math.Abs((long)count); left > 0;)
        {
            day += Math.Sign(count);
            left -= IsWorkday(day) ? 1 : 0;
        }

        return DateOnly.FromDayNumber(day);
    }

    /// <summary>
    /// How many working days lie after <paramref name="from"/> (exclusive) up to <paramref name="to"/> (inclusive);
    /// the negative of the exchanged count when <paramref name="to"/> is earlier.
    /// </summary>
    public int CountWorkdays(DateOnly from, DateOnly to)
    {
        var (start, end) = (from.DayNumber - First, to.DayNumber - First);
        if ((uint)start < (uint)Days && (uint)end < (uint)Days)
            return _rank[end] - _rank[start];
        if (to < from)
            return -CountWorkdays(to, from);

        var count = 0;
        for (var day = from.DayNumber + 1; day <= to.DayNumber; day++)
            count += IsWorkday(day) ? 1 : 0;
        return count;
    }

    private bool IsWorkday(int day) => (uint)(day - First) < (uint)Days ? _next[day - First] == 0 : Works(day);

    private bool Works(int day) => _special.TryGetValue(day, out var special) ? special.Working : !IsWeekend(day) && !_closures.ContainsKey(day);

    // Day number 0 is Monday, 1 January of the year 1.
    private static bool IsWeekend(int day) => day % 7 >= 5;
}
