using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Decision;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>After an adoption in principle.</summary>
[TestFixture]
internal sealed class ChangesTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Adopt_a_draft_in_principle()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
        await _journey.PassAsync();
        await _journey.DecideAsync(DecisionOutcome.AdoptedInPrinciple);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private SubmitChanges Changes(string text = Journey.Changed) => new(_journey.Document, text, "第一条写明城镇");

    private ConfirmChanges Confirm(ChangesOutcome outcome = ChangesOutcome.Confirmed, string? reason = null, DateOnly? on = null) => new(_journey.Document, outcome, reason, on);

    private static string Digest(string text) => CanonicalText.From(text).Digest;

    [TestCase("reviewer", "forbidden")]
    [TestCase("drafter-office", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_drafting_unit_hands_in_changes(string login, string code) =>
        Assert.That((await _register.As(login).Try(Changes())).Error?.Code, Is.EqualTo(code));

    [TestCase("drafter", "forbidden")]
    [TestCase("secretary", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_reviewer_s_desk_confirms_them(string login, string code)
    {
        await _register.As("drafter").Send(Changes());
        Assert.That((await _register.As(login).Try(Confirm())).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task The_approval_binds_the_changed_text_once_it_is_confirmed()
    {
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["submit-changes"]), "it lies with whoever drafted it");
        Assert.That(await _register.Scalar<string>("SELECT ApprovedDigest FROM Decision"), Is.Null, "nothing is approved yet");
        Assert.That((await _register.As("reviewer").Try(Confirm())).Error?.Code, Is.EqualTo("task.not-open"));
        Assert.That((await _register.As("drafter").Try(Changes(Journey.Text))).Error?.Code, Is.EqualTo("changes.text-unchanged"));
        await _register.As("drafter").Send(Changes());
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["confirm-changes"]));
        await _register.As("reviewer").Send(Confirm());
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(ApprovedDigest, ' ', ConfirmedBy) FROM Decision"), Is.EqualTo($"{Digest(Journey.Changed)} reviewer"));
        Assert.That(await _journey.FactsAsync(FactKind.Decided), Is.EqualTo([$"AdoptedInPrinciple {Digest(Journey.Changed)}"]));
        Assert.That((await _journey.EventsAsync()).TakeLast(2), Is.EqualTo(["changes-submitted", "changes-confirmed"]));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That((await _register.As("drafter").Try(Changes(Journey.Amended))).Error?.Code, Is.EqualTo("task.not-open"), "too late");
        await _journey.SignAsync();
    }

    [Test]
    public async Task Until_they_are_confirmed_they_are_handed_in_again_and_the_last_ones_count()
    {
        var task = await _register.Scalar<Guid>("SELECT Id FROM Task WHERE State = 'open'");
        await _register.As("drafter").Send(Changes() with { TaskId = task });
        Assert.That((await _register.As("drafter").Try(Changes(Journey.Amended) with { TaskId = task })).Error?.Code, Is.EqualTo("task.closed"), "from the page of the task that is done");
        Assert.That((await _register.As("drafter-office").Try(Changes(Journey.Amended))).Error?.Code, Is.EqualTo("forbidden"));
        await _register.As("drafter").Send(Changes(Journey.Amended));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["confirm-changes"]));
        await _register.As("reviewer").Send(Confirm());
        Assert.That(await _register.Scalar<string>("SELECT ApprovedDigest FROM Decision"), Is.EqualTo(Digest(Journey.Amended)));
    }

    [Test]
    public async Task A_meeting_that_was_yesterday_keeps_its_day_when_the_changes_are_confirmed_today()
    {
        var held = _register.Today;
        _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(1), 0);
        await _register.As("drafter").Send(Changes());
        Assert.That((await _register.As("reviewer").Try(Confirm(on: held.AddDays(-1)))).Error?.Code, Is.EqualTo("date.order"));
        await _register.As("reviewer").Send(Confirm());
        Assert.That(await _register.Rows<DateOnly>("SELECT LegalDate FROM Fact WHERE Kind = 'decided'"), Is.EqualTo([held, held]));
        Assert.That((await _register.As("signer").Try(new SignDocument(_journey.Document, SigningOutcome.Signed, On: held))).Error?.Code, Is.EqualTo("date.order"), "not before the text was there");
        await _register.As("signer-deputy").Send(new SignDocument(_journey.Document, SigningOutcome.Signed));
    }

    [Test]
    public async Task Changes_that_go_too_far_are_reviewed_as_a_new_round()
    {
        await _register.As("drafter").Send(Changes());
        Assert.That((await _register.As("reviewer").Try(Confirm(ChangesOutcome.Returned))).Error?.Field, Is.EqualTo("reason"));
        await _register.As("reviewer").Send(Confirm(ChangesOutcome.Returned, "增加了新的义务"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
        await _journey.PassAsync();
        await _journey.DecideAsync();
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Outcome, ' ', COALESCE(ApprovedDigest, '-')) FROM Decision ORDER BY No"), Is.EqualTo(
            new[] { "adopted-in-principle -", $"adopted {Digest(Journey.Changed)}" }));
    }

    [Test]
    public async Task Who_submitted_the_draft_does_not_confirm_its_changes()
    {
        await _register.Operator.Send(new GivePost("drafter", World.CityLegal, Role.Reviewer, new(2000, 1, 1)));
        await _register.As("drafter").Send(Changes());
        Assert.That((await _register.As("drafter").Try(Confirm())).Error?.Code, Is.EqualTo("review.own-draft"));
    }
}
