using System.Text;
using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;

namespace Filing.Tests.Drafting;

/// <summary>What people paste and upload, line by line.</summary>
[TestFixture]
internal sealed class PastingTests
{
    // one a line, with either colon
    [TestCase("市财政局：第三条建议删去收费。", "市财政局|第三条建议删去收费。|")]
    [TestCase("市财政局: 同意", "市财政局|同意|")]
    [TestCase("张三：一、同意：无修改", "张三|一、同意：无修改|")]
    // rows of a table, with a number or a date in any place
    [TestCase("市财政局\t删去收费", "市财政局|删去收费|")]
    [TestCase("1\t市财政局\t删去收费\t2026年1月5日", "市财政局|删去收费|2026-01-05")]
    [TestCase("2026-01-05\t市财政局\t删去收费", "市财政局|删去收费|2026-01-05")]
    [TestCase("3\t市财政局\t同意", "市财政局|同意|")]
    public void A_pasted_comment_is_read(string line, string read) =>
        Assert.That(PastedComments.Read(line).Value.Select(c => $"{c.Author}|{c.Text}|{c.ReceivedOn:yyyy-MM-dd}"), Is.EqualTo([read]));

    [Test]
    public void Blank_lines_are_passed_over_and_their_order_is_kept() =>
        Assert.That(PastedComments.Read("甲：一\r\n\r\n乙：二\r\n").Value.Select(c => c.Author), Is.EqualTo(["甲", "乙"]));

    [TestCase("甲：一\n没有冒号的一行", 2)]
    [TestCase("：没有提出人", 1)]
    [TestCase("甲：", 1)]
    public void A_line_that_is_no_comment_is_named(string pasted, int line)
    {
        var error = PastedComments.Read(pasted).Error!;
        Assert.That((error.Code, error.Line, error.Field), Is.EqualTo(("comments.unreadable", (int?)line, "pasted")));
    }

    [TestCase("")]
    [TestCase(" \n ")]
    [TestCase(null)]
    public void Nothing_is_asked_for(string? pasted) => Assert.That(PastedComments.Read(pasted).Error!.Code, Is.EqualTo("comments.none"));

    [TestCase("《国务院关于加强市县政府依法行政的决定》（国发〔2008〕17号）", "国务院关于加强市县政府依法行政的决定", "国发〔2008〕17号")]
    [TestCase("《中华人民共和国〈土地管理法〉实施条例》", "中华人民共和国〈土地管理法〉实施条例", null)]
    [TestCase("《商品房屋租赁管理办法》（住建部令第6号）", "商品房屋租赁管理办法", "住建部令第6号")]
    [TestCase("国发[2008]17号", null, "国发〔2008〕17号")]
    [TestCase("湖南省行政程序规定", "湖南省行政程序规定", null)]
    [TestCase("关于某事的意见（国发〔2010〕33号）", "关于某事的意见", "国发〔2010〕33号")]
    public void A_cited_paper_is_read_as_people_write_it(string line, string? title, string? number)
    {
        var paper = CitedPaper.Read(line);
        Assert.That((paper.Title, paper.Number), Is.EqualTo((title, number)));
        Assert.That(CitedPaper.Read(paper.ToString()), Is.EqualTo(paper), "and once more");
    }

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0, 0];

    private static TestCaseData[] Files =>
    [
        new TestCaseData("说明.pdf", "%PDF-1.7"u8.ToArray(), null),
        new TestCaseData("说明.DOCX", "PK\u0003\u0004"u8.ToArray(), null),
        new TestCaseData("图.png", Png, null),
        new TestCaseData("意见.txt", Encoding.UTF8.GetBytes("同意"), null),
        new TestCaseData("意见.txt", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("ok")).ToArray(), null),
        // the ending promises something else
        new TestCaseData("图.pdf", Png, "material.type-mismatch"),
        new TestCaseData("程序.txt", "MZ\0\0"u8.ToArray(), "material.type-mismatch"),
        new TestCaseData("说明.docx", "%PDF-1.7"u8.ToArray(), "material.type-mismatch"),
        // not taken at all
        new TestCaseData("程序.exe", "MZ"u8.ToArray(), "material.type"),
        new TestCaseData("页.html", "<html>"u8.ToArray(), "material.type"),
        new TestCaseData("图.svg", "<svg>"u8.ToArray(), "material.type"),
        new TestCaseData("无", "x"u8.ToArray(), "material.type"),
        new TestCaseData("宏.docm", "PK"u8.ToArray(), "material.type"),
        new TestCaseData("空.pdf", Array.Empty<byte>(), "material.empty"),
    ];

    [TestCaseSource(nameof(Files))]
    public void A_material_is_what_its_name_says(string name, byte[] head, string? refused) => Assert.That(MaterialTypes.Of(name, head).Error?.Code, Is.EqualTo(refused));

    [Test]
    public void The_furniture_of_a_web_page_is_no_part_of_the_paper()
    {
        const string page = "当前位置：首页\n索引号：4310/2026-1\n文号：\n郴政发〔2026〕9号\n郴州市人民政府\n关于加强租赁管理的通知\n各县市区人民政府：\n现通知如下：\n一、应当备案。\n----\n郴州市人民政府\n2026年3月1日\n【打印】\n湘ICP备1号";
        var read = new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadPasted(page).Value;
        var text = PaperText.Of(read, DraftProposals.Read(read).Single());
        Assert.That(text.Text, Is.EqualTo("郴政发〔2026〕9号\n郴州市人民政府\n关于加强租赁管理的通知\n各县市区人民政府：\n现通知如下：\n一、应当备案。\n郴州市人民政府\n2026年3月1日"));
        Assert.That(text.Lines, Is.EqualTo([4, 5, 6, 7, 8, 9, 11, 12]));
    }
}
