using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.ValidityFeatures;

[TestFixture]
internal sealed class CorrectingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Publish_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.NumberedAsync(_register);
        _register.On(2013, 4, 2);
        await _register.PublishAsync(_journey);
        _register.On(2013, 4, 10);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Registrar => _register.As("registrar");

    private async Task<Guid> Fact(FactKind kind) => await _register.Scalar<Guid>("SELECT Id FROM Fact WHERE Kind = @Kind ORDER BY Id DESC", new { Kind = kind.Code() });

    private async Task<CorrectFact> Correction(FactKind kind, DateOnly on, string? value = null) => new(_journey.Document, await Fact(kind), on, "网站后台记录", "录入有误", value);

    [TestCase("publisher", "forbidden")]
    [TestCase("drafter-finance", "forbidden")]
    public async Task Only_the_registrar_corrects(string login, string code) =>
        Assert.That((await _register.As(login).Try(await Correction(FactKind.Published, new(2013, 4, 1)))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_corrected_publication_moves_every_limit_that_hangs_on_it_and_overwrites_nothing()
    {
        await Registrar.Send(await Correction(FactKind.Published, new(2013, 3, 28)));
        Assert.That(await _register.Rows<string>("SELECT LegalDate FROM Fact WHERE Kind = 'published' ORDER BY Id"), Is.EqualTo(["2013-04-02", "2013-03-28"]));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "filing-to-superior")).Due, Is.EqualTo(new DateOnly(2013, 4, 12)));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "validity-end")).Due, Is.EqualTo(new DateOnly(2018, 3, 28)));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "evaluation")).Due, Is.EqualTo(new DateOnly(2017, 9, 28)));
        Assert.That(await _journey.EventsAsync(), Has.Member("fact-corrected"));
        var now = await Registrar.Send(new ReadStatus(_journey.Document, new(2013, 4, 2)));
        var then = await Registrar.Send(new ReadStatus(_journey.Document, new(2013, 4, 2), new(2013, 4, 9)));
        Assert.That((now.Published, then.Published), Is.EqualTo((new DateOnly(2013, 3, 28), new DateOnly(2013, 4, 2))), "what was known before can still be asked");
    }

    [Test]
    public async Task What_was_filed_in_time_may_turn_out_late()
    {
        await _register.AddBasisAsync(_journey.Document);
        _register.On(2013, 4, 16);
        await _register.As("filer").Send(new FileUp(_journey.Document));
        await Registrar.Send(await Correction(FactKind.Published, new(2013, 3, 28)));
        var deadline = await _register.DeadlineAsync(_journey.Document, "filing-to-superior");
        Assert.That((deadline.Due, deadline.MetOn), Is.EqualTo((new DateOnly(2013, 4, 12), new DateOnly(2013, 4, 16))), "it does not start again");
        await Registrar.Send(await Correction(FactKind.Filed, new(2013, 4, 12)));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "filing-to-superior")).MetOn, Is.EqualTo(new DateOnly(2013, 4, 12)));
    }

    [Test]
    public async Task A_fact_is_corrected_once_and_its_correction_again()
    {
        var first = await Correction(FactKind.Published, new(2013, 4, 1));
        await Registrar.Send(first);
        Assert.That((await Registrar.Try(first)).Error?.Code, Is.EqualTo("fact.superseded"));
        await Registrar.Send(await Correction(FactKind.Published, new(2013, 3, 29)));
        Assert.That((await Registrar.Try(await Correction(FactKind.Published, new(2013, 3, 29)))).Error?.Code, Is.EqualTo("fact.same"));
        Assert.That((await Registrar.Try(first with { FactId = Guid.NewGuid() })).Error?.Code, Is.EqualTo("not-found"));
    }

    // signed, registered and numbered on 23 March, published on 2 April, today is 10 April 2013
    [TestCase(FactKind.Published, "2013-03-22", "date.order")]
    [TestCase(FactKind.Published, "2013-04-11", "date.order", Description = "after the entry into force")]
    [TestCase(FactKind.InForce, "2013-04-01", "date.order")]
    [TestCase(FactKind.Signed, "2013-04-03", "date.order")]
    [TestCase(FactKind.Registered, "2013-03-22", "date.order")]
    [TestCase(FactKind.Registered, "2012-12-31", "date.order")]
    [TestCase(FactKind.Printed, "2013-04-01", "not-found", Description = "there is no such fact")]
    public async Task A_correction_that_cannot_be_is_refused(FactKind kind, string on, string code) =>
        Assert.That((await Registrar.Try(await Correction(kind, DateOnly.Parse(on, null)))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_correction_into_the_future_is_refused()
    {
        await Registrar.Send(await Correction(FactKind.InForce, new(2013, 5, 2)));
        var refused = await Registrar.Try(await Correction(FactKind.Published, new(2013, 4, 11)));
        Assert.That((refused.Error?.Code, refused.Error?.Field), Is.EqualTo(("fact.in-future", "on")));
    }

    [Test]
    public async Task A_registration_does_not_move_into_another_year_under_its_number()
    {
        var other = await Issuing.SignedAsync(_register);
        _register.On(2014, 1, 6);
        await _register.RegisterAsync(other);
        await _register.As("registrar").Send(new Features.Registration.AssignNumber(other.Document, "郴政发〔2014〕1号"));
        var fact = await _register.Scalar<Guid>("SELECT Id FROM Fact WHERE Kind = 'registered' AND DocumentId = @Document", new { other.Document });
        var refused = await Registrar.Try(new CorrectFact(other.Document, fact, new(2013, 12, 31), "登记簿", "录入有误"));
        Assert.That(refused.Error?.Code, Is.EqualTo("fact.number-year"));
        await Registrar.Send(new CorrectFact(other.Document, fact, new(2014, 1, 2), "登记簿", "录入有误"));
    }

    [Test]
    public async Task A_corrected_term_moves_its_end()
    {
        Assert.That((await Registrar.Try(await Correction(FactKind.TermSet, new(2013, 4, 2), "五年"))).Error?.Code, Is.EqualTo("validity.format"));
        Assert.That((await Registrar.Try(await Correction(FactKind.TermSet, new(2013, 4, 2), "long-term"))).Error?.Code, Is.EqualTo("fact.term-kind"));
        await Registrar.Send(await Correction(FactKind.TermSet, new(2013, 4, 2), "until:2014-12-31"));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "validity-end")).Due, Is.EqualTo(new DateOnly(2014, 12, 31)));
    }
}
