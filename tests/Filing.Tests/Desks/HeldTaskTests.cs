using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.Supervision;
using Filing.Tests.Support;

namespace Filing.Tests.Desks;

[TestFixture]
internal sealed class HeldTaskTests
{
    private TestRegister _register = null!;
    private Guid _document;
    private Guid _task;
    private Guid _second;

    [SetUp]
    public async Task A_draft_waits_for_a_desk_at_which_two_sit()
    {
        _register = await TestRegister.OpenAsync();
        _second = await _register.Operator.Send(new CreateAccount("reviewer-2", "审查员乙", Email: "reviewer-2@example.test"));
        _register.Knows("reviewer-2", _second);
        await _register.Operator.Send(new GivePost("reviewer-2", World.CityLegal, Role.Reviewer, new(2000, 1, 1)));
        _document = (await Journey.SubmittedAsync(_register)).Document;
        _task = (await Inbox("reviewer")).Items.Single().TaskId;
    }

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    [TestCase("drafter", "forbidden")]
    [TestCase("drafter-finance", "not-found")]
    [TestCase("administrator", "forbidden")]
    public async Task Nobody_takes_what_lies_on_the_desk_of_another(string login, string code)
    {
        Assert.That((await _register.As(login).Try(new TakeTask(_document, _task))).Error?.Code, Is.EqualTo(code));
        Assert.That((await _register.As(login).Try(new HandOverTask(_document, _task, _second))).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task What_is_closed_cannot_be_taken()
    {
        await _register.As("reviewer").Send(new IdentifyDocument(_document, IdentificationOutcome.Normative, "是"));
        Assert.That((await _register.As("reviewer").Try(new TakeTask(_document, _task))).Error?.Code, Is.EqualTo("task.closed"));
        Assert.That((await _register.As("drafter").Try(new RemindTask(_document, _task))).Error?.Code, Is.EqualTo("task.closed"));
    }

    [Test]
    public async Task Whoever_takes_a_task_keeps_colleagues_from_doing_it_twice()
    {
        await _register.As("reviewer").Send(new TakeTask(_document, _task));
        Assert.That((await Inbox("reviewer-2")).Items.Single().Holder, Is.EqualTo("审查员甲"));
        Assert.That((await Inbox("reviewer-2", InboxPart.Free)).Total, Is.Zero);
        Assert.That((await Inbox("reviewer", InboxPart.Mine)).Total, Is.EqualTo(1));
        var refused = await _register.As("reviewer-2").Try(new IdentifyDocument(_document, IdentificationOutcome.Normative, "是"));
        Assert.That(refused.Error?.Code, Is.EqualTo("task.held"));
        await _register.As("reviewer").Send(new IdentifyDocument(_document, IdentificationOutcome.Normative, "是"));
        Assert.That(await _register.Rows<string>("SELECT Type FROM Event WHERE Type LIKE 'task-%'"), Is.EqualTo(["task-taken"]));
    }

    [Test]
    public async Task Nobodys_absence_stops_a_step_but_taking_over_wants_a_reason()
    {
        await _register.As("reviewer").Send(new TakeTask(_document, _task));
        Assert.That((await _register.As("reviewer-2").Try(new TakeTask(_document, _task))).Error, Is.EqualTo(Error.Refused("task.held", "“认定”由审查员甲办理中，改由您办理的，请写明理由。") with { Field = "reason" }));
        await _register.As("reviewer-2").Send(new TakeTask(_document, _task, "审查员甲休假"));
        await _register.As("reviewer-2").Send(new IdentifyDocument(_document, IdentificationOutcome.Normative, "是"));
        Assert.That(await _register.Scalar<string>("SELECT Reason FROM Process WHERE Command = 'take-task' AND Reason IS NOT NULL"), Is.EqualTo("审查员甲休假"));
    }

    [Test]
    public async Task A_task_is_handed_over_to_a_colleague_at_the_desk_and_to_nobody_else()
    {
        var drafter = await _register.Scalar<Guid>("SELECT Id FROM Account WHERE Login = 'drafter'");
        Assert.That((await _register.As("reviewer").Try(new HandOverTask(_document, _task, drafter))).Error?.Code, Is.EqualTo("task.not-at-desk"));
        Assert.That((await _register.As("reviewer").Send(new ReadColleagues(_document, _task))).Select(c => c.Name), Is.EqualTo(["审查员乙"]));
        await _register.As("reviewer").Send(new HandOverTask(_document, _task, _second, "请先看第二条。"));
        var (given, got) = ((await Inbox("reviewer", InboxPart.HandedOver)).Items.Single(), (await Inbox("reviewer-2", InboxPart.Mine)).Items.Single());
        Assert.That((given.Holder, got.HandedOverBy, got.HandoverNote), Is.EqualTo(("审查员乙", "审查员甲", "请先看第二条。")));
        Assert.That((await _register.As("reviewer").Try(new HandOverTask(_document, _task, _second))).Error?.Code, Is.EqualTo("task.held"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE Payload LIKE '%reviewer-2@example.test%'"), Is.EqualTo(1));
        await _register.As("reviewer-2").Send(new ReturnTask(_document, _task));
        Assert.That((await Inbox("reviewer", InboxPart.Free)).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task Counts_are_those_of_the_lists()
    {
        await _register.As("reviewer").Send(new HandOverTask(_document, _task, _second));
        await Journey.SubmittedAsync(_register);
        var counts = await _register.As("reviewer").Send(new CountsForDesk());
        Assert.That((counts.Tasks, counts.Mine, counts.Free, counts.HandedOver, counts.Late), Is.EqualTo((2, 0, 1, 1, 0)));
        foreach (var (part, count) in new[] { (InboxPart.All, counts.Tasks), (InboxPart.Mine, counts.Mine), (InboxPart.Free, counts.Free), (InboxPart.HandedOver, counts.HandedOver), (InboxPart.Late, counts.Late), (InboxPart.DueSoon, counts.DueSoon) })
            Assert.That((await Inbox("reviewer", part)).Total, Is.EqualTo(count), $"{part}");
    }

    [Test]
    public async Task Who_waits_reminds_the_desk_once_a_day_and_moves_no_deadline()
    {
        var waiting = (await _register.As("drafter").Send(new ReadWaiting())).Single();
        Assert.That((waiting.TaskId, waiting.Name, waiting.Body), Is.EqualTo((_task, "认定", "郴州市人民政府法制办公室")));
        await _register.As("drafter").Send(new RemindTask(_document, _task, "会议在即。"));
        Assert.That((await _register.As("drafter").Try(new RemindTask(_document, _task))).Error?.Code, Is.EqualTo("task.reminded-today"));
        var alert = (await _register.As("reviewer").Send(new ReadAlerts())).Items.Single();
        Assert.That(alert.Body, Does.Contain("drafter提请办理").And.Contain("会议在即。"));
        Assert.That((await _register.As("reviewer").Try(new RemindTask(_document, _task))).Error?.Code, Is.EqualTo("task.own-desk"));
        Assert.That(await _register.As("drafter-finance").Send(new ReadWaiting()), Is.Empty);
    }

    private Task<Inbox> Inbox(string login, InboxPart part = InboxPart.All) => _register.As(login).Send(new ReadInbox(Which: part));
}
