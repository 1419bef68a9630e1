using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.LegalityReview;

/// <summary>出具合法性审查意见.</summary>
[TestFixture]
internal sealed class ConcludingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Take_a_draft_in_for_review()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
        await _journey.AcceptAsync();
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private ConcludeReview Conclude(ReviewConclusion conclusion = ReviewConclusion.Passed, AspectOpinion[]? aspects = null, string[]? forbidden = null, string? summary = null, DateOnly? on = null) =>
        new(_journey.Document, conclusion, aspects ?? Journey.AllPassed, forbidden ?? Journey.Forbidden, summary, on);

    private async Task<string?> Refusal(ConcludeReview command) => (await _register.As("reviewer").Try(command)).Error?.Code;

    private static AspectOpinion[] Failed(ReviewAspect aspect, string? remark) => [.. Journey.AllPassed.Select(o => o.Aspect == aspect ? new(aspect, false, remark) : o)];

    [TestCase("drafter", "forbidden")]
    [TestCase("registrar", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Who_does_not_sit_at_the_desk_is_refused(string login, string code) =>
        Assert.That((await _register.As(login).Try(Conclude())).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task Every_aspect_is_pronounced_on()
    {
        Assert.That(await Refusal(Conclude(aspects: Journey.AllPassed[1..])), Is.EqualTo("review.aspect-missing"));
        Assert.That(await Refusal(Conclude(aspects: [])), Is.EqualTo("review.aspect-missing"));
        Assert.That(await Refusal(Conclude(aspects: [.. Journey.AllPassed, new(ReviewAspect.Form, true)])), Is.EqualTo("invalid"));
        Assert.That(await Refusal(Conclude(ReviewConclusion.Returned, Failed(ReviewAspect.Procedure, null), summary: "缺听证")), Is.EqualTo("review.aspect-without-remark"));
    }

    [Test]
    public async Task Every_forbidden_item_is_looked_for()
    {
        Assert.That(await Refusal(Conclude(forbidden: Journey.Forbidden[..4])), Is.EqualTo("review.forbidden-not-checked"));
        Assert.That(await Refusal(Conclude(forbidden: [])), Is.EqualTo("review.forbidden-not-checked"));
        Assert.That(await Refusal(Conclude(forbidden: [.. Journey.Forbidden, "税收"])), Is.EqualTo("finding.unknown-forbidden"));
    }

    [Test]
    public async Task A_conclusion_agrees_with_the_findings_and_the_aspects()
    {
        Assert.That(await Refusal(Conclude(ReviewConclusion.Amend)), Is.EqualTo("review.amend-without-finding"));
        Assert.That(await Refusal(Conclude(ReviewConclusion.Passed, Failed(ReviewAspect.Power, "超越权限"))), Is.EqualTo("review.passed-with-failed-aspect"));
        Assert.That(await Refusal(Conclude(ReviewConclusion.Returned)), Is.EqualTo("review.summary-missing"));
        Assert.That(await Refusal(Conclude(ReviewConclusion.Refused)), Is.EqualTo("review.summary-missing"));
        await _journey.FindAsync(Journey.Fee);
        Assert.That(await Refusal(Conclude()), Is.EqualTo("review.passed-with-findings"));
        foreach (var conclusion in new[] { ReviewConclusion.Amend, ReviewConclusion.Returned, ReviewConclusion.Refused })
            Assert.That(await Refusal(Conclude(conclusion, summary: "收费没有依据。")), Is.EqualTo("review.passed-aspect-with-finding"), $"{conclusion}");
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["review"]));
        Assert.That(await _journey.FactsAsync(FactKind.ReviewConcluded), Is.Empty);
    }

    [Test]
    public async Task Advice_does_not_stand_in_the_way_of_a_lawful_draft()
    {
        await _journey.FindAsync(Journey.Wording);
        Assert.That(await Refusal(Conclude()), Is.Null);
    }

    [TestCase(-1, "date.order")]
    [TestCase(1, "fact.in-future")]
    // on the very day of receipt: the minimum protects the reviewer and forbids nothing
    [TestCase(0, null)]
    public async Task An_opinion_comes_after_its_receipt_and_may_come_early(int days, string? code) =>
        Assert.That(await Refusal(Conclude(on: _register.Today.AddDays(days))), Is.EqualTo(code));

    [Test]
    public async Task A_lawful_draft_goes_to_the_meeting()
    {
        await _register.As("reviewer").Send(Conclude(summary: "合法。"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
        Assert.That(await _journey.FactsAsync(FactKind.ReviewConcluded), Is.EqualTo(["Passed"]));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(Conclusion, ' ', Reviewer) FROM LegalityReview"), Is.EqualTo("passed reviewer"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM ReviewAspect WHERE Passed = 1"), Is.EqualTo(5));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("review-concluded"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE ClosedAt IS NULL"), Is.Zero);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Wait WHERE Kind = 'limit'"), Is.Zero);
    }

    [Test]
    public async Task A_draft_that_may_not_be_made_ends_here()
    {
        await _journey.ConcludeAsync(ReviewConclusion.Refused);
        Assert.That(await _journey.TasksAsync(), Is.Empty);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Refused"));
    }

    [Test]
    public async Task A_returned_draft_comes_again_as_a_new_round_with_a_limit_of_its_own()
    {
        await _journey.FindAsync(Journey.Fee);
        await _journey.ConcludeAsync(ReviewConclusion.Returned);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["supplement"]));
        await _register.As("drafter").Send(new SupplementDraft(_journey.Document, "已补听证", Journey.Amended));
        await _journey.AcceptAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["review"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'legality-review'"), Is.EqualTo(2));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'legality-review' AND ClosedAt IS NULL"), Is.EqualTo(1));
        await _journey.ConcludeAsync(ReviewConclusion.Passed);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]), "a finding of an earlier round binds no more");
        Assert.That(await _journey.FactsAsync(FactKind.ReviewConcluded), Is.EqualTo(["Returned", "Passed"]));
        Assert.That(await _register.Rows<int>("SELECT Round FROM LegalityReview ORDER BY Round"), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task A_text_that_changed_under_review_is_not_found_lawful()
    {
        await _journey.TamperAsync(Journey.Changed);
        Assert.That(await Refusal(Conclude()), Is.EqualTo("review.text-changed"));
        Assert.That(await Refusal(Conclude(ReviewConclusion.Returned, summary: "正文有变动")), Is.Null);
    }
}
