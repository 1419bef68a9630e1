using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Features.Registration;
using Filing.Tests.Support;

namespace Filing.Tests.Registration;

[TestFixture]
internal sealed class RegisteringTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Sign_a_document()
    {
        _register = await TestRegister.OpenAsync(Issuing.Start);
        _journey = await Issuing.SignedAsync(_register);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    [TestCase("publisher", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    [TestCase("receiver-province", "not-found")]
    public async Task Who_does_not_sit_at_the_registrar_s_desk_is_refused(string login, string code) =>
        Assert.That((await _register.As(login).Try(new EnterInRegister(_journey.Document))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_draft_that_is_not_there_yet_is_not_registered()
    {
        var other = await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As("registrar").Try(new EnterInRegister(other.Document))).Error?.Code, Is.EqualTo("task.not-open"));
    }

    [Test]
    public async Task A_signed_document_enters_the_register_and_waits_for_its_numbers()
    {
        _register.On(2013, 4, 2);
        await _register.RegisterAsync(_journey);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["number"]));
        Assert.That(await _register.Scalar<string>("SELECT LegalDate FROM Fact WHERE Kind = 'registered'"), Is.EqualTo("2013-04-02"));
        Assert.That(await _register.Scalar<string>("SELECT Stage FROM Document"), Is.EqualTo("registered"));
        Assert.That(await _journey.EventsAsync(), Has.Member("document-registered"));
        Assert.That(await _register.Scalar<string>("SELECT Command FROM Process WHERE ActorKind = 'person' ORDER BY Id DESC"), Is.EqualTo("enter-in-register"));
    }

    [Test]
    public async Task What_was_changed_after_the_signature_is_not_registered()
    {
        await _journey.TamperAsync("第一条 出租人每次缴费 500 元。");
        Assert.That((await _register.As("registrar").Try(new EnterInRegister(_journey.Document))).Error?.Code, Is.EqualTo("register.text-changed"));
    }

    [Test]
    public async Task Layout_is_no_change()
    {
        await _journey.TamperAsync(Journey.Text.Replace("\n", "\r\n\r\n　　", StringComparison.Ordinal));
        await _register.RegisterAsync(_journey);
    }

    // signed on 23 March 2013
    [TestCase("2013-03-22", "date.order")]
    [TestCase("2013-03-23", null)]
    [TestCase("2013-03-24", "fact.in-future")]
    public async Task The_day_lies_between_the_signature_and_today(string on, string? code)
    {
        var result = await _register.As("registrar").Try(new EnterInRegister(_journey.Document, On: DateOnly.Parse(on, null)));
        Assert.That(result.Error?.Code, Is.EqualTo(code));
        if (code == "date.order") Assert.That(result.Error!.Message, Does.Contain("2013年3月22日").And.Contain("2013年3月23日"));
    }

    [Test]
    public async Task A_return_needs_a_reason() =>
        Assert.That((await _register.As("registrar").Try(new EnterInRegister(_journey.Document, RegisterOutcome.Returned))).Error?.Field, Is.EqualTo("reason"));

    [Test]
    public async Task A_return_voids_the_signatures_and_sends_the_document_back_to_review()
    {
        await _register.As("registrar").Send(new EnterInRegister(_journey.Document, RegisterOutcome.Returned, "附件缺页"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Signature WHERE VoidedAt IS NULL"), Is.Zero);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
        Assert.That(await _journey.EventsAsync(), Has.Member("returned-from-register").And.Member("signatures-voided"));
        Assert.That(await _register.Scalar<string>("SELECT Reason FROM Process WHERE ActorKind = 'person' ORDER BY Id DESC"), Is.EqualTo("附件缺页"));

        // It comes back only by way of a new review, a new decision and new signatures.
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _journey.SignAsync();
        await _journey.SignAsync();
        await _register.RegisterAsync(_journey);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["number"]));
    }

    [Test]
    public async Task The_form_says_what_stands_in_the_way()
    {
        var form = await _register.As("registrar").Send(new ReadRegistrationForm(_journey.Document));
        Assert.That(form.Obstacles, Is.Empty);
        Assert.That(form.Signatures.Select(s => s.LevelName), Is.EqualTo(["分管负责人", "主要负责人"]));
        Assert.That((form.IssuingBody, form.Opinion?.Conclusion), Is.EqualTo(("郴州市人民政府", Kebab.Of(ReviewConclusion.Passed))));
        Assert.That(form.TextDigest, Is.EqualTo(form.ApprovedDigest));
        await _journey.TamperAsync("第一条 另有规定。");
        form = await _register.As("registrar").Send(new ReadRegistrationForm(_journey.Document));
        Assert.That(form.Obstacles.Select(o => o.Code), Is.EqualTo(["register.text-changed"]));
        Assert.That((await _register.As("drafter-finance").Try(new ReadRegistrationForm(_journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }
}
