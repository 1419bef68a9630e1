using System.Globalization;

namespace Filing.Domain;

/// <summary>Reads a plan of holidays from CSV; see <see cref="HolidayPlan.Read"/>.</summary>
internal static class HolidayCsv
{
    private const string Head = "date,kind,name";

    public static Result<HolidayPlan.Entries> Read(string text)
    {
        var (days, headed) = (new List<HolidayPlan.Entry>(), false);
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((line, index) => (line, index + 1)))
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Fields(line) is not { } fields) return Wrong("calendar.csv", "引号没有成对。", number);
            if (!headed)
            {
                if (string.Join(',', fields) != Head) return Wrong("calendar.csv", $"第一行应为 {Head}。", number);
                headed = true;
                continue;
            }

            if (fields.Count != 3) return Wrong("calendar.csv", $"应有 3 列（{Head}），这一行有 {fields.Count} 列。", number);
            if (!DateOnly.TryParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return HolidayPlan.Entry.At("calendar.date", $"“{fields[0]}”不是日期，应写作 2027-01-01 的样子。", number, "date");
            bool? working = fields[1] switch { "rest" or "休" or "放假" => false, "work" or "班" or "上班" or "补班" => true, _ => null };
            if (working is null) return HolidayPlan.Entry.At("calendar.kind", $"种类应为 rest（休）或 work（班），不能是“{fields[1]}”。", number, "kind");
            days.Add(new(date, working.Value, fields[2], number));
        }

        return new HolidayPlan.Entries(days, []);
    }

    /// <summary>The fields of a line without the blanks around them; null where a quote is not closed.</summary>
    private static List<string>? Fields(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"') field.Append(line[at++]);
            else if (line[at] == '"') quoted = !quoted;
            else if (line[at] != ',' || quoted) field.Append(line[at]);
            else
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
        }

        fields.Add(field.ToString().Trim());
        return quoted ? null : fields;
    }

    private static Error Wrong(string code, string message, int line) => HolidayPlan.Entry.At(code, message, line);
}
