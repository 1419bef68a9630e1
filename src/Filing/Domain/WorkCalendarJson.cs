using System.Globalization;
using System.Text.Json;

namespace Filing.Domain;

/// <summary>
/// Reads the calendar file. It must be one object with <c>about</c>, <c>source</c> and <c>years</c>; each year an object with <c>rest</c> and,
/// if any, <c>work</c>, whose keys are days and whose values are the holiday's name. Refused: what is not JSON, unknown or repeated keys, days that do
/// not exist, a day outside its year's block (the December before and the January after are allowed, because a plan arranges the turn of the year),
/// a day named twice in any blocks, a make-up working day from Monday to Friday, a year without a rest day or with more than
/// <see cref="MaxRestDays"/>, and more make-up days than working days were given up.
/// </summary>
internal static class WorkCalendarJson
{
    /// <summary>Far above any plan so far: 33 days in 2026 were the most.</summary>
    public const int MaxRestDays = 60;

    /// <summary>See <see cref="WorkCalendar.FromJson"/>.</summary>
    public static WorkCalendar Read(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, file);
        }
        catch (JsonException refusal)
        {
            throw new LawDataException(file, "$", $"不是有效的 JSON（第 {refusal.LineNumber + 1} 行）。", refusal);
        }
    }

    private static WorkCalendar Read(JsonElement root, string file)
    {
        var (plans, special) = (new List<HolidayPlan>(), new Dictionary<DateOnly, SpecialDay>());
        var seen = false;
        foreach (var (name, value, path) in Members(root, "$", file))
        {
            switch (name)
            {
                case "about" or "source":
                    Text(value, path, file);
                    break;
                case "years":
                    seen = true;
                    foreach (var (year, block, yearPath) in Members(value, path, file))
                        plans.Add(ReadYear(year, block, yearPath, file, special));
                    break;
                default:
                    throw Unknown(name, path, file);
            }
        }

        if (!seen)
            throw new LawDataException(file, "$.years", "缺少各年的放假安排。");
        return new WorkCalendar(plans, []);
    }

    private static HolidayPlan ReadYear(string name, JsonElement block, string path, string file, Dictionary<DateOnly, SpecialDay> special)
    {
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || name.Length != 4 || year is < 1900 or > 2199)
            throw new LawDataException(file, path, $"“{name}”不是 1900 至 2199 的年份。");

        var (rest, givenUp, madeUp) = (0, 0, 0);
        var listed = new List<SpecialDay>();
        foreach (var (list, days, listPath) in Members(block, path, file))
        {
            if (list is not ("rest" or "work"))
                throw Unknown(list, listPath, file);
            foreach (var (key, value, dayPath) in Members(days, listPath, file))
            {
                var date = Date(key, year, dayPath, file);
                var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
                if (list == "work" && !weekend)
                    throw new LawDataException(file, dayPath, $"{ChineseDate.FormatFull(date)} 不是周末，本来就上班，不能列为调休上班日。");
                if (special.TryGetValue(date, out var other))
                {
                    throw new LawDataException(file, dayPath, other.Working == (list == "work")
                        ? $"{ChineseDate.Format(date)}重复列出。"
                        : $"{ChineseDate.Format(date)}既列为休息日又列为上班日。");
                }

                special.Add(date, new SpecialDay(date, list == "work", Text(value, dayPath, file)));
                listed.Add(special[date]);
                rest += list == "rest" ? 1 : 0;
                madeUp += list == "work" ? 1 : 0;
                givenUp += list == "rest" && !weekend ? 1 : 0;
            }
        }

        if (rest > MaxRestDays)
            throw new LawDataException(file, path, $"{year} 年列出休息日 {rest} 日，多于可信的 {MaxRestDays} 日。");
        if (rest == 0)
            throw new LawDataException(file, path, $"{year} 年没有列出任何休息日；尚未公布安排的年份不应列入。");
        return madeUp <= givenUp ? new HolidayPlan(year, [.. listed.OrderBy(d => d.Date)]) : throw new LawDataException(file, path, $"{year} 年调休上班 {madeUp} 日，多于放假占用的工作日 {givenUp} 日。");
    }

    private static DateOnly Date(string key, int year, string path, string file)
    {
        if (!DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new LawDataException(file, path, $"“{key}”不是日期，应写作 2013-04-02 的样子。");
        var belongs = date.Year == year || (date.Year == year - 1 && date.Month == 12) || (date.Year == year + 1 && date.Month == 1);
        return belongs ? date : throw new LawDataException(file, path, $"{ChineseDate.Format(date)}不属于 {year} 年的安排。");
    }

    private static string Text(JsonElement value, string path, string file) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new LawDataException(file, path, "应为非空文字。");

    private static LawDataException Unknown(string name, string path, string file) => new(file, path, $"不认识的项目“{name}”。");

    /// <summary>The members of an object, each named once.</summary>
    private static IEnumerable<(string Name, JsonElement Value, string Path)> Members(JsonElement element, string path, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new LawDataException(file, path, "应为对象。");

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            if (!names.Add(member.Name))
                throw new LawDataException(file, place, $"“{member.Name}”重复出现。");
            yield return (member.Name, member.Value, place);
        }
    }
}
