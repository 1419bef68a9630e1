using Filing.Domain;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Tests.Support;

namespace Filing.Tests.Desks;

/// <summary>What a page offers: what the posts allow here, with what stands against it.</summary>
[TestFixture]
internal sealed class ActsTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(Issuing.Start);

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private async Task<string> Open(string login, Guid document) =>
        string.Join(' ', (await _register.As(login).Send(new ReadActs(document))).Where(a => a.Open).Select(a => a.Verb));

    [TestCase("drafter", "declare-relation withdraw-draft")]
    [TestCase("reviewer", "declare-urgent", Description = "the rules of 2013 count no limit of the review")]
    [TestCase("registrar", "correct-fact")]
    [TestCase("secretary", "declare-urgent")]
    [TestCase("department-legal", "")]
    public async Task A_draft_under_review_offers_each_desk_its_own(string login, string verbs) => Assert.That(await Open(login, await _register.UnderReviewAsync()), Is.EqualTo(verbs));

    [Test]
    public async Task Whoever_may_not_see_it_is_told_nothing() => Assert.That((await _register.As("drafter-finance").Try(new ReadActs(await _register.UnderReviewAsync()))).Error?.Code, Is.EqualTo("not-found"));

    [Test]
    public async Task A_limit_that_stands_still_can_only_go_on()
    {
        _register.On(2026, 2, 14);
        var document = await _register.UnderReviewAsync();
        Assert.That(await Open("reviewer", document), Is.EqualTo("declare-urgent suspend-deadline"));
        var deadline = await _register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'legality-review'");
        _register.On(2026, 2, 16);
        await _register.As("reviewer").Send(new SuspendDeadline(document, deadline, "等待鉴定"));
        Assert.That(await Open("reviewer", document), Is.EqualTo("declare-urgent resume-deadline"));
    }

    [Test]
    public async Task What_ended_offers_no_end_and_says_why()
    {
        var journey = await Issuing.PublishedAsync(_register, DocumentKind.Department, "郴建发〔2013〕1号");
        Assert.That(await Open("registrar", journey.Document), Is.EqualTo("correct-fact void-number suspend-document repeal-document declare-lapsed annul-document"));
        Assert.That(await Open("drafter", journey.Document), Is.Empty);
        await _register.As("registrar").Send(new RepealDocument(journey.Document, "郴建发〔2014〕9号", "过时"));
        Assert.That(await Open("registrar", journey.Document), Is.EqualTo("correct-fact void-number annul-document"));
        Assert.That((await _register.As("registrar").Send(new ReadActs(journey.Document))).Single(a => a.Verb == "repeal-document").Hindrance, Does.Match("该文件自.*起已废止"));
    }

    [Test]
    public async Task What_is_offered_comes_through_and_what_is_not_is_refused()
    {
        var document = await _register.UnderReviewAsync();
        Assert.That((await _register.As("registrar").Try(new RepealDocument(document, "x", "y"))).Error?.Message, Is.EqualTo((await _register.As("registrar").Send(new ReadActs(document))).Single(a => a.Verb == "repeal-document").Hindrance));
        await _register.As("drafter").Send(new WithdrawDraft(document, "不再制定"));
        Assert.That(await Open("drafter", document), Is.Empty);
    }
}
