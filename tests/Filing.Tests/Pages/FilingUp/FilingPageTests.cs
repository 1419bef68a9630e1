using DocumentFormat.OpenXml.Packaging;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Tests.Support;

namespace Filing.Tests.Pages.FilingUp;

/// <summary>统一公布、报送备案、接收备案、补正备案材料、报备台账.</summary>
[TestFixture]
internal sealed class FilingPageTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;
    private Desk _desk = null!;

    [TearDown]
    public async Task Close() => await _desk.DisposeAsync();

    private string Page(string end) => $"/documents/{_journey.Document}/{end}";

    private async Task<Browser> ReadyAsync(Func<TestRegister, Task<Journey>> prepare, string login)
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await prepare(_register);
        _desk = await Desk.OpenAsync(_register);
        return await _desk.As(login);
    }

    [TestCase("publish")]
    [TestCase("file-up")]
    [TestCase("supplement-filing")]
    [TestCase("receive-filing")]
    [TestCase("papers/filing-report")]
    public async Task Who_may_not_see_the_document_sees_no_page_and_what_is_not_due_has_no_form(string end)
    {
        var publisher = await ReadyAsync(r => Issuing.RegisteredAsync(r), "publisher");
        Assert.That((await (await _desk.As("administrator")).GetAsync(Page(end))).Status, Is.EqualTo(403));
        Assert.That((await (await _desk.As("drafter-finance")).GetAsync(Page(end))).Status, Is.EqualTo(404));
        var shown = await publisher.GetAsync(Page(end));
        Assert.That(shown.Document.QuerySelector("form.step"), Is.Null);
        Assert.That(shown.Text, end.StartsWith("papers", StringComparison.Ordinal) ? Does.Contain("尚未公布，不能出具备案报告") : Does.Contain("目前不在"));
    }

    [Test]
    public async Task The_publisher_sees_dates_term_and_deadlines_before_publishing()
    {
        var publisher = await ReadyAsync(r => Issuing.NumberedAsync(r), "publisher");
        var page = await publisher.GetAsync(Page("publish"));
        Assert.That(page.Value("Appearances[0].On"), Is.EqualTo("2013-03-23"));
        Assert.That((await publisher.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请选择有效期。"]));
        Assert.That((await publisher.PressAsync(page, "下一步：核对", ("Term", "Rule"), ("Appearances[0].On", ""), ("Appearances[1].On", "2013-03-23"))).Errors.Single(), Does.Contain("须在“政府门户网站”公布"));
        Assert.That((await publisher.PressAsync(page, "下一步：核对", ("Term", "Years"))).Errors.Single(), Does.Contain("有效期请只选一种"));
        Assert.That((await publisher.PressAsync(page, "下一步：核对", ("Term", "Rule"), ("Text", Journey.Text + "\n第三条 另加。"))).Errors, Has.Count.EqualTo(1));
        var long500 = new string('长', 501);
        Assert.That((await publisher.PressAsync(page, "下一步：核对", ("Term", "Rule"), ("Appearances[0].Place", long500))).Errors, Is.EqualTo(["网址或者期号不能超过 500 字。"]));

        var check = await publisher.PressAsync(page, "下一步：核对", ("Term", "Years"), ("TermLength", "3"), ("Appearances[0].Place", "https://www.example.test/1"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(check.Of(".effects"), Does.Contain("请注意 施行日期距公布为当日，不足 30 日"));
            Assert.That(check.Of(".effects"), Does.Contain("有效期").And.Contain("至2016年3月23日（含当日）"));
            Assert.That(check.Of(".effects"), Does.Contain("期限起算 报送备案：2013年4月7日").And.Contain("自3月24日起第15日"));
        }

        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Publication"), Is.Zero);
        Assert.That((await publisher.PressAsync(check, "确认：统一公布")).Of(".notice"), Is.EqualTo("已公布（2013年3月23日），2013年3月23日起施行，有效期至2016年3月23日。"));
        Assert.That(await _register.Scalar<string>("SELECT Place FROM Publication"), Is.EqualTo("https://www.example.test/1"));
        Assert.That(await _journey.TasksAsync(), Has.Member("file-up"));
    }

    [Test]
    public async Task What_the_text_says_of_its_force_and_term_is_proposed()
    {
        var publisher = await ReadyAsync(
            async r =>
            {
                var journey = await Journey.SubmittedAsync(r, "郴州市房屋租赁管理办法", "第一条 为了规范房屋租赁，制定本办法。\n第二条 本办法自公布之日起30日后施行，有效期5年。");
                await journey.DraftAsync();
                await journey.PassAsync();
                await journey.DecideAsync();
                await journey.SignAsync();
                await journey.SignAsync();
                await r.RegisterAsync(journey);
                await r.As("registrar").Send(new Filing.Features.Registration.AssignNumber(journey.Document, Issuing.IssueNumber));
                return journey;
            },
            "publisher");
        var page = await publisher.GetAsync(Page("publish"));
        Assert.That((page.Value("InForceOn"), page.Value("TermLength"), page.Of(".clauses")), Is.EqualTo(("2013-04-23", "5", page.Of(".clauses"))));
        Assert.That(page.Document.QuerySelector("input[name=Term][checked]")?.GetAttribute("value"), Is.EqualTo("Years"));
        Assert.That(page.Of(".clauses"), Does.Contain("30日后施行").And.Contain("有效期5年"));
    }

    [Test]
    public async Task The_filer_learns_what_is_missing_files_late_and_prints_the_report()
    {
        var filer = await ReadyAsync(r => Issuing.PublishedAsync(r), "filer");
        var page = await filer.GetAsync(Page("file-up"));
        Assert.That(page.Text, Does.Contain("还缺少：制定依据").And.Contain("湖南省人民政府").And.Contain("报送备案：2013年4月7日"));
        Assert.That((await filer.PressAsync(page, "下一步：核对")).Errors.Single(), Does.Contain("备案材料不齐，缺少：制定依据"));
        await _register.AddBasisAsync(_journey.Document);
        Assert.That((await filer.PressAsync(page, "下一步：核对", ("On", "2013-03-01"))).Errors.Single(), Does.Contain("早于公布日期"));
        Assert.That((await filer.PressAsync(page, "下一步：核对", ("On", "2099-01-01"))).Errors.Single(), Does.Contain("2099"));
        var check = await filer.PressAsync(page, "下一步：核对", ("ReportNumber", "郴府文备字〔2013〕2号"));
        Assert.That(check.Of(".effects"), Does.Contain("按时报备").And.Contain("下一步 接收备案"));
        Assert.That((await filer.PressAsync(check, "确认：报送备案")).Of(".notice"), Does.Contain("已向湖南省人民政府报送备案（2013年3月23日，按时）"));
        Assert.That(await _register.Scalar<string>("SELECT State FROM FilingCase"), Is.EqualTo("sent"));

        var report = await filer.GetAsync(Page("papers/filing-report"));
        Assert.That(report.Of(".official .issue"), Does.Contain("郴府文备字〔2013〕2号"));
        var answer = await filer.RawAsync(Page("papers/filing-report.docx"));
        Assert.That(answer.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo("关于报请备案《郴州市城镇房屋租赁管理办法》的报告.docx"));
        Assert.That(answer.Content.Headers.ContentDisposition.DispositionType, Is.EqualTo("attachment"));
        using var file = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), false);
        Assert.That(file.MainDocumentPart!.Document.Body!.InnerText, Does.Contain("湖南省人民政府："));
        Assert.That((await filer.GetAsync(Page("papers/unknown"))).Status, Is.EqualTo(404));
        Assert.That((int)(await filer.RawAsync(Page("papers/filing-report?what=1"))).StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task The_filing_authority_holds_the_filer_supplements_and_it_is_registered()
    {
        var receiver = await ReadyAsync(r => Issuing.FiledAsync(r), "receiver-province");
        var page = await receiver.GetAsync(Page("receive-filing"));
        Assert.That(page.Text, Does.Contain("按时").And.Contain("依据.pdf").And.Contain(new string('a', 64)));
        Assert.That((await receiver.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请选择登记、暂缓登记还是不予登记。"]));
        Assert.That((await receiver.PressAsync(page, "下一步：核对", ("Outcome", "Held"))).Errors, Is.EqualTo(["请写明缺少或者不符合要求的材料。"]));
        Assert.That((await receiver.PressAsync(page, "下一步：核对", ("Outcome", "Refused"), ("Note", "不属于"))).Errors, Is.EqualTo(["请选择不予登记的种类。"]));
        Assert.That((await receiver.PressAsync(page, "下一步：核对", ("Outcome", "Held"), ("Note", new string('缺', 10_000)))).Errors, Is.EqualTo(["说明不能超过 2000 字。"]));
        var check = await receiver.PressAsync(page, "下一步：核对", ("Outcome", "Held"), ("Note", "缺制定依据全文"));
        Assert.That(check.Text, Does.Contain("下一步 补正备案材料"));
        await receiver.PressAsync(check, "确认：接收备案");
        Assert.That(await _register.Scalar<string>("SELECT State FROM FilingCase"), Is.EqualTo("held"));

        var filer = await _desk.As("filer");
        Assert.That((await filer.GetAsync("/filings?state=Held")).Of("tbody tr"), Does.Contain("缺制定依据全文").And.Contain("补正"));
        page = await filer.GetAsync(Page("supplement-filing"));
        Assert.That(page.Text, Does.Contain("缺制定依据全文")
            .And.Contain("补正备案材料"));
        Assert.That((await filer.PressAsync(page, "下一步：核对")).Errors, Is.EqualTo(["请写明补正的内容。"]));
        check = await filer.PressAsync(page, "下一步：核对", ("Note", "已补全文"));
        Assert.That((await filer.PressAsync(check, "确认：补正备案材料")).Of(".notice"), Does.Contain("已补正并重新报送"));

        page = await receiver.GetAsync(Page("receive-filing"));
        Assert.That(page.Text, Does.Contain("首次收到").And.Contain("已补正，待接收"));
        check = await receiver.PressAsync(page, "下一步：核对", ("Outcome", "Registered"));
        Assert.That(check.Text, Does.Contain("湖南省人民政府备登〔2013〕1号"));
        Assert.That((await receiver.PressAsync(check, "确认：接收备案")).Of(".notice"), Does.Contain("备登〔2013〕1号"));
        Assert.That(await _register.Scalar<string>("SELECT Stage FROM Document"), Is.EqualTo("filing-registered"));
    }

    [Test]
    public async Task Each_figure_leads_to_its_rows()
    {
        var filer = await ReadyAsync(r => Issuing.PublishedAsync(r), "filer");
        await EachFigureAsync(filer, "/filings", "待报备 1");
        Assert.That((await filer.GetAsync("/filings")).Of("tbody a.btn"), Is.EqualTo("报送"));
        await EachFigureAsync(await _desk.As("receiver-province"), "/filings/received", "待报备 1");
        Assert.That((await (await _desk.As("receiver-province")).GetAsync("/filings")).Document.QuerySelectorAll("tbody tr"), Is.Empty);
        Assert.That((await filer.GetAsync("/filings/received")).Document.QuerySelectorAll("tbody tr"), Is.Empty);

        await _register.AddBasisAsync(_journey.Document);
        await _register.As("filer").Send(new FileUp(_journey.Document));
        await EachFigureAsync(await _desk.As("receiver-province"), "/filings/received", "已报送，待接收 1");
        await _register.As("receiver-province").Send(new ReceiveFiling(_journey.Document, FilingAnswer.Refused, Ground: FilingRefusal.NotOurs, Note: "应报郴州市"));
        await EachFigureAsync(filer, "/filings", "不予登记 1");
        Assert.That((await filer.GetAsync("/filings?year=2012")).Of(".empty"), Is.EqualTo("没有这样的备案件。"));
    }

    [Test]
    public async Task What_is_filed_after_the_limit_is_late_and_what_is_not_filed_is_overdue()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.PublishedAsync(_register);
        _desk = await Desk.OpenAsync(_register);
        _register.On(2013, 4, 9);
        var page = await _register.As("filer").Send(new ListFilings());
        Assert.That((page.Counts[FilingState.Overdue], page.Rows.Single().DaysLate(_register.Today)), Is.EqualTo((1, 2)));
        await _register.AddBasisAsync(_journey.Document);
        await _register.As("filer").Send(new FileUp(_journey.Document));
        var late = await _register.As("filer").Send(new ListFilings(Late: true));
        Assert.That((late.LateCount, late.Total, late.Rows.Single().State), Is.EqualTo((1, 1, "sent")));
        Assert.That((await _register.As("supervisor-province").Send(new ListFilings(FilingSide.Received, Late: true))).Total, Is.EqualTo(1));
        Assert.That((await _register.As("drafter-finance").Send(new ListFilings())).Rows, Is.Empty);
    }

    private static async Task EachFigureAsync(Browser browser, string path, string only)
    {
        var page = await browser.GetAsync(path);
        Assert.That(page.Of(".filters"), Does.Contain(only));
        foreach (var link in page.Document.QuerySelectorAll(".filters a b").Select(b => (Count: int.Parse(b.TextContent, System.Globalization.CultureInfo.InvariantCulture), To: b.ParentElement!.GetAttribute("href")!)))
        {
            var shown = await browser.GetAsync(link.To);
            Assert.That(shown.Document.QuerySelectorAll("tbody tr"), Has.Length.EqualTo(link.Count), link.To);
        }
    }
}
