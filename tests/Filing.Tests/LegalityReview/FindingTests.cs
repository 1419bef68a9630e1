using Filing.Domain;
using Filing.Features.LegalityReview;
using Filing.Tests.Support;

namespace Filing.Tests.LegalityReview;

/// <summary>Findings, while a draft is under review.</summary>
[TestFixture]
internal sealed class FindingTests
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

    private Task<IReadOnlyList<string>> Findings() => _register.Rows<string>("SELECT CONCAT(No, ' ', Aspect, ' ', Binding) FROM Finding ORDER BY No");

    [TestCase("drafter", "forbidden")]
    [TestCase("secretary", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    public async Task Only_the_reviewer_s_desk_writes_findings(string login, string code)
    {
        await _journey.AcceptAsync();
        Assert.That((await _register.As(login).Try(new AddFinding(_journey.Document, Journey.Fee))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Findings_are_written_while_the_review_is_open_and_at_no_other_time()
    {
        var reviewer = _register.As("reviewer");
        Assert.That((await reviewer.Try(new AddFinding(_journey.Document, Journey.Fee))).Error?.Code, Is.EqualTo("task.not-open"));
        await _journey.AcceptAsync();
        var id = await reviewer.Send(new AddFinding(_journey.Document, Journey.Fee));
        Assert.That(await _journey.TasksAsync(), Is.EqualTo(["review"]), "the task stays open");
        await _journey.ConcludeAsync(ReviewConclusion.Amend);
        Assert.That((await reviewer.Try(new AddFinding(_journey.Document, Journey.Wording))).Error?.Code, Is.EqualTo("task.not-open"));
        Assert.That((await reviewer.Try(new ChangeFinding(_journey.Document, id, Journey.Wording))).Error?.Code, Is.EqualTo("task.not-open"));
        Assert.That((await reviewer.Try(new RemoveFinding(_journey.Document, id))).Error?.Code, Is.EqualTo("task.not-open"));
        Assert.That(await Findings(), Is.EqualTo(["1 content 1"]));
    }

    [Test]
    public async Task A_finding_is_changed_and_removed_and_the_later_ones_move_up()
    {
        await _journey.AcceptAsync();
        var reviewer = _register.As("reviewer");
        var first = await _journey.FindAsync(Journey.Fee);
        var second = await _journey.FindAsync(Journey.Wording);
        await _journey.FindAsync(new(ReviewAspect.Procedure, "未听证。", true));
        await reviewer.Send(new ChangeFinding(_journey.Document, second, new(ReviewAspect.Power, "超越权限。", true, "第一条")));
        await reviewer.Send(new RemoveFinding(_journey.Document, first));
        Assert.That(await Findings(), Is.EqualTo(["1 power 1", "2 procedure 1"]));
        Assert.That((await _journey.EventsAsync()).TakeLast(5), Is.EqualTo(["finding-added", "finding-added", "finding-added", "finding-changed", "finding-removed"]));
        Assert.That((await reviewer.Try(new RemoveFinding(_journey.Document, first))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await reviewer.Try(new ChangeFinding(_journey.Document, first, Journey.Fee))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task A_finding_of_another_document_is_out_of_reach()
    {
        var other = await Journey.ToReviewAsync(_register);
        await other.AcceptAsync();
        var theirs = await other.FindAsync(Journey.Fee);
        await _journey.AcceptAsync();
        Assert.That((await _register.As("reviewer").Try(new RemoveFinding(_journey.Document, theirs))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _register.As("reviewer").Try(new ChangeFinding(_journey.Document, theirs, Journey.Wording))).Error?.Code, Is.EqualTo("not-found"));
    }

    [Test]
    public async Task What_a_finding_says_must_make_sense()
    {
        await _journey.AcceptAsync();
        async Task<string?> Code(FindingText finding) => (await _register.As("reviewer").Try(new AddFinding(_journey.Document, finding))).Error?.Code;
        Assert.That(await Code(Journey.Fee with { Text = "" }), Is.EqualTo("invalid"));
        Assert.That(await Code(Journey.Fee with { Forbidden = "税收" }), Is.EqualTo("finding.unknown-forbidden"));
        Assert.That(await Code(Journey.Fee with { Binding = false }), Is.EqualTo("finding.forbidden-binds"));
        Assert.That(await Findings(), Is.Empty);
    }
}
