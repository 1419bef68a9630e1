namespace Filing.Domain;

/// <summary>The rest days and make-up working days that are announced for a year (放假安排). Some may lie in the December before or the January after.</summary>
/// <param name="Year">The year, from <see cref="FirstYear"/> to <see cref="LastYear"/>.</param>
/// <param name="Days">The days, in order, each once.</param>
public sealed record HolidayPlan(int Year, IReadOnlyList<SpecialDay> Days)
{
    /// <summary>The first year that can be planned: the calendar that ships begins with it.</summary>
    public const int FirstYear = 2004;

    /// <summary>The last year that can be planned.</summary>
    public const int LastYear = 2100;

    /// <summary>The longest text that is read, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    // 清明、端午、中秋 became statutory holidays with 2008.
    private static readonly (string Name, int Since)[] Statutory =
        [("元旦", FirstYear), ("春节", FirstYear), ("清明", 2008), ("劳动", FirstYear), ("端午", 2008), ("中秋", 2008), ("国庆", FirstYear)];

    /// <summary>What is odd about the plan and yet no fault, in Chinese sentences.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>
    /// Reads a plan. What begins with <c>{</c> is JSON: the calendar file with one year in <c>years</c>, or the block of that year with <c>rest</c> and <c>work</c>. What
    /// begins with <c>BEGIN:VCALENDAR</c> is iCalendar: an event of whole days, whose end is not included, for each run of days, 休 or 班 in its summary. Anything else is CSV with the
    /// heads <c>date,kind,name</c>, whose kinds are <c>rest</c> (休) and <c>work</c> (班).
    /// </summary>
    /// <param name="text">The content.</param>
    /// <param name="year">The year that is planned.</param>
    /// <returns>
    /// The plan, or what is wrong, with the line or, in JSON, the place: <c>calendar.year</c>, <c>calendar.empty</c>, <c>calendar.too-large</c>, <c>calendar.json</c>, <c>calendar.csv</c>, <c>calendar.ics</c>,
    /// <c>calendar.date</c>, <c>calendar.kind</c>, <c>calendar.name</c>, <c>calendar.other-year</c>, <c>calendar.twice</c>, <c>calendar.both</c>, <c>calendar.workday</c>, <c>calendar.too-many</c>, <c>calendar.made-up</c>.
    /// </returns>
    public static Result<HolidayPlan> Read(string text, int year)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (year is < FirstYear or > LastYear) return Error.Invalid("calendar.year", $"年份应在 {FirstYear} 至 {LastYear} 之间，不能是 {year}。", "year");
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes) return new Error(ErrorKind.TooLarge, "calendar.too-large", "放假安排的文件不能超过 1 MB。") { Field = Field };
        var content = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(content)) return Error.Invalid("calendar.empty", "文件是空的。", Field);
        var start = content.TrimStart();
        var read = start.StartsWith('{') ? HolidayJson.Read(content, year)
            : start.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase) ? HolidayIcs.Read(content)
            : HolidayCsv.Read(content);
        return read.TryGet(out var entries, out var error) ? Check(year, entries) : error;
    }

    internal const string Field = "content";

    private static Result<HolidayPlan> Check(int year, Entries entries)
    {
        if (entries.Days.Count == 0) return Error.Invalid("calendar.empty", "文件中没有任何休息日或调休上班日。", Field);
        var days = new SortedDictionary<DateOnly, SpecialDay>();
        foreach (var entry in entries.Days)
        {
            var (date, day) = (entry.Date, ChineseDate.Format(entry.Date));
            if (string.IsNullOrWhiteSpace(entry.Name)) return entry.Wrong("calendar.name", $"{day}没有写明是什么节日。");
            if (!(date.Year == year || (date.Year == year - 1 && date.Month == 12) || (date.Year == year + 1 && date.Month == 1)))
                return entry.Wrong("calendar.other-year", $"{day}不属于 {year} 年的安排。");
            if (days.TryGetValue(date, out var other))
                return other.Working == entry.Working ? entry.Wrong("calendar.twice", $"{day}重复列出。") : entry.Wrong("calendar.both", $"{day}既列为休息日又列为上班日。");
            if (entry.Working && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                return entry.Wrong("calendar.workday", $"{ChineseDate.FormatFull(date)}不是周末，本来就上班，不能再列为调休上班日。");
            days.Add(date, new SpecialDay(date, entry.Working, entry.Name.Trim()));
        }

        var (rest, madeUp) = (days.Values.Count(d => !d.Working), days.Values.Count(d => d.Working));
        var givenUp = days.Values.Count(d => !d.Working && d.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        if (rest > WorkCalendarJson.MaxRestDays) return Error.Invalid("calendar.too-many", $"列出休息日 {rest} 日，多于可信的 {WorkCalendarJson.MaxRestDays} 日。", Field);
        if (madeUp > givenUp) return Error.Invalid("calendar.made-up", $"调休上班 {madeUp} 日，多于放假占用的工作日 {givenUp} 日。", Field);
        return new HolidayPlan(year, [.. days.Values]) { Doubts = [.. Missing(year, days.Values), .. entries.Doubts] };
    }

    private static IEnumerable<string> Missing(int year, IEnumerable<SpecialDay> days)
    {
        var missing = Statutory.Where(s => year >= s.Since && !days.Any(d => !d.Working && d.Name.Contains(s.Name, StringComparison.Ordinal))).Select(s => s.Name).ToList();
        if (missing.Count == Statutory.Count(s => year >= s.Since)) yield return $"没有列出 {year} 年的任何法定节日，请核对是不是全年的安排。";
        else if (missing.Count > 0) yield return $"没有列出 {year} 年的这些法定节日：{string.Join('、', missing)}。";
    }

    /// <summary>What a reader found.</summary>
    internal sealed record Entries(IReadOnlyList<Entry> Days, IReadOnlyList<string> Doubts);

    /// <summary>A day as it stands in the file; the place is the line, or the path in JSON.</summary>
    internal readonly record struct Entry(DateOnly Date, bool Working, string Name, int? Line, string? Place = null)
    {
        public Error Wrong(string code, string message) => At(code, message, Line, Place);

        public static Error At(string code, string message, int? line, string? place = null) => Error.Invalid(code, place is null ? message : $"{place}：{message}", Field, line);
    }
}
