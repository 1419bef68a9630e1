using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.LegalityReview;

/// <summary>按意见修改、核对落实、不采纳.</summary>
[TestFixture]
internal sealed class FollowingTests
{
    private TestRegister _register = null!;
    private Journey _journey = null!;

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    /// <summary>Finding 1 must be followed, finding 2 is advice.</summary>
    private async Task Ask(OpinionGate gate = OpinionGate.Explain)
    {
        _register = await TestRegister.OpenAsync(law: law => law.Profile(p => p["review"]!["opinionNotFollowed"]!["value"] = Kebab.Of(gate)));
        _journey = await Journey.ToReviewAsync(_register);
        await _journey.AskToAmendAsync(Journey.Fee, Journey.Wording);
    }

    private async Task<string?> Answer(string? text, params FindingAnswer[] answers) =>
        (await _register.As("drafter").Try(new AnswerFindings(_journey.Document, answers, text))).Error?.Code;

    private async Task<string?> Confirm(params FindingVerdict[] verdicts) =>
        (await _register.As("reviewer").Try(new ConfirmFindings(_journey.Document, verdicts))).Error?.Code;

    [TestCase("reviewer", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_drafter_s_desk_answers(string login, string code)
    {
        await Ask();
        var refused = await _register.As(login).Try(new AnswerFindings(_journey.Document, [new(1, AnswerKind.Adopted)], Journey.Amended));
        Assert.That(refused.Error?.Code, Is.EqualTo(code));
    }

    [TestCase("drafter", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_reviewer_s_desk_confirms(string login, string code)
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        Assert.That((await _register.As(login).Try(new ConfirmFindings(_journey.Document, [new(1, true)]))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Every_finding_is_answered_and_an_adopted_one_shows_in_the_text()
    {
        await Ask();
        Assert.That(await Answer(Journey.Amended), Is.EqualTo("invalid"));
        Assert.That(await Answer(Journey.Amended, new FindingAnswer(1, AnswerKind.Adopted)), Is.EqualTo("findings.unanswered"));
        Assert.That(await Answer(Journey.Amended, new(1, AnswerKind.Adopted), new(1, AnswerKind.Adopted)), Is.EqualTo("invalid"));
        Assert.That(await Answer(Journey.Amended, new(1, AnswerKind.Adopted), new(3, AnswerKind.Adopted)), Is.EqualTo("findings.unknown"));
        Assert.That(await Answer(Journey.Amended, new(1, AnswerKind.Adopted), new(2, AnswerKind.NotAdopted)), Is.EqualTo("findings.reason-missing"));
        Assert.That(await Answer(Journey.Amended, new(1, AnswerKind.PartlyAdopted), new(2, AnswerKind.Adopted)), Is.EqualTo("findings.reason-missing"));
        Assert.That(await Answer(null, new(1, AnswerKind.Adopted), new(2, AnswerKind.Adopted)), Is.EqualTo("findings.text-missing"));
        Assert.That(await Answer(null, new(1, AnswerKind.PartlyAdopted, "另有规定"), new(2, AnswerKind.Adopted)), Is.EqualTo("findings.text-missing"));
        Assert.That(await Answer(Journey.Text, new(1, AnswerKind.Adopted), new(2, AnswerKind.Adopted)), Is.EqualTo("findings.text-unchanged"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["answer-findings"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM DocumentText"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_followed_opinion_lets_the_amended_text_go_to_the_meeting()
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["confirm-findings"]));
        Assert.That(await _journey.ConfirmAsync(true), Is.EqualTo(Following.Followed));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
        Assert.That(await _journey.FactsAsync(FactKind.OpinionFollowed), Is.EqualTo([CanonicalText.From(Journey.Amended).Digest]));
        Assert.That((await _journey.EventsAsync()).TakeLast(2), Is.EqualTo(["findings-answered", "findings-confirmed"]));
        Assert.That(await _register.Scalar<string>("SELECT Following FROM LegalityReview"), Is.EqualTo("followed"));
        await _journey.DecideAsync();
    }

    [Test]
    public async Task Advice_alone_may_be_left_without_a_new_text()
    {
        _register = await TestRegister.OpenAsync();
        _journey = await Journey.ToReviewAsync(_register);
        await _journey.AskToAmendAsync(Journey.Wording);
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted);
        Assert.That(await _journey.ConfirmAsync(), Is.EqualTo(Following.Followed));
        await _journey.DecideAsync();
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["sign"]));
    }

    [Test]
    public async Task Every_adopted_finding_is_looked_at()
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.Adopted);
        Assert.That(await Confirm(new FindingVerdict(1, true)), Is.EqualTo("findings.unconfirmed"));
        Assert.That(await Confirm(new(1, true), new(2, true), new(3, true)), Is.EqualTo("findings.unknown"));
        Assert.That(await Confirm(new(1, true), new(2, false)), Is.EqualTo("findings.remark-missing"));
        Assert.That(await Confirm(new(1, true), new(1, true)), Is.EqualTo("invalid"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["confirm-findings"]));
    }

    [Test]
    public async Task What_is_not_done_is_amended_again_as_often_as_it_takes()
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Changed + "每次缴费 50 元。", AnswerKind.Adopted, AnswerKind.Adopted);
        Assert.That(await _journey.ConfirmAsync(false, true), Is.EqualTo(Following.Again));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["answer-findings"]));
        Assert.That(await Answer(null, new FindingAnswer(1, AnswerKind.Adopted)), Is.EqualTo("findings.text-missing"));
        Assert.That(await Answer(Journey.Changed + "每次缴费 40 元。", new FindingAnswer(1, AnswerKind.Adopted)), Is.Null, "what is confirmed needs no second answer");
        Assert.That(await _journey.ConfirmAsync(false, true), Is.EqualTo(Following.Again));
        await _journey.AnswerAsync(Journey.Changed, AnswerKind.Adopted);
        Assert.That(await Confirm(new FindingVerdict(1, true)), Is.EqualTo("findings.unconfirmed"), "the text is new: all of it is looked at again");
        Assert.That(await _journey.ConfirmAsync(true, true), Is.EqualTo(Following.Followed));
        Assert.That(await _journey.FactsAsync(FactKind.OpinionFollowed), Has.Count.EqualTo(1));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
    }

    [Test]
    public async Task A_refused_binding_finding_is_never_confirmed_as_done()
    {
        await Ask();
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted, AnswerKind.NotAdopted);
        Assert.That(await Confirm(new FindingVerdict(1, true)), Is.EqualTo("findings.not-adopted"));
    }

    [Test]
    public async Task What_is_not_followed_is_explained_where_the_profile_lets_it()
    {
        await Ask();
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted, AnswerKind.NotAdopted);
        Assert.That(await _journey.ConfirmAsync(), Is.EqualTo(Following.NotFollowed));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["explain-not-followed"]));
        Assert.That(await _journey.FactsAsync(FactKind.OpinionNotFollowed), Is.EqualTo(["未采纳第 1 条审查意见"]));
        var drafter = _register.As("drafter");
        Assert.That((await drafter.Try(new ExplainNotFollowed(_journey.Document, " "))).Error?.Field, Is.EqualTo("reason"));
        await drafter.Send(new ExplainNotFollowed(_journey.Document, "省物价局已批准", "市政府分管领导"));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
        Assert.That(await _journey.FactsAsync(FactKind.OpinionNotFollowed), Is.EqualTo(["省物价局已批准（市政府分管领导）"]));
        Assert.That((await _journey.EventsAsync())[^1], Is.EqualTo("not-following-explained"));
        await _journey.DecideAsync();
        await _journey.SignAsync();
    }

    [Test]
    public async Task What_is_not_followed_is_amended_where_the_profile_blocks()
    {
        await Ask(OpinionGate.Block);
        await _journey.AnswerAsync(null, AnswerKind.NotAdopted, AnswerKind.NotAdopted);
        Assert.That(await _journey.ConfirmAsync(), Is.EqualTo(Following.NotFollowed));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["answer-findings"]));
        Assert.That((await _register.As("drafter").Try(new ExplainNotFollowed(_journey.Document, "省物价局已批准"))).Error?.Code, Is.EqualTo("task.not-open"));
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        Assert.That(await _journey.ConfirmAsync(true), Is.EqualTo(Following.Followed));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["decide"]));
    }

    [Test]
    public async Task A_text_that_changed_after_the_answers_is_not_confirmed()
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        await _journey.TamperAsync(Journey.Changed);
        Assert.That(await Confirm(new FindingVerdict(1, true)), Is.EqualTo("review.text-changed"));
        Assert.That(await _journey.ConfirmAsync(false), Is.EqualTo(Following.Again), "it can be sent back");
    }

    [Test]
    public async Task The_opinion_reads_as_it_was_given_answered_and_confirmed()
    {
        await Ask();
        await _journey.AnswerAsync(Journey.Amended, AnswerKind.Adopted, AnswerKind.NotAdopted);
        await _journey.ConfirmAsync(true);
        Assert.That((await _register.As("drafter-finance").Try(new ReadReview(_journey.Document))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.As("auditor").Try(new ReadReview(_journey.Document))).Error?.Code, Is.EqualTo("forbidden"));
        var sheet = await _register.As("drafter").Send(new ReadReview(_journey.Document));
        Assert.That((sheet.Title, sheet.DraftingBody, sheet.LegalOffice), Is.EqualTo(("郴州市城镇房屋租赁管理办法", "郴州市住房和城乡建设局", "郴州市人民政府法制办公室")));
        var round = sheet.Rounds.Single();
        Assert.That((round.Round, round.TextNo, round.AmendedTextNo, round.Conclusion, round.Following), Is.EqualTo((1, 1, 2, ReviewConclusion.Amend, Following.Followed)));
        Assert.That((round.ReceivedOn, round.ConcludedOn, round.FollowingOn, round.Reviewer), Is.EqualTo((_register.Today, _register.Today, _register.Today, "reviewer")));
        // received on a day off, 22 February 2026; 28 February is a make-up working day
        Assert.That((round.Limit!.Due, round.Limit.MetOn), Is.EqualTo((new DateOnly(2026, 3, 13), _register.Today)));
        Assert.That(round.Limit.Source, Does.StartWith("国办发〔2018〕115号"));
        Assert.That(round.Aspects.Select(a => a.Aspect), Is.EqualTo(Enum.GetValues<ReviewAspect>()));
        Assert.That(round.ForbiddenChecked, Is.EqualTo(Journey.Forbidden));
        Assert.That(round.Findings.Select(f => (f.No, f.Content, f.Answer, f.Confirmed)), Is.EqualTo(
            new (int, FindingText, AnswerKind?, bool?)[] { (1, Journey.Fee, AnswerKind.Adopted, true), (2, Journey.Wording, AnswerKind.NotAdopted, null) }));
    }
}
