using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Supervision;

/// <summary>A review that began on Monday 1 April 2013 is due after 15 working days: on Tuesday 23 April, since 清明 takes two and gives one back.</summary>
[TestFixture]
internal sealed class DeadlineLifeTests
{
    private static readonly DateTimeOffset Start = new(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8));

    private TestRegister _register = null!;
    private Guid _document;
    private Guid _deadline;

    [SetUp]
    public async Task A_review_with_a_limit()
    {
        _register = await TestRegister.OpenAsync(Start, WithLimit);
        _document = await _register.UnderReviewAsync();
        _deadline = await _register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'legality-review'");
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<string?> Due() => _register.Scalar<string>("SELECT Due FROM Deadline WHERE Id = @_deadline", new { _deadline });

    private Task<SweepPass> Sweep() => _register.Services.GetRequiredService<Sweep>().RunAsync();

    private Task<Result<Redated>> Suspend(string login, DateOnly? on = null) => _register.As(login).Try(new SuspendDeadline(_document, _deadline, "等候起草单位补充材料", on));

    private Task<Result<Redated>> Resume(string login, DateOnly? on = null) => _register.As(login).Try(new ResumeDeadline(_document, _deadline, "材料已补齐", on));

    [TestCase("drafter", "forbidden")]
    [TestCase("registrar", "forbidden")]
    [TestCase("drafter-finance", "forbidden")]
    [TestCase("receiver-province", "not-found")]
    public async Task Who_does_not_keep_the_limit_may_not_stop_it(string login, string code)
    {
        Assert.That((await Suspend(login)).Error?.Code, Is.EqualTo(code));
        Assert.That((await Resume(login)).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_deadline_of_another_document_is_not_found()
    {
        var other = await _register.IdentifiedAsync("另一份文件");
        Assert.That((await _register.As("reviewer").Try(new SuspendDeadline(other, _deadline, "理由"))).Error?.Kind, Is.EqualTo(ErrorKind.NotFound));
    }

    [Test]
    public async Task Suspended_days_do_not_count_and_the_derivation_says_so()
    {
        Assert.That(await Due(), Is.EqualTo("2013-04-23"));
        _register.On(2013, 4, 10);
        var suspended = await Suspend("reviewer");
        Assert.That(suspended.Value.Due, Is.Null);
        Assert.That(suspended.Value.Steps[^1], Is.EqualTo("2013年4月10日起中止（等候起草单位补充材料），恢复后继续计算"));
        _register.On(2013, 4, 17);
        var resumed = await Resume("reviewer");
        // Five working days, from the 10th to the 16th, did not count; the last is Sunday 28 April, worked for the holiday that follows.
        Assert.That(resumed.Value.Due, Is.EqualTo(new DateOnly(2013, 4, 28)));
        Assert.That(resumed.Value.Steps, Has.Some.EqualTo("4月10日至4月16日中止，7日不计"));
        var events = await _register.Rows<string>("SELECT Type FROM Event WHERE Type LIKE 'deadline-%' ORDER BY At, Seq");
        Assert.That(events, Is.EqualTo(new[] { "deadline-started", "deadline-suspended", "deadline-moved", "deadline-resumed", "deadline-moved" }));
    }

    [Test]
    public async Task A_suspended_limit_rings_not_and_a_resumed_one_rings_on_its_new_days()
    {
        _register.On(2013, 4, 20);
        await Sweep();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.EqualTo(1), "three days before the end");
        await Suspend("reviewer");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.Zero, "the date of which it spoke no longer holds");
        _register.On(2013, 5, 20);
        Assert.That((await Sweep()).Found, Is.Zero);
        await Resume("reviewer");
        var due = DateOnly.Parse((await Due())!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(due, Is.EqualTo(new DateOnly(2013, 5, 21)));
        await Sweep();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.Zero, "the reminder three days before was untimely when the limit ran again");
        _register.On(2013, 5, 22);
        await Sweep();
        await Sweep();
        Assert.That(
            await _register.Rows<string>("SELECT CONCAT(Notice, ' ', Projection, ' ', Days, ' ', Role) FROM Alert WHERE WithdrawnAt IS NULL ORDER BY Role"),
            Is.EqualTo(new[] { "review-overdue 3 1 reviewer", "review-overdue 3 1 supervisor" }));
    }

    [Test]
    public async Task Impossible_dates_and_states_are_refused()
    {
        _register.On(2013, 4, 10);
        Assert.That((await Resume("reviewer")).Error?.Code, Is.EqualTo("deadline.not-suspended"));
        Assert.That((await Suspend("reviewer", new(2013, 4, 11))).Error?.Code, Is.EqualTo("fact.in-future"));
        Assert.That((await Suspend("reviewer", new(2013, 4, 1))).Error?.Code, Is.EqualTo("date.order"));
        await Suspend("reviewer", new(2013, 4, 8));
        Assert.That((await Suspend("reviewer")).Error?.Code, Is.EqualTo("deadline.already-suspended"));
        Assert.That((await Resume("reviewer", new(2013, 4, 8))).Error?.Code, Is.EqualTo("date.order"));
        await Resume("reviewer", new(2013, 4, 10));
        Assert.That((await Suspend("reviewer", new(2013, 4, 9))).Error?.Code, Is.EqualTo("date.order"));
        _register.On(2013, 5, 20);
        Assert.That((await Suspend("reviewer")).Error?.Code, Is.EqualTo("deadline.run-out"));
        await _register.System.Send(new Walk(_document, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, _register.Today, "测试", "Passed")));
        Assert.That((await Suspend("reviewer", new(2013, 4, 12))).Error?.Code, Is.EqualTo("deadline.closed"));
    }

    [Test]
    public async Task The_filing_authority_alone_stops_the_clock_of_a_filing()
    {
        var document = await _register.PublishedAsync("乙办法");
        var superior = await _register.Scalar<Guid>("SELECT ParentId FROM Body WHERE Code = 'CZ'");
        await _register.Database.WriteAsync(db => db.ExecuteAsync(
            "INSERT INTO DocumentParty (DocumentId, BodyId, Part, Since, CreatedAt) VALUES (@document, @superior, 'superior', @now, @now)", new { document, superior, now = _register.Clock.GetUtcNow() }));
        var filing = await _register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'filing-to-superior'");
        _register.On(2013, 4, 8);
        Assert.That((await _register.As("reviewer").Try(new SuspendDeadline(document, filing, "理由"))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As("receiver-province").Try(new SuspendDeadline(document, filing, "防汛"))).Value.Due, Is.Null);
    }

    [Test]
    public async Task A_calendar_that_changes_moves_open_deadlines_only_and_says_why()
    {
        var ended = await _register.UnderReviewAsync("已经结束的审查");
        await _register.System.Send(new Walk(ended, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, _register.Today, "测试", "Passed")));
        var without = LawFolder.CopyTo(Path.Combine(_register.Folder, "without"), Without2013);
        await using var services = TestRegister.Provide(_register.Database, Laws.Read(without), _register.Clock, _register.Folder);
        var first = await services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync();
        Assert.That((first!.Looked, first.Moved), Is.EqualTo((1, 1)));
        Assert.That(await Projected(), Is.EqualTo(new[] { "2013-04-22 1 2", "2013-04-23 0 1" }), "the one that has ended keeps the date that it was met by");
        Assert.That(await services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync(), Is.Null, "the calendar is the same");

        _register.On(2013, 4, 23);
        await Sweep();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE Notice = 'review-overdue' AND WithdrawnAt IS NULL"), Is.EqualTo(2));
        var back = await _register.Services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync();
        Assert.That((back!.Looked, back.Moved), Is.EqualTo((1, 1)));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.Zero, "it was not late after all");
        Assert.That(await Projected(), Is.EqualTo(new[] { "2013-04-23 0 3", "2013-04-23 0 1" }));
        await Sweep();
        Assert.That(await _register.Rows<string>("SELECT Notice FROM Alert WHERE WithdrawnAt IS NULL"), Is.EqualTo(new[] { "review-due-soon" }), "today is the last day");
        var said = (await _register.EventsAsync("deadline-moved")).Select(e => e.GetRawText()).ToList();
        Assert.That(said, Has.Count.EqualTo(2).And.All.Contains("节假日安排更新"));

        Task<IReadOnlyList<string>> Projected() => _register.Rows<string>("SELECT CONCAT(Due, ' ', Provisional, ' ', Projection) FROM Deadline WHERE Name = 'legality-review' ORDER BY ClosedAt");
    }

    [Test]
    public async Task A_deadline_that_ends_while_the_calendar_is_taken_up_is_not_moved()
    {
        if (!TestDatabase.IsSqlServer) Assert.Ignore("On SQLite all that write come one after the other.");
        await using var services = TestRegister.Provide(_register.Database, Laws.Read(LawFolder.CopyTo(Path.Combine(_register.Folder, "without"), Without2013)), _register.Clock, _register.Folder);
        var pass = await _register.Database.WriteAsync(async db =>
        {
            await db.HoldAsync("document", _document);
            var running = Task.Run(() => services.GetRequiredService<Reprojection>().RunAsync("2013年放假安排更新"));
            await Task.Delay(1000);
            Assert.That(running.IsCompleted, Is.False, "it waits for whoever has the document");
            await db.ExecuteAsync("UPDATE Deadline SET ClosedAt = @now WHERE Id = @_deadline", new { now = _register.Clock.GetUtcNow(), _deadline });
            return running;
        });
        Assert.That((await pass).Moved, Is.Zero);
        Assert.That(await Due(), Is.EqualTo("2013-04-23"));
    }

    [Test]
    public async Task A_plan_that_confirms_a_provisional_date_withdraws_nothing()
    {
        await using var register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 5, 13, 9, 3, 0, TimeSpan.FromHours(8)), Without2013);
        await register.UnderReviewAsync();
        register.On(2013, 6, 4);
        await register.Services.GetRequiredService<Sweep>().RunAsync();
        Assert.That(await Projected(), Is.EqualTo("2013-06-03 1 1"));

        await using var planned = TestRegister.Provide(register.Database, Laws.Read(LawFolder.Original), register.Clock, register.Folder);
        var seen = new List<ReprojectionPass>();
        var pass = await planned.GetRequiredService<Reprojection>().RunAsync("2013年放假安排公布", new Told(seen));
        Assert.That((pass.Moved, seen[^1].Looked), Is.EqualTo((1, 1)));
        Assert.That(await Projected(), Is.EqualTo("2013-06-03 0 1"));
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.EqualTo(2));

        Task<string?> Projected() => register.Scalar<string>("SELECT CONCAT(Due, ' ', Provisional, ' ', Projection) FROM Deadline WHERE Name = 'legality-review'");
    }

    [Test]
    public async Task A_calendar_that_cannot_be_taken_up_keeps_no_deadline_from_ringing()
    {
        await TestDatabase.FaultAsync(_register.Database, "Setting");
        _register.On(2013, 4, 24);
        var round = _register.Services.GetRequiredService<SweepRound>();
        Assert.That(() => round.RunAsync(CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("日历").And.Message.Contains("fault"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE Notice = 'review-overdue'"), Is.Positive);

        await TestDatabase.MendAsync(_register.Database);
        Assert.That(await round.RunAsync(CancellationToken.None), Does.StartWith("到期 0"));
    }

    [Test]
    public async Task A_corrected_start_moves_the_deadline_that_it_had_started_and_no_other()
    {
        var document = await _register.PublishedAsync("丙办法");
        var fact = await _register.Scalar<Guid>("SELECT Id FROM Fact WHERE DocumentId = @document AND Kind = 'published'", new { document });
        await _register.Step(document, "file-up", "Sent", FactKind.Filed);
        await _register.System.Send(new Walk(document, null, null, new NewFact(FactKind.Published, new(2013, 3, 11), "更正", Supersedes: fact)));
        var filings = await _register.Rows<string>("SELECT CONCAT(FromDate, ' ', Due, ' ', MetOn, ' ', Projection) FROM Deadline WHERE Name = 'filing-to-superior'");
        Assert.That(filings, Is.EqualTo(new[] { "2013-03-11 2013-03-26 2013-04-01 2" }), "it was filed late after all, and no second deadline began");
    }

    private static void WithLimit(LawFolder law) => law.Profile(p => p["limits"]!.AsObject().Remove("legality-review"));

    private static void Without2013(LawFolder law)
    {
        WithLimit(law);
        law.Change(Path.Combine("calendars", "cn-days.json"), c => c["years"]!.AsObject().Remove("2013"));
    }

    private sealed class Told(List<ReprojectionPass> seen) : IProgress<ReprojectionPass>
    {
        public void Report(ReprojectionPass value) => seen.Add(value);
    }
}
