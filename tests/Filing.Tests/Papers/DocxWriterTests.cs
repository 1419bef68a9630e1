using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Filing.Papers;

namespace Filing.Tests.Papers;

[TestFixture]
internal sealed class DocxWriterTests
{
    private static readonly OfficialPaper Report = new()
    {
        FileName = "关于报请备案《关于深入推进依法行政工作的意见》的报告",
        Letterhead = "郴州市人民政府",
        Number = "郴府文备字〔2013〕2号",
        Upward = true,
        Signer = "张三",
        Title = "关于报请备案《关于深入推进依法行政\n工作的意见》的报告",
        Receivers = "湖南省人民政府",
        Body = [new PaperParagraph("现将该文件报请备案。"), new PaperHeading("一、制定经过"), new PaperHeading("（一）审查", 2), new PaperParagraph("此页无正文", false, true)],
        Attachments = ["正式文本（电子文本）", "起草说明"],
        Signature = new(["郴州市人民政府", "郴州市人民政府办公室"], new DateOnly(2013, 4, 19)),
        Note = "联系人：李四　电话：0735-1234567",
        Imprint = new("省司法厅", "郴州市人民政府办公室", new DateOnly(2013, 4, 19)),
    };

    private static readonly OfficialPaper Form = new()
    {
        FileName = "登记簿",
        Title = "登记簿",
        Wide = true,
        Body =
        [
            new PaperForm([new PaperFormRow(new PaperField("标题", "甲\n乙", 3)), new PaperFormRow(new PaperField("起", "1"), new PaperField("止", null))]),
            new PaperTable([new PaperColumn("序号", 10, true), new PaperColumn("标题", 90)], [["1", "甲"], ["2", null]], 10.5),
        ],
    };

    [Test]
    public void A_red_headed_paper_and_a_form_are_valid_word_files([Values] bool form)
    {
        using var file = Open(form ? Form : Report);
        var faults = new OpenXmlValidator(FileFormatVersions.Office2013).Validate(file).Select(f => $"{f.Path?.XPath}: {f.Description}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void The_sheet_is_A4_with_the_margins_of_the_standard()
    {
        using var file = Open(Report);
        var section = Body(file).GetFirstChild<SectionProperties>()!;
        var (size, margin) = (section.GetFirstChild<PageSize>()!, section.GetFirstChild<PageMargin>()!);
        Assert.That((size.Width!.Value, size.Height!.Value), Is.EqualTo((11906u, 16838u)));
        // 37, 35, 28 and 26 mm in twentieths of a point.
        Assert.That((margin.Top!.Value, margin.Bottom!.Value, margin.Left!.Value, margin.Right!.Value), Is.EqualTo((2098, 1984, 1587u, 1474u)));
    }

    [Test]
    public void Everything_stands_in_the_order_of_the_standard()
    {
        using var file = Open(Report);
        Assert.That(Body(file).Descendants<Paragraph>().Select(p => p.InnerText).Where(t => t.Length > 0), Is.EqualTo(
        [
            "郴州市人民政府", "　郴府文备字〔2013〕2号签发人：张三　", "关于报请备案《关于深入推进依法行政", "工作的意见》的报告", "湖南省人民政府：", "现将该文件报请备案。", "一、制定经过", "（一）审查", "此页无正文",
            "附件：1．正式文本（电子文本）", "2．起草说明", "郴州市人民政府", "郴州市人民政府办公室", "2013年4月19日", "（联系人：李四　电话：0735-1234567）", "　抄送：省司法厅。", "　郴州市人民政府办公室", "2013年4月19日印发　",
        ]));
    }

    [Test]
    public void A_line_is_on_the_pitch_and_the_red_line_stands_under_the_number()
    {
        using var file = Open(Report);
        var styles = file.MainDocumentPart!.StyleDefinitionsPart!.Styles!;
        Assert.That(styles.DocDefaults!.ParagraphPropertiesDefault!.Descendants<SpacingBetweenLines>().Single().Line!.Value, Is.EqualTo("579"));
        Assert.That(Body(file).Descendants<BottomBorder>().First().Color!.Value, Is.EqualTo("E60012"));
    }

    [Test]
    public void A_paper_without_number_or_date_leaves_room_for_them()
    {
        using var file = Open(Report with { Number = "", Signer = null, Signature = new(["郴州市人民政府"], null) });
        Assert.That(Body(file).InnerText, Does.Contain("签发人：　　　　　").And.Contain("　　年　　月　　日"));
    }

    [Test]
    public void A_heading_row_is_repeated_on_every_sheet()
    {
        using var file = Open(Form);
        Assert.That(Body(file).Elements<Table>().Last().Elements<TableRow>().Count(r => r.Descendants<TableHeader>().Any()), Is.EqualTo(1));
    }

    [TestCase("甲\u0001乙", "甲乙")]
    [TestCase("甲\ud83d\ude00乙", "甲\ud83d\ude00乙")]
    [TestCase("甲\u202e乙", "甲\u202e乙")]
    public void What_a_file_cannot_hold_is_left_out(string text, string written)
    {
        using var file = Open(Form with { Title = text });
        Assert.That(Body(file).Elements<Paragraph>().First().InnerText, Is.EqualTo(written));
    }

    [TestCase("登记簿", "登记簿")]
    [TestCase("关于报请备案《郴州市城市公园管理实施细则》的报告", "关于报请备案《郴州市城市/公园管理实施细则》的报告")]
    [TestCase("郴州市人民政府关于印发郴州市城镇房屋租赁管理办法若干规定的通知", "郴州市人民政府关于印发郴州市城/镇房屋租赁管理办法若干规定的通知")]
    [TestCase("作者自己\n断的行", "作者自己/断的行")]
    public void A_long_title_is_broken_into_lines_of_like_length(string title, string lines) =>
        Assert.That(string.Join('/', (Form with { Title = title }).TitleLines), Is.EqualTo(lines));

    // An attribute cannot hold half a character, so this is no case of the table.
    [Test]
    public void Half_a_character_is_left_out() => What_a_file_cannot_hold_is_left_out($"甲{(char)0xD83D}乙", "甲乙");

    [TestCase("郴州市人民政府", 50)]
    [TestCase("郴州市人民政府办公室", 42)]
    [TestCase("郴州市住房和城乡建设局郴州市财政局文件", 28)]
    public void A_letterhead_stays_on_its_line(string head, int points) => Assert.That((Report with { Letterhead = head }).LetterheadPoints, Is.EqualTo(points));

    private static WordprocessingDocument Open(OfficialPaper paper) => WordprocessingDocument.Open(new MemoryStream(DocxWriter.Write(paper)), false);

    private static Body Body(WordprocessingDocument file) => file.MainDocumentPart!.Document.Body!;
}
