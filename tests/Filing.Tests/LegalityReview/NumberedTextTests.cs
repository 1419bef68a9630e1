using Filing.Features.LegalityReview;

namespace Filing.Tests.LegalityReview;

/// <summary>The places of a text to which findings are given.</summary>
[TestFixture]
internal sealed class NumberedTextTests
{
    // articles are known by their number in the whole text, whatever chapter they are in
    [TestCase("第一章 总则\n第一条 为了规范。\n（一）甲；\n第二章 管理\n第二条 出租人。", "第一章,第一条,第一条（一）,第二章,第二条")]
    // an opinion in sections
    [TestCase("一、目标\n1.指导思想。\n二、措施\n（一）加强。\n1.具体。", "一、,一、1,二、,二、（一）,二、（一）1")]
    // marks of a web page
    [TestCase("## 一、目标\r\n\r\n2.主要目标：", "一、,一、2")]
    [TestCase("没有编号的正文。", "")]
    public void Places_are_named_as_people_cite_them(string body, string names) =>
        Assert.That(string.Join(',', NumberedText.Of(body).Select(l => l.Place?.Name).OfType<string>()), Is.EqualTo(names));

    [Test]
    public void A_line_is_its_number_and_the_rest_and_anchors_are_unique()
    {
        var lines = NumberedText.Of("郴州市办法\n\n第一条　为了规范。\n(二) 出租人。\n第一条 又一次。");
        Assert.That(lines.Select(l => $"{l.Place?.Label}|{l.Rest}"), Is.EqualTo(["|郴州市办法", "第一条|为了规范。", "(二)|出租人。", "第一条|又一次。"]));
        Assert.That(lines.Select(l => l.Place?.Anchor).OfType<string>(), Is.Unique);
        Assert.That(lines[^1].Place!.Name, Is.EqualTo("第一条（第2处）"));
    }

    [TestCase(null)]
    [TestCase("  \n ")]
    public void Nothing_has_no_lines(string? body) => Assert.That(NumberedText.Of(body), Is.Empty);
}
