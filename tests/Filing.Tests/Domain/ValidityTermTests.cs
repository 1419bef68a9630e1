using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class ValidityTermTests
{
    private static DateOnly D(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", null);

    // From publication the anniversary, from entry into force the day before; either can be told otherwise; a month without the day ends on its last.
    [TestCase("5年", TermStart.Publication, null, "2013-04-02", "2018-04-02")]
    [TestCase("5年", TermStart.InForce, null, "2013-05-02", "2018-05-01")]
    [TestCase("5年", TermStart.Publication, TermEndConvention.DayBefore, "2013-04-02", "2018-04-01")]
    [TestCase("5年", TermStart.InForce, TermEndConvention.SameDay, "2013-05-02", "2018-05-02")]
    [TestCase("5年", TermStart.Publication, null, "2016-02-29", "2021-02-28")]
    [TestCase("5年", TermStart.InForce, null, "2016-02-29", "2021-02-27")]
    [TestCase("4年", TermStart.Publication, null, "2016-02-29", "2020-02-29")]
    [TestCase("18个月", TermStart.Publication, null, "2013-08-31", "2015-02-28")]
    // An end on a rest day stays there.
    [TestCase("2年", TermStart.Publication, null, "2013-05-04", "2015-05-04")]
    [TestCase("5年", TermStart.Publication, null, "2013-10-01", "2018-10-01")]
    public void A_length_ends_on_its_day_and_never_rolls(string length, TermStart start, TermEndConvention? convention, string from, string last)
    {
        var term = ValidityTerm.For(Limit.Parse(length), start, convention);
        var (published, inForce) = start == TermStart.Publication ? (D(from), D("2030-01-01")) : (D("2000-01-01"), D(from));
        Assert.That(term.LastValidDay(published, inForce), Is.EqualTo(D(last)));
        Assert.That(term.Explain(published, inForce).LastDay, Is.EqualTo(D(last)));
    }

    [Test]
    public void A_length_without_its_start_has_no_end_yet()
    {
        Assert.That(ValidityTerm.For(Limit.Years(5), TermStart.Publication).LastValidDay(null, D("2013-01-01")), Is.Null);
        Assert.That(ValidityTerm.For(Limit.Years(5), TermStart.InForce).LastValidDay(D("2013-01-01"), null), Is.Null);
        Assert.That(ValidityTerm.For(Limit.Years(5), TermStart.InForce).Explain(null, null).Steps, Is.EqualTo(new[] { "有效期自施行之日起5年，施行日期尚未确定" }));
    }

    [Test]
    public void A_named_day_is_valid_and_the_others_have_no_end()
    {
        Assert.That(ValidityTerm.Until(D("2018-04-30")).LastValidDay(null, null), Is.EqualTo(D("2018-04-30")));
        Assert.That(ValidityTerm.LongTerm.LastValidDay(D("2013-01-01"), D("2013-01-01")), Is.Null);
        Assert.That(ValidityTerm.UntilDone("灾后重建").LastValidDay(D("2013-01-01"), D("2013-01-01")), Is.Null);
    }

    private static IEnumerable<TestCaseData> Explained()
    {
        yield return new TestCaseData("length:5y:published:same-day", "2013年4月2日公布，有效期5年|满5年的对应日为 2018年4月2日|有效期至对应日当日|2018年4月2日为最后有效日，遇休息日不顺延");
        yield return new TestCaseData("length:5y:in-force:day-before", "2016年2月29日施行，有效期5年|2021年2月没有29日，以该月最后一日 2021年2月28日为对应日|施行当日计入，有效期至对应日的前一日|2021年2月27日为最后有效日，遇休息日不顺延");
        yield return new TestCaseData("until:2018-04-30", "文件载明有效期至2018年4月30日，当日仍有效，遇休息日不顺延");
        yield return new TestCaseData("until-done:灾后重建", "有效期至灾后重建完成时止，完成之日尚待确认");
        yield return new TestCaseData("long-term", "长期有效，没有届满之日");
    }

    [TestCaseSource(nameof(Explained))]
    public void The_end_is_explained_in_sentences(string term, string steps) =>
        Assert.That(string.Join('|', ValidityTerm.Parse(term).Explain(D("2013-04-02"), D("2016-02-29")).Steps), Is.EqualTo(steps));

    [TestCase("until:2018-04-30", "有效期至2018年4月30日")]
    [TestCase("length:5y:published:same-day", "自公布之日起5年")]
    [TestCase("length:18m:in-force:day-before", "自施行之日起18个月")]
    [TestCase("until-done:灾后重建", "至灾后重建完成时止")]
    [TestCase("until-done:任务：甲:乙", "至任务：甲:乙完成时止")]
    [TestCase("long-term", "长期有效")]
    public void A_term_is_stored_as_a_code_and_shown_as_a_phrase(string code, string text)
    {
        var term = ValidityTerm.Parse(code);
        Assert.That(term.ToString(), Is.EqualTo(code));
        Assert.That(term.Text, Is.EqualTo(text));
        Assert.That(ValidityTerm.Parse(term.ToString()), Is.EqualTo(term));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("5年")]
    [TestCase("until")]
    [TestCase("until:2018-02-30")]
    [TestCase("until-done: ")]
    [TestCase("length:5y:published")]
    [TestCase("length:5d:published:same-day")]
    [TestCase("length:0y:published:same-day")]
    [TestCase("length:y:published:same-day")]
    [TestCase("length:-5y:published:same-day")]
    [TestCase("length:5y:signed:same-day")]
    [TestCase("long-term:1")]
    public void A_code_that_is_none_is_refused(string? code) =>
        Assert.That(ValidityTerm.TryParse(code, out _, out var error) ? null : error.Code, Is.EqualTo("validity.format"));

    [Test]
    public void A_term_in_days_or_without_a_task_cannot_be_made()
    {
        Assert.That(() => ValidityTerm.For(Limit.Days(30), TermStart.Publication), Throws.ArgumentException);
        Assert.That(() => ValidityTerm.UntilDone(" "), Throws.ArgumentException);
    }

    [TestCase("郴州市公共租赁住房管理办法（试行）", true)]
    [TestCase("郴州市公共租赁住房管理暂行办法", true)]
    [TestCase("关于印发《郴州市公共租赁住房管理办法（暂 行）》的通知", true)]
    [TestCase("《郴州市试行办法》", true)]
    [TestCase("郴州市公共租赁住房管理办法", false)]
    [TestCase("关于修改《郴州市公共租赁住房管理暂行办法》的决定", false)]
    [TestCase("关于废止《关于印发〈管理暂行办法〉的通知》的决定", false)]
    [TestCase("", false)]
    public void A_trial_document_is_known_by_its_title(string title, bool trial) =>
        Assert.That(ValidityTerm.IsTrialTitle(title), Is.EqualTo(trial));

    [Test]
    public void The_last_valid_day_keeps_the_day_of_month_or_is_the_last_of_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 40_000).Select(offset => new DateOnly(1950, 1, 1).AddDays(offset)).ToArbitrary(),
        Gen.Choose(1, 240).ToArbitrary(),
        (start, months) =>
        {
            var last = ValidityTerm.For(Limit.Months(months), TermStart.Publication).LastValidDay(start, null)!.Value;
            var before = ValidityTerm.For(Limit.Months(months), TermStart.Publication, TermEndConvention.DayBefore).LastValidDay(start, null)!.Value;
            return ((last.Year * 12) + last.Month) - ((start.Year * 12) + start.Month) == months
                && last.Day == Math.Min(start.Day, DateTime.DaysInMonth(last.Year, last.Month))
                && before == last.AddDays(-1);
        }));
}
