using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>
/// A definition that offers every step at any time, again and again. Reviewed before decided, decided before signed, the opinion followed
/// before signing: the gates hold without the definition's help.
/// </summary>
[TestFixture]
internal sealed class AnyDefinitionTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task Start(OpinionGate gate = OpinionGate.Explain, params string[] coIssuers)
    {
        _register = await TestRegister.OpenAsync(law: law => AnythingGoes.Instead(law, gate));
        _journey = await Journey.SubmittedAsync(_register, DocumentKind.Government, coIssuers);
    }

    private async Task<string?> Decide() => (await _register.As("secretary").Try(_journey.Meeting())).Error?.Code;

    private async Task<string?> Sign() => (await _register.As("signer").Try(new SignDocument(_journey.Document, SigningOutcome.Signed))).Error?.Code;

    [Test]
    public async Task Nothing_is_decided_before_it_passed_the_review()
    {
        await Start();
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "never reviewed");
        await _journey.AcceptAsync();
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "under review");
        await _journey.ConcludeAsync(ReviewConclusion.Refused);
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "refused");
        await _journey.AcceptAsync();
        await _journey.ConcludeAsync(ReviewConclusion.Returned);
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "returned");
        await _journey.AskToAmendAsync(Journey.Fee);
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "not amended");
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "amended, not confirmed");
        await _journey.ConfirmAsync(false);
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "to be amended again");
        await _journey.AnswerAsync(Journey.Changed, AnswerKind.Adopted);
        await _journey.ConfirmAsync(true);
        Assert.That(await Decide(), Is.Null);
        await _journey.AcceptAsync();
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"), "a new round takes the old one's place");
    }

    [Test]
    public async Task Under_block_no_explanation_lets_it_pass()
    {
        await Start(OpinionGate.Block);
        await _journey.AskToAmendAsync(Journey.Fee);
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted);
        await _journey.ConfirmAsync();
        Assert.That(
            (await _register.As("drafter").Try(new ExplainNotFollowed(_journey.Document, "市长同意", "市长"))).Error?.Code, Is.EqualTo("findings.must-be-followed"));
        // not even one that came into the table by another way
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE LegalityReview SET Explanation = '市长同意'"));
        Assert.That(await Decide(), Is.EqualTo("decision.not-reviewed"));
        Assert.That(await Sign(), Is.EqualTo("sign.opinion-not-followed"));
    }

    [Test]
    public async Task Under_explain_the_reason_must_be_there()
    {
        await Start();
        Assert.That((await _register.As("drafter").Try(new ExplainNotFollowed(_journey.Document, "已批准"))).Error?.Code, Is.EqualTo("findings.none-asked"));
        await _journey.AskToAmendAsync(Journey.Fee);
        Assert.That((await _register.As("drafter").Try(new ExplainNotFollowed(_journey.Document, "已批准"))).Error?.Code, Is.EqualTo("findings.nothing-to-explain"));
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted);
        await _journey.ConfirmAsync();
        Assert.That((await Decide(), await Sign()), Is.EqualTo(("decision.not-reviewed", "sign.opinion-not-followed")));
        await _register.As("drafter").Send(new ExplainNotFollowed(_journey.Document, "已批准"));
        Assert.That(await Decide(), Is.Null);
        Assert.That(await Sign(), Is.Null);
    }

    [TestCase(OpinionGate.Block)]
    [TestCase(OpinionGate.Explain)]
    public async Task An_opinion_that_is_no_longer_followed_stops_the_signature_after_the_decision(OpinionGate gate)
    {
        await Start(gate);
        await _journey.AskToAmendAsync(Journey.Fee);
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        await _journey.ConfirmAsync(true);
        Assert.That(await Decide(), Is.Null);
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted);
        Assert.That(await Sign(), Is.EqualTo("sign.opinion-not-followed"), "the drafter took the answer back");
        await _journey.ConfirmAsync();
        Assert.That(await Sign(), Is.EqualTo("sign.opinion-not-followed"));
    }

    [Test]
    public async Task Nothing_is_signed_before_it_was_decided_in_the_latest_round()
    {
        await Start();
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "never reviewed");
        await _journey.PassAsync();
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "not decided");
        await _journey.DecideAsync(DecisionOutcome.Deferred);
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "deferred");
        await _journey.DecideAsync(DecisionOutcome.Rejected);
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "rejected");
        await _journey.DecideAsync(DecisionOutcome.AdoptedInPrinciple);
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "in principle, changes not confirmed");
        await _journey.DecideAsync();
        Assert.That(await Sign(), Is.Null);
        await _journey.AcceptAsync();
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "under review again");
        await _journey.ConcludeAsync(ReviewConclusion.Passed);
        Assert.That(await Sign(), Is.EqualTo("sign.not-decided"), "an earlier round's decision is none on this one");
        await _journey.DecideAsync();
        // The earlier round's signature counts no more: two levels, and by two people.
        Assert.That((await Sign(), await Sign()), Is.EqualTo(((string?)null, "sign.same-person")));
        await _register.As("signer-deputy").Send(new SignDocument(_journey.Document, SigningOutcome.Signed));
        Assert.That(await Sign(), Is.EqualTo("sign.complete"));
        Assert.That(await _journey.FactsAsync(FactKind.Signed), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_new_decision_voids_what_was_signed()
    {
        await Start();
        await _journey.PassAsync();
        await _journey.DecideAsync();
        await _journey.SignAsync();
        await _journey.DecideAsync();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Signature WHERE VoidedAt IS NULL"), Is.Zero);
    }

    [Test]
    public async Task The_lead_does_not_sign_before_the_others()
    {
        await Start(OpinionGate.Explain, World.Finance);
        await _journey.PassAsync();
        await _journey.DecideAsync();
        var refused = await _register.As("signer").Try(new SignDocument(_journey.Document, SigningOutcome.Signed));
        Assert.That((refused.Error?.Code, refused.Error?.Message), Is.EqualTo(("sign.not-countersigned", "联合制定机关尚未会签：郴州市财政局。")));
    }

    [Test]
    public async Task The_head_decides_alone_only_under_urgency()
    {
        await Start();
        await _journey.PassAsync();
        Assert.That((await _register.As("secretary").Try(new DecideByHead(_journey.Document, true, "市长"))).Error?.Code, Is.EqualTo("decision.not-urgent"));
    }

    [Test]
    public async Task Steps_that_have_nothing_to_work_on_say_so()
    {
        await Start();
        var (reviewer, drafter) = (_register.As("reviewer"), _register.As("drafter"));
        Assert.That((await reviewer.Try(new ConcludeReview(_journey.Document, ReviewConclusion.Passed, Journey.AllPassed, Journey.Forbidden))).Error?.Code, Is.EqualTo("review.not-accepted"));
        Assert.That((await reviewer.Try(new AddFinding(_journey.Document, Journey.Fee))).Error?.Code, Is.EqualTo("review.not-accepted"));
        Assert.That((await drafter.Try(new AnswerFindings(_journey.Document, [new(1, AnswerKind.Adopted)], Journey.Amended))).Error?.Code, Is.EqualTo("findings.none-asked"));
        Assert.That((await reviewer.Try(new ConfirmFindings(_journey.Document, []))).Error?.Code, Is.EqualTo("findings.none-asked"));
        Assert.That((await reviewer.Try(new ConfirmChanges(_journey.Document, ChangesOutcome.Confirmed))).Error?.Code, Is.EqualTo("changes.not-in-principle"));
        await _journey.PassAsync();
        Assert.That((await reviewer.Try(new ConcludeReview(_journey.Document, ReviewConclusion.Passed, Journey.AllPassed, Journey.Forbidden))).Error?.Code, Is.EqualTo("review.concluded"));
        Assert.That((await reviewer.Try(new AddFinding(_journey.Document, Journey.Fee))).Error?.Code, Is.EqualTo("review.concluded"));
        await _journey.AskToAmendAsync(Journey.Fee);
        Assert.That((await reviewer.Try(new ConfirmFindings(_journey.Document, [new(1, true)]))).Error?.Code, Is.EqualTo("findings.unanswered"));
    }

    [Test]
    public async Task Dates_of_a_later_round_do_not_lie_before_the_earlier_one()
    {
        await Start();
        var first = _register.Today;
        await _journey.PassAsync();
        await _journey.DecideAsync();
        _register.Clock.Move(_register.Clock.GetUtcNow().AddDays(2), 0);
        var again = new AcceptForReview(_journey.Document, AcceptanceOutcome.Accepted, On: first.AddDays(-1));
        Assert.That((await _register.As("reviewer").Try(again)).Error?.Code, Is.EqualTo("date.order"));
        await _register.As("reviewer").Send(again with { On = first });
        var conclude = new ConcludeReview(_journey.Document, ReviewConclusion.Passed, Journey.AllPassed, Journey.Forbidden, On: first.AddDays(1));
        await _register.As("reviewer").Send(conclude);
        Assert.That((await _register.As("secretary").Try(_journey.Meeting() with { On = first })).Error?.Code, Is.EqualTo("date.order"), "the meeting of the earlier round was before this review");
    }
}
