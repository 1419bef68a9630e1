using System.Diagnostics;
using System.Text;
using Filing.Domain;
using Filing.Features.Drafting.Intake;
using FsCheck;
using FsCheck.Fluent;

namespace Filing.Tests.Drafting.Intake;

[TestFixture]
public sealed class DraftProposalsTests
{
    private const string Letter = """
        江门市财政局文件
        江财规〔2018〕1号
        江门市财政局关于印发江门市公物处置暂行办法的通知
        各市（区）财政局，市直各单位：
        《江门市公物处置暂行办法》已经市政府同意，现印发给你们。
        附件：1.公物处置申报表
        2.公物处置流程
        江门市财政局
        2018年5月2日
        （此件主动公开）
        江门市公物处置暂行办法
        第一条 为规范公物处置，根据《行政单位国有资产管理暂行办法》（财政部令第35号）和江府办〔2018〕7号文件，制定本办法。
        第二条 行政单位应当公开处置公物，不得低价转让。
        第三条 本办法自2018年6月1日起施行，有效期3年。
        抄送：市人大常委会办公室，市审计局。
        江门市财政局办公室 2018年5月3日印发
        """;

    private static ReadDocument Document(string text) => new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadPasted(text).Value;

    private static IReadOnlyList<DocumentProposal> Read(string text) => DraftProposals.Read(Document(text));

    private static DocumentProposal One(string text) => Read(text).Single();

    [Test]
    public void The_bases_are_those_of_the_first_article_also_where_nothing_stands_before_it() =>
        Assert.That(
            One("郴州市共享单车停放管理办法\n第一条 为了规范停放，根据《中华人民共和国道路交通安全法》《城市道路管理条例》，制定本办法。\n第二条 依照《湖南省城市综合管理条例》处理。").Cited.Select(c => (c.Value.Title, c.Value.IsBasis)),
            Is.EqualTo(new[] { ("中华人民共和国道路交通安全法", true), ("城市道路管理条例", true), ("湖南省城市综合管理条例", false) }));

    [Test]
    public void An_ordinary_letter_gives_all_its_values()
    {
        var paper = One(Letter);
        Assert.Multiple(() =>
        {
            Assert.That(paper.Title!.Value, Is.EqualTo("关于印发江门市公物处置暂行办法的通知"));
            Assert.That(paper.Enclosed!.Place, Is.EqualTo(new TextPlace(11, 0, 11, "江门市公物处置暂行办法")));
            Assert.That(paper.Number!.Value.ToString(), Is.EqualTo("江财规〔2018〕1号"));
            Assert.That((paper.Kind!.Value, paper.Issuance!.Value), Is.EqualTo((PaperKind.Department, PaperIssuance.Sole)));
            Assert.That(paper.Bodies.Select(body => (body.Value, body.Sureness)), Is.EqualTo(new[] { (new BodyName("江门市财政局", IssuerKind.Department), Sureness.Certain) }));
            Assert.That(paper.Dates.Select(date => (date.Value.Kind, date.Value.Date)), Is.EqualTo(new[]
            {
                (PaperDateKind.Signing, new DateOnly(2018, 5, 2)), (PaperDateKind.InForce, new DateOnly(2018, 6, 1)), (PaperDateKind.Printed, new DateOnly(2018, 5, 3)),
            }));
            Assert.That(paper.Terms.Select(term => term.Value), Is.EqualTo(new[]
            {
                new TermClause(TermClauseKind.Trial, null, null), new TermClause(TermClauseKind.FromDate, null, new DateOnly(2018, 6, 1)), new TermClause(TermClauseKind.Years, 3, null),
            }));
            Assert.That(paper.Receivers.Select(part => part.Value), Is.EqualTo(new[] { "各市（区）财政局", "市直各单位" }));
            Assert.That(paper.Copies.Select(part => part.Value), Is.EqualTo(new[] { "市人大常委会办公室", "市审计局" }));
            Assert.That(paper.Attachments.Select(part => part.Value), Is.EqualTo(new[] { "公物处置申报表", "公物处置流程" }));
            Assert.That(paper.Disclosure!.Value, Is.EqualTo("此件主动公开"));
            Assert.That(paper.PrintingBody!.Value, Is.EqualTo("江门市财政局办公室"));
            Assert.That(paper.Cited.Select(cited => cited.Value), Is.EqualTo(new[]
            {
                new CitedDocument("行政单位国有资产管理暂行办法", null, "财政部令第35号", true), new CitedDocument(null, IssueNumber.Parse("江府办〔2018〕7号"), null, true),
            }));
            Assert.That(paper.Missing.Select(missing => missing.Field), Is.EqualTo(new[] { "publishedOn", "registrationNumber" }));
            Assert.That(paper.Findings, Is.Empty);
            Assert.That(paper.Scope.Remark, Does.Contain("2 处"));
        });
        Places.AssertTrue(Document(Letter), [paper]);
    }

    [Test]
    public void The_same_letter_from_a_Word_file_gives_the_same_values()
    {
        var file = Packages.Docx(string.Concat(Letter.Split('\n').Select(line => Packages.P(line.Trim()))));
        var document = new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(new MemoryStream(file), "a.docx", CancellationToken.None).GetAwaiter().GetResult().Value;
        var paper = DraftProposals.Read(document).Single();
        var pasted = One(Letter);
        Assert.That((paper.FullTitle, paper.Number!.Value, paper.Cited.Count, paper.DateOf(PaperDateKind.Signing)), Is.EqualTo((pasted.FullTitle, pasted.Number!.Value, pasted.Cited.Count, pasted.DateOf(PaperDateKind.Signing))));
    }

    // Titles in the shapes in which they are typed.
    [TestCase("关于加强备案工作的通知\n各区县人民政府：\n现通知如下，请认真执行。", "关于加强备案工作的通知", "关于加强备案工作的通知")]
    [TestCase("# 郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下。", "关于加强备案工作的通知", "郴州市人民政府关于加强备案工作的通知")]
    [TestCase("**郴州市人民政府**\n**关于加强备案\n工作的通知**\n各区县人民政府：\n现通知如下。", "关于加强备案工作的通知", "郴州市人民政府关于加强备案工作的通知")]
    [TestCase("关于印发郴州市备案工作方案\n的通知\n各区县人民政府：\n现通知如下。", "关于印发郴州市备案工作方案的通知", "关于印发郴州市备案工作方案的通知")]
    [TestCase("郴州市备案管理暂行办法（送审稿）\n第一条 为了加强备案，制定本办法。", "郴州市备案管理暂行办法（送审稿）", "郴州市备案管理暂行办法（送审稿）")]
    [TestCase("关于加强备案工作的意见（郴政发〔2013〕2号）\n各区县人民政府：\n现通知如下。", "关于加强备案工作的意见", "关于加强备案工作的意见")]
    public void A_title_is_found_over_lines_and_marks(string text, string title, string full)
    {
        var paper = One(text);
        Assert.That((paper.Title?.Value, paper.FullTitle), Is.EqualTo((title, full)));
    }

    [TestCase("现将有关事项通知如下，请遵照执行。")]
    [TestCase("一二三\n四五六")]
    [TestCase("关于")]
    [TestCase("关于我们")]
    public void A_text_without_a_title_asks_for_one(string text)
    {
        var paper = One(text);
        Assert.Multiple(() =>
        {
            Assert.That(paper.Title, Is.Null);
            Assert.That(paper.Missing.Select(missing => missing.Field), Does.Contain("title").And.Contain("bodies").And.Contain("number"));
        });
    }

    [TestCase("□□□\n---\n\n")]
    [TestCase("\uE003")]
    public void A_page_of_debris_holds_no_paper(string text) => Assert.That(Read(text), Is.Empty);

    // Numbers as they are typed.
    [TestCase("郴政发[2013]002号", "郴政发〔2013〕2号", true)]
    [TestCase("(郴政发〔2013〕2号)", "郴政发〔2013〕2号", false)]
    [TestCase("郴政发〔2013〕2号　　签发人：张三", "郴政发〔2013〕2号", false)]
    [TestCase("郴政发（2013）第2号", "郴政发〔2013〕2号", true)]
    public void A_number_is_read_and_an_irregular_writing_is_noted(string line, string number, bool irregular)
    {
        var paper = One(line + "\n郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下。");
        Assert.Multiple(() =>
        {
            Assert.That(paper.Number?.Value.ToString(), Is.EqualTo(number));
            Assert.That(paper.Findings.Select(finding => finding.Code), irregular ? Does.Contain("NUMBER_FORM") : Is.Empty);
        });
    }

    [TestCase("统一登记号：CZCR—2013—00002", "CZCR-2013-00002", Sureness.Certain)]
    [TestCase("CZCR-2013-00002", "CZCR-2013-00002", Sureness.Certain)]
    [TestCase("统一登记号：待定", "待定", Sureness.Guess)]
    public void A_registration_number_is_read_from_the_catalogue_or_the_head(string line, string number, Sureness sureness)
    {
        var found = One(line + "\n郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下。").OtherNumbers.Single();
        Assert.That((found.Value, found.Sureness), Is.EqualTo((new OtherNumber(OtherNumberKind.Registration, number), sureness)));
    }

    [Test]
    public void Fields_beside_each_other_and_in_cells_are_parted() =>
        Assert.That(
            One("索引号：4310/2013-1 发布日期：2013-04-02\n文　　号\t郴政发〔2013〕2号\n郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下。").Fields.Select(field => (field.Label, field.Value)),
            Is.EqualTo(new[] { ("索引号", "4310/2013-1"), ("发布日期", "2013-04-02"), ("文号", "郴政发〔2013〕2号") }));

    // Contradictions.
    [TestCase("公布日期：2013-03-01", "DATE_ORDER")]
    [TestCase("施行日期：2013-03-25", "DATE_ORDER")]
    [TestCase("登记日期：2013-03-25", "DATE_ORDER")]
    [TestCase("登记日期：2013-04-02", "REGISTERED_AFTER_SIGNED")]
    [TestCase("签署日期：2013-03-27", "META_CONFLICT")]
    [TestCase("文号：郴政发〔2013〕3号", "META_CONFLICT")]
    [TestCase("文号：", "META_GAP")]
    [TestCase("签署日期：", "META_GAP")]
    [TestCase("统一登记号：", "META_GAP")]
    [TestCase("索引号：43060000/2015-293448", "INDEX_YEAR")]
    [TestCase("公布日期：2013-04-02", null)]
    [TestCase("登记日期：2013-03-26", null)]
    [TestCase("索引号：431000/2013-00001", null)]
    public void A_catalogue_is_measured_against_the_paper(string field, string? code)
    {
        var paper = One(field + "\n郴政发〔2013〕2号\n郴州市人民政府\n关于加强备案工作的通知\n各区县人民政府：\n现通知如下，请遵照执行。\n郴州市人民政府\n2013年3月26日");
        Assert.That(paper.Findings.Select(finding => finding.Code), code is null ? Is.Empty : Is.EqualTo(new[] { code }));
    }

    [Test]
    public void A_number_of_another_year_than_the_signature_is_a_contradiction() =>
        Assert.That(One("郴政发〔2012〕2号\n郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下，请遵照执行。\n2013年3月26日").Findings.Select(finding => finding.Code), Is.EqualTo(new[] { "NUMBER_YEAR" }));

    [Test]
    public void An_index_number_of_another_region_than_the_site_is_shown() =>
        Assert.That(One("索引号：43060000/2013-1\n郴政发〔2013〕2号\n郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下，请遵照执行。\n网站标识码：4310000046").Findings.Select(finding => finding.Code), Is.EqualTo(new[] { "INDEX_REGION" }));

    // Terms: clauses of the paper itself, and clauses that speak of others.
    [TestCase("本办法自印发之日起施行。", "FromIssue")]
    [TestCase("本通知自公布之日起三十日后施行。", "DaysAfterIssue 30")]
    [TestCase("本意见自发布之日起30日后实施。", "DaysAfterIssue 30")]
    [TestCase("自2018年6月1日起施行。", "FromDate 2018-06-01")]
    [TestCase("本《办法》自二○一八年六月一日起施行，有效期五年。", "FromDate 2018-06-01, Years 5")]
    [TestCase("本办法自2018年6月1日起正式实施，有效期至2023年5月31日止。", "FromDate 2018-06-01, UntilDate 2023-05-31")]
    [TestCase("本规定长期有效。", "LongTerm")]
    [TestCase("部门的实施方案，自印发之日起20日内，向领导小组办公室提交。", "")]
    [TestCase("规范性文件的有效期为5年。", "")]
    [TestCase("《河南省行政执法责任追究试行办法》施行以来，效果良好。", "")]
    public void Force_and_validity_are_read_only_where_the_paper_speaks_of_itself(string sentence, string expected)
    {
        var terms = One("郴州市人民政府关于加强备案工作的通知\n各区县人民政府：\n现通知如下，请遵照执行。\n" + sentence).Terms;
        Assert.That(string.Join(", ", terms.Select(term => $"{term.Value.Kind} {term.Value.Number}{term.Value.Date:yyyy-MM-dd}".TrimEnd())), Is.EqualTo(expected));
    }

    // Organs.
    [TestCase("郴州市人民政府", IssuerKind.Government)]
    [TestCase("河南省人民政府办公厅", IssuerKind.GovernmentOffice)]
    [TestCase("江门市发展和改革局", IssuerKind.Department)]
    [TestCase("古荥镇人民政府", IssuerKind.Township)]
    [TestCase("郑州市惠济区长兴路街道办事处", IssuerKind.Township)]
    [TestCase("中共长沙市委", IssuerKind.PartyOrgan)]
    [TestCase("长沙市委办公厅", IssuerKind.PartyOrgan)]
    [TestCase("中共郴州市委宣传部", IssuerKind.PartyOrgan)]
    [TestCase("郴州市发展和改革委员会", IssuerKind.Department)]
    [TestCase("河南省全面推进依法行政工作领导小组办公室", IssuerKind.LeadingGroupOffice)]
    [TestCase("河南省高级人民法院", IssuerKind.Other)]
    public void An_organ_is_told_by_its_name(string name, IssuerKind kind)
    {
        var paper = One(name + "\n关于加强备案工作的通知\n各有关单位：\n现通知如下，请遵照执行。");
        Assert.That(paper.Bodies.Select(body => body.Value), Is.EqualTo(new[] { new BodyName(name, kind) }));
    }

    [TestCase("中共长沙市委长沙市人民政府")]
    [TestCase("中共长沙市委　长沙市人民政府")]
    [TestCase("中共长沙市委\n长沙市人民政府")]
    public void Two_organs_are_parted_with_and_without_a_gap(string names)
    {
        var paper = One(names + "\n关于加强备案工作的通知\n各有关单位：\n现通知如下，请遵照执行。");
        Assert.Multiple(() =>
        {
            Assert.That(paper.Bodies.Select(body => body.Value.Name), Is.EqualTo(new[] { "中共长沙市委", "长沙市人民政府" }));
            Assert.That(paper.Scope.Value, Is.EqualTo(PaperScope.OutsideRegister));
        });
    }

    [Test]
    public void Departments_that_issue_together_are_one_joint_paper_and_the_first_leads()
    {
        var paper = One("江财规〔2018〕2号\n江门市财政局\n江门市审计局\n江门市教育局\n关于加强备案工作的通知\n各有关单位：\n现通知如下，请遵照执行。\n江门市财政局　江门市审计局\n江门市教育局\n2018年5月2日");
        Assert.Multiple(() =>
        {
            Assert.That((paper.Issuance!.Value, paper.Kind!.Value), Is.EqualTo((PaperIssuance.Joint, PaperKind.Department)));
            Assert.That(paper.Issuance.Remark, Does.Contain("江门市财政局"));
            Assert.That(paper.Bodies, Has.Count.EqualTo(3));
            Assert.That(paper.Signature, Has.Count.EqualTo(3));
        });
    }

    // The exclusion list.
    [TestCase("关于印发2016年工作要点的通知", PaperScope.Excluded)]
    [TestCase("关于印发全市备案工作安排的通知", PaperScope.Excluded)]
    [TestCase("关于张三等同志职务任免的通知", PaperScope.Excluded)]
    [TestCase("关于表彰先进单位的决定", PaperScope.Excluded)]
    [TestCase("关于调整机构编制的批复", PaperScope.Excluded)]
    [TestCase("关于报送工作总结的函", PaperScope.Excluded)]
    [TestCase("关于印发郴州市突发事件应急预案的通知", PaperScope.Excluded)]
    [TestCase("关于印发郴州市停车管理办法的通知", PaperScope.Candidate)]
    [TestCase("关于应急预案管理的若干规定", PaperScope.Candidate)]
    [TestCase("关于加强工作方案审查的意见", PaperScope.Candidate)]
    public void The_title_tells_what_the_rules_except(string title, PaperScope scope)
    {
        var proposal = One("郴州市人民政府" + title + "\n各有关单位：\n现通知如下，请遵照执行。").Scope;
        Assert.Multiple(() =>
        {
            Assert.That(proposal.Value, Is.EqualTo(scope));
            Assert.That(proposal.Remark, Is.Not.Empty);
            Assert.That(proposal.Sureness, Is.Not.EqualTo(Sureness.Certain));
        });
    }

    // Pages with several papers.

    [Test]
    public void A_list_of_links_below_a_paper_makes_no_papers() =>
        Assert.That(Read(Letter + "\n相关文件\n关于甲的通知 2018-01-01\n关于乙事项的通知\n关于丙事项的通知\n"), Has.Count.EqualTo(1));

    [Test]
    public void Two_letters_on_a_page_are_two_papers()
    {
        var papers = Read(Letter + "\n\n" + Letter.Replace("1号", "2号", StringComparison.Ordinal));
        Assert.That(papers.Select(paper => (paper.Number!.Value.Serial, paper.FirstLine, paper.LastLine)), Is.EqualTo(new[] { (1, 1, 17), (2, 18, 33) }));
    }

    [TestCase("目录\n1.郴州市人民政府关于加强甲事项的通知\n2.郴州市人民政府关于加强乙事项的通知\n\n")]
    [TestCase("目　录\n郴州市人民政府关于加强甲事项的通知……1\n郴州市人民政府关于加强乙事项的通知……3\n\n")]
    [TestCase("目次\n郴州市人民政府关于加强甲事项的通知\n郴州市人民政府关于加强乙事项的通知\n\n")]
    public void A_table_of_contents_is_no_paper(string contents)
    {
        const string first = "郴州市人民政府关于加强甲事项的通知\n各有关单位：\n现通知如下，请遵照执行。\n2013年3月26日\n\n";
        var papers = Read(contents + first + first.Replace('甲', '乙'));
        Assert.That(papers.Select(paper => paper.Title!.Value), Is.EqualTo(new[] { "关于加强甲事项的通知", "关于加强乙事项的通知" }));
    }

    [Test]
    public void The_date_of_a_newspaper_is_no_publication()
    {
        var paper = One("来源:长沙晚报 2016-04-07 09:57:03\n中共长沙市委\n关于加强备案工作的通知\n各有关单位：\n现通知如下，请遵照执行。");
        Assert.That(paper.Dates.Select(date => date.Value), Is.EqualTo(new[] { new PaperDate(PaperDateKind.Page, new DateOnly(2016, 4, 7)) }));
    }

    [Test]
    public void Dates_in_the_running_text_are_unclear_and_no_more_than_a_guess()
    {
        var date = One("郴州市人民政府关于加强备案工作的通知\n各有关单位：\n请于2012年11月30日前报送。").Dates.Single();
        Assert.That((date.Value.Kind, date.Sureness), Is.EqualTo((PaperDateKind.Unclear, Sureness.Guess)));
    }

    [Test]
    public void A_short_name_and_the_own_title_are_no_cited_documents() =>
        Assert.That(
            One("关于加强备案工作的意见\n各有关单位：\n根据《国务院关于加强法治政府建设的意见》（国发〔2010〕33号，以下简称《意见》）和国务院《关于加强法治政府建设的意见》，落实《意见》，印发《关于加强备案工作的意见》。").Cited.Select(cited => cited.Value.Title),
            Is.EqualTo(new[] { "国务院关于加强法治政府建设的意见" }));

    // Anything at all.

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Any_text_has_an_answer_and_true_places() => Prop.ForAll(Papers(), text =>
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        var document = Document(text);
        Places.AssertTrue(document, DraftProposals.Read(document));
        _ = Outline.Of(text);
    });

    /// <summary>Pieces of papers, shuffled, between arbitrary strings: what an arbitrary string alone would hardly ever hit.</summary>
    private static Arbitrary<string> Papers()
    {
        var piece = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
            Gen.Elements(
                "关于", "印发", "《", "》", "（", "）", "的通知", "意见", "办法", "郴州市人民政府", "中共长沙市委", "文件", "郴政发〔2013〕2号", "〔", "〕", "号", "2013年3月26日",
                "二○一二年六月十四日", "印发", "抄送：", "附件：1.", "各市：", "目录", "1.", "一、", "（一）", "第一条", "本办法自", "起施行", "有效期", "网站标识码：4310000046", "索引号：",
                "文号：", "登记日期：", "□", "# ", "---", "\t", " ", "　", "。", "，", "：", "\u202E", "😀", "\uD83D", "\uE003", "CZCR-2013-00002", "根据"),
            Gen.Constant("\n"));
        return Gen.ArrayOf(piece).Select(string.Concat).ToArbitrary();
    }

    private static IEnumerable<TestCaseData> Hostile()
    {
        string Repeat(string text, int length) => new StringBuilder(length + text.Length).Insert(0, text, (length / text.Length) + 1).ToString(0, length);
        const int size = 300_000;
        foreach (var text in new[]
        {
            "关于", "《", "《》", "（", "（）", "第", "一", "1", "本", "本工作", "自", "号", "〔2013〕", "郴政发〔2013〕2号", "2013年3月26日", "《意见》（国发〔2010〕33号）", "市", "委", " ", "\t", "，", "：", "□", "#",
            "\n", "关于意见\n", "郴州市人民政府\n", "郴州市人民政府关于甲的通知\n各市：\n现通知如下，请遵照执行。\n", "郴政发〔2013〕2号\n", "2013年3月26日\n", "目录\n", "1.关于甲的通知\n", "文号：\n", "附件：\n",
            "抄送：甲，\n", "本办法自2013年3月26日起施行。\n", "根据《甲乙丙丁》，", "网站标识码：4310000046\n索引号：4306/2015-1\n", "CZCR-2013-00002\n", "（一）", "一、\n", "印发《关于\n",
        })
            yield return new TestCaseData(Repeat(text, size)).SetArgDisplayNames(text.ReplaceLineEndings("⏎"));
    }

    [TestCaseSource(nameof(Hostile))]
    public void A_text_made_to_be_slow_is_read_quickly(string text)
    {
        var document = Document(text + "末");
        var clock = Stopwatch.StartNew();
        var papers = DraftProposals.Read(document);
        _ = Outline.Of(document.Lines);
        // Linear takes a second at most; quadratic would take minutes. The room is for a busy machine.
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        Places.AssertTrue(document, papers.Take(20));
    }

    [Test]
    public void A_title_of_ten_thousand_characters_is_no_title_but_an_answer()
    {
        var paper = One("关于" + new string('加', 10_000) + "的通知\n各有关单位：\n现通知如下，请遵照执行。");
        Assert.That(paper.Title, Is.Null);
    }
}
