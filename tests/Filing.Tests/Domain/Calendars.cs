using Filing.Domain;

namespace Filing.Tests.Domain;

/// <summary>The calendar that the product ships.</summary>
internal static class Calendars
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "workflows", "calendars", "cn-days.json");

    public static WorkCalendar China { get; } = WorkCalendar.FromJson(System.IO.File.ReadAllText(File), "cn-days.json");
}
