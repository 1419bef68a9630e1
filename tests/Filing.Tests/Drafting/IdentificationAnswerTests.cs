using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Papers;
using Filing.Tests.Support;

namespace Filing.Tests.Drafting;

/// <summary>认定答复, as it is printed.</summary>
[TestFixture]
internal sealed class IdentificationAnswerTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)));

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private static string Words(OfficialPaper paper) => string.Join('\n', paper.Body.Cast<PaperParagraph>().Select(p => p.Text));

    [TestCase(IdentificationOutcome.Normative, null, "该文件属于规范性文件。", "未经合法性审查，不得提请集体讨论决定")]
    [TestCase(IdentificationOutcome.NotNormative, "会议纪要", "该文件不属于规范性文件，属于会议纪要。", "请按一般公文办理")]
    [TestCase(IdentificationOutcome.OtherChannel, null, "由其他渠道办理", "送主管机关办理")]
    public async Task The_answer_says_what_it_is_why_and_what_follows(IdentificationOutcome outcome, string? ground, string finding, string follows)
    {
        var journey = await Journey.SubmittedAsync(_register, "关于印发《租赁办法》的通知", Journey.Text);
        _register.On(2013, 3, 5);
        await _register.As("reviewer").Send(new IdentifyDocument(journey.Document, outcome, "第一点。\n第二点。", ground));
        var paper = await _register.As("drafter").Send(new PrintIdentificationAnswer(journey.Document));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((paper.Letterhead, paper.Receivers, paper.Signature!.Date), Is.EqualTo(("郴州市人民政府法制办公室", "郴州市住房和城乡建设局", "2013年3月5日")));
            Assert.That(paper.Title, Is.EqualTo("关于《关于印发〈租赁办法〉的通知》\n是否属于规范性文件的答复"));
            Assert.That(Words(paper), Does.Contain("2013年3月1日送审").And.Contain(finding).And.Contain("理由：第一点。\n第二点。").And.Contain(follows));
            Assert.That(Words(paper), Does.Not.Contain("依据："), "a list that is only a neighbour's is no ground of an official paper");
            Assert.That(DocxWriter.Write(paper), Is.Not.Empty);
        }
    }

    [Test]
    public async Task There_is_no_answer_before_the_identification_nor_for_strangers()
    {
        var journey = await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As("drafter").Try(new PrintIdentificationAnswer(journey.Document))).Error?.Code, Is.EqualTo("identification.none"));
        Assert.That((await _register.As("drafter-finance").Try(new PrintIdentificationAnswer(journey.Document))).Error?.Kind, Is.EqualTo(ErrorKind.NotFound));
    }

    [Test]
    public async Task The_office_reads_what_was_said_with_the_submission()
    {
        var submitted = await _register.As("drafter").Send(new SubmitDraft("关于租赁的通知", DocumentKind.Government, World.Housing, World.City, Journey.Text, true, Reason: "市政府交办"));
        var sheet = await _register.As("reviewer").Send(new ReadDraftSheet(submitted.DocumentId));
        Assert.That((sheet.Submission.By, sheet.Submission.Note, sheet.Identification), Is.EqualTo(("drafter", "市政府交办", (IdentificationView?)null)));
    }
}
