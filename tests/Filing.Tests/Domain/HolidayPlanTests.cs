using Filing.Domain;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class HolidayPlanTests
{
    // The turn of the year to 2027, as a plan would write it: 元旦 from Friday to Sunday, 春节 with a make-up Saturday.
    private const string Csv = """
        date,kind,name
        2027-01-01,rest,元旦
        2027-01-02,rest,元旦
        2027-01-03,rest,元旦
        2027-01-30,work,春节
        2027-02-05,休,春节
        2027-02-08,放假,"春节"
        2027-04-05,rest,清明节
        2027-05-03,rest,劳动节
        2027-06-09,rest,端午节
        2027-09-15,rest,中秋节
        2027-10-01,rest,国庆节
        """;

    private const string Json = """
        { "years": { "2027": { "rest": { "2027-01-01": "元旦", "2027-01-02": "元旦", "2027-01-03": "元旦", "2027-02-05": "春节", "2027-02-08": "春节", "2027-04-05": "清明节", "2027-05-03": "劳动节",
          "2027-06-09": "端午节", "2027-09-15": "中秋节", "2027-10-01": "国庆节" }, "work": { "2027-01-30": "春节" } } } }
        """;

    private static string Ics(params string[] events) => string.Join("\r\n", ["BEGIN:VCALENDAR", "VERSION:2.0", .. events.Select(e => $"BEGIN:VEVENT\r\nUID:{e.GetHashCode(StringComparison.Ordinal)}\r\n{e}\r\nEND:VEVENT"), "END:VCALENDAR", ""]);

    private static string Event(string start, string? end, string summary) => $"DTSTART;VALUE=DATE:{start}\r\n{(end is null ? "" : $"DTEND;VALUE=DATE:{end}\r\n")}SUMMARY:{summary}";

    private static string WholeIcs => Ics(
        Event("20270101", "20270104", "元旦（休）"), Event("20270130", null, "春节 补班"), Event("20270205", "20270206", "春节 放假 第1天/共2天"), Event("20270208", null, "春节假期休"),
        Event("20270405", null, "[休]清明节"), Event("20270503", null, "劳动节 休"), Event("20270609", null, "端午节\r\n （休）"), Event("20270915", null, "中秋节(休)"), Event("20271001", null, "国庆节\\, 休"));

    private static IReadOnlyList<string> Days(HolidayPlan plan) => [.. plan.Days.Select(d => $"{d.Date:MM-dd} {(d.Working ? "班" : "休")} {d.Name}")];

    private static readonly string[] Expected =
    [
        "01-01 休 元旦", "01-02 休 元旦", "01-03 休 元旦", "01-30 班 春节", "02-05 休 春节", "02-08 休 春节", "04-05 休 清明节", "05-03 休 劳动节", "06-09 休 端午节", "09-15 休 中秋节", "10-01 休 国庆节",
    ];

    [Test]
    public void The_three_forms_say_the_same()
    {
        foreach (var text in new[] { Csv, "\uFEFF" + Csv.ReplaceLineEndings("\r\n") + "\r\n", Json, WholeIcs })
        {
            var plan = HolidayPlan.Read(text, 2027);
            Assert.That(plan.Error?.ToString(), Is.Null);
            Assert.That(Days(plan.Value), Is.EqualTo(Expected), text);
            Assert.That(plan.Value.Doubts, Is.Empty);
        }
    }

    [Test]
    public void A_plan_that_ships_comes_in_again_as_it_is()
    {
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Calendars.File));
        foreach (var year in file.RootElement.GetProperty("years").EnumerateObject())
        {
            var number = int.Parse(year.Name, System.Globalization.CultureInfo.InvariantCulture);
            var plan = HolidayPlan.Read(year.Value.GetRawText(), number);
            Assert.That(plan.Error?.ToString(), Is.Null, year.Name);
            Assert.That(plan.Value.Days, Is.EqualTo(Calendars.China.Plans[number].Days));
        }
    }

    // CSV: the line is named
    [TestCase("", "calendar.empty", null)]
    [TestCase("  \n", "calendar.empty", null)]
    [TestCase("date,kind,name\n", "calendar.empty", null)]
    [TestCase("day,kind,name\n", "calendar.csv", 1)]
    [TestCase("date,kind,name\n2027-01-01,rest\n", "calendar.csv", 2)]
    [TestCase("date,kind,name\n2027-01-01,rest,\"元旦\n", "calendar.csv", 2)]
    [TestCase("date,kind,name\n\n2027-02-30,rest,元旦\n", "calendar.date", 3)]
    [TestCase("date,kind,name\n2027/1/1,rest,元旦\n", "calendar.date", 2)]
    [TestCase("date,kind,name\n2027-01-01,holiday,元旦\n", "calendar.kind", 2)]
    [TestCase("date,kind,name\n2027-01-01,rest, \n", "calendar.name", 2)]
    [TestCase("date,kind,name\n2027-01-01,rest,元旦\n2027-01-01,rest,元旦\n", "calendar.twice", 3)]
    [TestCase("date,kind,name\n2027-01-02,rest,元旦\n2027-01-02,work,元旦\n", "calendar.both", 3)]
    [TestCase("date,kind,name\n2027-01-01,rest,元旦\n2027-01-04,work,元旦\n", "calendar.workday", 3)]
    [TestCase("date,kind,name\n2028-05-01,rest,劳动节\n", "calendar.other-year", 2)]
    [TestCase("date,kind,name\n2026-11-30,rest,元旦\n", "calendar.other-year", 2)]
    [TestCase("date,kind,name\n2027-01-01,rest,元旦\n2027-01-09,work,元旦\n2027-01-10,work,元旦\n", "calendar.made-up", null)]
    // JSON: the place is named
    [TestCase("{", "calendar.json", 1)]
    [TestCase("{\"rest\": {\"2027-01-01\": \"元旦\"},\n \"work\": }", "calendar.json", 2)]
    [TestCase("{\"rest\": []}", "calendar.json", null)]
    [TestCase("{\"off\": {}}", "calendar.json", null)]
    [TestCase("{\"years\": {}}", "calendar.json", null)]
    [TestCase("{\"years\": {\"2026\": {}, \"2027\": {}}}", "calendar.json", null)]
    [TestCase("{\"years\": {\"2026\": {\"rest\": {\"2026-01-01\": \"元旦\"}}}}", "calendar.other-year", null)]
    [TestCase("{\"rest\": {\"2027-13-01\": \"元旦\"}}", "calendar.date", null)]
    [TestCase("{\"rest\": {\"2027-01-01\": 1}}", "calendar.name", null)]
    [TestCase("{\"rest\": {\"2027-01-01\": \"元旦\", \"2027-01-01\": \"元旦\"}}", "calendar.twice", null)]
    [TestCase("{\"rest\": {\"2027-01-02\": \"元旦\"}, \"work\": {\"2027-01-02\": \"元旦\"}}", "calendar.both", null)]
    [TestCase("{\"rest\": {}}", "calendar.empty", null)]
    public void What_is_wrong_is_named(string text, string code, int? line)
    {
        var error = HolidayPlan.Read(text, 2027).Error;
        Assert.That((error?.Code, error?.Line, error?.Field), Is.EqualTo((code, line, "content")), error?.ToString());
    }

    [Test]
    public void In_json_the_place_is_said() =>
        Assert.That(HolidayPlan.Read("{\"rest\": {\"2027-13-01\": \"元旦\"}}", 2027).Error!.Message, Does.StartWith("$.rest.2027-13-01："));

    [TestCase("DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:元旦 休", "calendar.date", 5)]
    [TestCase("DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270901\r\nSUMMARY:元旦 休", "calendar.date", 5)]
    [TestCase("DTSTART:20270101T000000Z\r\nSUMMARY:元旦 休", "calendar.date", 4)]
    [TestCase("SUMMARY:元旦 休", "calendar.ics", 2)]
    [TestCase("DTSTART;VALUE=DATE:20270101", "calendar.ics", 2)]
    [TestCase("DTSTART;VALUE=DATE:20270101\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:元旦 休", "calendar.ics", 5)]
    [TestCase("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:休", "calendar.name", 5)]
    [TestCase("DTSTART;VALUE=DATE:20280501\r\nSUMMARY:劳动节 休", "calendar.other-year", 5)]
    [TestCase("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:情人节", "calendar.empty", null)]
    public void An_event_that_cannot_be_is_named_by_its_line(string lines, string code, int? line)
    {
        var error = HolidayPlan.Read($"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", 2027).Error;
        Assert.That((error?.Code, error?.Line), Is.EqualTo((code, line)), error?.ToString());
    }

    [TestCase("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:元旦 休\r\nEND:VCALENDAR\r\n")]
    [TestCase("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n")]
    [TestCase("BEGIN:VCALENDAR\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")]
    [TestCase("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")]
    public void A_calendar_that_was_cut_off_is_not_read(string text) => Assert.That(HolidayPlan.Read(text, 2027).Error?.Code, Is.EqualTo("calendar.ics"));

    [Test]
    public void Events_without_a_mark_are_left_out_and_said()
    {
        var plan = HolidayPlan.Read(Ics(Event("20270101", "20270104", "元旦（休）"), Event("20270204", null, "立春"), "DTSTART;VALUE=DATE:20270501\r\nSUMMARY:劳动节\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY"), 2027).Value;
        Assert.That(Days(plan), Is.EqualTo(new[] { "01-01 休 元旦", "01-02 休 元旦", "01-03 休 元旦", "05-01 休 劳动节" }));
        Assert.That(plan.Doubts, Is.EqualTo(new[] { "没有列出 2027 年的这些法定节日：春节、清明、端午、中秋、国庆。", "1 个事件没有标明休或班，未采用：立春。" }));
    }

    [Test]
    public void A_year_without_any_statutory_holiday_is_doubted() =>
        Assert.That(HolidayPlan.Read("date,kind,name\n2027-03-01,rest,植树\n", 2027).Value.Doubts, Is.EqualTo(new[] { "没有列出 2027 年的任何法定节日，请核对是不是全年的安排。" }));

    [TestCase(2003)]
    [TestCase(2101)]
    [TestCase(0)]
    public void A_year_out_of_reach_is_refused(int year) => Assert.That(HolidayPlan.Read(Csv, year).Error is { Code: "calendar.year", Field: "year" });

    [Test]
    public void A_file_over_a_megabyte_is_refused()
    {
        // A Chinese character is three bytes.
        Assert.That(HolidayPlan.Read(new string('年', 349_525), 2027).Error?.Code, Is.EqualTo("calendar.csv"));
        Assert.That(HolidayPlan.Read(new string('年', 349_526), 2027).Error is { Code: "calendar.too-large", Kind: ErrorKind.TooLarge });
    }

    [Test]
    public void The_turn_of_a_year_belongs_to_the_plan() =>
        Assert.That(Days(HolidayPlan.Read("date,kind,name\n2026-12-31,rest,元旦\n2027-01-01,rest,元旦\n2026-12-26,work,元旦\n2028-01-01,rest,元旦\n", 2027).Value), Has.Count.EqualTo(4));

    [Test]
    public void A_closure_is_a_rest_day_that_explains_itself()
    {
        var calendar = Calendars.China.With([new LocalClosure(new(2013, 4, 17), "防汛"), new LocalClosure(new(2013, 4, 18), "防汛"), new LocalClosure(new(2013, 4, 20), "周六")]);
        Assert.That(calendar.Closures.Select(c => c.Date.Day), Is.EqualTo(new[] { 17, 18 }), "a Saturday rests anyway");
        var due = Deadline.Compute(new(2013, 4, 2), Limit.Days(15), calendar, null, "公布");
        Assert.That((due.Due, due.Steps[^1]), Is.EqualTo((new DateOnly(2013, 4, 19), "4月17日是本地停止办公日（防汛），顺延至 4月19日（星期五）")));
        var working = Deadline.Compute(new(2013, 4, 15), Limit.WorkingDays(3), calendar, null, "受理");
        Assert.That((working.Due, working.Steps[1]), Is.EqualTo((new DateOnly(2013, 4, 22), "4月17日至4月18日本地停止办公（防汛），不计")));
    }

    [Test]
    public void A_plan_that_comes_later_says_what_a_closed_day_is()
    {
        var calendar = Calendars.China.With([new LocalClosure(new(2027, 2, 8), "防汛"), new LocalClosure(new(2027, 2, 9), "防汛")]).With(HolidayPlan.Read(Csv, 2027).Value);
        Assert.That((calendar.NameOf(new(2027, 2, 8)), calendar.ClosureOn(new(2027, 2, 8)), calendar.ClosureOn(new(2027, 2, 9))), Is.EqualTo(("春节", (string?)null, "防汛")));
        Assert.That(calendar.Covers(2027), Is.True);
    }
}
