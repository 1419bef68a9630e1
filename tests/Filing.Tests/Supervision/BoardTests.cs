using Filing.Domain;
using Filing.Features.Supervision;
using Filing.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Supervision;

/// <summary>Who is late, who is warned, and what lies on whose desk. Published on 1 April 2013: to be filed by 16 April.</summary>
[TestFixture]
internal sealed class BoardTests
{
    private TestRegister _register = null!;
    private Guid _document;

    [SetUp]
    public async Task A_document_that_is_to_be_filed()
    {
        _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)));
        _document = await _register.PublishedAsync();
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private Task<SweepPass> Sweep() => _register.Services.GetRequiredService<Sweep>().RunAsync();

    private async Task SuperiorKnows()
    {
        var superior = await _register.Scalar<Guid>("SELECT ParentId FROM Body WHERE Code = 'CZ'");
        await _register.Database.WriteAsync(db => db.ExecuteAsync(
            "INSERT INTO DocumentParty (DocumentId, BodyId, Part, Since, CreatedAt) VALUES (@_document, @superior, 'superior', @now, @now)", new { _document, superior, now = _register.Clock.GetUtcNow() }));
    }

    [TestCase("administrator")]
    [TestCase("security")]
    [TestCase("auditor")]
    public async Task Those_who_handle_no_documents_read_no_board(string login)
    {
        Assert.That((await _register.As(login).Try(new ReadOverdue())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadInbox())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new ReadAlerts())).Error?.Code, Is.EqualTo("forbidden"));
        Assert.That((await _register.As(login).Try(new CountsForDesk())).Error?.Code, Is.EqualTo("forbidden"));
    }

    [TestCase(-1, 10)]
    [TestCase(0, 0)]
    [TestCase(0, 501)]
    public async Task A_page_has_bounds(int skip, int take) =>
        Assert.That((await _register.As("supervisor").Try(new ReadOverdue(skip, take))).Error?.Kind, Is.EqualTo(ErrorKind.Invalid));

    [Test]
    public async Task Nothing_is_overdue_on_the_last_day_and_the_day_after_it_is_by_one()
    {
        _register.On(2013, 4, 16, 23, 59);
        Assert.That((await _register.As("supervisor").Send(new ReadOverdue())).Total, Is.Zero);
        Assert.That((await _register.As("supervisor").Send(new ReadDueSoon(0))).Items.Single().Due, Is.EqualTo(_register.Today));
        _register.On(2013, 4, 17, 0, 0);
        var late = (await _register.As("supervisor").Send(new ReadOverdue())).Items.Single();
        Assert.That((late.DocumentId, late.Due, late.DaysLate(_register.Today), late.Name), Is.EqualTo((_document, new DateOnly(2013, 4, 16), 1, "filing-to-superior")));
        Assert.That(late.LastAlertAt, Is.Null, "it is overdue whether or not a sweep has run");
        await Sweep();
        Assert.That((await _register.As("supervisor").Send(new ReadOverdue())).Items.Single().LastAlertAt, Is.EqualTo(_register.Clock.GetUtcNow()));
        Assert.That((await _register.As("supervisor").Send(new ReadDueSoon(3660))).Total, Is.Zero);
    }

    [Test]
    public async Task Who_is_no_party_sees_nothing_of_it()
    {
        _register.On(2013, 4, 30);
        await Sweep();
        Assert.That((await _register.As("drafter-finance").Send(new ReadOverdue())).Total, Is.Zero);
        Assert.That((await _register.As("supervisor-province").Send(new ReadOverdue())).Total, Is.Zero);
        Assert.That((await _register.As("drafter").Send(new ReadOverdue())).Total, Is.EqualTo(1));
        await SuperiorKnows();
        Assert.That((await _register.As("supervisor-province").Send(new ReadOverdue())).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task The_superior_sees_what_is_to_be_filed_with_it_and_nothing_else_that_is_late()
    {
        await SuperiorKnows();
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Deadline SET UntilFact = 'review-concluded' WHERE Name = 'filing-to-superior'"));
        _register.On(2013, 4, 30);
        Assert.That((await _register.As("supervisor-province").Send(new ReadOverdue())).Total, Is.Zero);
        Assert.That((await _register.As("supervisor").Send(new ReadOverdue())).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task The_list_is_cut_into_pages_without_ties()
    {
        for (var i = 0; i < 4; i++) await _register.PublishedAsync($"第{i}号办法");
        _register.On(2013, 4, 30);
        var all = (await _register.As("supervisor").Send(new ReadOverdue())).Items.Select(d => d.DeadlineId).ToList();
        var pages = new List<Guid>();
        for (var skip = 0; skip < 6; skip += 2) pages.AddRange((await _register.As("supervisor").Send(new ReadOverdue(skip, 2))).Items.Select(d => d.DeadlineId));
        Assert.That(all, Has.Count.EqualTo(5));
        Assert.That(pages, Is.EqualTo(all));
    }

    [Test]
    public async Task Alerts_lie_on_the_desks_that_the_definition_names_and_on_no_other()
    {
        _register.On(2013, 4, 11);
        await Sweep();
        _register.On(2013, 4, 17);
        await Sweep();
        var filer = await _register.As("filer").Send(new ReadAlerts());
        Assert.That(filer.Items.Select(a => a.Notice), Is.EqualTo(new[] { "filing-overdue", "filing-due-soon" }), "the newest first");
        Assert.That(filer.Items[0].Body, Is.EqualTo("《郴州市城镇房屋租赁管理办法》“报送备案”应于2013年4月16日 星期二前完成，已逾期 1 天。请立即报送备案。"));
        Assert.That((await _register.As("supervisor-province").Send(new ReadAlerts())).Items.Select(a => a.Notice), Is.EqualTo(new[] { "filing-overdue" }));
        foreach (var login in new[] { "supervisor", "drafter", "publisher", "reviewer" })
            Assert.That((await _register.As(login).Send(new ReadAlerts())).Total, Is.Zero, login);
        await _register.Step(_document, "file-up", "Sent", FactKind.Filed);
        Assert.That((await _register.As("filer").Send(new ReadAlerts())).Items.Select(a => a.Stands), Has.All.False, "there is nothing more to do about them");
    }

    [Test]
    public async Task An_inbox_holds_the_tasks_of_its_desk_with_their_due_dates()
    {
        var draft = await _register.IdentifiedAsync("另一份办法");
        var filer = await _register.As("filer").Send(new ReadInbox());
        Assert.That(filer.Items.Select(t => (t.DocumentId, t.Code, t.Due)), Is.EqualTo(new[] { (_document, "file-up", (DateOnly?)new DateOnly(2013, 4, 16)) }));
        var drafter = await _register.As("drafter").Send(new ReadInbox());
        Assert.That(drafter.Items.Select(t => (t.DocumentId, t.Code, t.Due)), Is.EqualTo(new[] { (draft, "complete", (DateOnly?)null) }));
        Assert.That((await _register.As("drafter-finance").Send(new ReadInbox())).Total, Is.Zero);
    }

    [TestCase(13, 1, 0, 1)]
    [TestCase(10, 1, 0, 0)]
    [TestCase(17, 1, 1, 0)]
    public async Task Counts_say_how_much_is_late_and_how_much_will_soon_be(int day, int tasks, int late, int soon)
    {
        _register.On(2013, 4, day);
        await Sweep();
        var counts = await _register.As("filer").Send(new CountsForDesk());
        Assert.That((counts.Tasks, counts.Late, counts.DueSoon), Is.EqualTo((tasks, late, soon)));
        Assert.That(counts.Alerts, Is.EqualTo(day == 10 ? 0 : 1));
    }
}
