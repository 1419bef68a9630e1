using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class ChineseDateTests
{
    // As offices print it.
    [TestCase("2013年4月2日", 2013, 4, 2)]
    [TestCase("2013年04月02日", 2013, 4, 2)]
    [TestCase("2013年4月2号", 2013, 4, 2)]
    [TestCase("2018年12月31日", 2018, 12, 31)]
    // Spaces, narrow, full-width, zero-width, and full-width digits.
    [TestCase(" 2013 年 4 月 2 日 ", 2013, 4, 2)]
    [TestCase("２０１３年４月２日", 2013, 4, 2)]
    [TestCase("2 0 1 3年　1 1月\u00a02\u200b1日", 2013, 11, 21)]
    // In characters, with every zero people use.
    [TestCase("二○一二年六月十四日", 2012, 6, 14)]
    [TestCase("二〇一二年六月十四日", 2012, 6, 14)]
    [TestCase("二零一二年六月十四日", 2012, 6, 14)]
    [TestCase("二O一二年六月十四日", 2012, 6, 14)]
    [TestCase("二0一二年六月十四日", 2012, 6, 14)]
    [TestCase("二Ｏ一二年六月十四日", 2012, 6, 14)]
    [TestCase("一九九八年十二月三十一日", 1998, 12, 31)]
    [TestCase("二○一三年十月十日", 2013, 10, 10)]
    [TestCase("二○一三年十月二十日", 2013, 10, 20)]
    [TestCase("二○一三年十一月廿一日", 2013, 11, 21)]
    [TestCase("二○一三年一月卅一日", 2013, 1, 31)]
    [TestCase("二○一三年一月卅日", 2013, 1, 30)]
    [TestCase("二○一三年一月二○日", 2013, 1, 20)]
    [TestCase("二○一三年元月三日", 2013, 1, 3)]
    // Characters and digits mixed.
    [TestCase("二○一二年6月14日", 2012, 6, 14)]
    // Machine forms.
    [TestCase("2013-04-02", 2013, 4, 2)]
    [TestCase("2013-4-2", 2013, 4, 2)]
    [TestCase("2013—4—2", 2013, 4, 2)]
    [TestCase("2013.4.2", 2013, 4, 2)]
    [TestCase("2013．４．２", 2013, 4, 2)]
    [TestCase("2013/4/2", 2013, 4, 2)]
    [TestCase("20130402", 2013, 4, 2)]
    [TestCase("２０１３０４０２", 2013, 4, 2)]
    // The leap day exists where it exists.
    [TestCase("2016年2月29日", 2016, 2, 29)]
    [TestCase("20000229", 2000, 2, 29)]
    // The right weekday may follow.
    [TestCase("2013年4月17日 星期三", 2013, 4, 17)]
    [TestCase("2013年4月17日（星期三）", 2013, 4, 17)]
    [TestCase("2016年5月15日周日", 2016, 5, 15)]
    [TestCase("2016年5月15日 星期天", 2016, 5, 15)]
    public void A_date_is_read_however_it_is_written(string text, int year, int month, int day)
    {
        Assert.That(ChineseDate.TryParse(text, out var date), Is.True);
        Assert.That(date, Is.EqualTo(new DateOnly(year, month, day)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("　")]
    [TestCase("年月日")]
    // Days that are not in the calendar.
    [TestCase("2013年2月29日")]
    [TestCase("1900-02-29")]
    [TestCase("2013年4月31日")]
    [TestCase("2013年13月1日")]
    [TestCase("2013年0月1日")]
    [TestCase("2013年1月0日")]
    [TestCase("2013年1月32日")]
    [TestCase("20130231")]
    [TestCase("二○一三年二月三十日")]
    [TestCase("二○一三年十三月一日")]
    [TestCase("二○一三年一月三十二日")]
    // Not whole, or more than one date.
    [TestCase("2013年4月")]
    [TestCase("2013年")]
    [TestCase("4月2日")]
    [TestCase("13年4月2日")]
    [TestCase("0999年4月2日")]
    [TestCase("2013年4月2日起")]
    [TestCase("2013年4月2")]
    [TestCase("2013-04")]
    [TestCase("2013-04/02")]
    [TestCase("2013.4-2")]
    [TestCase("2013-04-023")]
    [TestCase("2013042")]
    [TestCase("201304021")]
    [TestCase("20130402000000000000")]
    [TestCase("2013年第4月2日")]
    // A weekday that is not the day's.
    [TestCase("2013年4月17日 星期四")]
    [TestCase("2013年4月17日（星期三")]
    [TestCase("2013年4月17日 星期")]
    public void What_is_no_date_is_refused(string? text)
    {
        Assert.That(ChineseDate.TryParse(text, out var date), Is.False);
        Assert.That(date, Is.Default);
    }

    [Test]
    public void Dates_are_found_in_running_text_with_their_places()
    {
        const string text = "本办法自2013年5月1日起施行，有效期至二○一八年四月三十日。2011-3-15印发的旧办法、2012.6.1的补充规定同时废止。";
        var found = ChineseDate.FindAll(text).ToList();

        Assert.That(found.Select(hit => hit.Date), Is.EqualTo(new DateOnly[] { new(2013, 5, 1), new(2018, 4, 30), new(2011, 3, 15), new(2012, 6, 1) }));
        Assert.That(found.Select(hit => text.Substring(hit.Start, hit.Length)), Is.EqualTo(new[] { "2013年5月1日", "二○一八年四月三十日", "2011-3-15", "2012.6.1" }));
    }

    // A date is not torn out of a longer number, nor made of numbers that follow it.
    [TestCase("电话20130402", 0)]
    [TestCase("CZCR-2013-00002", 0)]
    [TestCase("12013-04-02", 0)]
    [TestCase("2013-04-0212", 0)]
    [TestCase("2013年2月30日", 0)]
    [TestCase("2013.4.1 5人", 1)]
    [TestCase("2013年4月2日—2013年4月3日", 2)]
    [TestCase("郴政发〔2013〕2号2013年3月26日", 1)]
    [TestCase("", 0)]
    public void Running_text_gives_only_whole_dates(string text, int count) =>
        Assert.That(ChineseDate.FindAll(text).Count(), Is.EqualTo(count));

    [Test]
    public void Dates_are_written_without_leading_zeros()
    {
        var date = new DateOnly(2013, 4, 17);
        Assert.That(ChineseDate.Format(date), Is.EqualTo("2013年4月17日"));
        Assert.That(ChineseDate.FormatFull(date), Is.EqualTo("2013年4月17日 星期三"));
        Assert.That(ChineseDate.FormatShort(date), Is.EqualTo("4月17日"));
        Assert.That(ChineseDate.FormatFull(new DateOnly(2016, 5, 15)), Is.EqualTo("2016年5月15日 星期日"));
    }

    [Test]
    public void What_is_written_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var date = new DateOnly(1000, 1, 1).AddDays((int)((uint)seed % 3_287_000));
            return ChineseDate.TryParse(ChineseDate.Format(date), out var read) && read == date
                && ChineseDate.TryParse(ChineseDate.FormatFull(date), out read) && read == date
                && ChineseDate.TryParse(date.ToString("yyyyMMdd", null), out read) && read == date
                && ChineseDate.TryParse(date.ToString("yyyy'/'M'/'d", null), out read) && read == date;
        }));

    [Test]
    public void Any_text_is_answered_and_every_hit_reads_alone() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("2013年4月2日-./〇○一二十廿卅 　号星期三（）元\ud800\udc00".ToCharArray())).ToArbitrary(),
        characters =>
        {
            var text = new string(characters);
            _ = ChineseDate.TryParse(text, out _);
            return ChineseDate.FindAll(text).All(hit =>
                ChineseDate.TryParse(text.Substring(hit.Start, hit.Length), out var alone) && alone == hit.Date);
        }));
}
