using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Filing.Domain;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Features.Registration;
using Filing.Papers;
using Filing.Tests.Support;

namespace Filing.Tests.Papers;

/// <summary>备案报告、统一登记表、登记簿.</summary>
[TestFixture]
internal sealed class DocumentPaperTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(Issuing.Start);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    [TestCase("administrator", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Who_may_not_see_the_document_gets_no_paper_of_it(string login, string code)
    {
        var journey = await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As(login).Try(new PrintFilingReport(journey.Document))).Error?.Code, Is.EqualTo(code));
        Assert.That((await _register.As(login).Try(new PrintRegistrationForm(journey.Document))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task There_is_no_filing_report_before_publication()
    {
        var journey = await Issuing.NumberedAsync(_register);
        Assert.That((await _register.As("filer").Try(new PrintFilingReport(journey.Document))).Error?.Code, Is.EqualTo("filing.not-published"));
    }

    [Test]
    public async Task The_filing_report_of_a_published_document_is_a_draft_with_room_for_its_number_and_date()
    {
        var journey = await PublishedAsync();
        var paper = await _register.As("filer").Send(new PrintFilingReport(journey.Document));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((paper.Letterhead, paper.Upward, paper.Number, paper.Signer), Is.EqualTo(("郴州市人民政府", true, "", (string?)null)));
            Assert.That(paper.Title, Is.EqualTo("关于报请备案《郴州市城镇房屋租赁管理办法》的报告"));
            Assert.That(paper.Receivers, Is.EqualTo("湖南省人民政府"));
            Assert.That(((PaperParagraph)paper.Body[0]).Text, Is.EqualTo("根据郴政发〔2013〕2号第十四项，现将2013年4月2日公布的《郴州市城镇房屋租赁管理办法》（郴政发〔2013〕2号，统一登记号CZCR-2013-00001）报请备案。"));
            Assert.That(paper.Attachments, Is.EqualTo(["正式文本（电子文本）", "起草说明", "制定依据", "合法性审查意见书"]));
            Assert.That((paper.Signature!.Bodies[0], paper.Signature.On), Is.EqualTo(("郴州市人民政府", (DateOnly?)null)));
        }
    }

    [Test]
    public async Task The_filing_report_that_was_sent_bears_its_number_and_day()
    {
        var journey = await PublishedAsync();
        await _register.AddBasisAsync(journey.Document);
        _register.On(2013, 4, 12);
        await _register.As("filer").Send(new FileUp(journey.Document, "郴府文备字〔2013〕2号"));
        var paper = await _register.As("receiver-province").Send(new PrintFilingReport(journey.Document));
        Assert.That((paper.Number, paper.Signature!.Date), Is.EqualTo(("郴府文备字〔2013〕2号", "2013年4月12日")));
    }

    [Test]
    public async Task What_the_filing_authority_said_last_is_its_answer()
    {
        var journey = await PublishedAsync();
        await _register.AddBasisAsync(journey.Document);
        _register.On(2013, 4, 12);
        await _register.As("filer").Send(new FileUp(journey.Document, "郴府文备字〔2013〕2号"));
        Assert.That((await _register.As("filer").Try(new PrintFilingAnswer(journey.Document))).Error?.Code, Is.EqualTo("filing.unanswered"));

        _register.On(2013, 4, 15);
        await _register.As("receiver-province").Send(new ReceiveFiling(journey.Document, FilingAnswer.Held, Note: "缺少制定说明"));
        var held = await _register.As("filer").Send(new PrintFilingAnswer(journey.Document));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Title, Is.EqualTo("关于补正《郴州市城镇房屋租赁管理办法》备案材料的通知"));
            Assert.That((held.Receivers, held.Signature!.Bodies[0], held.Signature.Date), Is.EqualTo(("郴州市人民政府", "湖南省人民政府", "2013年4月15日")));
            Assert.That(Texts(held), Is.EqualTo(new[]
            {
                "2013年4月12日以郴府文备字〔2013〕2号报送备案的《郴州市城镇房屋租赁管理办法》（郴政发〔2013〕2号）收悉。", "经审查，暂缓备案登记。", "需要补正的内容：缺少制定说明", "请于2013年5月2日前（含当日）补正，补正后重新报送。",
            }));
        }

        await _register.As("filer").Send(new SupplementFiling(journey.Document, "已补制定说明"));
        Assert.That((await _register.As("filer").Send(new PrintFilingAnswer(journey.Document))).Title, Is.EqualTo(held.Title), "until it is answered again");
        _register.On(2013, 4, 18);
        var receipt = (await _register.As("receiver-province").Send(new ReceiveFiling(journey.Document, FilingAnswer.Registered, ReceiptNumber: "湘府备〔2013〕7号"))).ReceiptNumber;
        var registered = await _register.As("filer").Send(new PrintFilingAnswer(journey.Document));
        Assert.That((registered.Title, Texts(registered)[1]), Is.EqualTo(("规范性文件备案登记回执", $"经审查，报送的材料齐全、格式符合要求，2013年4月18日予以备案登记，备案登记号为{receipt}。")));

        static string[] Texts(OfficialPaper paper) => [.. paper.Body.Cast<PaperParagraph>().Select(p => p.Text)];
    }

    [Test]
    public async Task A_rule_that_is_only_borrowed_is_no_ground_of_a_report()
    {
        await using var elsewhere = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(root => root["limits"]!["filing-to-superior"]!["confidence"] = "N"));
        var journey = await Issuing.PublishedAsync(elsewhere);
        var paper = await elsewhere.As("filer").Send(new PrintFilingReport(journey.Document));
        Assert.That(((PaperParagraph)paper.Body[0]).Text, Does.StartWith("根据（依据名称、条款），现将"));
    }

    [Test]
    public async Task A_title_within_a_title_is_bracketed_singly()
    {
        var journey = await Journey.SubmittedAsync(_register, "郴州市人民政府关于修改《房屋租赁管理办法》的决定", Journey.Text);
        await journey.DraftAsync();
        await journey.PassAsync();
        await journey.DecideAsync();
        await journey.SignAsync();
        await journey.SignAsync();
        await _register.RegisterAsync(journey);
        await _register.As("registrar").Send(new AssignNumber(journey.Document, Issuing.IssueNumber));
        await _register.PublishAsync(journey);
        Assert.That((await _register.As("filer").Send(new PrintFilingReport(journey.Document))).Title, Is.EqualTo("关于报请备案《郴州市人民政府关于修改〈房屋租赁管理办法〉的决定》的报告"));
    }

    [Test]
    public async Task The_registration_form_is_filled_from_the_register()
    {
        var journey = await PublishedAsync();
        var paper = await _register.As("registrar").Send(new PrintRegistrationForm(journey.Document));
        var fields = ((PaperForm)paper.Body[0]).Rows.SelectMany(r => r.Fields).ToDictionary(f => f.Label, f => f.Text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(paper.FileName, Is.EqualTo("规范性文件统一登记表（CZCR-2013-00001）"));
            Assert.That(fields["发文字号"], Is.EqualTo(Issuing.IssueNumber));
            Assert.That(fields["公布日期"], Is.EqualTo("2013年4月2日"));
            Assert.That(fields["签发"], Does.Contain("分管副市长").Or.Contain("signer-deputy"));
            Assert.That(fields["有效期"], Does.Contain("2018年4月2日"));
            Assert.That(fields["登记机关意见"], Is.Null);
            Assert.That(paper.Proof, Does.Contain(CanonicalText.From(Journey.Text).Digest.ToString()));
        }
    }

    [Test]
    public async Task Each_paper_in_the_catalogue_is_a_query_of_one_document_and_its_file_is_valid()
    {
        var journey = await PublishedAsync();
        foreach (var info in PaperCatalogue.All)
        {
            var query = PaperCatalogue.Ask(info, journey.Document, []);
            Assert.That(query, Is.Not.Null, info.Name);
            if (!(await _register.As("registrar").Try(query!)).TryGet(out var paper, out _)) continue;
            using var file = WordprocessingDocument.Open(new MemoryStream(DocxWriter.Write(paper)), false);
            Assert.That(new OpenXmlValidator(FileFormatVersions.Office2013).Validate(file).Select(f => f.Description), Is.Empty, info.Name);
        }
    }

    [TestCase("what", "x")]
    [TestCase("documentId", "no-id")]
    public async Task An_address_with_an_unknown_member_asks_nothing(string name, string value)
    {
        var journey = await Journey.SubmittedAsync(_register);
        Assert.That(PaperCatalogue.Ask(PaperCatalogue.Find("filing-report")!, journey.Document, [KeyValuePair.Create(name, (string?)value)]), Is.Null);
    }

    [Test]
    public async Task A_printed_page_of_the_register_bears_the_digest_of_its_lines()
    {
        var journey = await PublishedAsync();
        var paper = await _register.As("registrar").Send(new PrintRegister(new ReadRegister(Year: 2013)));
        var expected = ContentDigest.OfBytes(Encoding.UTF8.GetBytes(
            $"CZCR-2013-00001\t{Issuing.IssueNumber}\t郴州市城镇房屋租赁管理办法\t郴州市人民政府\t2013-03-23\t2013-03-23\t2013-04-02\t2013-04-02\t2018-04-02\tin-force\t\n"));
        Assert.That(paper.Proof, Does.Contain("本页 1 条，合计 1 条").And.EndWith(expected.ToString()));
        Assert.That(((PaperTable)paper.Body[1]).Rows.Single()[3], Is.EqualTo("郴州市城镇房屋租赁管理办法"));
        Assert.That(((PaperParagraph)paper.Body[0]).Text, Is.EqualTo("2013年登记"));
        Assert.That(journey.Document, Is.Not.EqualTo(Guid.Empty));
    }

    [Test]
    public async Task Two_pages_that_differ_in_one_day_differ_in_their_digest()
    {
        await PublishedAsync();
        var lines = (await _register.As("registrar").Send(new ReadRegister())).Lines;
        Assert.That(RegisterDigest.Of([lines[0] with { Published = lines[0].Published!.Value.AddDays(1) }]), Is.Not.EqualTo(RegisterDigest.Of(lines)));
    }

    private async Task<Journey> PublishedAsync()
    {
        var journey = await Issuing.NumberedAsync(_register);
        _register.On(2013, 4, 2);
        await _register.PublishAsync(journey);
        return journey;
    }
}
