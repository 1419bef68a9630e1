using System.Text;
using Filing.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Domain;

[TestFixture]
public sealed class CanonicalTextTests
{
    private const string Approved =
        """
        郴州市人民政府
        郴政发〔2013〕  号
        统一登记号：
        郴州市人民政府关于加强河道采砂管理的意见
        各县市区人民政府：
        　　根据《水法》（中华人民共和国主席令第74号）和湘政发〔2012〕40号文件，提出如下意见。
        　　一、采砂实行许可制度，期限为 15 日。
        　　二、本意见自2013年5月1日起施行，有效期5年。
        郴州市人民政府（盖章）
        2013年  月  日
        郴州市人民政府办公室        2013年  月  日印发
        """;

    private const string Published =
        """
        郴州市人民政府
        郴政发〔2013〕2号
        统一登记号：CZCR-2013-00002

        郴州市人民政府关于加强河道
        采砂管理的意见

        各县市区人民政府：
            根据《水法》（中华人民共和国主席令第74号）和湘政发〔2012〕40号
        文件，提出如下意见。
            一、采砂实行许可制度，期限为15
        日。
        — 1 —
            二、本意见自2013年5月1日起施行，有效期5年。

        郴州市人民政府
        2013年4月2日
        （印章）
        郴州市人民政府办公室  2013年4月2日印发
        — 2 —
        """;

    [Test]
    public void The_published_text_with_its_slots_filled_is_the_approved_body()
    {
        var comparison = CanonicalText.Matches(Approved, Published);
        Assert.That(comparison.First, Is.Null, comparison.First?.Message);
        Assert.That(comparison.Same, Is.True);
        Assert.That(comparison.Error, Is.Null);
        Assert.That(comparison.Slots, Is.EquivalentTo(new Dictionary<string, string>
        {
            [TextSlot.IssueNumber] = "郴政发〔2013〕2号",
            [TextSlot.RegistrationNumber] = "统一登记号：CZCR-2013-00002",
            [TextSlot.Date] = "2013年4月2日",
            [TextSlot.Seal] = "（印章）",
            [TextSlot.Printing] = "郴州市人民政府办公室2013年4月2日印发",
            [TextSlot.Page] = "—1—\n—2—",
        }));
        Assert.That(ContentDigest.OfText(Approved), Is.EqualTo(ContentDigest.OfText(Published)));
    }

    // One character of the body, wherever it is.
    [TestCase("期限为15", "期限为51", 5)]
    [TestCase("许可制度", "许可制", 5)]
    [TestCase("有效期5年", "有效期6年", 6)]
    [TestCase("2013年5月1日起", "2013年5月2日起", 6)]
    [TestCase("湘政发〔2012〕40号", "湘政发〔2012〕41号", 4)]
    [TestCase("第74号", "第７４号", 4)]
    [TestCase("各县市区人民政府：", "各县市区人民政府:", 3)]
    [TestCase("（印章）", "（此处盖章）", 7)]
    public void A_changed_body_is_found_and_its_paragraph_named(string from, string to, int paragraph)
    {
        var published = Published.Replace(from, to, StringComparison.Ordinal);
        Assert.That(published, Is.Not.EqualTo(Published));
        var comparison = CanonicalText.Matches(Approved, published);
        Assert.That(comparison.Same, Is.False);
        Assert.That(comparison.First!.ApprovedParagraph, Is.EqualTo(paragraph));
        Assert.That(comparison.Error!.Code, Is.EqualTo("text.differs"));
        Assert.That(comparison.Error.Message, Does.Contain($"审签文本第 {paragraph} 段"));
    }

    [Test]
    public void The_difference_shows_what_stands_on_either_side()
    {
        var first = CanonicalText.Matches("第一条 甲。\n第二条 收费十元。", "第一条 甲。\n第二条\n收费百元。").First!;
        Assert.That(first, Is.EqualTo(new BodyDifference(2, 3, "第一条甲。第二条收费十元。", "第一条甲。第二条收费百元。")));
        Assert.That(CanonicalText.Matches("甲。", "甲。乙。").First, Is.EqualTo(new BodyDifference(1, 1, "甲。", "甲。乙。")));
        Assert.That(CanonicalText.Matches("甲。", "").First, Is.EqualTo(new BodyDifference(1, 1, "甲。", "")));
        Assert.That(CanonicalText.Matches("收费𠮷元", "收费𠮸元").First!.Approved, Is.EqualTo("收费𠮷元"));
    }

    // Layout: kinds of white space, line ends, invisible characters, composition.
    [TestCase("第 一 条　总\u00a0则", "第一条总则")]
    [TestCase("第一条\r\n总则", "第一条总则")]
    [TestCase("第一条\r总\u2028则", "第一条总则")]
    [TestCase("第一\u200b条\ufeff总\u00ad则\u2060", "第一条总则")]
    [TestCase("期限为 15 日", "期限为15日")]
    [TestCase("见 GB/T   9704\t标准", "见GB/T 9704标准")]
    [TestCase("ISO 9001\nand  more", "ISO 9001 and more")]
    [TestCase("cafe\u0301", "caf\u00e9")]
    [TestCase("\uf900", "\u8c48")]
    [TestCase("葛\U000E0100城", "葛城")]
    [TestCase("𠮷 政", "𠮷政")]
    [TestCase("\n\n 　\n", "")]
    public void Layout_is_taken_away(string text, string body) => Assert.That(CanonicalText.From(text).Body, Is.EqualTo(body));

    // Width, punctuation and case are content.
    [TestCase("收费１元", "收费1元")]
    [TestCase("甲，乙", "甲,乙")]
    [TestCase("㎡", "m²")]
    [TestCase("A", "a")]
    [TestCase("10 20", "1020")]
    public void What_is_content_stays_apart(string one, string other) =>
        Assert.That(ContentDigest.OfText(one), Is.Not.EqualTo(ContentDigest.OfText(other)));

    // A slot is a line of its own, in its place.
    [TestCase("标题\n郴政发〔××××〕××号\n正文。", "标题正文。", TextSlot.IssueNumber)]
    [TestCase("标题\n文号：郴政发[2013]第2号\n正文。", "标题正文。", TextSlot.IssueNumber)]
    [TestCase("CZCR—2013—00002\n标题\n正文。", "标题正文。", TextSlot.RegistrationNumber)]
    [TestCase("正文。\n统一登记号：CZCR-2013-00002", "正文。", TextSlot.RegistrationNumber)]
    [TestCase("正文。\n郴州市人民政府\n二○一三年四月二日", "正文。郴州市人民政府", TextSlot.Date)]
    [TestCase("正文。\n郴州市人民政府\n××××年×月×日", "正文。郴州市人民政府", TextSlot.Date)]
    [TestCase("正文。\n郴州市人民政府（公章）", "正文。郴州市人民政府", TextSlot.Seal)]
    [TestCase("正文。\n（共印60份）", "正文。", TextSlot.Printing)]
    [TestCase("正文\n第 3 页 共 9 页\n续。", "正文续。", TextSlot.Page)]
    [TestCase("正文\n- 12 -\n续。", "正文续。", TextSlot.Page)]
    public void A_slot_is_taken_out_by_its_name(string text, string body, string slot)
    {
        var canonical = CanonicalText.From(text);
        Assert.That(canonical.Body, Is.EqualTo(body));
        Assert.That(canonical.Slots.Keys, Is.EqualTo(new[] { slot }));
    }

    [TestCase("现将郴政发〔2013〕2号印发你们。")]
    [TestCase("下列文件废止：\n郴政发〔2013〕2号\n郴政发〔2013〕3号")]
    [TestCase("登记号如下：\nCZCR-2013-00002\nCZCR-2013-00003")]
    [TestCase("本办法于2013年4月2日公布。")]
    [TestCase("截止日期为：\n2013年4月2日")]
    [TestCase("第3页所列项目取消")]
    [TestCase("3\n4")]
    [TestCase("关于采砂的通知2013年4月2日印发")]
    [TestCase("由单位盖章后报送")]
    public void Words_of_the_text_are_no_slot(string text) => Assert.That(CanonicalText.From(text).Slots, Is.Empty);

    [Test]
    public void Only_the_first_number_and_the_first_date_are_slots()
    {
        var canonical = CanonicalText.From("郴政发〔2013〕2号\n郴政发〔2013〕3号\n正文。\n郴州市人民政府\n2013年4月2日\n附件\n2013年4月3日");
        Assert.That(canonical.Body, Is.EqualTo("郴政发〔2013〕3号正文。郴州市人民政府附件2013年4月3日"));
        Assert.That(canonical.Paragraphs, Has.Count.EqualTo(5));
    }

    [Test]
    public void Half_a_character_does_not_stop_the_reading() =>
        Assert.That(CanonicalText.From("甲\ud842乙").Body, Is.EqualTo("甲\ufffd乙"));

    private static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements("第一条", "收费", "10", "元", "。", "，", "（", "）", "GB/T", "9704", "\n", "\r\n", " ", "　", "\u200b", "𠮷", "e\u0301", "—", "- 3 -", "\n— 3 —\n",
            "\n郴政发〔2013〕2号\n", "\n2013年4月2日\n", "郴州市人民政府", "（盖章）", "印发", "年", "月", "日", "号", "〔", "〕", "CZCR-2013-00002", "统一登记号：", "か", "\u3099", "\ud842"))
        .ListOf().Select(string.Concat);

    [Test]
    public void Canonical_text_is_its_own_canonical_text() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(
        Texts().ToArbitrary(),
        text =>
        {
            var once = CanonicalText.From(text);
            var twice = CanonicalText.From(once.Body);
            return twice.Body == once.Body && twice.Digest == once.Digest && twice.Slots.Count == 0 && CanonicalText.Matches(text, text).Same;
        }));

    [Test]
    public void Blanks_beside_Chinese_never_change_the_digest() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements("第", "一", "条", "收", "费", "，", "。", "10", "𠮷", "（", "）").ListOf().ToArbitrary(),
        Gen.Elements(" ", "　", "\u00a0", "\u200b", "\r\n", "\n\n", "\t").ToArbitrary(),
        (parts, blank) =>
        {
            var chinese = parts.Where((part, index) => part != "10" || index == 0 || parts[index - 1] != "10").ToList();
            return chinese.Count == 0 || ContentDigest.OfText("甲" + string.Concat(chinese)) == ContentDigest.OfText("甲" + blank + string.Join(blank, chinese) + blank);
        }));

    [Test]
    public void Any_changed_character_changes_the_digest_and_is_found_where_it_is() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 199).ToArbitrary(), Gen.Choose(0, 199).ToArbitrary(),
        (length, place) =>
        {
            var text = new StringBuilder();
            for (var index = 0; index <= length; index++)
                text.Append((char)('一' + index)).Append(index % 7 == 6 ? "。\n" : "");
            var approved = text.ToString();
            var at = place % approved.Length;
            if (approved[at] is '\n')
                return true;
            text[at] = '变';
            var paragraph = approved[..at].Count(c => c == '\n') + 1;
            var first = CanonicalText.Matches(approved, text.ToString()).First;
            return first is not null && first.ApprovedParagraph == paragraph && first.PublishedParagraph == paragraph
                && ContentDigest.OfText(approved) != ContentDigest.OfText(text.ToString());
        }));

    [Test]
    public void A_digest_is_written_and_read_back()
    {
        var digest = ContentDigest.OfBytes("abc"u8);
        Assert.That(digest.ToString(), Is.EqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        Assert.That(digest.Brief, Is.EqualTo("ba78…15ad"));
        Assert.That(ContentDigest.Parse(digest.ToString()), Is.EqualTo(digest));
        Assert.That(ContentDigest.Parse(digest.Hex.ToUpperInvariant()), Is.EqualTo(digest));
        Assert.That(ContentDigest.OfText("abc"), Is.EqualTo(digest));
        Assert.That(CanonicalText.From("abc").Digest, Is.EqualTo(digest.ToString()));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("sha256:ba78")]
    [TestCase("md5:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("sha256:za7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void What_is_no_digest_is_refused(string? text) =>
        Assert.That(ContentDigest.TryParse(text, out _, out var error) ? null : error.Code, Is.EqualTo("digest.format"));
}
