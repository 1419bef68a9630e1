using Filing.Domain;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class LimitTests
{
    [TestCase("15日", 15, LimitUnit.Day, DayKind.Calendar, "15日")]
    [TestCase("15 天", 15, LimitUnit.Day, DayKind.Calendar, "15日")]
    [TestCase("十五日", 15, LimitUnit.Day, DayKind.Calendar, "15日")]
    [TestCase("１５个工作日", 15, LimitUnit.Day, DayKind.Working, "15个工作日")]
    [TestCase("5工作日", 5, LimitUnit.Day, DayKind.Working, "5个工作日")]
    [TestCase("2个月", 2, LimitUnit.Month, DayKind.Calendar, "2个月")]
    [TestCase("六个月", 6, LimitUnit.Month, DayKind.Calendar, "6个月")]
    [TestCase("5年", 5, LimitUnit.Year, DayKind.Calendar, "5年")]
    public void A_limit_is_read_and_written(string text, int length, LimitUnit unit, DayKind kind, string written)
    {
        var limit = Limit.Parse(text);
        Assert.That((limit.Length, limit.Unit, limit.Kind), Is.EqualTo((length, unit, kind)));
        Assert.That(limit.ToString(), Is.EqualTo(written));
        Assert.That(Limit.Parse(written), Is.EqualTo(limit));
    }

    [TestCase(null, "limit.format")]
    [TestCase("", "limit.format")]
    [TestCase("15", "limit.format")]
    [TestCase("日", "limit.format")]
    [TestCase("15周", "limit.format")]
    [TestCase("-15日", "limit.format")]
    [TestCase("9999999999日", "limit.format")]
    [TestCase("0日", "limit.too-short")]
    [TestCase("3661日", "limit.too-long")]
    [TestCase("601个月", "limit.too-long")]
    [TestCase("51年", "limit.too-long")]
    public void What_is_no_limit_is_refused(string? text, string code) =>
        Assert.That(Limit.TryParse(text, out _, out var error) ? null : error.Code, Is.EqualTo(code));

    [TestCase(0, LimitUnit.Day, DayKind.Calendar, "limit.too-short")]
    [TestCase(-1, LimitUnit.Year, DayKind.Calendar, "limit.too-short")]
    [TestCase(int.MaxValue, LimitUnit.Day, DayKind.Working, "limit.too-long")]
    [TestCase(1, LimitUnit.Month, DayKind.Working, "limit.working-months")]
    [TestCase(1, LimitUnit.Year, DayKind.Working, "limit.working-months")]
    [TestCase(1, (LimitUnit)7, DayKind.Calendar, "limit.unit")]
    [TestCase(1, LimitUnit.Day, (DayKind)7, "limit.unit")]
    public void A_limit_that_no_rule_can_mean_cannot_be_made(int length, LimitUnit unit, DayKind kind, string code) =>
        Assert.That(Limit.TryCreate(length, unit, kind, out _, out var error) ? null : error.Code, Is.EqualTo(code));

    [Test]
    public void A_span_includes_both_ends_and_cannot_end_before_it_begins()
    {
        var day = new DateOnly(2013, 4, 5);
        Assert.That(new DateSpan(day, day).Days, Is.EqualTo(1));
        Assert.That(new DateSpan(day, day.AddDays(3)).Contains(day.AddDays(3)), Is.True);
        Assert.That(new DateSpan(day, day.AddDays(3)).Contains(day.AddDays(4)), Is.False);
        Assert.That(() => new DateSpan(day, day.AddDays(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Spans_that_overlap_or_touch_merge()
    {
        DateOnly Day(int day) => new(2013, 4, day);
        var merged = DateSpan.Merge([new(Day(9), Day(10)), new(Day(1), Day(3)), new(Day(4), Day(5)), new(Day(2), Day(2)), new(DateOnly.MaxValue, DateOnly.MaxValue)]);
        Assert.That(merged, Is.EqualTo(new DateSpan[] { new(Day(1), Day(5)), new(Day(9), Day(10)), new(DateOnly.MaxValue, DateOnly.MaxValue) }));
    }
}
