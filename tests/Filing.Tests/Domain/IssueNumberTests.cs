using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class IssueNumberTests
{
    // Canonical, of the seeds and of neighbours.
    [TestCase("郴政发〔2013〕2号", "郴政发〔2013〕2号")]
    [TestCase("江府办〔2018〕7号", "江府办〔2018〕7号")]
    [TestCase("江府办函〔2018〕7号", "江府办函〔2018〕7号")]
    [TestCase("穗建规字〔2019〕17号", "穗建规字〔2019〕17号")]
    [TestCase("豫依法行政领办〔2012〕76号", "豫依法行政领办〔2012〕76号")]
    [TestCase("深府规〔2022〕6号", "深府规〔2022〕6号")]
    [TestCase("中发〔2015〕36号", "中发〔2015〕36号")]
    [TestCase("中共郴委发〔1998〕99999号", "中共郴委发〔1998〕99999号")]
    [TestCase("豫政〔2007〕1号", "豫政〔2007〕1号")]
    [TestCase("湖南省人民政府令〔2018〕289号", "湖南省人民政府令〔2018〕289号")]
    // Every bracket.
    [TestCase("郴政发[2013]2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发(2013)2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发（2013）2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发【2013】2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发［2013］2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〈2013〉2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发<2013>2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发＜2013＞2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发《2013》2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发﹝2013﹞2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〖2013〗2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发{2013}2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔2013]2号", "郴政发〔2013〕2号")]
    // 第, leading zeros, 年, a missing 号, Chinese digits.
    [TestCase("郴政发〔2013〕第2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔2013〕002号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔2013〕第0000000002号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔2013年〕2号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔2013〕2", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔二○一三〕二号", "郴政发〔2013〕2号")]
    [TestCase("郴政发〔二〇一三〕一百二十三号", "郴政发〔2013〕123号")]
    // Spaces of every kind, full-width digits.
    [TestCase("  郴政发 〔 2013 〕 2 号 ", "郴政发〔2013〕2号")]
    [TestCase("郴政发　〔２０１３〕　２号", "郴政发〔2013〕2号")]
    [TestCase("郴\u200b政\u00a0发\t〔2013〕\r\n2号\ufeff", "郴政发〔2013〕2号")]
    // Labels and enclosing brackets.
    [TestCase("文号：郴政发〔2013〕2号", "郴政发〔2013〕2号")]
    [TestCase("发文字号:郴政发〔2013〕2号", "郴政发〔2013〕2号")]
    [TestCase("（郴政发〔2013〕2号）", "郴政发〔2013〕2号")]
    [TestCase("“郴政发〔2013〕2号”", "郴政发〔2013〕2号")]
    // Rare characters: extension A, B and G, the zero, and one that Unicode composes.
    [TestCase("㙦政发〔2020〕1号", "㙦政发〔2020〕1号")]
    [TestCase("𬭎政发〔2020〕1号", "𬭎政发〔2020〕1号")]
    [TestCase("𠮷府办函〔2020〕1号", "𠮷府办函〔2020〕1号")]
    [TestCase("\U00030000政〔2020〕1号", "\U00030000政〔2020〕1号")]
    [TestCase("\uf900政〔2020〕1号", "\u8c48政〔2020〕1号")]
    [TestCase("葛\U000E0100政〔2020〕1号", "葛政〔2020〕1号")]
    public void A_number_is_read_however_it_is_typed(string typed, string canonical)
    {
        Assert.That(IssueNumber.TryParse(typed, out var number, out var error), Is.True, error?.Message);
        Assert.That(number!.ToString(), Is.EqualTo(canonical));
        Assert.That(IssueNumber.Parse(canonical), Is.EqualTo(number));
    }

    [TestCase(null, "number.empty")]
    [TestCase("", "number.empty")]
    [TestCase(" 　\u200b", "number.empty")]
    [TestCase("文号：（）", "number.empty")]
    [TestCase("郴政发2013年2号", "number.no-year")]
    [TestCase("郴政发", "number.no-year")]
    [TestCase("湖南省人民政府令第289号", "number.no-year")]
    [TestCase("郴政发〔〕2号", "number.no-year")]
    [TestCase("郴政发〔年〕2号", "number.no-year")]
    [TestCase("郴政发〔今年〕2号", "number.no-year")]
    [TestCase("郴政发〔2013 2号", "number.no-year")]
    [TestCase("郴政发〔13〕2号", "number.year-out-of-range")]
    [TestCase("郴政发〔1899〕2号", "number.year-out-of-range")]
    [TestCase("郴政发〔2100〕2号", "number.year-out-of-range")]
    [TestCase("郴政发〔20133〕2号", "number.year-out-of-range")]
    [TestCase("郴政发〔99999999999999〕2号", "number.year-out-of-range")]
    [TestCase("〔2013〕2号", "number.no-code")]
    [TestCase("郴政发1〔2013〕2号", "number.bad-code")]
    [TestCase("CZF〔2013〕2号", "number.bad-code")]
    [TestCase("郴政发，〔2013〕2号", "number.bad-code")]
    [TestCase("国发〔2008〕17号、郴政发〔2013〕2号", "number.trailing")]
    [TestCase("郴号政〔2013〕2号", "number.bad-code")]
    [TestCase("郴州市人民政府关于深入推进依法行政〔2013〕2号", "number.code-too-long")]
    [TestCase("郴政发〔2013〕", "number.no-serial")]
    [TestCase("郴政发〔2013〕号", "number.no-serial")]
    [TestCase("郴政发〔2013〕第号", "number.no-serial")]
    [TestCase("郴政发〔2013〕0号", "number.serial-zero")]
    [TestCase("郴政发〔2013〕000", "number.serial-zero")]
    [TestCase("郴政发〔2013〕零号", "number.serial-zero")]
    [TestCase("郴政发〔2013〕100000号", "number.serial-too-large")]
    [TestCase("郴政发〔2013〕99999999999999999999号", "number.serial-too-large")]
    [TestCase("郴政发〔2013〕甲号", "number.bad-serial")]
    [TestCase("郴政发〔2013〕2-3号", "number.bad-serial")]
    [TestCase("郴政发〔2013〕-2号", "number.bad-serial")]
    [TestCase("郴政发〔2013〕2号文件", "number.trailing")]
    [TestCase("CZCR-2013-00002", "number.no-year")]
    public void What_is_no_number_is_refused_with_a_reason(string? typed, string code)
    {
        Assert.That(IssueNumber.TryParse(typed, out var number, out var error), Is.False);
        Assert.That(number, Is.Null);
        Assert.That(error!.Code, Is.EqualTo(code));
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error.Message, Does.Match(@"\p{IsCJKUnifiedIdeographs}"));
    }

    [Test]
    public void Half_a_character_is_refused_and_not_stored()
    {
        Assert.That(IssueNumber.TryParse("郴\ud842政〔2013〕2号", out _, out var error) ? null : error.Code, Is.EqualTo("number.bad-code"));
        Assert.That(IssueNumber.Create("郴\udc00", 2013, 1).Error?.Code, Is.EqualTo("number.bad-code"));
        Assert.That(IssueNumber.FindAll("\ud842〔2013〕2号、\udfb7政发〔2013〕2号").Select(hit => hit.Number.Code), Is.EqualTo(new[] { "政发" }));
    }

    [Test]
    public void A_pasted_page_is_refused_without_being_read() =>
        Assert.That(IssueNumber.TryParse(new string('政', 100_000), out _, out var error) ? null : error.Code, Is.EqualTo("number.too-long"));

    [Test]
    public void Parsing_what_is_none_throws_for_the_programmer() =>
        Assert.That(() => IssueNumber.Parse("郴政发"), Throws.TypeOf<FormatException>());

    [TestCase("郴政发", 2013, 0, "number.serial-zero")]
    [TestCase("郴政发", 2013, 100_000, "number.serial-too-large")]
    [TestCase("郴政发", 1899, 1, "number.year-out-of-range")]
    [TestCase("", 2013, 1, "number.no-code")]
    [TestCase("CZ", 2013, 1, "number.bad-code")]
    public void Parts_that_make_no_number_are_refused(string code, int year, int serial, string expected) =>
        Assert.That(IssueNumber.Create(code, year, serial).Error?.Code, Is.EqualTo(expected));

    // The code begins after a bracket, punctuation, a quotation mark, a blank or at the start.
    [TestCase("（国发〔2008〕17号）", "国发〔2008〕17号")]
    [TestCase("《国务院关于加强市县政府依法行政的决定》（国发〔2008〕17号）、《意见》（国发〔2010〕33号）和《纲要》，湘政发〔2012〕40号", "国发〔2008〕17号|国发〔2010〕33号|湘政发〔2012〕40号")]
    [TestCase("郴政发〔2013〕2号 关于深入推进依法行政工作的意见", "郴政发〔2013〕2号")]
    [TestCase("# 郴政发〔2013〕2号", "郴政发〔2013〕2号")]
    [TestCase("各县市区：\n郴政发 [2013] 第 002 号\n", "郴政发〔2013〕2号")]
    [TestCase("（中发〔2015〕36 号）要求", "中发〔2015〕36号")]
    [TestCase("2012年豫政办〔2012〕78号", "豫政办〔2012〕78号")]
    // Words of the sentence stay out of the code.
    [TestCase("行政执法部门要根据豫政办〔2012〕78号文件和市政府", "豫政办〔2012〕78号")]
    [TestCase("要把豫政办〔2012〕78号文件作为", "豫政办〔2012〕78号")]
    [TestCase("关于贯彻豫政办〔2012〕78号文件推进服务型", "豫政办〔2012〕78号")]
    [TestCase("贯彻落实中发〔2015〕36号文件精神", "中发〔2015〕36号")]
    [TestCase("省政府规定和豫政办〔2012〕78号", "豫政办〔2012〕78号")]
    [TestCase("豫政〔2008〕7号和豫政办〔2012〕78号", "豫政〔2008〕7号|豫政办〔2012〕78号")]
    [TestCase("郴政发〔2013〕2号郴政办发〔2013〕3号", "郴政发〔2013〕2号|郴政办发〔2013〕3号")]
    // But a code that has such a word in it keeps it.
    [TestCase("（豫依法行政领办〔2013〕1号）", "豫依法行政领办〔2013〕1号")]
    [TestCase("（湘推进办发〔2016〕3号）", "湘推进办发〔2016〕3号")]
    [TestCase("（和政〔2012〕5号）", "和政〔2012〕5号")]
    [TestCase("（𬭎政发〔2020〕1号）", "𬭎政发〔2020〕1号")]
    // No number.
    [TestCase("（2013年4月2日）", "")]
    [TestCase("〔2013〕2号", "")]
    [TestCase("郴政发〔2013〕2", "")]
    [TestCase("郴政发〔2013〕0号", "")]
    [TestCase("湘公网安备：43100202000023号", "")]
    [TestCase("统一登记号：CZCR-2013-00002", "")]
    [TestCase("郴州市人民政府办公室副主任工作会议纪要〔2013〕2号", "")]
    [TestCase("", "")]
    public void Numbers_are_read_out_of_running_text(string text, string expected)
    {
        var found = IssueNumber.FindAll(text).ToList();
        Assert.That(string.Join('|', found.Select(hit => hit.Number)), Is.EqualTo(expected));
        Assert.That(found.Select(hit => IssueNumber.Parse(text.Substring(hit.Start, hit.Length))), Is.EqualTo(found.Select(hit => hit.Number)));
    }

    private static Gen<string> Codes() => Gen.Elements("郴", "政", "府", "办", "发", "函", "令", "规", "字", "㙦", "𬭎", "𠮷", "〇")
        .ListOf().Where(parts => parts.Count is >= 1 and <= 14).Select(string.Concat);

    [Test]
    public void A_number_round_trips_through_every_way_of_typing_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from code in Codes()
         from year in Gen.Choose(1900, 2099)
         from serial in Gen.Choose(1, 99_999)
         from brackets in Gen.Elements("〔〕", "[]", "()", "（）", "【】", "［］", "〈〉", "＜＞")
         from blank in Gen.Elements("", " ", "　", "\u00a0", "\u200b")
         from zeros in Gen.Elements("", "0", "000")
         from ordinal in Gen.Elements("", "第")
         select (Number: $"{code}〔{year}〕{serial}号", Typed: $"{code}{blank}{brackets[0]}{year}{brackets[1]}{ordinal}{blank}{zeros}{serial}{blank}号")).ToArbitrary(),
        given => IssueNumber.Parse(given.Typed).ToString() == given.Number && IssueNumber.Parse(given.Number) == IssueNumber.Parse(given.Typed)));

    [Test]
    public void Any_text_is_answered_with_a_number_or_an_error() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("郴政发〔〕[](2013)第号零一十百千万廿 　-\ud842\udfb7CZ：“”".ToCharArray())).ToArbitrary(),
        characters =>
        {
            var text = new string(characters);
            var read = IssueNumber.TryParse(text, out var number, out var error);
            var found = IssueNumber.FindAll(text).Count();
            return read == (number is not null) && read == (error is null) && found >= 0
                && (!read || IssueNumber.Parse(number!.ToString()) == number);
        }));
}
