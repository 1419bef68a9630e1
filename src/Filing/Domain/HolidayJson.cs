using System.Globalization;
using System.Text.Json;

namespace Filing.Domain;

/// <summary>Reads a plan of holidays from JSON, in the form of the calendar file; see <see cref="HolidayPlan.Read"/>.</summary>
internal static class HolidayJson
{
    public static Result<HolidayPlan.Entries> Read(string text, int year)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = true });
            var (block, place) = (document.RootElement, "$");
            if (block.TryGetProperty("years", out var years))
            {
                if (block.EnumerateObject().FirstOrDefault(m => m.Name is not ("years" or "about" or "source")) is { Value.ValueKind: not JsonValueKind.Undefined } strange)
                    return Wrong($"不认识的项目“{strange.Name}”。", $"$.{strange.Name}");
                if (years.ValueKind != JsonValueKind.Object || years.EnumerateObject().Count() != 1) return Wrong("应只有一个年份。", "$.years");
                var only = years.EnumerateObject().First();
                if (only.Name != year.ToString(CultureInfo.InvariantCulture))
                    return HolidayPlan.Entry.At("calendar.other-year", $"文件中是“{only.Name}”年的安排，不是 {year} 年的。", null, $"$.years.{only.Name}");
                (block, place) = (only.Value, $"$.years.{only.Name}");
            }

            return Block(block, place);
        }
        catch (JsonException refusal)
        {
            return HolidayPlan.Entry.At("calendar.json", "不是有效的 JSON。", (int?)refusal.LineNumber + 1);
        }
    }

    private static Result<HolidayPlan.Entries> Block(JsonElement block, string place)
    {
        if (block.ValueKind != JsonValueKind.Object) return Wrong("应为对象。", place);
        var days = new List<HolidayPlan.Entry>();
        foreach (var list in block.EnumerateObject())
        {
            var path = $"{place}.{list.Name}";
            if (list.Name is not ("rest" or "work")) return Wrong($"不认识的项目“{list.Name}”，应为 rest 或 work。", path);
            if (list.Value.ValueKind != JsonValueKind.Object) return Wrong("应为对象，以日期为名、节日为值。", path);
            foreach (var day in list.Value.EnumerateObject())
            {
                if (!DateOnly.TryParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    return HolidayPlan.Entry.At("calendar.date", $"“{day.Name}”不是日期，应写作 2027-01-01 的样子。", null, $"{path}.{day.Name}");
                var name = day.Value.ValueKind == JsonValueKind.String ? day.Value.GetString()! : "";
                days.Add(new(date, list.Name == "work", name, null, $"{path}.{day.Name}"));
            }
        }

        return new HolidayPlan.Entries(days, []);
    }

    private static Error Wrong(string message, string place) => HolidayPlan.Entry.At("calendar.json", message, null, place);
}
