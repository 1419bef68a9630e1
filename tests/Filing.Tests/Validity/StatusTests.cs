using Filing.Domain;
using Filing.Features.Registration;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.ValidityFeatures;

[TestFixture]
internal sealed class StatusTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(Issuing.Start);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<DocumentStatus> Status(Guid document, DateOnly? on = null) => await _register.As("registrar").Send(new ReadStatus(document, on));

    [Test]
    public async Task A_document_that_lacks_one_of_the_three_unifieds_is_no_basis()
    {
        var journey = await Issuing.NumberedAsync(_register);
        var status = await Status(journey.Document);
        Assert.That((status.Status, status.Basis.Usable), Is.EqualTo((ValidityStatus.NotPublished, false)));
        await _register.PublishAsync(journey);
        status = await Status(journey.Document);
        Assert.That(status.Basis.Usable, Is.True);
        Assert.That(status.Basis.Reasons, Has.Some.Contain("郴政发〔2013〕2号"));
        Assert.That((await Status(journey.Document, _register.Today.AddDays(-1))).Basis.Usable, Is.False);
        Assert.That((await _register.As("drafter-finance").Try(new ReadStatus(journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task It_lapses_on_the_day_after_its_last_day_though_nothing_runs()
    {
        var journey = await Issuing.NumberedAsync(_register);
        _register.On(2013, 4, 2);
        await _register.PublishAsync(journey);
        (DateOnly On, ValidityStatus Status, bool Usable)[] days =
        [
            (new(2013, 4, 1), ValidityStatus.NotPublished, false), (new(2013, 4, 2), ValidityStatus.InForce, true), (new(2017, 10, 2), ValidityStatus.Expiring, true),
            (new(2018, 4, 2), ValidityStatus.Expiring, true), (new(2018, 4, 3), ValidityStatus.Lapsed, false),
        ];
        foreach (var (on, expected, usable) in days)
        {
            var status = await Status(journey.Document, on);
            Assert.That((status.Status, status.Basis.Usable), Is.EqualTo((expected, usable)), on.ToString("O", null));
        }
    }

    private static DatedFact Fact(FactKind kind, int year, int month, int day) => new(Work.NewId(), kind, new(year, month, day), DateTimeOffset.UnixEpoch, null, "试");

    private static NumberRow Number(NumberKind kind, DateOnly? voided = null) => new()
    {
        Id = Work.NewId(),
        Kind = Kebab.Of(kind),
        Pool = "owned",
        Text = "X",
        Year = 2013,
        Serial = 1,
        IssuedOn = new(2013, 4, 2),
        VoidedOn = voided,
    };

    [Test]
    public void What_is_lacking_is_named()
    {
        var profile = _register.Laws.ProfileFor("431000", new(2013, 4, 2))!;
        var published = new FactHistory([Fact(FactKind.Signed, 2013, 3, 26), Fact(FactKind.Published, 2013, 4, 2)]);
        var bare = BasisForAdministration.Answer(published, [], profile, new(2014, 1, 1));
        Assert.That(bare.Usable, Is.False);
        Assert.That(bare.Reasons.Select(r => r.Split('：')[0]), Is.EqualTo(["没有统一登记", "没有统一登记号", "没有发文字号"]));

        var registered = new FactHistory([.. published.Everything, Fact(FactKind.Registered, 2013, 4, 2)]);
        NumberRow[] numbers = [Number(NumberKind.Registration), Number(NumberKind.Issue)];
        Assert.That(BasisForAdministration.Answer(registered, numbers, profile, new(2014, 1, 1)).Usable, Is.True);
        NumberRow[] voided = [Number(NumberKind.Registration, new(2013, 6, 1)), Number(NumberKind.Issue)];
        Assert.That(BasisForAdministration.Answer(registered, voided, profile, new(2013, 5, 31)).Usable, Is.True);
        Assert.That(BasisForAdministration.Answer(registered, voided, profile, new(2013, 6, 1)).Usable, Is.False);
    }

    [Test]
    public void What_is_older_than_the_rules_is_not_measured_by_them()
    {
        var old = new FactHistory([Fact(FactKind.Signed, 2008, 3, 26), Fact(FactKind.Published, 2008, 4, 2)]);
        Assert.That(BasisForAdministration.Answer(old, [], null, new(2010, 1, 1)).Usable, Is.True);
    }

    // the rules of Hunan begin on 9 July 2009; those under which it is entered today began in 2018
    [TestCase("2009-07-08", true)]
    [TestCase("2009-07-09", false)]
    [TestCase("2019-05-06", false)]
    public async Task A_paper_from_elsewhere_is_measured_by_the_rules_of_its_day(string published, bool usable)
    {
        _register.On(2026, 2, 14);
        var day = DateOnly.Parse(published, null);
        var entry = new EnterElsewhere(
            "郴州市人民政府关于旧事的通知", DocumentKind.Government, World.CityOffice, World.City, [new(FactKind.Signed, day), new(FactKind.Published, day)], "公报", IssueNumber: "郴政发〔2009〕2号");
        var document = (await _register.As("registrar").Send(entry)).DocumentId;
        await _register.As("registrar").Send(new ConfirmEntry(document));
        Assert.That((await Status(document)).Basis.Usable, Is.EqualTo(usable));
    }

    [Test]
    public async Task The_drafting_unit_evaluates_before_the_end()
    {
        var journey = await Issuing.NumberedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        _register.On(2013, 4, 2);
        await _register.PublishAsync(journey);
        Assert.That((await _register.As("drafter").Try(new RecordEvaluation(journey.Document, EvaluationConclusion.Renew, "报告"))).Error?.Code, Is.EqualTo("task.not-open"), "it is not time");
        _register.On(2017, 9, 30);
        await _register.Services.GetRequiredService<Sweep>().RunAsync();
        Assert.That(await journey.TasksAsync(), Is.EqualTo(["evaluate"]));
        Assert.That((await _register.As("registrar").Try(new RecordEvaluation(journey.Document, EvaluationConclusion.Renew, "报告"))).Error?.Code, Is.EqualTo("forbidden"));
        _register.On(2017, 11, 6);
        Assert.That((await _register.As("drafter").Try(new RecordEvaluation(journey.Document, EvaluationConclusion.Renew, "报告", new(2017, 11, 7)))).Error?.Code, Is.EqualTo("fact.in-future"));
        await _register.As("drafter").Send(new RecordEvaluation(journey.Document, EvaluationConclusion.LetLapse, "已无必要"));
        Assert.That(await _register.Scalar<string>("SELECT Conclusion FROM Evaluation"), Is.EqualTo("let-lapse"));
        Assert.That((await _register.DeadlineAsync(journey.Document, "evaluation")).MetOn, Is.EqualTo(new DateOnly(2017, 11, 6)));
        Assert.That(await journey.EventsAsync(), Has.Member("document-evaluated"));
        await _register.As("registrar").Send(new RepealDocument(journey.Document, "郴建发〔2017〕9号", "评估后废止"));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Ended"));
    }
}
