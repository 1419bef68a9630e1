using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class DeadlineTests
{
    private static readonly WorkCalendar China = Calendars.China;

    private static DateOnly D(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", null);

    private static DateSpan[] Spans(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(span => new DateSpan(D(span[..10]), D(span[11..])))];

    // Vectors of the law's data: plain, make-up Saturday, weekend, Spring Festival and its make-up Saturday, working days, extended and long blocks.
    [TestCase("2013-04-02", "15日", "2013-04-17", "2013-04-17")]
    [TestCase("2013-04-12", "15日", "2013-04-27", "2013-04-27")]
    [TestCase("2012-11-05", "5日", "2012-11-10", "2012-11-12")]
    [TestCase("2013-01-28", "15日", "2013-02-12", "2013-02-16")]
    [TestCase("2018-04-24", "15日", "2018-05-09", "2018-05-09")]
    [TestCase("2018-04-24", "15个工作日", "2018-05-16", "2018-05-16")]
    [TestCase("2018-09-27", "5个工作日", "2018-10-09", "2018-10-09")]
    [TestCase("2020-01-15", "15日", "2020-01-30", "2020-02-03")]
    [TestCase("2025-09-20", "15日", "2025-10-05", "2025-10-09")]
    // Months and years: the corresponding day, or the month's last.
    [TestCase("2013-01-31", "1个月", "2013-02-28", "2013-02-28")]
    [TestCase("2012-01-31", "1个月", "2012-02-29", "2012-02-29")]
    [TestCase("2013-02-28", "1个月", "2013-03-28", "2013-03-28")]
    [TestCase("2013-08-31", "6个月", "2014-02-28", "2014-02-28")]
    [TestCase("2013-04-02", "6个月", "2013-10-02", "2013-10-08")]
    [TestCase("2016-02-29", "5年", "2021-02-28", "2021-03-01")]
    [TestCase("2013-04-02", "5年", "2018-04-02", "2018-04-02")]
    // From a rest day the count is the same.
    [TestCase("2016-05-15", "15日", "2016-05-30", "2016-05-30")]
    [TestCase("2018-10-01", "1个工作日", "2018-10-08", "2018-10-08")]
    [TestCase("2013-04-02", "1日", "2013-04-03", "2013-04-03")]
    public void A_limit_ends_where_the_law_says(string from, string limit, string raw, string due)
    {
        var result = Deadline.Compute(D(from), Limit.Parse(limit), China);
        Assert.That((result.RawEnd, result.Due, result.Provisional), Is.EqualTo((D(raw), D(due), false)));
        Assert.That(Deadline.DueOnly(D(from), Limit.Parse(limit), China), Is.EqualTo(D(due)));
    }

    // The corresponding day before, then the working day on or before it.
    [TestCase("2018-04-02", "6个月", "2017-10-02", "2017-09-30")]
    [TestCase("2018-08-31", "6个月", "2018-02-28", "2018-02-28")]
    [TestCase("2016-08-31", "6个月", "2016-02-29", "2016-02-29")]
    [TestCase("2018-04-02", "30日", "2018-03-03", "2018-03-02")]
    [TestCase("2018-10-09", "5个工作日", "2018-09-27", "2018-09-27")]
    [TestCase("2021-02-28", "5年", "2016-02-28", "2016-02-26")]
    public void A_backward_limit_is_due_on_the_working_day_on_or_before_its_day(string from, string limit, string raw, string due)
    {
        var result = Deadline.ComputeBackward(D(from), Limit.Parse(limit), China);
        Assert.That((result.RawEnd, result.Due, result.Provisional), Is.EqualTo((D(raw), D(due), false)));
        Assert.That(Deadline.DueOnlyBackward(D(from), Limit.Parse(limit), China), Is.EqualTo(D(due)));
    }

    // Both ends of a suspension are included; ranges merge; what lies outside does nothing.
    [TestCase("2013-04-02", "15日", "2013-04-08/2013-04-08", "2013-04-18", "2013-04-18")]
    [TestCase("2013-04-02", "15日", "2013-04-08/2013-04-10", "2013-04-20", "2013-04-22")]
    [TestCase("2013-04-02", "15日", "2013-04-08/2013-04-10 2013-04-09/2013-04-11", "2013-04-21", "2013-04-22")]
    [TestCase("2013-04-02", "15日", "2013-04-08/2013-04-10 2013-04-11/2013-04-11", "2013-04-21", "2013-04-22")]
    [TestCase("2013-04-02", "15日", "2013-03-01/2013-04-02", "2013-04-17", "2013-04-17")]
    [TestCase("2013-04-02", "15日", "2013-03-01/2013-04-03", "2013-04-18", "2013-04-18")]
    [TestCase("2013-04-02", "15日", "2013-04-17/2013-04-17", "2013-04-18", "2013-04-18")]
    [TestCase("2013-04-02", "15日", "2013-04-18/2013-05-18", "2013-04-17", "2013-04-17")]
    [TestCase("2013-04-02", "15日", "2013-04-08/2013-04-10 2013-04-19/2013-04-19", "2013-04-21", "2013-04-22")]
    // A rest day inside a suspension is lost once, not twice.
    [TestCase("2018-04-24", "15个工作日", "2018-04-28/2018-05-02", "2018-05-18", "2018-05-18")]
    [TestCase("2018-04-24", "15个工作日", "2018-04-29/2018-05-01", "2018-05-16", "2018-05-16")]
    // A limit in months grows by the suspended days before its end, and by those it grows into.
    [TestCase("2013-04-02", "2个月", "2013-05-01/2013-05-10", "2013-06-12", "2013-06-13")]
    [TestCase("2013-04-02", "2个月", "2013-06-03/2013-06-10", "2013-06-02", "2013-06-13")]
    [TestCase("2013-07-02", "2个月", "2013-09-02/2013-09-03", "2013-09-04", "2013-09-04")]
    [TestCase("2013-07-02", "2个月", "2013-08-01/2013-08-02 2013-09-04/2013-09-04", "2013-09-05", "2013-09-05")]
    // Rolling over does not stop on a suspended day.
    [TestCase("2012-11-05", "5日", "2012-11-12/2012-11-13", "2012-11-10", "2012-11-14")]
    public void Suspended_days_are_not_counted(string from, string limit, string suspended, string raw, string due)
    {
        var result = Deadline.Compute(D(from), Limit.Parse(limit), China, Spans(suspended));
        Assert.That((result.RawEnd, result.Due), Is.EqualTo((D(raw), D(due))));
        Assert.That(Deadline.DueOnly(D(from), Limit.Parse(limit), China, Spans(suspended)), Is.EqualTo(D(due)));
    }

    // A year without a plan was counted, or rolled over.
    [TestCase("2026-12-20", "15日", "", true)]
    [TestCase("2026-12-10", "15日", "", false)]
    [TestCase("2026-12-28", "3个工作日", "", false)]
    [TestCase("2026-12-28", "4个工作日", "", true)]
    [TestCase("2003-12-25", "15日", "", true)]
    [TestCase("2003-12-31", "15日", "", false)]
    [TestCase("2024-06-01", "5年", "", true)]
    [TestCase("2003-12-25", "15日", "2003-12-01/2003-12-31", false)]
    public void A_due_date_that_counts_days_without_a_plan_is_provisional(string from, string limit, string suspended, bool provisional)
    {
        var result = Deadline.Compute(D(from), Limit.Parse(limit), China, Spans(suspended));
        Assert.That(result.Provisional, Is.EqualTo(provisional));
        Assert.That(result.Steps.Any(step => step.Contains("尚未公布", StringComparison.Ordinal)), Is.EqualTo(provisional));
    }

    [Test]
    public void A_backward_limit_into_a_year_without_a_plan_is_provisional()
    {
        Assert.That(Deadline.ComputeBackward(D("2004-01-10"), Limit.Days(30), China).Provisional, Is.True);
        Assert.That(Deadline.ComputeBackward(D("2027-01-01"), Limit.Days(1), China).Provisional, Is.False);
    }

    private static IEnumerable<TestCaseData> Explained()
    {
        yield return new TestCaseData("2013-04-02", "15日", "公布", "", "4月2日公布，当日不计|自4月3日起第15日为 4月17日（星期三）|4月17日是工作日，不顺延");
        yield return new TestCaseData("2013-04-12", "15日", "公布", "", "4月12日公布，当日不计|自4月13日起第15日为 4月27日（周六，上班）|4月27日是调休上班日，不顺延");
        yield return new TestCaseData("2012-11-05", "5日", "收到", "", "11月5日收到，当日不计|自11月6日起第5日为 11月10日（星期六）|11月10日是星期六，顺延至 11月12日（星期一）");
        yield return new TestCaseData("2013-01-28", "15日", "公布", "", "1月28日公布，当日不计|自1月29日起第15日为 2月12日（星期二）|2月12日是春节假期，顺延至 2月16日（周六，上班）");
        yield return new TestCaseData("2018-09-27", "5个工作日", "受理", "", "9月27日受理，当日不计|9月29日（周六，上班），计入|9月30日（周日，上班），计入|10月1日至10月7日国庆节放假，不计|自9月28日起第5个工作日为 10月9日（星期二）");
        yield return new TestCaseData("2013-01-31", "1个月", "起算", "", "1月31日起算，当日不计|满1个月，2月没有31日，以该月最后一日为准，即 2月28日（星期四）|2月28日是工作日，不顺延");
        yield return new TestCaseData("2013-07-02", "2个月", "受理", "2013-08-01/2013-08-02", "7月2日受理，当日不计|满2个月的对应日为 9月2日（星期一）|8月1日至8月2日中止，2日不计|期限相应延长，末日为 9月4日（星期三）|9月4日是工作日，不顺延");
        yield return new TestCaseData("2013-04-02", "15日", "受理", "2013-04-08/2013-04-08", "4月2日受理，当日不计|4月8日中止，1日不计|自4月3日起第15日为 4月18日（星期四）|4月18日是工作日，不顺延");
        yield return new TestCaseData("2026-12-20", "15日", "公布", "", "12月20日公布，当日不计|自12月21日起第15日为 2027年1月4日（星期一）|2027年1月4日是工作日，不顺延|2027年的放假安排尚未公布，结果暂定");
    }

    [TestCaseSource(nameof(Explained))]
    public void The_due_date_is_explained_in_sentences(string from, string limit, string startEvent, string suspended, string steps) =>
        Assert.That(string.Join('|', Deadline.Compute(D(from), Limit.Parse(limit), China, Spans(suspended), startEvent).Steps), Is.EqualTo(steps));

    [TestCase("2018-04-02", "6个月", "2018年4月2日届满，当日不计|前推6个月的对应日为 2017年10月2日（星期一）|2017年10月2日是国庆节假期，提前至 2017年9月30日（周六，上班）")]
    [TestCase("2018-04-02", "30日", "2018年4月2日届满，当日不计|自4月1日起前推第30日为 3月3日（星期六）|3月3日是星期六，提前至 3月2日（星期五）")]
    [TestCase("2018-10-09", "5个工作日", "2018年10月9日届满，当日不计|9月29日（周六，上班），计入|9月30日（周日，上班），计入|10月1日至10月7日国庆节放假，不计|自10月8日起前推第5个工作日为 9月27日（星期四）")]
    public void A_backward_limit_is_explained_in_sentences(string from, string limit, string steps) =>
        Assert.That(string.Join('|', Deadline.ComputeBackward(D(from), Limit.Parse(limit), China, startEvent: "届满").Steps), Is.EqualTo(steps));

    private static Gen<DateOnly> Days() => Gen.Choose(0, 365 * 26).Select(offset => new DateOnly(2003, 1, 1).AddDays(offset));

    private static Gen<Limit> Limits() => Gen.OneOf(
        Gen.Choose(1, 120).Select(Limit.Days), Gen.Choose(1, 90).Select(Limit.WorkingDays), Gen.Choose(1, 30).Select(Limit.Months), Gen.Choose(1, 6).Select(Limit.Years));

    private static Gen<(DateOnly From, Limit Limit, DateSpan[] Suspended)> Cases() =>
        from start in Days()
        from limit in Limits()
        from spans in (from offset in Gen.Choose(-40, 150)
                       from length in Gen.Choose(0, 25)
                       select (offset, length)).ListOf()
        select (start, limit, spans.Take(4).Select(span => new DateSpan(start.AddDays(span.offset), start.AddDays(span.offset + span.length))).ToArray());

    [Test]
    public void Counting_agrees_with_walking_day_by_day() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Cases().ToArbitrary(),
        given =>
        {
            var result = Deadline.Compute(given.From, given.Limit, China, given.Suspended);
            return (result.RawEnd, result.Due) == Walk(given.From, given.Limit, given.Suspended, 1)
                && Deadline.DueOnly(given.From, given.Limit, China, given.Suspended) == result.Due;
        }));

    [Test]
    public void Counting_back_agrees_with_walking_day_by_day() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Cases().ToArbitrary(),
        given =>
        {
            var mirrored = Mirrored(given.From, given.Suspended);
            var result = Deadline.ComputeBackward(given.From, given.Limit, China, mirrored);
            return (result.RawEnd, result.Due) == Walk(given.From, given.Limit, mirrored, -1)
                && Deadline.DueOnlyBackward(given.From, given.Limit, China, mirrored) == result.Due;
        }));

    [Test]
    public void Without_suspensions_the_fast_path_is_the_slow_one() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Days().ToArbitrary(), Limits().ToArbitrary(),
        (from, limit) => Deadline.DueOnly(from, limit, China) == Deadline.Compute(from, limit, China, []).Due
            && Deadline.DueOnlyBackward(from, limit, China) == Deadline.ComputeBackward(from, limit, China, []).Due
            && Deadline.DatesOnly(from, limit, China) == Dates(Deadline.Compute(from, limit, China, []))
            && Deadline.DatesOnlyBackward(from, limit, China) == Dates(Deadline.ComputeBackward(from, limit, China, []))));

    [Test]
    public void The_dates_alone_are_those_that_are_explained() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Cases().ToArbitrary(),
        given => Deadline.DatesOnly(given.From, given.Limit, China, given.Suspended) == Dates(Deadline.Compute(given.From, given.Limit, China, given.Suspended))));

    private static (DateOnly RawEnd, DateOnly Due, bool Provisional) Dates(DueDate due) => (due.RawEnd, due.Due, due.Provisional);

    [Test]
    public void A_due_date_is_a_working_day_and_not_suspended() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        given =>
        {
            var due = Deadline.Compute(given.From, given.Limit, China, given.Suspended).Due;
            return China.IsWorkday(due) && due > given.From && !given.Suspended.Any(span => span.Contains(due));
        }));

    [Test]
    public void A_due_date_that_is_counted_back_is_a_working_day_and_not_suspended() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        given =>
        {
            var mirrored = Mirrored(given.From, given.Suspended);
            var due = Deadline.ComputeBackward(given.From, given.Limit, China, mirrored).Due;
            return China.IsWorkday(due) && due < given.From && !mirrored.Any(span => span.Contains(due));
        }));

    [Test]
    public void A_limit_in_working_days_is_so_many_working_days_away() => Check.QuickThrowOnFailure(Prop.ForAll(
        Days().ToArbitrary(), Gen.Choose(1, 250).ToArbitrary(),
        (from, count) =>
        {
            var limit = Limit.WorkingDays(count);
            return China.CountWorkdays(from, Deadline.DueOnly(from, limit, China)) == count
                && China.CountWorkdays(Deadline.DueOnlyBackward(from, limit, China).AddDays(-1), from.AddDays(-1)) == count;
        }));

    [Test]
    public void Working_days_that_are_suspended_within_a_limit_in_working_days_move_it_by_as_many() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from start in Days()
         from count in Gen.Choose(1, 60)
         from lead in Gen.Choose(1, 60)
         from length in Gen.Choose(0, 30)
         select (start, count, lead: Math.Min(lead, count), length)).ToArbitrary(),
        given =>
        {
            var limit = Limit.WorkingDays(given.count);
            // It begins on a working day of the limit, so that it lies within it.
            var first = China.AddWorkdays(given.start, given.lead);
            var span = new DateSpan(first, first.AddDays(given.length));
            var lost = China.CountWorkdays(first.AddDays(-1), span.To);
            return Deadline.DueOnly(given.start, limit, China, [span]) == China.AddWorkdays(Deadline.DueOnly(given.start, limit, China), lost);
        }));

    [Test]
    public void A_later_start_or_a_longer_limit_is_never_due_earlier() => Check.QuickThrowOnFailure(Prop.ForAll(
        Cases().ToArbitrary(),
        given =>
        {
            var due = Deadline.DueOnly(given.From, given.Limit, China, given.Suspended);
            Assert.That(Limit.TryCreate(given.Limit.Length + 1, given.Limit.Unit, given.Limit.Kind, out var longer, out _), Is.True);
            return Deadline.DueOnly(given.From, longer!, China, given.Suspended) >= due
                && Deadline.DueOnly(given.From.AddDays(1), given.Limit, China) >= Deadline.DueOnly(given.From, given.Limit, China)
                && due >= Deadline.DueOnly(given.From, given.Limit, China);
        }));

    [Test]
    public void The_fast_path_allocates_nothing()
    {
        Limit[] limits = [Limit.Days(15), Limit.WorkingDays(15), Limit.Months(2), Limit.Years(5)];
        var sum = Run(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(sum, Is.Positive);

        long Run(int days)
        {
            var total = 0L;
            for (var day = 0; day < days; day++)
            {
                foreach (var limit in limits)
                {
                    var from = new DateOnly(2013, 4, 2).AddDays(day);
                    total += Deadline.DueOnly(from, limit, China).DayNumber + Deadline.DatesOnly(from, limit, China).Due.DayNumber + Deadline.DatesOnlyBackward(from, limit, China).RawEnd.DayNumber;
                }
            }

            return total;
        }
    }

    private static DateSpan[] Mirrored(DateOnly from, DateSpan[] spans) =>
        [.. spans.Select(span => new DateSpan(from.AddDays(from.DayNumber - span.To.DayNumber), from.AddDays(from.DayNumber - span.From.DayNumber)))];

    /// <summary>The rule as a child would count it on the wall: one day after the other.</summary>
    private static (DateOnly RawEnd, DateOnly Due) Walk(DateOnly from, Limit limit, DateSpan[] suspended, int direction)
    {
        bool Suspended(DateOnly day) => suspended.Any(span => span.Contains(day));

        var raw = from;
        if (limit.Unit == LimitUnit.Day)
        {
            for (var left = limit.Length; left > 0;)
            {
                raw = raw.AddDays(direction);
                left -= Suspended(raw) || (limit.Kind == DayKind.Working && !China.IsWorkday(raw)) ? 0 : 1;
            }
        }
        else
        {
            var end = from.AddMonths(direction * limit.Length * (limit.Unit == LimitUnit.Year ? 12 : 1));
            var lost = 0;
            for (var day = from.AddDays(direction); day != end.AddDays(direction); day = day.AddDays(direction))
                lost += Suspended(day) ? 1 : 0;
            for (raw = end; lost > 0;)
            {
                raw = raw.AddDays(direction);
                lost -= Suspended(raw) ? 0 : 1;
            }
        }

        var due = raw;
        while (!China.IsWorkday(due) || Suspended(due))
            due = due.AddDays(direction);
        return (raw, due);
    }
}
