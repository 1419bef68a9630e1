using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.LegalityReview;

/// <summary>受理.</summary>
[TestFixture]
internal sealed class AcceptingTests
{
    private static readonly Missing[] NoMinutes = [new("专家论证意见", "重大决策应当经三名以上专家论证")];

    private TestRegister _register = null!;
    private Journey _journey = null!;

    [SetUp]
    public async Task Bring_a_draft_to_the_legal_office()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 1, 7, 9, 12, 0, TimeSpan.FromHours(8)));
        _journey = await Journey.ToReviewAsync(_register);
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private AcceptForReview Accept(DateOnly? on = null) => new(_journey.Document, AcceptanceOutcome.Accepted, On: on);

    [TestCase("secretary", "forbidden")]
    [TestCase("drafter", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Who_does_not_sit_at_the_desk_is_refused(string login, string code) =>
        Assert.That((await _register.As(login).Try(Accept())).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_draft_that_is_not_there_yet_is_refused()
    {
        var early = await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As("reviewer").Try(new AcceptForReview(early.Document, AcceptanceOutcome.Accepted))).Error?.Code, Is.EqualTo("task.not-open"));
    }

    [Test]
    public async Task Taking_in_opens_a_round_on_the_text_and_starts_the_limit()
    {
        await _register.As("reviewer").Send(Accept());
        var round = await _register.Rows<string>("SELECT CONCAT(r.Round, ' ', t.No, ' ', r.ReceivedOn) FROM LegalityReview r JOIN DocumentText t ON t.Id = r.TextId");
        Assert.That(round, Is.EqualTo(["1 1 2013-01-15"]));
        Assert.That(await _journey.FactsAsync(FactKind.ReviewReceived), Has.Count.EqualTo(1));
        Assert.That(await _journey.EventsAsync(), Does.Contain("review-accepted"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["review"]));
        Assert.That(await _register.Scalar<string>("SELECT FromDate FROM Deadline WHERE Name = 'legality-review' AND ClosedAt IS NULL"), Is.EqualTo("2013-01-15"));
    }

    [Test]
    public async Task An_incomplete_draft_goes_back_with_what_is_missing_and_comes_again()
    {
        var reviewer = _register.As("reviewer");
        Assert.That((await reviewer.Try(new AcceptForReview(_journey.Document, AcceptanceOutcome.Incomplete))).Error?.Field, Is.EqualTo("missing"));
        Assert.That((await reviewer.Try(new AcceptForReview(_journey.Document, AcceptanceOutcome.Incomplete, [new("专家论证意见", "")]))).Error?.Field, Is.EqualTo("missing"));
        Assert.That((await reviewer.Try(new AcceptForReview(_journey.Document, AcceptanceOutcome.Accepted, NoMinutes))).Error?.Field, Is.EqualTo("missing"));
        await reviewer.Send(new AcceptForReview(_journey.Document, AcceptanceOutcome.Incomplete, NoMinutes));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["supplement"]));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Item, '：', Reason) FROM MissingItem"), Is.EqualTo(["专家论证意见：重大决策应当经三名以上专家论证"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM LegalityReview"), Is.Zero);
        await _register.As("drafter").Send(new SupplementDraft(_journey.Document, "已补专家意见", Journey.Amended));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["accept-review"]));
        await reviewer.Send(Accept());
        Assert.That(await _register.Scalar<int>("SELECT t.No FROM LegalityReview r JOIN DocumentText t ON t.Id = r.TextId"), Is.EqualTo(2));
    }

    [Test]
    public async Task Who_submitted_a_draft_reviews_none_of_it()
    {
        await _register.Operator.Send(new GivePost("drafter", World.CityLegal, Role.Reviewer, new(2000, 1, 1)));
        var self = _register.As("drafter");
        Assert.That((await self.Try(Accept())).Error?.Code, Is.EqualTo("review.own-draft"));
        await _journey.AcceptAsync();
        Assert.That((await self.Try(new AddFinding(_journey.Document, Journey.Fee))).Error?.Code, Is.EqualTo("review.own-draft"));
        var finding = await _journey.FindAsync(Journey.Fee);
        Assert.That((await self.Try(new ChangeFinding(_journey.Document, finding, Journey.Wording))).Error?.Code, Is.EqualTo("review.own-draft"));
        Assert.That((await self.Try(new RemoveFinding(_journey.Document, finding))).Error?.Code, Is.EqualTo("review.own-draft"));
        Assert.That(
            (await self.Try(new ConcludeReview(_journey.Document, ReviewConclusion.Amend, Journey.AllPassed, Journey.Forbidden))).Error?.Code, Is.EqualTo("review.own-draft"));
        await _journey.ConcludeAsync(ReviewConclusion.Amend);
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted);
        Assert.That((await self.Try(new ConfirmFindings(_journey.Document, [new(1, true)]))).Error?.Code, Is.EqualTo("review.own-draft"));
    }

    [Test]
    public async Task Who_amended_a_draft_that_another_had_submitted_reviews_none_of_it_either()
    {
        await _register.Operator.Send(new GivePost("drafter-office", World.Housing, Role.Drafter, new(2000, 1, 1)));
        await _register.Operator.Send(new GivePost("drafter-office", World.CityLegal, Role.Reviewer, new(2000, 1, 1)));
        await _register.As("reviewer").Send(new AcceptForReview(_journey.Document, AcceptanceOutcome.Incomplete, NoMinutes));
        await _register.As("drafter-office").Send(new SupplementDraft(_journey.Document, "已补专家意见", Journey.Amended));
        Assert.That((await _register.As("drafter-office").Try(Accept())).Error?.Code, Is.EqualTo("review.own-draft"));
        await _journey.AcceptAsync();
    }

    [Test]
    public async Task Nobody_identifies_a_draft_of_his_own()
    {
        await _register.Operator.Send(new GivePost("drafter", World.CityLegal, Role.Reviewer, new(2000, 1, 1)));
        var own = await Journey.SubmittedAsync(_register);
        Assert.That((await _register.As("drafter").Try(new IdentifyDocument(own.Document, IdentificationOutcome.Normative, "普遍适用"))).Error?.Code, Is.EqualTo("review.own-draft"));
    }

    // the draft was checked by its own house on 15 January 2013, which is today
    [TestCase("2013-01-14", "date.order")]
    [TestCase("2013-01-16", "fact.in-future")]
    [TestCase("2013-01-15", null)]
    public async Task It_is_received_after_it_left_the_house_and_not_tomorrow(string on, string? code) =>
        Assert.That((await _register.As("reviewer").Try(Accept(DateOnly.Parse(on, null)))).Error?.Code, Is.EqualTo(code));

    [Test]
    public async Task A_disorder_of_dates_names_both()
    {
        var refused = await _register.As("reviewer").Try(Accept(new(2013, 1, 14)));
        Assert.That(refused.Error?.Message, Does.Contain("2013年1月14日").And.Contain("2013年1月15日"));
    }
}
