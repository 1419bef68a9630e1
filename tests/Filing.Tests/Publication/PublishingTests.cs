using Filing.Domain;
using Filing.Features.Publication;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.Publication;

[TestFixture]
internal sealed class PublishingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Number_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.NumberedAsync(_register);
        _register.On(2013, 4, 2);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Publish Command => new(_journey.Document, [Issuing.Site(_register.Today)]);

    private Task<Result<Published>> Try(Publish command) => _register.As("publisher").Try(command);

    [TestCase("registrar", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_publisher_publishes(string login, string code) =>
        Assert.That((await _register.As(login).Try(Command)).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_published_document_starts_its_limits_and_is_seen_by_the_superior()
    {
        Assert.That((await _register.As("receiver-province").Try(new ReadStatus(_journey.Document))).Error?.Code, Is.EqualTo("not-found"), "not before");
        var published = (await Try(Command with { Carriers = [Issuing.Site(new(2013, 4, 2)), new("政府公报", new(2013, 4, 1), "2013年第4期")], PrintedOn = new(2013, 3, 28) })).Value;
        Assert.That((published.On, published.InForce, published.LastValidDay), Is.EqualTo((new DateOnly(2013, 4, 2), new DateOnly(2013, 4, 2), new DateOnly(2018, 4, 2))));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["file-up"]));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Kind, ' ', LegalDate) FROM Fact WHERE Kind IN ('printed','published','in-force','term-set') ORDER BY Kind"),
            Is.EqualTo(["in-force 2013-04-02", "printed 2013-03-28", "published 2013-04-02", "term-set 2013-04-02"]));
        Assert.That(await _journey.FactsAsync(FactKind.TermSet), Is.EqualTo(["length:5y:published:same-day"]));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "filing-to-superior")).Due, Is.EqualTo(new DateOnly(2013, 4, 17)));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "validity-end")).Due, Is.EqualTo(new DateOnly(2018, 4, 2)), "it never rolls");
        Assert.That((await _register.DeadlineAsync(_journey.Document, "evaluation")).Due, Is.EqualTo(new DateOnly(2017, 9, 30)), "2 October is a holiday; 30 September 2017 was a make-up Saturday");
        Assert.That(await _register.Scalar<string>("SELECT Purpose FROM DocumentText ORDER BY No DESC"), Is.EqualTo("published"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Publication WHERE Official = 1"), Is.EqualTo(2));
        Assert.That(await _journey.EventsAsync(), Has.Member("document-published"));
        var status = await _register.As("receiver-province").Send(new ReadStatus(_journey.Document));
        Assert.That((status.Status, status.Basis.Usable), Is.EqualTo((ValidityStatus.InForce, true)));
    }

    [Test]
    public async Task The_evaluation_starts_on_the_working_day_on_or_before()
    {
        // 2018-06-30 is a Saturday; six months before 2018-12-30
        await _register.As("publisher").Send(Command with { Term = new(Until: new(2018, 12, 30)) });
        Assert.That((await _register.DeadlineAsync(_journey.Document, "validity-end")).Due, Is.EqualTo(new DateOnly(2018, 12, 30)), "a Sunday stays one");
        Assert.That((await _register.DeadlineAsync(_journey.Document, "evaluation")).Due, Is.EqualTo(new DateOnly(2018, 6, 29)));
    }

    [Test]
    public async Task Only_what_was_approved_is_published()
    {
        var refused = await Try(Command with { Text = Journey.Text.Replace("50", "500", StringComparison.Ordinal) });
        Assert.That(refused.Error?.Code, Is.EqualTo("publish.text-differs"));
        Assert.That(refused.Error!.Message, Does.Contain("500"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Publication"), Is.Zero);
    }

    [TestCase("郴政发〔2013〕2号", "CZCR-2013-00001", null)]
    [TestCase("郴政发〔2013〕3号", "CZCR-2013-00001", "publish.number-differs")]
    [TestCase("郴政发〔2013〕2号", "CZCR-2013-00002", "publish.number-differs")]
    public async Task The_office_s_output_bears_the_numbers_that_were_given(string issue, string registration, string? code)
    {
        var output = $"郴州市人民政府文件\n{issue}\n{registration}\n{Journey.Text}";
        // The head's first line is no slot and was not approved, so the body is compared without it.
        output = output[(output.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.That((await Try(Command with { Text = output })).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_file_without_its_text_cannot_be_compared()
    {
        Assert.That((await Try(Command with { MaterialId = Guid.NewGuid() })).Error?.Field, Is.EqualTo("text"));
        Assert.That((await Try(Command with { MaterialId = Guid.NewGuid(), Text = Journey.Text })).Error?.Code, Is.EqualTo("material.unknown"));
    }

    [Test]
    public async Task Carriers_are_those_of_the_profile_and_one_of_them_starts_the_clock()
    {
        Assert.That((await Try(Command with { Carriers = [] })).Error?.Field, Is.EqualTo("carriers"));
        Assert.That((await Try(Command with { Carriers = [new("政府公报", _register.Today)] })).Error?.Code, Is.EqualTo("publish.clock-carrier-missing"));
        Assert.That((await Try(Command with { Carriers = [Issuing.Site(_register.Today), new("微信群", _register.Today)] })).Error?.Code, Is.EqualTo("publish.carrier-unknown"));
        Assert.That((await Try(Command with { Carriers = [Issuing.Site(_register.Today), Issuing.Site(_register.Today)] })).Error?.Field, Is.EqualTo("carriers"));
    }

    // registered and numbered on 23 March 2013, today is 2 April
    [TestCase("2013-03-22", "date.order")]
    [TestCase("2013-03-23", null)]
    [TestCase("2013-04-03", "fact.in-future")]
    public async Task It_is_published_between_its_registration_and_today(string on, string? code) =>
        Assert.That((await Try(Command with { Carriers = [Issuing.Site(DateOnly.Parse(on, null))] })).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task Dates_that_cannot_be_are_refused()
    {
        Assert.That((await Try(Command with { InForceOn = new(2013, 4, 1) })).Error?.Field, Is.EqualTo("inForceOn"));
        Assert.That((await Try(Command with { PrintedOn = new(2013, 3, 20) })).Error?.Field, Is.EqualTo("printedOn"));
        Assert.That((await Try(Command with { Term = new(Until: new(2013, 4, 1)) })).Error?.Code, Is.EqualTo("date.order"));
    }

    // 30 days after 2 April is 2 May
    [TestCase("2013-05-02", null, 0)]
    [TestCase("2013-05-01", null, 1)]
    [TestCase(null, null, 1)]
    [TestCase(null, "防汛所需", 1)]
    public async Task A_force_sooner_than_thirty_days_is_noted(string? inForce, string? reason, int warnings)
    {
        var published = (await Try(Command with { InForceOn = inForce is null ? null : DateOnly.Parse(inForce, null), EarlyForceReason = reason })).Value;
        Assert.That(published.Warnings, Has.Count.EqualTo(warnings));
        Assert.That(await _journey.FactsAsync(FactKind.InForce), Is.EqualTo([reason ?? ""]));
    }

    [Test]
    public async Task Where_the_profile_blocks_it_a_force_too_soon_needs_a_reason()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["validity"]!["earlyForce"]!["value"] = "block"));
        var journey = await Issuing.NumberedAsync(register);
        var command = new Publish(journey.Document, [Issuing.Site(register.Today)]);
        Assert.That((await register.As("publisher").Try(command)).Error?.Code, Is.EqualTo("publish.early-force"));
        await register.As("publisher").Send(command with { EarlyForceReason = "防汛所需" });
    }

    private static IEnumerable<TestCaseData> Terms()
    {
        yield return new TestCaseData(new TermRequest(Years: 3), "2016-04-02", 0).SetName("Years");
        yield return new TestCaseData(new TermRequest(Months: 18), "2014-10-02", 0).SetName("Months");
        yield return new TestCaseData(new TermRequest(Until: new(2014, 12, 31)), "2014-12-31", 0).SetName("A day");
        yield return new TestCaseData(new TermRequest(UntilDone: "灾后重建"), null, 0).SetName("A task");
        yield return new TestCaseData(new TermRequest(LongTermReason: "仅废止旧文件"), null, 0).SetName("Long term");
        yield return new TestCaseData(new TermRequest(Years: 8), "2021-04-02", 1).SetName("Longer than the rules want");
    }

    [TestCaseSource(nameof(Terms))]
    public async Task A_term_is_what_the_document_states(TermRequest term, string? last, int warnings)
    {
        var published = (await Try(Command with { Term = term, InForceOn = new(2013, 6, 1) })).Value;
        Assert.That(published.LastValidDay?.ToString("yyyy-MM-dd", null), Is.EqualTo(last));
        Assert.That(published.Warnings, Has.Count.EqualTo(warnings));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'validity-end'"), Is.EqualTo(last is null ? 0 : 1));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Wait WHERE Name = 'ended'"), Is.EqualTo(1));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Wait WHERE Name = 'validity-end'"), Is.EqualTo(last is null ? 0 : 1), "what has no last day is not watched for it");
    }

    private static IEnumerable<TermRequest> NoTerms() => [new(), new(Years: 3, Until: new(2014, 12, 31)), new(Years: 0), new(Years: 51), new(LongTermReason: " ")];

    [TestCaseSource(nameof(NoTerms))]
    public async Task A_term_that_is_none_is_refused(TermRequest term) => Assert.That((await Try(Command with { Term = term })).Error?.Field, Is.EqualTo("term"));

    [Test]
    public async Task A_trial_document_has_two_years_and_never_more()
    {
        await Rename("郴州市城镇房屋租赁管理暂行办法");
        foreach (var term in new TermRequest[] { new(Years: 3), new(Until: new(2015, 4, 3)), new(UntilDone: "试点"), new(LongTermReason: "长期需要") })
            Assert.That((await Try(Command with { Term = term })).Error?.Code, Is.EqualTo("publish.trial-too-long"), term.ToString());
        Assert.That((await Try(Command)).Value.LastValidDay, Is.EqualTo(new DateOnly(2015, 4, 2)));
    }

    [Test]
    public async Task A_trial_document_may_have_less()
    {
        await Rename("郴州市城镇房屋租赁管理办法（试行）");
        Assert.That((await Try(Command with { Term = new(Years: 1) })).Value.LastValidDay, Is.EqualTo(new DateOnly(2014, 4, 2)));
    }

    [Test]
    public async Task A_department_s_paper_is_not_shown_to_the_superior()
    {
        var journey = await Issuing.PublishedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        Assert.That(await journey.TasksAsync(), Is.Empty);
        Assert.That((await _register.As("receiver-province").Try(new ReadStatus(journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }

    private Task<int> Rename(string title) => _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Document SET Title = @title", new { title }));
}
