using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.LegalityReview;
using Filing.Papers;
using Filing.Tests.Support;

namespace Filing.Tests.LegalityReview;

/// <summary>What the review is called.</summary>
[TestFixture]
internal sealed class ReviewWordTests
{
    // 国办发〔2018〕115号 is of 4 December 2018
    [TestCase("2013-03-08", "合法性审查")]
    [TestCase("2018-12-03", "合法性审查")]
    [TestCase("2018-12-04", "合法性审核")]
    [TestCase("2026-02-14", "合法性审核")]
    public void The_review_is_called_as_it_was_on_the_day(string day, string name) => Assert.That(ReviewWords.ReviewOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(name));
}

/// <summary>合法性审查意见书 and what the pages of the legal office read.</summary>
[TestFixture]
internal sealed class OpinionTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task OpenAsync(int year)
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(year, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)));
        _journey = await Journey.ToReviewAsync(_register);
    }

    private static string Words(OfficialPaper paper) => string.Join('\n', paper.Body.Select(b => b switch
    {
        PaperParagraph p => p.Text,
        PaperHeading h => h.Text,
        PaperTable t => string.Join('\n', t.Rows.Select(r => string.Join('|', r))),
        PaperForm f => string.Join('\n', f.Rows.SelectMany(r => r.Fields).Select(x => $"{x.Label}：{x.Text}")),
        _ => "",
    }));

    [Test]
    public async Task The_opinion_has_the_office_the_drafter_the_aspects_the_findings_and_the_conclusion()
    {
        await OpenAsync(2013);
        await _journey.AskToAmendAsync(Journey.Fee, Journey.Wording);
        var paper = await _register.As("drafter").Send(new PrintLegalityOpinion(_journey.Document));
        Assert.That((paper.Letterhead, paper.Receivers, paper.Signature!.On), Is.EqualTo(("郴州市人民政府法制办公室", "郴州市住房和城乡建设局", _register.Today)));
        Assert.That(paper.Title, Is.EqualTo("关于《郴州市城镇房屋租赁管理办法》的\n合法性审查意见书"));
        var words = Words(paper);
        Assert.That(words, Does.Contain("我办于").And.Contain("一、审查结论").And.Contain("修改后合法。请逐条修改并书面答复"));
        Assert.That(words, Does.Contain("主体|合法|").And.Contain("第二条涉及设定“收费”（见第1条意见）").And.Contain("未发现设定许可、处罚、强制、违法增加义务的内容"));
        Assert.That(words, Does.Contain("1.第二条（内容，必须修改）：").And.Contain("2.第一条（形式，建议）："));
    }

    [Test]
    public async Task After_the_reform_the_justice_bureau_gives_it_and_an_older_opinion_keeps_its_office()
    {
        await OpenAsync(2018);
        await _register.Operator.Send(new EstablishBody("CZ-SFJ", "郴州市司法局", BodyKind.LegalOffice, new(2019, 3, 1), World.City));
        await _register.Operator.Send(new GivePost("reviewer", "CZ-SFJ", Role.Reviewer, new(2019, 3, 1)));
        await _journey.PassAsync();
        _register.On(2019, 4, 1);
        await _register.Operator.Send(new DissolveBody(World.CityLegal, new(2019, 2, 28), "CZ-SFJ"));
        var old = await _register.As("drafter").Send(new PrintLegalityOpinion(_journey.Document));
        Assert.That((old.Letterhead, old.Title.Contains("合法性审查意见书", StringComparison.Ordinal)), Is.EqualTo(("郴州市人民政府法制办公室", true)));
        var later = await Journey.ToReviewAsync(_register);
        await later.PassAsync();
        var paper = await _register.As("drafter").Send(new PrintLegalityOpinion(later.Document));
        Assert.That((paper.Letterhead, paper.Title.Contains("合法性审核意见书", StringComparison.Ordinal)), Is.EqualTo(("郴州市司法局", true)));
        Assert.That(Words(paper), Does.Contain("我局于").And.Contain("一、审核结论"));
    }

    [Test]
    public async Task There_is_no_paper_before_the_opinion_is_given_nor_for_strangers()
    {
        await OpenAsync(2013);
        var drafter = _register.As("drafter");
        Assert.That((await drafter.Try(new PrintLegalityOpinion(_journey.Document))).Error?.Code, Is.EqualTo("opinion.not-concluded"));
        await _journey.PassAsync();
        Assert.That((await drafter.Try(new PrintLegalityOpinion(_journey.Document, 2))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await drafter.Try(new PrintOpinionAdoption(_journey.Document))).Error?.Code, Is.EqualTo("opinion.not-answered"));
        Assert.That((await _register.As("drafter-finance").Try(new PrintLegalityOpinion(_journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task Two_versions_of_a_text_are_compared_by_whoever_sees_the_document()
    {
        await OpenAsync(2013);
        await _journey.AskToAmendAsync(Journey.Fee);
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        var changes = await _register.As("reviewer").Send(new ReadTextChanges(_journey.Document, 1));
        Assert.That((changes.From.No, changes.To.No, changes.Diff.Changed, changes.Diff.Added, changes.Diff.Removed), Is.EqualTo((1, 2, 1, 0, 0)));
        Assert.That((await _register.As("reviewer").Send(new ReadTextChanges(_journey.Document, 2, 2))).Diff.Same, Is.True);
        Assert.That((await _register.As("reviewer").Try(new ReadTextChanges(_journey.Document, 1, 9))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.As("drafter-finance").Try(new ReadTextChanges(_journey.Document, 1))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.As("auditor").Try(new ReadTextChanges(_journey.Document, 1))).Error?.Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task The_materials_are_held_against_the_rule()
    {
        await OpenAsync(2013);
        var sheet = await _register.As("reviewer").Send(new ReadAcceptance(_journey.Document));
        Assert.That(sheet.Items.Select(i => i.Kind), Is.EqualTo(["text", "explanation", "basis", "consultation", "department-opinion"]));
        Assert.That(sheet.Items.All(i => i.Found.Count > 0), Is.True);
        Assert.That((sheet.Confidence, sheet.Rounds), Is.EqualTo((Confidence.Assumed, 0)));
        Assert.That((await _register.As("drafter-finance").Try(new ReadAcceptance(_journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }
}
