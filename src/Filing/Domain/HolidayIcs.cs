using System.Globalization;
using System.Text.RegularExpressions;

namespace Filing.Domain;

/// <summary>Reads a plan of holidays from iCalendar (RFC 5545), as the usual calendars of 放假安排 write it; see <see cref="HolidayPlan.Read"/>.</summary>
internal static partial class HolidayIcs
{
    // Above any holiday: a longer event is a mistake in its end.
    private const int LongestEvent = 31;

    public static Result<HolidayPlan.Entries> Read(string text)
    {
        var (days, unmarked) = (new List<HolidayPlan.Entry>(), new List<string>());
        Dictionary<string, (string Value, int Line)>? open = null;
        var (began, ended) = (0, false);
        foreach (var (name, value, line) in Lines(text))
        {
            if (ended) return Wrong("END:VCALENDAR 之后还有内容。", line);
            switch (name, value.ToUpperInvariant())
            {
                case ("BEGIN", "VEVENT"):
                    if (open is not null) return Wrong($"第 {began} 行开始的事件没有结束。", line);
                    (open, began) = ([], line);
                    break;
                case ("END", "VEVENT"):
                    if (open is null) return Wrong("没有开始的事件。", line);
                    if (Days(open, began, unmarked, days) is { } error) return error;
                    open = null;
                    break;
                case ("END", "VCALENDAR"):
                    if (open is not null) return Wrong($"第 {began} 行开始的事件没有结束。", line);
                    ended = true;
                    break;
                default:
                    // The alarms and the like inside an event have lines of the same names, and come after its own.
                    open?.TryAdd(name, (value, line));
                    break;
            }
        }

        if (!ended) return Wrong("文件不完整，没有 END:VCALENDAR。", null);
        return new HolidayPlan.Entries(
            days, unmarked.Count == 0 ? [] : [$"{unmarked.Count} 个事件没有标明休或班，未采用：{string.Join('、', unmarked.Take(10))}{(unmarked.Count > 10 ? "等" : "")}。"]);
    }

    private static Error? Days(Dictionary<string, (string Value, int Line)> fields, int began, List<string> unmarked, List<HolidayPlan.Entry> days)
    {
        if (!fields.TryGetValue("SUMMARY", out var summary)) return HolidayPlan.Entry.At("calendar.ics", "事件没有名称（SUMMARY）。", began, "SUMMARY");
        if (Working(summary.Value, fields.TryGetValue("X-APPLE-SPECIAL-DAY", out var special) ? special.Value : null) is not { } working)
        {
            unmarked.Add(summary.Value);
            return null;
        }

        if (fields.TryGetValue("RRULE", out var rule)) return HolidayPlan.Entry.At("calendar.ics", "放假安排的事件不能重复（RRULE）。", rule.Line, "RRULE");
        if (!fields.TryGetValue("DTSTART", out var start)) return HolidayPlan.Entry.At("calendar.ics", "事件没有开始日期（DTSTART）。", began, "DTSTART");
        if (!Date(start.Value, out var from)) return Unreadable(start, "DTSTART");
        var to = from.AddDays(1);
        if (fields.TryGetValue("DTEND", out var end) && !Date(end.Value, out to)) return Unreadable(end, "DTEND");
        if (to <= from) return HolidayPlan.Entry.At("calendar.date", "结束日期（DTEND，不含当日）应晚于开始日期。", end.Line, "DTEND");
        if (to.DayNumber - from.DayNumber > LongestEvent) return HolidayPlan.Entry.At("calendar.date", $"一个事件最长 {LongestEvent} 日。", end.Line, "DTEND");
        for (var day = from; day < to; day = day.AddDays(1)) days.Add(new(day, working, Name(summary.Value), summary.Line, "SUMMARY"));
        return null;
    }

    /// <summary>班 before 休, since 调休上班 has both.</summary>
    private static bool? Working(string summary, string? special) => special?.ToUpperInvariant() switch
    {
        "ALTERNATE-WORKDAY" => true,
        "WORK-HOLIDAY" => false,
        _ when summary.Contains('班', StringComparison.Ordinal) => true,
        _ when summary.Contains('休', StringComparison.Ordinal) || summary.Contains("放假", StringComparison.Ordinal) => false,
        _ => null,
    };

    private static string Name(string summary) => Marks().Replace(summary, "").Trim();

    private static bool Date(string value, out DateOnly date) => DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year < 9999;

    private static Error Unreadable((string Value, int Line) field, string name) =>
        HolidayPlan.Entry.At("calendar.date", $"“{field.Value}”不是日期，应为全天事件，写作 20270101 的样子。", field.Line, name);

    /// <summary>The content lines: the folded ones put together, the parameters left away, the backslashes of texts resolved.</summary>
    private static IEnumerable<(string Name, string Value, int Line)> Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var (whole, number) = (lines[at], at + 1);
            while (at + 1 < lines.Length && lines[at + 1] is [' ' or '\t', .. var more]) (whole, at) = (whole + more, at + 1);
            if (whole.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) continue;
            var head = whole[..colon];
            var name = head.Split(';')[0].Trim().ToUpperInvariant();
            yield return (name, Escapes().Replace(whole[(colon + 1)..].Trim(), m => m.Value[1] is 'n' or 'N' ? " " : m.Value[1..]), number);
        }
    }

    private static Error Wrong(string message, int? line) => HolidayPlan.Entry.At("calendar.ics", message, line);

    /// <summary>What a summary says beside the name of the holiday: （休）, 补班, 放假, 第1天/共3天, 假期.</summary>
    [GeneratedRegex(@"[（(\[【][^）)\]】]*[）)\]】]|第\d+天|共\d+天|调休|补班|上班|放假|假期|休息|休|班|[\s/·:：\-—,，]+", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
