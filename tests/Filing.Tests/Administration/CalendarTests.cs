using Filing.Audit;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Calendars = Filing.Tests.Domain.Calendars;

namespace Filing.Tests.Administration;

/// <summary>
/// A review that began on Monday 1 April 2013 is due after 15 working days. While nobody knows the plan of 2013 that is Monday 22 April; with 清明, which takes two days and gives one back, it is the 23rd.
/// </summary>
[TestFixture]
internal sealed class CalendarTests
{
    private const string Source = "国办发明电〔2012〕33号", Reason = "2013年放假安排公布";

    private static readonly string Plan2013 = string.Join('\n', (string[])["date,kind,name", .. Calendars.China.Plans[2013].Days.Select(d => $"{d.Date:yyyy-MM-dd},{(d.Working ? "work" : "rest")},{d.Name}")]);

    private TestRegister _register = null!;
    private Guid _document;

    [SetUp]
    public async Task A_review_in_a_year_without_a_plan()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)), Without2013);
        foreach (var (login, body) in new[] { ("rule-keeper", World.CityLegal), ("rule-keeper-province", World.ProvinceLegal) })
        {
            _register.Knows(login, await _register.Operator.Send(new CreateAccount(login, "规则管理员")));
            await _register.Operator.Send(new GivePost(login, body, Role.RuleKeeper, new(2000, 1, 1)));
        }

        _document = await _register.UnderReviewAsync();
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private static void Without2013(LawFolder law)
    {
        law.Profile(p => p["limits"]!.AsObject().Remove("legality-review"));
        law.Change(Path.Combine("calendars", "cn-days.json"), c => c["years"]!.AsObject().Remove("2013"));
    }

    private static ImportHolidays Import(string? digest = null) => new(2013, Plan2013, Source, Reason, digest);

    private static CloseDays CloseOn(DateOnly day, string? digest = null, string? government = null) => new(day, day, "防汛", "郴政办明电〔2013〕5号", "全市防汛应急响应", government, digest);

    private TestRegister.Sender Keeper => _register.As("rule-keeper");

    private Task<IReadOnlyList<string>> Reviews() => _register.Rows<string>("SELECT CONCAT(Due, ' ', Provisional, ' ', Projection) FROM Deadline WHERE Name = 'legality-review' ORDER BY Id");

    private Task<int> Versions() => _register.Scalar<int>("SELECT COUNT(*) FROM CalendarVersion");

    private Task<string> Round(IServiceProvider? at = null) => (at ?? _register.Services).GetRequiredService<SweepRound>().RunAsync(CancellationToken.None);

    private async Task<CalendarOutcome> Apply(Func<string?, Filing.Pipeline.ICommand<CalendarOutcome>> change) => await Keeper.Send(change((await Keeper.Send(change(null))).Digest));

    [TestCase("reviewer")]
    [TestCase("registrar")]
    [TestCase("administrator")]
    public async Task Who_does_not_keep_the_rules_neither_sees_nor_changes_the_calendar(string login)
    {
        Assert.That((await _register.As(login).Try(Import())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(CloseOn(new(2013, 4, 22)))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReopenDays(new(2013, 4, 22), new(2013, 4, 22), "文", "理由"))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadCalendar())).Error?.Code, Is.EqualTo("forbidden"));
    }

    [Test]
    public async Task What_would_move_is_listed_and_nothing_is_done()
    {
        var ended = await _register.UnderReviewAsync("已经结束的审查");
        await _register.System.Send(new Walk(ended, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, _register.Today, "测试", "Passed")));
        await Round();
        var listed = await Keeper.Send(Import());
        Assert.That((listed.Version, listed.Looked, listed.Moves, listed.Definite, listed.Elsewhere), Is.EqualTo(((int?)null, 1, 1, 1, 0)));
        var line = listed.Deadlines.Single();
        Assert.That(
            (line.DocumentId, line.Title, line.Label, line.Due, line.Provisional, line.NewDue, line.NewProvisional),
            Is.EqualTo((_document, "郴州市城镇房屋租赁管理办法", "合法性审查", new DateOnly(2013, 4, 22), true, new DateOnly(2013, 4, 23), false)));
        Assert.That(listed.Days, Does.Contain(new ChangedDay(new(2013, 4, 4), "上班", "清明放假")).And.Contains(new ChangedDay(new(2013, 4, 7), "周末", "调休上班")));
        Assert.That((await Versions(), (await Round()).Length > 0), Is.EqualTo((0, true)));
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-22 1 1", "2013-04-22 1 1" }));
    }

    [Test]
    public async Task A_plan_that_is_confirmed_holds_from_the_next_command_on_and_moves_what_is_open()
    {
        var ended = await _register.UnderReviewAsync("已经结束的审查");
        await _register.System.Send(new Walk(ended, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, _register.Today, "测试", "Passed")));
        await Round();
        _register.On(2013, 4, 20);
        await Round();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NULL"), Is.Positive, "two days before the end");
        var done = await Apply(Import);
        Assert.That(done.Version, Is.EqualTo(1));
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-22 1 1", "2013-04-22 1 1" }), "they move in steps afterwards");
        _register.On(2013, 4, 1);
        var next = await _register.UnderReviewAsync("此后受理的审查");
        Assert.That((await Reviews())[2], Is.EqualTo("2013-04-23 0 1"));

        _register.On(2013, 4, 20);
        await Round();
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-23 0 2", "2013-04-22 1 1", "2013-04-23 0 1" }), "what has ended keeps the date that it was met by");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE WithdrawnAt IS NOT NULL AND DocumentId = @_document", new { _document }), Is.Positive, "it spoke of a date that no longer holds");
        var moved = (await _register.EventsAsync("deadline-moved")).Single();
        Assert.That(moved.GetRawText(), Does.Contain($"日历变更：2013年放假安排（{Source}），{Reason}"));
        var changed = (await _register.EventsAsync("calendar-changed")).Single();
        Assert.That(changed.GetRawText(), Does.Contain("2013-04-04 rest 清明").And.Contain(Source));
        Assert.That(await _register.Scalar<string>("SELECT ActorName FROM Process p JOIN Event e ON e.ProcessId = p.Id WHERE e.Type = 'calendar-changed'"), Is.EqualTo("rule-keeper"));
        Assert.That(next, Is.Not.EqualTo(Guid.Empty));

        await Round();
        Assert.That((await _register.EventsAsync("deadline-moved")).Count, Is.EqualTo(1), "it is done once");
        var verdicts = await new Invariants(_register.Database, _register.Laws, _register.Services.GetRequiredService<Filing.Data.MaterialStore>(), _register.Clock).VerifyAsync();
        Assert.That(verdicts.Single(v => v.Name == "due-dates").Holds, Is.True);
        var again = await Keeper.Try(Import());
        Assert.That(again.Error?.Code, Is.EqualTo("calendar.same"));
    }

    [Test]
    public async Task A_list_that_is_out_of_date_changes_nothing()
    {
        var digest = (await Keeper.Send(Import())).Digest;
        await _register.UnderReviewAsync("其间受理的审查");
        Assert.That((await Keeper.Try(Import(digest))).Error is { Code: "calendar.stale", Field: "digest" });
        Assert.That((await Keeper.Try(Import("sha256:0"))).Error?.Code, Is.EqualTo("calendar.stale"));
        Assert.That(await Versions(), Is.Zero);

        var closing = (await Keeper.Send(CloseOn(new(2013, 4, 22)))).Digest;
        await Apply(Import);
        Assert.That((await Keeper.Try(CloseOn(new(2013, 4, 22), closing))).Error?.Code, Is.EqualTo("calendar.stale"), "the calendar below is another");
    }

    [Test]
    public async Task Another_process_takes_a_change_up_without_a_restart()
    {
        await using var other = TestRegister.Provide(_register.Database, Laws.Read(LawFolder.CopyTo(Path.Combine(_register.Folder, "other"), Without2013)), _register.Clock, _register.Folder);
        other.GetRequiredService<Laws>().Calendars.Fresh = TimeSpan.Zero;
        Assert.That((await Keeper.Send(new ReadCalendar(), at: other)).Announced, Is.False);
        await Apply(Import);
        Assert.That((await Keeper.Send(new ReadCalendar(), at: other)).Announced, Is.True);
        Assert.That(other.GetRequiredService<Laws>().Calendar.NameOf(new(2013, 4, 4)), Is.EqualTo("清明"));
    }

    [Test]
    [BuiltInHost("several processes on one register do not share what Elsa keeps")]
    public async Task What_another_process_still_counted_by_the_calendar_before_is_counted_anew()
    {
        await using var late = TestRegister.Provide(_register.Database, Laws.Read(LawFolder.CopyTo(Path.Combine(_register.Folder, "late"), Without2013)), _register.Clock, _register.Folder);
        late.GetRequiredService<Laws>().Calendars.Fresh = TimeSpan.FromHours(1);
        var second = await _register.IdentifiedAsync("另一台服务器受理的文件");
        await Keeper.Send(new ReadCalendar(), at: late);
        await Apply(Import);
        await Round();
        // It asks again in an hour: far longer than any process does.
        foreach (var (task, outcome, fact) in new (string, string, FactKind?)[]
        {
            ("complete", "Completed", FactKind.DraftCompleted), ("consult-units", "Closed", null), ("consult-public", "Closed", null), ("department-check", "Passed", FactKind.DepartmentChecked),
            ("accept-review", "Accepted", FactKind.ReviewReceived),
        })
            await _register.System.Send(new Walk(second, task, outcome, fact is { } kind ? [new NewFact(kind, _register.Today, "测试")] : []), at: late);
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-23 0 2", "2013-04-22 1 1" }));
        await Round();
        Assert.That((await Reviews())[1], Is.EqualTo("2013-04-22 1 1"), "another may still count so");
        _register.Laws.Calendars.Settling = TimeSpan.Zero;
        await Round();
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-23 0 2", "2013-04-23 0 2" }));
        Assert.That((await _register.EventsAsync("deadline-moved"))[^1].GetRawText(), Does.Contain(Reason));
        Assert.That(await _register.Services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync(), Is.Null);
    }

    [Test]
    public async Task A_closed_day_moves_the_documents_of_that_government_and_may_be_taken_back()
    {
        await Apply(Import);
        await Round();
        var closed = await Apply(digest => CloseOn(new(2013, 4, 23), digest));
        Assert.That((closed.Version, closed.Moves, closed.Deadlines.Single().NewDue), Is.EqualTo(((int?)2, 1, new DateOnly(2013, 4, 24))));
        Assert.That(closed.Days, Is.EqualTo(new[] { new ChangedDay(new(2013, 4, 23), "上班", "本地停止办公（防汛）") }));
        await Round();
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-24 0 3" }));
        Assert.That(await _register.Scalar<string>("SELECT Steps FROM Deadline WHERE Name = 'legality-review'"), Does.Contain("4月23日本地停止办公（防汛），不计"));
        Assert.That(_register.Laws.Calendar.IsWorkday(new(2013, 4, 23)), Is.True, "elsewhere it is worked");
        var province = await _register.Scalar<Guid>("SELECT Id FROM Body WHERE Code = 'HN'");
        Assert.That(_register.Laws.CalendarOf(province).IsWorkday(new(2013, 4, 23)), Is.True);
        Assert.That((await Keeper.Send(new ReadCalendar(2013))).Closures, Is.EqualTo(new[] { new ClosedDay(new(2013, 4, 23), "防汛", "郴州市人民政府", true) }));

        Assert.That((await Keeper.Try(CloseOn(new(2013, 4, 23)))).Error?.Code, Is.EqualTo("calendar.twice"));
        var opened = await Apply(digest => new ReopenDays(new(2013, 4, 22), new(2013, 4, 25), "郴政办明电〔2013〕6号", "应急响应解除", null, digest));
        Assert.That(opened.Deadlines.Single().NewDue, Is.EqualTo(new DateOnly(2013, 4, 23)));
        await Round();
        Assert.That(await Reviews(), Is.EqualTo(new[] { "2013-04-23 0 4" }));
        Assert.That((await Keeper.Try(new ReopenDays(new(2013, 4, 22), new(2013, 4, 25), "文", "理由"))).Error?.Code, Is.EqualTo("calendar.not-closed"));
        Assert.That((await Keeper.Send(new ReadCalendar(2013))).Changes.Select(c => (c.Number, c.Government)), Is.EqualTo(new[] { (3, "郴州市人民政府"), (2, "郴州市人民政府"), (1, (string?)null) }));
    }

    [TestCase(4, 4, "calendar.closure-rest")]
    [TestCase(4, 7, "calendar.closure-make-up")]
    [TestCase(4, 13, "calendar.closure-rest")]
    public async Task A_day_that_is_not_simply_worked_cannot_be_closed(int month, int day, string code)
    {
        await Apply(Import);
        Assert.That((await Keeper.Try(CloseOn(new(2013, month, day)))).Error is { Field: "from" } error && error.Code == code);
        Assert.That(await Versions(), Is.EqualTo(1));
    }

    [Test]
    public async Task Rest_days_among_closed_days_are_passed_over_and_make_up_days_are_not()
    {
        await Apply(Import);
        var listed = await Keeper.Send(new CloseDays(new(2013, 4, 11), new(2013, 4, 16), "防汛", "文", "理由"));
        Assert.That(listed.Days.Select(d => d.Date.Day), Is.EqualTo(new[] { 11, 12, 15, 16 }));
        Assert.That((await Keeper.Try(new CloseDays(new(2013, 4, 13), new(2013, 4, 14), "防汛", "文", "理由"))).Error?.Code, Is.EqualTo("calendar.closure-rest"));
        Assert.That((await Keeper.Try(new CloseDays(new(2013, 4, 6), new(2013, 4, 8), "防汛", "文", "理由"))).Error?.Code, Is.EqualTo("calendar.closure-make-up"));
    }

    [Test]
    public async Task Each_closes_its_own_government()
    {
        Assert.That((await Keeper.Try(CloseOn(new(2013, 4, 23), government: "HN"))).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.Operator.Try(CloseOn(new(2013, 4, 23)))).Error is { Code: "calendar.government", Field: "government" });
        Assert.That((await _register.Operator.Try(CloseOn(new(2013, 4, 23), government: "CZ-FZB"))).Error?.Code, Is.EqualTo("calendar.government"));
        Assert.That((await _register.Operator.Try(CloseOn(new(2013, 4, 23), government: "XX"))).Error?.Code, Is.EqualTo("body.unknown"));
        Assert.That((await _register.Operator.Send(CloseOn(new(2013, 4, 22), government: "CZ"))).Moves, Is.EqualTo(1));
        var province = await _register.As("rule-keeper-province").Send(CloseOn(new(2013, 4, 22)));
        Assert.That((province.Moves, province.Deadlines.Count), Is.EqualTo((0, 0)));
        // A plan is everybody's; what it moves elsewhere is counted and not named.
        var plan = await _register.As("rule-keeper-province").Send(Import());
        Assert.That((plan.Moves, plan.Elsewhere, plan.Deadlines.Count), Is.EqualTo((1, 1, 0)));
    }

    [Test]
    public async Task Bad_input_is_named_and_nothing_is_done()
    {
        Assert.That((await Keeper.Try(Import() with { Content = "date,kind,name\n2013-02-30,rest,春节\n" })).Error is { Code: "calendar.date", Field: "content", Line: 2 });
        Assert.That((await Keeper.Try(Import() with { Year = 2101 })).Error?.Code, Is.EqualTo("calendar.year"));
        Assert.That((await Keeper.Try(Import() with { Source = " " })).Error?.Field, Is.EqualTo("source"));
        Assert.That((await Keeper.Try(Import() with { Reason = "" })).Error?.Field, Is.EqualTo("reason"));
        Assert.That((await Keeper.Try(new CloseDays(new(2013, 4, 23), new(2013, 4, 22), "防汛", "文", "理由"))).Error?.Code, Is.EqualTo("date.order"));
        Assert.That((await Keeper.Try(new CloseDays(new(2013, 12, 31), new(2014, 1, 2), "防汛", "文", "理由"))).Error?.Code, Is.EqualTo("calendar.closure-year"));
        Assert.That((await Keeper.Try(CloseOn(new(2003, 4, 23)))).Error?.Code, Is.EqualTo("calendar.year"));
        Assert.That((await Keeper.Try(new ReadCalendar(2101))).Error?.Code, Is.EqualTo("calendar.year"));
        // 29 December 2012 was worked, a Saturday, for 元旦 2013, says the plan of 2013; a plan of 2012 cannot make it a rest day then.
        await Apply(Import);
        var before = Calendars.China.Plans[2013].Days.FirstOrDefault(d => d.Date.Year == 2012) ?? Calendars.China.Plans[2013].Days[0];
        var contrary = $"date,kind,name\n{before.Date:yyyy-MM-dd},{(before.Working ? "rest" : "work")},元旦\n2012-01-02,rest,元旦\n";
        Assert.That((await Keeper.Try(new ImportHolidays(2012, contrary, Source, Reason))).Error?.Code, Is.AnyOf("calendar.both", "calendar.workday"));
        Assert.That(await Versions(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_change_that_could_not_be_written_is_not_counted_by()
    {
        var digest = (await Keeper.Send(Import())).Digest;
        await TestDatabase.FaultAsync(_register.Database, "Event", "Type = 'calendar-changed'");
        Assert.That(() => Keeper.Try(Import(digest)), Throws.Exception.With.Message.Contains("fault"));
        await TestDatabase.MendAsync(_register.Database);
        await _register.UnderReviewAsync("此后受理的审查");
        Assert.That((await Reviews())[1], Is.EqualTo("2013-04-22 1 1"));
        Assert.That((await Versions(), (await Keeper.Send(new ReadCalendar(2013))).Announced), Is.EqualTo((0, false)));
        Assert.That((await Apply(Import)).Moves, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_two_that_confirm_one_list_one_changes_the_calendar()
    {
        await using var other = TestRegister.Provide(_register.Database, Laws.Read(LawFolder.CopyTo(Path.Combine(_register.Folder, "other"), Without2013)), _register.Clock, _register.Folder);
        var digest = (await Keeper.Send(Import())).Digest;
        var both = await Task.WhenAll(Task.Run(() => Keeper.Try(Import(digest))), Task.Run(() => Keeper.Try(Import(digest), at: other)));
        Assert.That(both.Select(b => b.Error?.Code ?? "done").Order(StringComparer.Ordinal), Is.EqualTo(new[] { "calendar.same", "done" }));
        Assert.That(await Versions(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_version_is_never_changed()
    {
        await Apply(Import);
        foreach (var sql in new[] { "UPDATE CalendarVersion SET Reason = 'x'", "DELETE FROM CalendarVersion" })
            Assert.That(() => _register.Database.WriteAsync(db => db.ExecuteAsync(sql)), Throws.Exception.With.Message.Contains("append-only"));
        await Apply(digest => new ImportHolidays(2013, Plan2013 + "\n2013-04-23,rest,清明", Source, "补正", digest));
        Assert.That(await Versions(), Is.EqualTo(2));
        Assert.That((await Keeper.Send(new ReadCalendar(2013))).Days.Count, Is.EqualTo(Calendars.China.Plans[2013].Days.Count + 1));
    }

    [Test]
    public async Task A_suspended_deadline_is_not_listed_and_suspended_days_still_do_not_count()
    {
        var deadline = await _register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'legality-review'");
        _register.On(2013, 4, 10);
        await _register.As("reviewer").Send(new SuspendDeadline(_document, deadline, "等候材料"));
        Assert.That((await Keeper.Send(Import())).Moves, Is.Zero);
        _register.On(2013, 4, 17);
        await _register.As("reviewer").Send(new ResumeDeadline(_document, deadline, "材料已补齐"));
        var done = await Apply(Import);
        Assert.That(done.Deadlines.Single().NewDue, Is.EqualTo(new DateOnly(2013, 4, 28)));
        await Round();
        Assert.That((await Reviews()).Single(), Does.StartWith("2013-04-28 0 "));
    }

    [Test]
    public async Task The_evaluation_before_the_end_of_a_term_moves_too()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        var journey = await Issuing.PublishedAsync(register);
        var due = DateOnly.Parse((await register.Scalar<string>("SELECT Due FROM Deadline WHERE Name = 'evaluation'"))!, System.Globalization.CultureInfo.InvariantCulture);
        var close = new CloseDays(due, due, "防汛", "文", "理由", "CZ");
        var listed = await register.Operator.Send(close);
        var line = listed.Deadlines.Single(d => d.Label == "届满前评估");
        Assert.That((line.DocumentId, line.Due, line.NewDue), Is.EqualTo((journey.Document, due, Calendars.China.PreviousWorkday(due.AddDays(-1)))));
        await register.Operator.Send(close with { Digest = listed.Digest });
        var pass = await register.Services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync();
        Assert.That(pass!.Moved, Is.EqualTo(listed.Moves));
        Assert.That(await register.Scalar<string>("SELECT Due FROM Deadline WHERE Name = 'evaluation'"), Is.EqualTo($"{line.NewDue:yyyy-MM-dd}"));
    }
}
