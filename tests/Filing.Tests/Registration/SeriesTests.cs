using Filing.Audit;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Registration;

/// <summary>Openings and void numbers.</summary>
[TestFixture]
internal sealed class SeriesTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(Issuing.Start);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Registrar => _register.As("registrar");

    [Test]
    public async Task A_year_begins_where_the_old_ledger_ended()
    {
        await Registrar.Send(new OpenSeries(World.City, 2013, 38, "原登记簿最后一号为第37号"));
        await Registrar.Send(new OpenSeries(World.City, 2013, 39, "原登记簿另有第38号"));
        var journey = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Send(new AssignNumber(journey.Document, Issuing.IssueNumber))).RegistrationNumber, Is.EqualTo("CZCR-2013-00039"));
        Assert.That((await Registrar.Try(new OpenSeries(World.City, 2013, 50, "改"))).Error?.Code, Is.EqualTo("series.begun"));
        Assert.That((await Registrar.Try(new OpenSeries(World.City, 2013, 39, "改"))).Error?.Code, Is.EqualTo("series.opening-taken"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'series-opened'"), Is.EqualTo(2));
    }

    [TestCase("drafter", "forbidden")]
    [TestCase("receiver-province", "forbidden")]
    public async Task Only_the_registrar_opens_a_series(string login, string code) =>
        Assert.That((await _register.As(login).Try(new OpenSeries(World.City, 2013, 38, "原登记簿"))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_registrar_opens_no_series_of_another_government() =>
        Assert.That((await Registrar.Try(new OpenSeries(World.ProvinceLegal, 2013, 38, "原登记簿"))).Error?.Code, Is.EqualTo("forbidden"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_000_000)]
    public async Task An_opening_that_cannot_be_is_refused(int opening) =>
        Assert.That((await Registrar.Try(new OpenSeries(World.City, 2013, opening, "原登记簿"))).Error?.Field, Is.EqualTo("opening"));

    [Test]
    public async Task An_external_series_has_no_opening_here() =>
        Assert.That((await Registrar.Try(new OpenSeries(World.City, 2013, 38, "原登记簿", NumberKind.Issue))).Error?.Code, Is.EqualTo("series.external"));

    [Test]
    public async Task A_document_still_on_its_way_gets_another_number_for_the_void_one()
    {
        var journey = await Issuing.NumberedAsync(_register);
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编"))).Error?.Code, Is.EqualTo("number.still-required"));
        var replaced = await Registrar.Send(new VoidNumber(journey.Document, "CZCR—2013—00001", "错编", true));
        Assert.That(replaced.Number, Is.EqualTo("CZCR-2013-00002"));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Text, ':', COALESCE(VoidReason, '')) FROM Number WHERE Text LIKE 'CZ%' ORDER BY Text"), Is.EqualTo(["CZCR-2013-00001:错编", "CZCR-2013-00002:"]));
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, "CZCR-2013-00001", "再作废", true))).Error?.Code, Is.EqualTo("number.void"));
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, "CZCR-2013-00009", "没有", true))).Error?.Code, Is.EqualTo("number.unknown"));
        Assert.That(await journey.EventsAsync(), Has.Member("number-voided"));
        Assert.That(await journey.FactsAsync(FactKind.Numbered), Is.EqualTo(["CZCR-2013-00002、郴政发〔2013〕2号"]), "the fact names the numbers that stand");
        await _register.PublishAsync(journey);

        var next = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Send(new AssignNumber(next.Document, "郴政发〔2013〕3号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-00003"), "a void serial is never given again");
        var book = (await Registrar.Send(new ReadSeries())).Years.Single(y => y.Pool == "owned");
        Assert.That((book.Issued, book.Voided, book.Next), Is.EqualTo((2, 1, 4)));
    }

    [Test]
    public async Task An_issue_number_that_was_mistyped_is_replaced_even_after_publication()
    {
        var journey = await Issuing.PublishedAsync(_register);
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, Issuing.IssueNumber, "误录"))).Error?.Code, Is.EqualTo("number.still-required"));
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, Issuing.IssueNumber, "误录", true))).Error?.Field, Is.EqualTo("replacement"));
        Assert.That((await Registrar.Send(new VoidNumber(journey.Document, Issuing.IssueNumber, "误录", true, "郴政发〔2013〕12号"))).Number, Is.EqualTo("郴政发〔2013〕12号"));
    }

    [Test]
    public async Task The_registration_number_of_a_published_document_stands()
    {
        var journey = await Issuing.PublishedAsync(_register);
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编", true))).Error?.Code, Is.EqualTo("number.published"));
        Assert.That((await _register.As("publisher").Try(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编", true))).Error?.Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task The_numbers_of_a_withdrawn_document_are_void_with_it_and_stay_visible()
    {
        var journey = await Issuing.NumberedAsync(_register);
        await _register.As("drafter").Send(new WithdrawDraft(journey.Document, "不再制定"));
        Assert.That(
            await _register.Rows<string>("SELECT CONCAT(Text, ':', VoidedOn, ':', VoidedBy, ':', VoidReason) FROM Number ORDER BY Text"),
            Is.EqualTo(["CZCR-2013-00001:2013-03-23:drafter:撤回送审：不再制定", "郴政发〔2013〕2号:2013-03-23:drafter:撤回送审：不再制定"]), "those of others' pools too");
        Assert.That(
            await _register.Rows<string>("SELECT p.Command FROM Event e JOIN Process p ON p.Id = e.ProcessId WHERE e.Type = 'number-voided'"), Is.EqualTo(["withdraw-draft", "withdraw-draft"]));
        Assert.That((await Registrar.Try(new VoidNumber(journey.Document, "CZCR-2013-00001", "文件撤回"))).Error?.Code, Is.EqualTo("number.void"));
        var book = (await Registrar.Send(new ReadSeries())).Years.Single(y => y.Pool == "owned");
        Assert.That((book.Issued, book.Voided, book.Next), Is.EqualTo((0, 1, 2)));
        var verdicts = await _register.Services.GetRequiredService<Invariants>().VerifyAsync();
        Assert.That(verdicts.SelectMany(v => v.Rows), Is.Empty);
        var next = await Issuing.RegisteredAsync(_register);
        Assert.That((await Registrar.Send(new AssignNumber(next.Document, "郴政发〔2013〕3号"))).RegistrationNumber, Is.EqualTo("CZCR-2013-00002"));
    }

    [Test]
    public async Task A_number_that_was_replaced_before_keeps_its_own_reason_when_the_document_is_withdrawn()
    {
        var journey = await Issuing.NumberedAsync(_register);
        await Registrar.Send(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编", true));
        await _register.As("drafter").Send(new WithdrawDraft(journey.Document, "不再制定"));
        Assert.That(await _register.Rows<string>("SELECT VoidReason FROM Number WHERE Text LIKE 'CZ%' ORDER BY Text"), Is.EqualTo(["错编", "撤回送审：不再制定"]));
    }

    [Test]
    public async Task The_numbers_of_a_published_document_are_never_voided_by_a_withdrawal()
    {
        var journey = await Issuing.PublishedAsync(_register);
        Assert.That((await _register.As("drafter").Try(new WithdrawDraft(journey.Document, "不再制定"))).Error?.Code, Is.EqualTo("withdraw.published"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Number WHERE VoidedOn IS NOT NULL"), Is.Zero);
    }

    [Test]
    public async Task The_database_itself_refuses_to_change_or_revive_a_number()
    {
        var journey = await Issuing.NumberedAsync(_register);
        await Registrar.Send(new VoidNumber(journey.Document, "CZCR-2013-00001", "错编", true));
        foreach (var sql in new[] { "DELETE FROM Number", "UPDATE Number SET Serial = 9", "UPDATE Number SET VoidedOn = NULL WHERE VoidedOn IS NOT NULL" })
            Assert.That(async () => await _register.Database.WriteAsync(db => db.ExecuteAsync(sql)), Throws.Exception, sql);
    }
}
