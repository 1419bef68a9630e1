using System.Text.Json;
using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = Calendars.China;

    // Plain week days and week ends.
    [TestCase("2013-04-17", true)]
    [TestCase("2013-04-20", false)]
    // Holidays, and weekend days inside their blocks.
    [TestCase("2013-02-12", false)]
    [TestCase("2018-10-02", false)]
    [TestCase("2025-10-06", false)]
    // Make-up working days.
    [TestCase("2013-04-27", true)]
    [TestCase("2013-02-16", true)]
    [TestCase("2018-04-28", true)]
    [TestCase("2018-09-29", true)]
    [TestCase("2026-02-14", true)]
    // The extension of Spring Festival in 2020, the victory day of 2015, the New Year block that begins in the old year.
    [TestCase("2020-01-31", false)]
    [TestCase("2020-02-03", true)]
    [TestCase("2015-09-03", false)]
    [TestCase("2018-12-31", false)]
    // A Sunday that was not worked although a paper bears it.
    [TestCase("2016-05-15", false)]
    // Years without a plan follow the week.
    [TestCase("2027-01-01", true)]
    [TestCase("2003-10-01", true)]
    [TestCase("2027-10-02", false)]
    // Outside the tables.
    [TestCase("1899-12-31", false)]
    [TestCase("2200-01-01", true)]
    public void A_day_is_worked_or_not(string date, bool worked) =>
        Assert.That(China.IsWorkday(DateOnly.Parse(date, null)), Is.EqualTo(worked));

    [Test]
    public void The_shipped_calendar_covers_2004_to_2026_and_keeps_its_facts()
    {
        Assert.That(China.CoveredYears, Is.EqualTo(Enumerable.Range(2004, 23)));
        Assert.That(China.Covers(2003), Is.False);
        Assert.That(China.Covers(2027), Is.False);
        Assert.That(China.Covers(1), Is.False);
        Assert.That(China.Covers(9999), Is.False);
        var days = China.CoveredYears.SelectMany(China.SpecialDays).ToList();
        Assert.That(days.Count(day => !day.Working), Is.EqualTo(619));
        Assert.That(days.Count(day => day.Working), Is.EqualTo(150));
        Assert.That(days, Is.Ordered.By(nameof(SpecialDay.Date)));
    }

    [Test]
    public void Days_of_a_year_without_a_plan_are_provisional()
    {
        Assert.That(China.IsProvisional(new DateOnly(2026, 12, 31)), Is.False);
        Assert.That(China.IsProvisional(new DateOnly(2027, 1, 1)), Is.True);
        Assert.That(China.IsProvisional(new DateOnly(2003, 12, 31)), Is.True);
        Assert.That(WorkCalendar.Unannounced.IsProvisional(new DateOnly(2013, 1, 1)), Is.True);
    }

    [Test]
    public void A_rest_day_has_the_name_of_its_holiday()
    {
        Assert.That(China.NameOf(new DateOnly(2013, 2, 12)), Is.EqualTo("春节"));
        Assert.That(China.NameOf(new DateOnly(2025, 10, 6)), Is.EqualTo("中秋"));
        Assert.That(China.NameOf(new DateOnly(2013, 4, 17)), Is.Null);
        Assert.That(China.NameOf(new DateOnly(2013, 2, 16)), Is.Null);
        Assert.That(China.IsMakeUpWorkday(new DateOnly(2013, 2, 16)), Is.True);
        Assert.That(China.IsMakeUpWorkday(new DateOnly(2013, 2, 12)), Is.False);
    }

    [TestCase("2012-11-10", "2012-11-12", "2012-11-09")]
    [TestCase("2013-02-12", "2013-02-16", "2013-02-08")]
    [TestCase("2025-10-05", "2025-10-09", "2025-09-30")]
    [TestCase("2017-10-02", "2017-10-09", "2017-09-30")]
    [TestCase("2013-04-17", "2013-04-17", "2013-04-17")]
    [TestCase("2200-01-04", "2200-01-06", "2200-01-03")]
    public void The_working_day_beside_a_day_is_found(string date, string next, string previous)
    {
        Assert.That(China.NextWorkday(DateOnly.Parse(date, null)), Is.EqualTo(DateOnly.Parse(next, null)));
        Assert.That(China.PreviousWorkday(DateOnly.Parse(date, null)), Is.EqualTo(DateOnly.Parse(previous, null)));
    }

    [TestCase("2018-04-24", 15, "2018-05-16")]
    [TestCase("2018-09-27", 5, "2018-10-09")]
    [TestCase("2018-10-09", -5, "2018-09-27")]
    [TestCase("2018-09-28", 1, "2018-09-29")]
    [TestCase("2018-10-01", 0, "2018-10-01")]
    [TestCase("2018-10-01", 1, "2018-10-08")]
    [TestCase("2018-10-01", -1, "2018-09-30")]
    // Over the edges of the tables.
    [TestCase("1899-12-29", 1, "1900-01-01")]
    [TestCase("1900-01-01", -1, "1899-12-29")]
    [TestCase("2199-12-31", 1, "2200-01-01")]
    [TestCase("2200-01-01", -1, "2199-12-31")]
    public void Working_days_are_added(string start, int count, string expected) =>
        Assert.That(China.AddWorkdays(DateOnly.Parse(start, null), count), Is.EqualTo(DateOnly.Parse(expected, null)));

    private static Arbitrary<DateOnly> Days() =>
        Gen.OneOf(
            Gen.Choose(0, 365 * 40).Select(offset => new DateOnly(2000, 1, 1).AddDays(offset)),
            Gen.Choose(0, 20).Select(offset => new DateOnly(1899, 12, 25).AddDays(offset)),
            Gen.Choose(0, 20).Select(offset => new DateOnly(2199, 12, 20).AddDays(offset))).ToArbitrary();

    [Test]
    public void Adding_and_counting_working_days_are_inverse() => Check.QuickThrowOnFailure(Prop.ForAll(
        Days(), Gen.Choose(1, 700).ToArbitrary(),
        (start, count) =>
        {
            var (later, earlier) = (China.AddWorkdays(start, count), China.AddWorkdays(start, -count));
            return China.CountWorkdays(start, later) == count
                && China.IsWorkday(later)
                && China.CountWorkdays(earlier.AddDays(-1), start.AddDays(-1)) == count
                && China.IsWorkday(earlier)
                && China.CountWorkdays(later, start) == -count;
        }));

    [Test]
    public void The_tables_agree_with_walking_day_by_day() => Check.QuickThrowOnFailure(Prop.ForAll(
        Days(),
        start =>
        {
            var next = start;
            while (!China.IsWorkday(next))
                next = next.AddDays(1);
            var previous = start;
            while (!China.IsWorkday(previous))
                previous = previous.AddDays(-1);
            var count = Enumerable.Range(1, 60).Count(offset => China.IsWorkday(start.AddDays(offset)));
            return China.NextWorkday(start) == next && China.PreviousWorkday(start) == previous && China.CountWorkdays(start, start.AddDays(60)) == count;
        }));

    [Test]
    public void Every_shipped_day_is_answered_as_the_file_says()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Calendars.File));
        foreach (var year in file.RootElement.GetProperty("years").EnumerateObject())
        {
            foreach (var day in year.Value.GetProperty("rest").EnumerateObject())
                Assert.That(China.IsWorkday(DateOnly.Parse(day.Name, null)), Is.False, day.Name);
            foreach (var day in year.Value.GetProperty("work").EnumerateObject())
                Assert.That(China.IsWorkday(DateOnly.Parse(day.Name, null)), Is.True, day.Name);
        }
    }

    private static string Year(string year, string rest, string work = "") =>
        $$"""{"about": "说明", "source": "来源", "years": {"{{year}}": {"rest": { {{rest}} }, "work": { {{work}} } } } }""";

    private static IEnumerable<TestCaseData> Bad()
    {
        const string labour = "\"2013-05-01\": \"劳动节\"";
        yield return new TestCaseData("{", "$", "JSON").SetArgDisplayNames("cut off");
        yield return new TestCaseData("[]", "$", "对象").SetArgDisplayNames("an array");
        yield return new TestCaseData("""{"about": "a"}""", "$.years", "缺少").SetArgDisplayNames("no years");
        yield return new TestCaseData("""{"about": 1, "years": {}}""", "$.about", "文字").SetArgDisplayNames("about is a number");
        yield return new TestCaseData("""{"remark": "a", "years": {}}""", "$.remark", "不认识").SetArgDisplayNames("unknown key");
        yield return new TestCaseData("""{"years": {}, "years": {}}""", "$.years", "重复").SetArgDisplayNames("years twice");
        yield return new TestCaseData(Year("13", labour), "$.years.13", "年份").SetArgDisplayNames("short year");
        yield return new TestCaseData(Year("3013", labour), "$.years.3013", "年份").SetArgDisplayNames("far year");
        yield return new TestCaseData(Year("2013", ""), "$.years.2013", "休息日").SetArgDisplayNames("empty year");
        yield return new TestCaseData("""{"years": {"2013": {"holidays": {}}}}""", "$.years.2013.holidays", "不认识").SetArgDisplayNames("unknown list");
        yield return new TestCaseData("""{"years": {"2013": {"rest": []}}}""", "$.years.2013.rest", "对象").SetArgDisplayNames("list is an array");
        yield return new TestCaseData(Year("2013", "\"2013-02-30\": \"春节\""), "$.years.2013.rest.2013-02-30", "不是日期").SetArgDisplayNames("impossible day");
        yield return new TestCaseData(Year("2013", "\"2013-5-1\": \"劳动节\""), "$.years.2013.rest.2013-5-1", "不是日期").SetArgDisplayNames("unpadded day");
        yield return new TestCaseData(Year("2013", "\"2013-05-01\": \"\""), "$.years.2013.rest.2013-05-01", "文字").SetArgDisplayNames("no name");
        yield return new TestCaseData(Year("2013", "\"2013-05-01\": null"), "$.years.2013.rest.2013-05-01", "文字").SetArgDisplayNames("null name");
        yield return new TestCaseData(Year("2013", "\"2014-05-01\": \"劳动节\""), "$.years.2013.rest.2014-05-01", "不属于").SetArgDisplayNames("another year");
        yield return new TestCaseData(Year("2013", labour + "," + labour), "$.years.2013.rest.2013-05-01", "重复").SetArgDisplayNames("a day twice");
        yield return new TestCaseData(Year("2013", labour, labour), "$.years.2013.work.2013-05-01", "不是周末").SetArgDisplayNames("week day worked");
        yield return new TestCaseData(Year("2013", "\"2013-05-04\": \"劳动节\"", "\"2013-05-04\": \"劳动节\""), "$.years.2013.work.2013-05-04", "既列为").SetArgDisplayNames("worked and rested");
        yield return new TestCaseData(Year("2013", "\"2013-05-04\": \"劳动节\"", "\"2013-05-05\": \"劳动节\""), "$.years.2013", "多于").SetArgDisplayNames("more made up than given up");
        yield return new TestCaseData(
            Year("2013", string.Join(',', Enumerable.Range(0, 61).Select(day => $"\"{new DateOnly(2013, 5, 1).AddDays(day):yyyy-MM-dd}\": \"长假\""))),
            "$.years.2013", "多于可信").SetArgDisplayNames("two months of rest");
        yield return new TestCaseData(
            """{"years": {"2013": {"rest": {"2014-01-01": "元旦"}}, "2014": {"rest": {"2014-01-01": "元旦"}}}}""",
            "$.years.2014.rest.2014-01-01", "重复").SetArgDisplayNames("a day in two years");
    }

    [TestCaseSource(nameof(Bad))]
    public void A_calendar_that_contradicts_itself_stops_the_start(string json, string path, string reason)
    {
        var refusal = Assert.Throws<LawDataException>(() => WorkCalendar.FromJson(json, "cn-days.json"));
        Assert.That(refusal!.File, Is.EqualTo("cn-days.json"));
        Assert.That(refusal.Path, Is.EqualTo(path));
        Assert.That(refusal.Reason, Does.Contain(reason));
        Assert.That(refusal.Message, Does.StartWith($"cn-days.json：{path}："));
    }

    [Test]
    public void A_plan_may_arrange_the_turn_of_the_year()
    {
        var calendar = WorkCalendar.FromJson(Year("2019", "\"2018-12-31\": \"元旦\", \"2019-01-01\": \"元旦\"", "\"2018-12-29\": \"元旦\""), "plan.json");
        Assert.That(calendar.IsWorkday(new DateOnly(2018, 12, 29)), Is.True);
        Assert.That(calendar.IsWorkday(new DateOnly(2018, 12, 31)), Is.False);
        Assert.That(calendar.Covers(2018), Is.False);
    }
}
