using Filing.Features.Drafting.Intake;

namespace Filing.Tests.Drafting.Intake;

[TestFixture]
public sealed class OutlineTests
{
    // A part of each way of numbering, and what only looks like one.
    [TestCase("第一条 为了加强备案，制定本办法。", "第一条", OutlineLevel.Article)]
    [TestCase("第二十一条　本办法自公布之日起施行。", "第二十一条", OutlineLevel.Article)]
    [TestCase("第12条 备案", "第12条", OutlineLevel.Article)]
    [TestCase("第一章 总则", "第一章", OutlineLevel.Chapter)]
    [TestCase("第二节 程序", "第二节", OutlineLevel.Section)]
    [TestCase("第三编 附则", "第三编", OutlineLevel.Book)]
    [TestCase("## 一、指导思想", "一、", OutlineLevel.First)]
    [TestCase("## **七、强化监督**", "七、", OutlineLevel.First)]
    [TestCase("（三）备案", "（三）", OutlineLevel.Second)]
    [TestCase("(十四) 备案", "(十四)", OutlineLevel.Second)]
    [TestCase("1. 备案", "1.", OutlineLevel.Third)]
    [TestCase("41.备案", "41.", OutlineLevel.Third)]
    [TestCase("2、备案", "2、", OutlineLevel.Third)]
    [TestCase("（2）备案", "（2）", OutlineLevel.Fourth)]
    [TestCase("③备案", "③", OutlineLevel.Fifth)]
    [TestCase("第三条第二款规定的情形", null, default(OutlineLevel))]
    [TestCase("第三条的规定", null, default(OutlineLevel))]
    [TestCase("1.5倍", null, default(OutlineLevel))]
    [TestCase("2013.4.2", null, default(OutlineLevel))]
    [TestCase("2013年4月2日起", null, default(OutlineLevel))]
    [TestCase("一是加强备案", null, default(OutlineLevel))]
    [TestCase("（以下简称《意见》）", null, default(OutlineLevel))]
    [TestCase("第一", null, default(OutlineLevel))]
    public void A_label_is_told_from_what_only_looks_like_one(string line, string? label, OutlineLevel level)
    {
        var parts = Outline.Of(line);
        Assert.That(parts.Select(part => (part.Label, part.Level)), label is null ? Is.Empty : Is.EqualTo(new[] { (label, level) }));
    }

    [Test]
    public void Addresses_lead_from_the_outside_in_and_are_unique()
    {
        var parts = Outline.Of("前言\n一、目标\n（一）甲。正文\n续行\n1.子\n（二）乙\n二、要求\n（一）丙\n（一）丁");
        Assert.Multiple(() =>
        {
            Assert.That(parts.Select(part => part.Address), Is.EqualTo(new[] { "一、", "一、/（一）", "一、/（一）/1.", "一、/（二）", "二、", "二、/（一）", "二、/（一）#2" }));
            Assert.That(parts[1], Is.EqualTo(new OutlinePart("一、/（一）", OutlineLevel.Second, 1, "（一）", "甲", 3, "甲。正文\n续行")));
        });
    }

    [Test]
    public void Articles_under_chapters_carry_their_paragraphs_and_stop_at_the_signature()
    {
        var parts = Outline.Of("第一章 总则\n第一条 甲。\n第二款。\n第二章 附则\n第二条 乙。\n\n郴州市人民政府\n2013年3月26日\n抄送：各区。\n打印");
        Assert.That(parts.Select(part => (part.Address, part.Text)), Is.EqualTo(new[]
        {
            ("第一章", "总则"), ("第一章/第一条", "甲。\n第二款。"), ("第二章", "附则"), ("第二章/第二条", "乙。"),
        }));
    }

    [TestCase("严格依法履行职责。市、县市区行政机关要依照法定权限履行职责。", "严格依法履行职责")]
    [TestCase("监督", "监督")]
    [TestCase("各市（区）人民政府和各行政机关应当编制本单位年度重大行政事项目录，并在门户网站向社会公开，供公众查阅。", "")]
    public void A_heading_is_the_short_beginning(string text, string heading) =>
        Assert.That(Outline.Of("一、" + text).Single().Heading, Is.EqualTo(heading));

    [TestCase("")]
    [TestCase("没有编号的文字")]
    public void A_text_without_numbers_has_no_parts(string text) => Assert.That(Outline.Of(text), Is.Empty);

    [Test]
    public void The_lines_are_those_of_the_text() =>
        Assert.That(Outline.Of("题目\r\n\r\n一、甲\r\n二、乙").Select(part => part.Line), Is.EqualTo(new[] { 3, 4 }));
}
