using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>集体讨论决定, and the head's own decision on the urgent path.</summary>
[TestFixture]
internal sealed class DecidingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Bring_a_draft_to_the_legal_office()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<string?> Refusal(RecordDecision command, string login = "secretary") => (await _register.As(login).Try(command)).Error?.Code;

    [TestCase("reviewer", "forbidden")]
    [TestCase("signer", "forbidden")]
    [TestCase("secretary-housing", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Who_does_not_sit_at_the_desk_is_refused(string login, string code)
    {
        await _journey.PassAsync();
        Assert.That(await Refusal(_journey.Meeting(), login), Is.EqualTo(code));
    }

    [Test]
    public async Task Nothing_is_tabled_while_it_is_under_review()
    {
        await _journey.AcceptAsync();
        Assert.That(await Refusal(_journey.Meeting()), Is.EqualTo("task.not-open"));
    }

    [Test]
    public async Task A_record_names_who_was_there_and_why_it_was_not_simply_adopted()
    {
        await _journey.PassAsync();
        Assert.That(await Refusal(_journey.Meeting() with { Meeting = "" }), Is.EqualTo("invalid"));
        Assert.That(await Refusal(_journey.Meeting() with { MeetingNumber = "" }), Is.EqualTo("invalid"));
        Assert.That(await Refusal(_journey.Meeting() with { Chair = "" }), Is.EqualTo("invalid"));
        Assert.That(await Refusal(_journey.Meeting() with { Attendees = [] }), Is.EqualTo("decision.no-attendees"));
        Assert.That(await Refusal(_journey.Meeting() with { Absent = ["副市长甲"] }), Is.EqualTo("decision.present-and-absent"));
        Assert.That(await Refusal(_journey.Meeting() with { Absent = ["市长"] }), Is.EqualTo("decision.present-and-absent"));
        foreach (var outcome in new[] { DecisionOutcome.AdoptedInPrinciple, DecisionOutcome.Deferred, DecisionOutcome.Rejected })
            Assert.That(await Refusal(_journey.Meeting(outcome) with { Reason = null }), Is.EqualTo("decision.reason-missing"), $"{outcome}");
    }

    [TestCase(-1, "date.order")]
    [TestCase(1, "fact.in-future")]
    [TestCase(0, null)]
    public async Task A_meeting_comes_after_the_review_and_not_tomorrow(int days, string? code)
    {
        await _journey.PassAsync();
        Assert.That(await Refusal(_journey.Meeting() with { On = _register.Today.AddDays(days) }), Is.EqualTo(code));
    }

    [Test]
    public async Task An_adopted_text_is_approved_by_its_digest()
    {
        await _journey.PassAsync();
        await _register.As("secretary").Send(_journey.Meeting() with { Dissent = "副市长乙：建议缓行。" });
        var digest = CanonicalText.From(Journey.Text).Digest;
        Assert.That(await _journey.FactsAsync(FactKind.Decided), Is.EqualTo([$"Adopted {digest}"]));
        Assert.That(await _register.Scalar<string>("SELECT ApprovedDigest FROM Decision"), Is.EqualTo(digest));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("decision-recorded"));
        var line = (await _register.As("drafter").Send(new ReadDecision(_journey.Document))).Decisions.Single();
        Assert.That((line.Outcome, line.MeetingNumber, line.Dissent, line.ApprovedOn), Is.EqualTo((DecisionOutcome.Adopted, "第12次", "副市长乙：建议缓行。", _register.Today)));
        Assert.That((line.Attendees.Count, line.Absent), Is.EqualTo((3, new[] { "副市长丙" })));
        Assert.That((await _register.As("drafter-finance").Try(new ReadDecision(_journey.Document))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task A_text_that_changed_after_the_review_is_not_tabled()
    {
        await _journey.PassAsync();
        await _journey.TamperAsync(Journey.Changed);
        Assert.That(await Refusal(_journey.Meeting()), Is.EqualTo("decision.text-changed"));
        Assert.That(await _journey.FactsAsync(FactKind.Decided), Is.Empty);
    }

    [Test]
    public async Task A_rejected_draft_ends_here()
    {
        await _journey.PassAsync();
        await _journey.DecideAsync(DecisionOutcome.Rejected);
        Assert.That(await _journey.TasksAsync(), Is.Empty);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Rejected"));
        Assert.That(await _register.Scalar<string>("SELECT ApprovedDigest FROM Decision"), Is.Null);
    }

    [Test]
    public async Task A_deferred_draft_is_revised_reviewed_again_and_decided_anew()
    {
        await _journey.PassAsync();
        await _journey.DecideAsync(DecisionOutcome.Deferred);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["revise"]));
        await _register.As("drafter").Send(new ReviseDraft(_journey.Document, "删去收费", Journey.Amended));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
        await _journey.AskToAmendAsync(Journey.Wording);
        await _journey.AnswerAsync(Journey.Changed, AnswerKind.Adopted);
        await _journey.ConfirmAsync(true);
        await _journey.DecideAsync();
        Assert.That(await _journey.FactsAsync(FactKind.Decided), Is.EqualTo(
            new[] { $"Deferred {CanonicalText.From(Journey.Text).Digest}", $"Adopted {CanonicalText.From(Journey.Changed).Digest}" }));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
    }

    [Test]
    public async Task A_department_decides_at_its_own_meeting()
    {
        var department = await Journey.ToReviewAsync(_register, DocumentKind.Department);
        await department.PassAsync();
        Assert.That((await _register.As("secretary").Try(department.Meeting())).Error?.Code, Is.EqualTo("forbidden"));
        await department.DecideAsync();
        await department.SignAsync();
        await department.SignAsync();
        Assert.That(await department.TasksAsync(), Is.EqualTo(["register"]));
    }

    [Test]
    public async Task Under_urgency_the_head_decides_after_the_review()
    {
        var urgent = await Journey.SubmittedAsync(_register);
        await _register.As("secretary").Send(
            new DeclareUrgent(urgent.Document, "防汛抢险", "市长", [UrgentShortening.PublicConsultation, UrgentShortening.CollectiveDecision]));
        await urgent.DraftAsync();
        var decide = new DecideByHead(urgent.Document, true, "市长");
        Assert.That((await _register.As("secretary").Try(decide)).Error?.Code, Is.EqualTo("task.not-open"));
        await urgent.PassAsync();
        Assert.That(await urgent.TasksAsync(), Is.EqualTo(["decide-by-head"]));
        Assert.That((await _register.As("signer").Try(decide)).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("secretary").Try(decide with { Head = "" })).Error?.Field, Is.EqualTo("head"));
        Assert.That((await _register.As("secretary").Try(decide with { Adopted = false })).Error?.Code, Is.EqualTo("decision.reason-missing"));
        Assert.That((await _register.As("secretary").Try(decide with { On = _register.Today.AddDays(-1) })).Error?.Code, Is.EqualTo("date.order"));
        await _register.As("secretary").Send(decide);
        Assert.That(await urgent.TasksAsync(), Is.EqualTo(["sign"]));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(Mode, ' ', Chair, ' ', Reason) FROM Decision"), Is.EqualTo("head 市长 市长批准：防汛抢险"));
        Assert.That(await urgent.FactsAsync(FactKind.Decided), Is.EqualTo([$"Adopted {CanonicalText.From(Journey.Text).Digest}"]));
    }

    [Test]
    public async Task The_head_may_say_no()
    {
        var urgent = await Journey.SubmittedAsync(_register);
        await _register.As("secretary").Send(new DeclareUrgent(urgent.Document, "防汛抢险", "市长", [UrgentShortening.CollectiveDecision]));
        await urgent.DraftAsync();
        await urgent.PassAsync();
        await _register.As("secretary").Send(new DecideByHead(urgent.Document, false, "市长", "险情已过"));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile WHERE DocumentId = @Document", new { urgent.Document }), Is.EqualTo("Rejected"));
    }
}
