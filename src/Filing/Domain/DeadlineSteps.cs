namespace Filing.Domain;

/// <summary>Says in Chinese sentences how a due date was found. A date shows its year only where it differs from the start's.</summary>
internal static class DeadlineSteps
{
    /// <summary>The sentences of a limit that runs forward.</summary>
    public static IReadOnlyList<string> Forward(DateOnly from, Limit limit, WorkCalendar calendar, Deadline.Counted counted, List<int> open, string startEvent)
    {
        var say = new Speaker(from.Year, calendar);
        var steps = new List<string> { $"{say.Day(from)}{startEvent}，当日不计" };
        var first = from.AddDays(1);
        if (limit.Unit != LimitUnit.Day)
            steps.Add(Months(from, limit, Deadline.Corresponding(from, limit, 1), say, "满"));
        steps.AddRange(counted.Suspended.Select(say.Suspended));
        if (limit.Unit != LimitUnit.Day && counted.Suspended.Count > 0 && counted.RawEnd != Deadline.Corresponding(from, limit, 1))
            steps.Add($"期限相应延长，末日为 {say.Full(counted.RawEnd)}");
        if (limit.Kind == DayKind.Working)
            steps.AddRange(say.Exceptions(first, counted.Due, counted.Suspended));
        if (limit.Unit == LimitUnit.Day)
            steps.Add($"自{say.Day(first)}起第{limit}为 {say.Full(counted.RawEnd)}");
        if (limit.Kind == DayKind.Calendar)
            steps.Add(Rolled(counted, say, forward: true));
        return Close(steps, open);
    }

    /// <summary>The sentences of a limit that counts back.</summary>
    public static IReadOnlyList<string> Backward(DateOnly from, Limit limit, WorkCalendar calendar, Deadline.Counted counted, List<int> open, string startEvent)
    {
        var say = new Speaker(from.Year, calendar);
        var steps = new List<string> { $"{ChineseDate.Format(from)}{startEvent}，当日不计" };
        var last = from.AddDays(-1);
        if (limit.Unit != LimitUnit.Day)
            steps.Add(Months(from, limit, Deadline.Corresponding(from, limit, -1), say, "前推"));
        steps.AddRange(counted.Suspended.Select(say.Suspended));
        if (limit.Unit != LimitUnit.Day && counted.Suspended.Count > 0 && counted.RawEnd != Deadline.Corresponding(from, limit, -1))
            steps.Add($"期限相应前移，至 {say.Full(counted.RawEnd)}");
        if (limit.Kind == DayKind.Working)
            steps.AddRange(say.Exceptions(counted.Due, last, counted.Suspended));
        if (limit.Unit == LimitUnit.Day)
            steps.Add($"自{say.Day(last)}起前推第{limit}为 {say.Full(counted.RawEnd)}");
        if (limit.Kind == DayKind.Calendar)
            steps.Add(Rolled(counted, say, forward: false));
        return Close(steps, open);
    }

    private static string Months(DateOnly from, Limit limit, DateOnly end, Speaker say, string verb) => end.Day == from.Day
        ? $"{verb}{limit}的对应日为 {say.Full(end)}"
        : $"{verb}{limit}，{end.Month}月没有{from.Day}日，以该月最后一日为准，即 {say.Full(end)}";

    private static string Rolled(Deadline.Counted counted, Speaker say, bool forward)
    {
        var (raw, due) = (counted.RawEnd, counted.Due);
        if (due == raw)
            return $"{say.Day(raw)}是{(say.Calendar.IsMakeUpWorkday(raw) ? "调休上班日" : "工作日")}，不{(forward ? "顺延" : "提前")}";

        var rest = say.Calendar.NameOf(raw) is { } holiday ? $"{holiday}假期" : say.Calendar.ClosureOn(raw) is { } closure ? $"本地停止办公日（{closure}）" : ChineseDate.Weekday(raw);
        return $"{say.Day(raw)}是{rest}，{(forward ? "顺延至" : "提前至")} {say.Full(due)}";
    }

    private static List<string> Close(List<string> steps, List<int> open)
    {
        if (open.Count > 0)
            steps.Add($"{string.Join('、', open.Select(year => $"{year}年"))}的放假安排尚未公布，结果暂定");
        return steps;
    }

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly last)
    {
        for (var day = first.DayNumber; day <= last.DayNumber; day++)
            yield return DateOnly.FromDayNumber(day);
    }

    private sealed class Speaker(int year, WorkCalendar calendar)
    {
        public WorkCalendar Calendar => calendar;

        public string Day(DateOnly date) => date.Year == year ? ChineseDate.FormatShort(date) : ChineseDate.Format(date);

        public string Full(DateOnly date) => calendar.IsMakeUpWorkday(date)
            ? $"{Day(date)}（周{ChineseDate.Weekday(date)[2..]}，上班）"
            : $"{Day(date)}（{ChineseDate.Weekday(date)}）";

        public string Suspended(DateSpan span) => $"{Range(span.From, span.To)}中止，{span.Days}日不计";

        /// <summary>The days between that differ from their week: make-up days that count, holidays that do not.</summary>
        public IEnumerable<string> Exceptions(DateOnly first, DateOnly last, IReadOnlyList<DateSpan> suspended)
        {
            var days = Days(first, last).Where(day => !suspended.Any(span => span.Contains(day))).ToList();
            foreach (var day in days.Where(calendar.IsMakeUpWorkday))
                yield return $"{Full(day)}，计入";

            for (var start = 0; start < days.Count; start++)
            {
                if (Rest(days[start]) is not { } rest)
                    continue;
                var end = start;
                while (end + 1 < days.Count && days[end + 1] == days[end].AddDays(1) && Rest(days[end + 1]) == rest)
                    end++;
                yield return $"{Range(days[start], days[end])}{rest}，不计";
                start = end;
            }
        }

        private string? Rest(DateOnly day) =>
            calendar.NameOf(day) is { } holiday ? $"{holiday}放假" : calendar.ClosureOn(day) is { } closure ? $"本地停止办公（{closure}）" : null;

        private string Range(DateOnly first, DateOnly last) => first == last ? Day(first) : $"{Day(first)}至{Day(last)}";
    }
}
