using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Supervision;

/// <summary>
/// A document is published on 1 April 2013, so that it must be filed by Tuesday 16 April; the rungs are 11, 14 and 16 April (due soon), 17 April
/// (overdue) and 23 April (escalated).
/// </summary>
[TestFixture]
internal sealed class SweepTests
{
    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)));

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<SweepPass> Sweep() => _register.Services.GetRequiredService<Sweep>().RunAsync();

    private async Task<SweepPass> SweepOn(int day)
    {
        _register.On(2013, 4, day);
        return await Sweep();
    }

    private Task<IReadOnlyList<string>> Alerts() =>
        _register.Rows<string>("SELECT CONCAT(RaisedOn, ' ', Notice, ' ', Role, '@', Place) FROM Alert ORDER BY RaisedAt, Days, Role, Place, AnchorId");

    private Task<IReadOnlyList<string>> Rungs() =>
        _register.Rows<string>("SELECT CONCAT(Days, ' ', Outcome, ' ', Overtaken) FROM Rung ORDER BY Projection, Days");

    [Test]
    public async Task Each_rung_sounds_once_on_its_day_however_often_it_is_swept()
    {
        await _register.PublishedAsync();
        for (var day = 1; day <= 30; day++)
        {
            await SweepOn(day);
            Assert.That((await Sweep()).Sounded, Is.Zero, $"the second sweep of day {day}");
        }

        Assert.That(await Alerts(), Is.EqualTo(new[]
        {
            "2013-04-11 filing-due-soon filer@government-office",
            "2013-04-14 filing-due-soon filer@government-office",
            "2013-04-16 filing-due-soon filer@government-office",
            "2013-04-17 filing-overdue filer@government-office",
            "2013-04-17 filing-overdue supervisor@legal-office",
            "2013-04-23 filing-escalated filer@government-office",
            "2013-04-23 filing-escalated supervisor@legal-office",
            "2013-04-23 filing-escalated supervisor@legal-office",
        }));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Event WHERE Type = 'rung-fired'"), Is.EqualTo(5));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE NextRungOn IS NOT NULL"), Is.Zero);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE Channel <> 'workflow'"), Is.EqualTo(8), "one mail for each alert, since one person sits at each desk");
    }

    // From - to: days without any sweep; what the first sweep afterwards says.
    [TestCase(13, 16, "filing-due-soon", TestName = "Three_days_without_a_sweep_leave_the_latest_reminder_only")]
    [TestCase(15, 18, "filing-overdue,filing-overdue", TestName = "Three_days_without_a_sweep_over_the_due_date_leave_the_chasing_only")]
    public async Task Three_days(int downFrom, int firstDayUp, string expected)
    {
        await _register.PublishedAsync();
        await SweepOn(downFrom - 1);
        var before = (await Alerts()).Count;
        await SweepOn(firstDayUp);
        await Sweep();
        var said = (await _register.Rows<string>("SELECT Notice FROM Alert ORDER BY RaisedAt, Days")).Skip(before);
        Assert.That(string.Join(',', said), Is.EqualTo(expected));
    }

    [BuiltInHost("two alerts of one sweep are raised by two steps of Elsa, in either order")]
    [Test]
    public async Task A_month_without_a_sweep_still_chases_and_escalates_in_order()
    {
        await _register.PublishedAsync();
        await SweepOn(30);
        Assert.That(await Rungs(), Is.EqualTo(new[] { "-5 DueSoon 1", "-2 DueSoon 1", "0 DueSoon 1", "1 Overdue 0", "7 Escalate 0" }));
        Assert.That((await _register.EventsAsync("alert-raised")).Select(e => e.GetProperty("data").GetProperty("notice").GetString()), Is.EqualTo(new[]
        {
            "filing-overdue", "filing-overdue", "filing-escalated", "filing-escalated", "filing-escalated",
        }));
    }

    [Test]
    [TwoProcesses]
    public async Task Sweeps_of_two_processes_at_once_sound_each_rung_once()
    {
        for (var i = 0; i < 5; i++) await _register.PublishedAsync($"郴州市第{i}号办法");
        await using var otherDatabase = await TestDatabase.OpenAsync(_register.Folder);
        await using var other = TestRegister.Provide(otherDatabase, _register.Laws, _register.Clock, _register.Folder);
        _register.On(2013, 4, 17);
        var sweeps = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? _register.Services : other).GetRequiredService<Sweep>().RunAsync()));
        await Sweep();
        await _register.CarriedAsync();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Rung"), Is.EqualTo(20));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert"), Is.EqualTo(10), "chasing on two desks each");
        Assert.That(sweeps.Sum(s => s.Sounded), Is.EqualTo(5));
    }

    [Test]
    public async Task What_is_filed_rings_no_more_and_its_deadline_says_whether_it_was_late()
    {
        var document = await _register.PublishedAsync();
        await SweepOn(17);
        await _register.Step(document, "file-up", "Sent", FactKind.Filed);
        await SweepOn(30);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert WHERE Notice = 'filing-escalated'"), Is.Zero);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'filing-to-superior' AND MetOn = '2013-04-17' AND Due = '2013-04-16'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rung_for_which_nothing_waits_is_told_to_the_supervisor()
    {
        var document = await _register.IdentifiedAsync();
        await _register.System.Send(new Walk(document, null, null, new NewFact(FactKind.Published, _register.Today, "测试")));
        await SweepOn(17);
        Assert.That(await Alerts(), Is.EqualTo(new[] { "2013-04-17 limit-unattended supervisor@legal-office" }));
        Assert.That(await _register.Scalar<string>("SELECT Body FROM Alert"), Does.Contain("已逾期 1 天"));
    }

    [Test]
    public async Task A_deadline_that_cannot_be_rung_does_not_silence_the_others()
    {
        var broken = await _register.PublishedAsync("甲办法");
        await _register.PublishedAsync("乙办法");
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Deadline SET Rungs = 'nonsense' WHERE DocumentId = @broken AND ClosedAt IS NULL", new { broken }));
        var pass = await SweepOn(17);
        Assert.That((pass.Found, pass.Sounded, pass.Failures.Count), Is.EqualTo((2, 1, 1)));
        Assert.That(await Alerts(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_sweep_that_is_broken_off_is_taken_up_by_the_next()
    {
        for (var i = 0; i < 3; i++) await _register.PublishedAsync($"郴州市第{i}号办法");
        _register.On(2013, 4, 17);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.That(async () => await _register.Services.GetRequiredService<Sweep>().RunAsync(stop.Token), Throws.InstanceOf<OperationCanceledException>());
        await Sweep();
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert"), Is.EqualTo(6));
    }

    [Test]
    public async Task A_document_that_needs_no_filing_gets_no_deadline_for_it()
    {
        await using var register = await TestRegister.OpenAsync(
            new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)),
            law => law.Profile(p => p["filing"]!["appliesTo"]!["value"] = new System.Text.Json.Nodes.JsonArray("department")));
        await register.PublishedAsync();
        Assert.That(await register.Scalar<int>("SELECT COUNT(*) FROM Deadline WHERE Name = 'filing-to-superior'"), Is.Zero);
    }

    [Test]
    public async Task No_person_may_ring()
    {
        await _register.PublishedAsync();
        var deadline = await _register.Scalar<Guid>("SELECT Id FROM Deadline WHERE Name = 'filing-to-superior'");
        foreach (var login in new[] { "supervisor", "filer", "administrator" })
            Assert.That((await _register.As(login).Try(new RingDeadline(deadline))).Error?.Code, Is.EqualTo("forbidden"), login);
        Assert.That((await _register.System.Try(new RingDeadline(Guid.NewGuid()))).Error?.Kind, Is.EqualTo(ErrorKind.NotFound));
        Assert.That(CommandCatalogue.All.Select(c => c.Type), Has.None.EqualTo(typeof(RingDeadline)));
    }
}
