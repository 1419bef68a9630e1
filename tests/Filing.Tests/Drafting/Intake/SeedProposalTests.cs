using Filing.Domain;
using Filing.Features.Drafting.Intake;

namespace Filing.Tests.Drafting.Intake;

/// <summary>The five official pages, as they are on the web, clutter included.</summary>
[TestFixture]
public sealed class SeedProposalTests
{
    private static (PaperDateKind, string)[] Dates(DocumentProposal paper) =>
        [.. paper.Dates.Where(date => date.Value.Kind != PaperDateKind.Unclear).Select(date => (date.Value.Kind, date.Value.Date.ToString("yyyy-MM-dd", null)))];

    private static string[] Names(DocumentProposal paper) => [.. paper.Bodies.Select(body => body.Value.Name)];

    [Test]
    public void Chenzhou_the_opinion_is_read_in_spite_of_its_empty_catalogue()
    {
        var paper = Seeds.Papers("000").Single();
        Assert.Multiple(() =>
        {
            Assert.That(paper.Title!.Value, Is.EqualTo("关于深入推进依法行政工作的意见"));
            Assert.That(paper.Title.Place, Is.EqualTo(new TextPlace(35, 0, 15, "关于深入推进依法行政工作的意见")));
            Assert.That(paper.FullTitle, Is.EqualTo("郴州市人民政府关于深入推进依法行政工作的意见"));
            Assert.That(paper.Number!.Value.ToString(), Is.EqualTo("郴政发〔2013〕2号"));
            Assert.That(Names(paper), Is.EqualTo(new[] { "郴州市人民政府" }));
            Assert.That(paper.Bodies[0].Sureness, Is.EqualTo(Sureness.Certain));
            Assert.That(Dates(paper), Is.EqualTo(new[] { (PaperDateKind.Registered, "2013-04-02"), (PaperDateKind.Signing, "2013-03-26") }));
            Assert.That(paper.Receivers.Select(part => part.Value), Is.EqualTo(new[] { "各县市区人民政府", "市政府各部门、部门管理机构、直属事业单位", "中省驻郴各单位" }));
            Assert.That(paper.Cited.Where(cited => cited.Value.Number is not null).Select(cited => cited.Value.Number!.ToString()), Is.EqualTo(new[] { "国发〔2008〕17号", "国发〔2010〕33号", "湘政发〔2012〕40号" }));
            Assert.That(paper.Cited[0].Value, Is.EqualTo(new CitedDocument("国务院关于加强市县政府依法行政的决定", IssueNumber.Parse("国发〔2008〕17号"), null, true)));
            Assert.That((paper.Genre!.Value, paper.Kind!.Value, paper.Issuance!.Value), Is.EqualTo(("意见", PaperKind.Government, PaperIssuance.Sole)));
            Assert.That(paper.Disclosure!.Value, Is.EqualTo("主动公开"));
            Assert.That(paper.Scope.Value, Is.EqualTo(PaperScope.Candidate));
            Assert.That(paper.OtherNumbers.Select(number => number.Value), Is.EqualTo(new[] { new OtherNumber(OtherNumberKind.Index, "43060000/2015-293448") }));
            Assert.That(paper.Fields, Has.Count.EqualTo(12));
        });
    }

    [Test]
    public void Chenzhou_the_publication_date_is_asked_for_and_not_taken_from_the_registration()
    {
        var paper = Seeds.Papers("000").Single();
        Assert.Multiple(() =>
        {
            Assert.That(paper.DateOf(PaperDateKind.Published), Is.Null);
            Assert.That(paper.Missing.Select(missing => missing.Field), Is.EqualTo(new[] { "publishedOn", "registrationNumber", "inForceOn", "validity" }));
            Assert.That(paper.Missing[0].Message, Does.Contain("公布日期"));
        });
    }

    [Test]
    public void Chenzhou_the_contradictions_of_the_catalogue_are_shown_with_both_places()
    {
        var findings = Seeds.Papers("000").Single().Findings;
        Assert.That(findings.Select(finding => (finding.Code, finding.First.Line, finding.Second?.Line)), Is.EqualTo(new[]
        {
            ("INDEX_REGION", 7, (int?)203), ("INDEX_YEAR", 7, 31), ("META_GAP", 9, 31), ("META_GAP", 11, null),
            ("META_GAP", 19, 173), ("REGISTERED_AFTER_SIGNED", 21, 173), ("META_GAP", 23, 33),
        }));
        Assert.That(findings[0].Message, Does.Contain("430600").And.Contain("431000"));
        Assert.That(findings[1].Message, Does.Contain("2015").And.Contain("2013"));
    }

    [Test]
    public void Changsha_a_paper_of_Party_and_government_goes_through_the_other_channel()
    {
        var paper = Seeds.Papers("001").Single();
        Assert.Multiple(() =>
        {
            Assert.That(Names(paper), Is.EqualTo(new[] { "中共长沙市委", "长沙市人民政府" }));
            Assert.That(paper.Bodies.Select(body => body.Value.Kind), Is.EqualTo(new[] { IssuerKind.PartyOrgan, IssuerKind.Government }));
            Assert.That(paper.Number, Is.Null);
            Assert.That(paper.Title!.Value, Is.EqualTo("印发《关于深入推进依法行政加快建设法治政府的实施方案》的通知"));
            Assert.That(paper.Enclosed!.Value, Is.EqualTo("关于深入推进依法行政加快建设法治政府的实施方案"));
            Assert.That(Dates(paper), Is.EqualTo(new[] { (PaperDateKind.Page, "2016-04-07"), (PaperDateKind.Signing, "2016-03-25") }));
            Assert.That((paper.Kind!.Value, paper.Issuance!.Value), Is.EqualTo((PaperKind.PartyGovernmentJoint, PaperIssuance.Joint)));
            Assert.That(paper.Scope.Value, Is.EqualTo(PaperScope.OutsideRegister));
            Assert.That(paper.Scope.Remark, Does.Contain("党内规范性文件"));
            Assert.That(paper.Missing.Select(missing => missing.Field), Is.EqualTo(new[] { "number" }));
            Assert.That(paper.Receivers.Select(part => part.Value), Is.EqualTo(new[] { "各区县(市)党委和人民政府", "市直机关各单位" }));
        });
    }

    [Test]
    public void Huiji_work_points_are_on_the_exclusion_list()
    {
        var paper = Seeds.Papers("002").Single();
        Assert.Multiple(() =>
        {
            Assert.That(paper.Number!.Value.ToString(), Is.EqualTo("惠政文〔2016〕35号"));
            Assert.That(Names(paper), Is.EqualTo(new[] { "郑州市惠济区人民政府" }));
            Assert.That(paper.Title!.Value, Is.EqualTo("关于印发惠济区2016年推进依法行政建设法治政府工作要点的通知"));
            Assert.That(paper.Enclosed!.Value, Is.EqualTo("惠济区2016年推进依法行政建设法治政府工作要点"));
            Assert.That(paper.Enclosed.Place.Line, Is.EqualTo(18));
            Assert.That((paper.Scope.Value, paper.Scope.Sureness), Is.EqualTo((PaperScope.Excluded, Sureness.Likely)));
            Assert.That(paper.Scope.Remark, Does.Contain("工作要点"));
            Assert.That(Dates(paper), Is.EqualTo(new[] { (PaperDateKind.Signing, "2016-05-15"), (PaperDateKind.Printed, "2016-05-15") }));
            Assert.That(paper.PrintingBody!.Value, Is.EqualTo("郑州市惠济区人民政府办公室"));
            Assert.That(paper.Copies.Select(part => part.Value), Is.EqualTo(new[] { "区委各部门", "人大常委会办公室", "区政协办公室", "区法院", "区检察院" }));
            Assert.That(paper.Fields.Select(field => (field.Label, field.Value)), Is.EqualTo(new[] { ("主办", "区政府法制办"), ("督办", "区政府办公室"), ("抄送", "区委各部门。") }));
            Assert.That(paper.Cited.Select(cited => cited.Value.Order), Does.Contain("国务院令第492号"));
            Assert.That(paper.Findings, Is.Empty);
        });
    }

    [Test]
    public void Jiangmen_printed_before_it_was_signed_is_a_contradiction()
    {
        var paper = Seeds.Papers("003").Single();
        var finding = paper.Findings.Single();
        Assert.Multiple(() =>
        {
            Assert.That(paper.Number!.Value.ToString(), Is.EqualTo("江府办〔2018〕7号"));
            Assert.That(Dates(paper), Is.EqualTo(new[] { (PaperDateKind.Signing, "2018-04-24"), (PaperDateKind.Printed, "2018-04-16") }));
            Assert.That((finding.Code, finding.Weight, finding.First, finding.Second!.Line), Is.EqualTo(("DATE_ORDER", FindingWeight.Contradiction, new TextPlace(208, 0, 10, "2018年4月16日"), 15)));
            Assert.That(paper.Terms.Select(term => (term.Value.Kind, term.Place.Quote)), Is.EqualTo(new[] { (TermClauseKind.FromIssue, "自印发之日起施行") }));
            Assert.That((paper.Kind!.Value, paper.Issuance!.Value, paper.Bodies[0].Value), Is.EqualTo((PaperKind.Government, PaperIssuance.Sole, new BodyName("江门市人民政府办公室", IssuerKind.GovernmentOffice))));
            Assert.That(paper.Enclosed!.Value, Is.EqualTo("江门市关于加强依法行政工作的若干意见"));
            Assert.That(paper.PrintingBody!.Value, Is.EqualTo("江门市人民政府办公室秘书科"));
            Assert.That(paper.Copies, Has.Count.EqualTo(5));
            Assert.That(paper.Scope.Value, Is.EqualTo(PaperScope.Candidate));
            // A title that a page break cuts in two.
            Assert.That(paper.Cited.Select(cited => cited.Value.Title), Does.Contain("党政主要负责人履行推进法治建设第一责任人职责规定"));
        });
    }

    [Test]
    public void Zhengzhou_the_compilation_is_five_papers_and_its_contents_are_none()
    {
        var papers = Seeds.Papers("004");
        Assert.Multiple(() =>
        {
            Assert.That(papers.Select(paper => paper.Number?.Value.ToString()), Is.EqualTo(new[] { "豫政办〔2012〕78号", "豫依法行政领办〔2012〕76号", "豫依法行政领办〔2013〕1号", "郑政办〔2012〕77号", "郑政办〔2013〕39号" }));
            Assert.That(papers.Select(paper => paper.DateOf(PaperDateKind.Signing)!.Value.Date), Is.EqualTo(new DateOnly[] { new(2012, 6, 14), new(2012, 7, 18), new(2013, 4, 16), new(2012, 11, 5), new(2013, 6, 13) }));
            Assert.That(papers.Select(paper => paper.FirstLine), Is.EqualTo(new[] { 21, 54, 88, 123, 174 }));
            Assert.That(papers.Select(paper => paper.Title!.Value), Is.EqualTo(new[]
            {
                "关于推进服务型行政执法建设的意见", "关于贯彻豫政办〔2012〕78号文件推进服务型行政执法建设的通知", "关于印发2013年全省推进服务型行政执法建设工作安排的通知",
                "关于印发郑州市人民政府推进服务型行政执法建设工作实施方案的通知", "关于印发郑州市2013年推进服务型行政执法建设工作实施方案的通知",
            }));
            Assert.That(papers.Select(paper => paper.Bodies.Single().Value.Kind), Is.EqualTo(new[] { IssuerKind.GovernmentOffice, IssuerKind.LeadingGroupOffice, IssuerKind.LeadingGroupOffice, IssuerKind.GovernmentOffice, IssuerKind.GovernmentOffice }));
            Assert.That(papers.Select(paper => paper.Scope.Value), Is.EqualTo(new[] { PaperScope.Candidate, PaperScope.Candidate, PaperScope.Excluded, PaperScope.Excluded, PaperScope.Excluded }));
            Assert.That(papers.Select(paper => paper.Enclosed?.Place.Line), Is.EqualTo(new int?[] { null, null, 100, 136, 187 }));
            Assert.That(papers.Select(paper => paper.DateOf(PaperDateKind.Page)!.Value.Date), Is.All.EqualTo(new DateOnly(2013, 8, 30)));
            Assert.That(papers.SelectMany(paper => paper.Findings), Is.Empty);
        });
    }

    [TestCase("000")]
    [TestCase("001")]
    [TestCase("002")]
    [TestCase("003")]
    [TestCase("004")]
    public void Every_place_quotes_exactly_what_stands_there(string seed)
    {
        var document = Seeds.Document(seed);
        Places.AssertTrue(document, DraftProposals.Read(document));
    }

    // The last number of each way of numbering.
    [TestCase("000", 51, "十、/41.", 167, "加强对市、县市区政府依法行政工作的指导")]
    [TestCase("001", 52, "九、/43.", 129, "加强政府法制工作")]
    [TestCase("002", 39, "九、/30.", 114, "加强政府法制机构建设")]
    [TestCase("003", 65, "九、/（五十六）", 195, "")]
    public void The_outline_of_a_page_has_every_numbered_part(string seed, int parts, string last, int line, string heading)
    {
        var document = Seeds.Document(seed);
        var outline = Outline.Of(document, DraftProposals.Read(document).Single());
        Assert.Multiple(() =>
        {
            Assert.That(outline, Has.Count.EqualTo(parts));
            Assert.That((outline[^1].Address, outline[^1].Line, outline[^1].Heading), Is.EqualTo((last, line, heading)));
            Assert.That(outline.Select(part => part.Address), Is.Unique);
        });
    }

    [Test]
    public void A_paragraph_that_a_page_break_cuts_stays_with_its_part()
    {
        var document = Seeds.Document("000");
        var part = Outline.Of(document, DraftProposals.Read(document).Single()).Single(part => part.Label == "8.");
        Assert.Multiple(() =>
        {
            Assert.That(part.Heading, Is.EqualTo("严格执行重大行政决策听证制度"));
            Assert.That(part.Text, Does.EndWith("确保听证会的公信\n力。"));
        });
    }
}
