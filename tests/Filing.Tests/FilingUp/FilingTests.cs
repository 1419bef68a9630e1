using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.FilingReview;
using Filing.Features.FilingUp;
using Filing.Tests.Support;

namespace Filing.Tests.FilingUp;

[TestFixture]
internal sealed class FilingTests
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
        await _register.AddBasisAsync(_journey.Document);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private TestRegister.Sender Filer => _register.As("filer");

    private TestRegister.Sender Receiver => _register.As("receiver-province");

    private ReceiveFiling Registered => new(_journey.Document, FilingAnswer.Registered);

    private ReceiveFiling Held => new(_journey.Document, FilingAnswer.Held, Note: "缺少制定依据");

    [TestCase("publisher", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_filer_files(string login, string code) =>
        Assert.That((await _register.As(login).Try(new FileUp(_journey.Document))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_filing_in_time_goes_to_the_superior_s_desk()
    {
        _register.On(2013, 4, 17);
        var filed = await Filer.Send(new FileUp(_journey.Document, "郴府文备字〔2013〕1号"));
        Assert.That((filed.On, filed.Due, filed.Late), Is.EqualTo((new DateOnly(2013, 4, 17), new DateOnly(2013, 4, 17), false)));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["receive-filing"]));
        Assert.That(await _register.Scalar<string>("SELECT State FROM FilingCase"), Is.EqualTo("sent"));
        Assert.That(await _journey.FactsAsync(FactKind.Filed), Is.EqualTo(["郴府文备字〔2013〕1号"]));
        Assert.That(await _journey.EventsAsync(), Has.Member("filing-sent"));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "filing-to-superior")).MetOn, Is.EqualTo(new DateOnly(2013, 4, 17)));
    }

    [Test]
    public async Task A_late_filing_is_taken_and_counted_as_late()
    {
        _register.On(2013, 5, 20);
        var filed = await Filer.Send(new FileUp(_journey.Document));
        Assert.That((filed.Due, filed.Late), Is.EqualTo((new DateOnly(2013, 4, 17), true)));
        var deadline = await _register.DeadlineAsync(_journey.Document, "filing-to-superior");
        Assert.That(deadline.MetOn, Is.GreaterThan(deadline.Due!.Value));
    }

    // published on 2 April 2013, today as well
    [TestCase("2013-04-01", "date.order")]
    [TestCase("2013-04-03", "fact.in-future")]
    public async Task It_is_sent_between_its_publication_and_today(string on, string code) =>
        Assert.That((await Filer.Try(new FileUp(_journey.Document, On: DateOnly.Parse(on, null)))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_filing_without_its_materials_is_refused_and_they_are_named()
    {
        await _register.Database.WriteAsync(db => db.ExecuteAsync("DELETE FROM Material"));
        var refused = await Filer.Try(new FileUp(_journey.Document));
        Assert.That(refused.Error?.Code, Is.EqualTo("filing.material-missing"));
        Assert.That(refused.Error!.Message, Does.Contain("制定依据").And.Not.Contain("起草说明").And.Not.Contain("合法性审查意见书").And.Not.Contain("备案报告"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM FilingCase"), Is.Zero);
    }

    [Test]
    public async Task The_superior_registers_it_under_a_number_of_its_own()
    {
        await Filer.Send(new FileUp(_journey.Document));
        Assert.That((await _register.As("supervisor-province").Try(Registered)).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("drafter-finance").Try(Registered)).Error?.Code, Is.EqualTo("not-found"));
        var receipt = await Receiver.Send(Registered with { ReceivedOn = new(2013, 4, 2) });
        Assert.That(receipt.ReceiptNumber, Is.EqualTo("湖南省人民政府备登〔2013〕1号"));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(State, RegisteredOn, ReceiptNumber) FROM FilingCase"), Is.EqualTo("registered2013-04-02湖南省人民政府备登〔2013〕1号"));
        Assert.That(await _journey.FactsAsync(FactKind.FilingRegistered), Is.EqualTo(["湖南省人民政府备登〔2013〕1号"]));
        Assert.That(await _journey.TasksAsync(), Is.Empty);
        Assert.That(await _journey.EventsAsync(), Has.Member("filing-answered"));
        Assert.That((await Receiver.Try(Registered)).Error?.Code, Is.EqualTo("task.not-open"));
    }

    [Test]
    public async Task A_typed_receipt_number_is_used_once()
    {
        await Filer.Send(new FileUp(_journey.Document));
        await Receiver.Send(Registered with { ReceiptNumber = "湘备〔2013〕7号" });
        var other = await Issuing.FiledAsync(_register, "郴政发〔2013〕5号");
        Assert.That((await Receiver.Try(Registered with { DocumentId = other.Document, ReceiptNumber = "湘备〔2013〕7号" })).Error?.Code, Is.EqualTo("filing.receipt-taken"));
    }

    [Test]
    public async Task Where_no_pattern_is_known_the_receipt_number_is_typed()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["filing"]!.AsObject().Remove("receiptPattern")));
        var journey = await Issuing.FiledAsync(register);
        var refused = await register.As("receiver-province").Try(new ReceiveFiling(journey.Document, FilingAnswer.Registered));
        Assert.That((refused.Error?.Code, refused.Error?.Field), Is.EqualTo(("filing.receipt-required", "receiptNumber")));
    }

    [Test]
    public async Task A_held_filing_is_supplemented_within_fifteen_days_and_keeps_its_first_day()
    {
        await Filer.Send(new FileUp(_journey.Document));
        _register.On(2013, 4, 8);
        Assert.That((await Receiver.Try(Held with { Note = null })).Error?.Field, Is.EqualTo("note"));
        await Receiver.Send(Held);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["supplement-filing"]));
        Assert.That(await _journey.FactsAsync(FactKind.FilingHeld), Is.EqualTo(["缺少制定依据"]));
        Assert.That((await _register.DeadlineAsync(_journey.Document, "filing-supplement")).Due, Is.EqualTo(new DateOnly(2013, 4, 23)));

        _register.On(2013, 4, 20);
        Assert.That((await _register.As("publisher").Try(new SupplementFiling(_journey.Document, "补送"))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await Filer.Try(new SupplementFiling(_journey.Document, "补送", new(2013, 4, 7)))).Error?.Code, Is.EqualTo("date.order"));
        await Filer.Send(new SupplementFiling(_journey.Document, "补送制定依据"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["receive-filing"]));
        Assert.That(await _register.Scalar<string>("SELECT State FROM FilingCase"), Is.EqualTo("resent"));

        Assert.That((await Receiver.Try(Registered with { On = new(2013, 4, 19) })).Error?.Code, Is.EqualTo("date.order"), "before the supplement");
        await Receiver.Send(Registered);
        Assert.That(await _register.Scalar<string>("SELECT ReceivedOn FROM FilingCase"), Is.EqualTo("2013-04-08"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Fact WHERE Kind = 'filing-received'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_filing_may_be_held_again()
    {
        await Filer.Send(new FileUp(_journey.Document));
        for (var round = 0; round < 3; round++)
        {
            await Receiver.Send(Held);
            await Filer.Send(new SupplementFiling(_journey.Document, "补送"));
        }

        await Receiver.Send(Registered);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'filing-supplement' AND ClosedAt IS NOT NULL"), Is.EqualTo(3));
    }

    [Test]
    public async Task A_refusal_names_its_ground_and_ends_the_filing()
    {
        await Filer.Send(new FileUp(_journey.Document));
        var refusal = new ReceiveFiling(_journey.Document, FilingAnswer.Refused, Note: "系内部管理制度");
        Assert.That((await Receiver.Try(refusal)).Error?.Field, Is.EqualTo("ground"));
        Assert.That((await Receiver.Try(refusal with { Ground = FilingRefusal.NotNormative, ReceiptNumber = "1号" })).Error?.Field, Is.EqualTo("receiptNumber"));
        await Receiver.Send(refusal with { Ground = FilingRefusal.NotNormative });
        Assert.That(await _journey.FactsAsync(FactKind.FilingRefused), Is.EqualTo(["系内部管理制度"]));
        Assert.That(await _journey.TasksAsync(), Is.Empty);
    }

    [TestCase("2013-04-01", null, "receivedOn", Description = "received before it was sent")]
    [TestCase("2013-04-03", null, "on", Description = "answered before it was received")]
    [TestCase(null, "2013-04-03", "date", Description = "answered tomorrow")]
    public async Task The_days_of_an_answer_are_in_order(string? received, string? on, string field)
    {
        await Filer.Send(new FileUp(_journey.Document));
        var refused = await Receiver.Try(Registered with { ReceivedOn = Day(received), On = Day(on) });
        Assert.That(refused.Error?.Code, Is.EqualTo("date.order").Or.EqualTo("fact.in-future"));
        Assert.That(refused.Error?.Field, Is.EqualTo(field).Or.EqualTo("receivedOn"));

        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, null);
    }

    [Test]
    public async Task Nobody_receives_the_filing_of_the_house_that_he_sits_in()
    {
        await _register.Operator.Send(new GivePost("filer", World.ProvinceLegal, Role.Receiver, new(2013, 1, 1)));
        await Filer.Send(new FileUp(_journey.Document));
        Assert.That((await Filer.Try(Registered)).Error?.Code, Is.EqualTo("filing.own"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Fact WHERE Kind LIKE 'filing-%'"), Is.Zero);
    }

    [Test]
    public async Task Nobody_receives_what_he_himself_sent_before_he_changed_houses()
    {
        await Filer.Send(new FileUp(_journey.Document));
        var post = await _register.Scalar<Guid>("SELECT p.Id FROM Post p JOIN Account a ON a.Id = p.AccountId WHERE a.Login = 'filer'");
        await _register.Operator.Send(new EndPost(post, new(2013, 4, 2)));
        _register.On(2013, 4, 8);
        await _register.Operator.Send(new GivePost("filer", World.ProvinceLegal, Role.Receiver, new(2013, 4, 3)));
        Assert.That((await Filer.Try(Registered)).Error?.Code, Is.EqualTo("filing.own"));
        await Receiver.Send(Registered);
    }

    [Test]
    public async Task Where_receipt_counts_the_limit_ends_with_it()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start, law => law.Profile(p => p["filing"]!["counts"]!["value"] = "received"));
        var journey = await Issuing.FiledAsync(register);
        Assert.That((await register.DeadlineAsync(journey.Document, "filing-to-superior")).MetOn, Is.Null);
        await register.As("receiver-province").Send(new ReceiveFiling(journey.Document, FilingAnswer.Registered));
        Assert.That((await register.DeadlineAsync(journey.Document, "filing-to-superior")).MetOn, Is.EqualTo(register.Today));
    }
}
