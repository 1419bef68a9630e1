#if FULL_EDITION
using Elsa.Workflows;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Filters;
using Filing.Data;
using Filing.Domain;
using Filing.Elsa;
using Filing.Features.Administration;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Tests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Elsa;

/// <summary>Cases on Elsa's runtime with its state in a file: what a process leaves behind when it dies is taken up by the next.</summary>
[TestFixture]
internal sealed class ElsaWalkTests
{
    private static readonly SubmitDraft Draft = new("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true);

    private TestRegister _register = null!;
    private ServiceProvider _process = null!;

    [SetUp]
    public async Task Open()
    {
        _register = await TestRegister.OpenAsync();
        _process = Begin();
    }

    [TearDown]
    public async Task Close()
    {
        await _process.DisposeAsync();
        await _register.DisposeAsync();
    }

    [Test]
    public async Task A_case_goes_on_in_the_next_process()
    {
        var document = (await SendAsync("drafter", Draft)).DocumentId;
        Assert.That(await TasksAsync(), Is.EqualTo(["identify"]));
        await RestartAsync();
        await SendAsync("reviewer", new IdentifyDocument(document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        Assert.That(await TasksAsync(), Is.EqualTo(["complete"]));
        await RestartAsync();
        await SendAsync("drafter", new WithdrawDraft(document, "不再制定"));
        Assert.That(await TasksAsync(), Is.Empty);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"));
        Assert.That(await _register.Rows<string>("SELECT Status FROM WorkflowInstance"), Has.All.EqualTo("finished"));
        Assert.That(await UndeliveredAsync(), Is.Zero);
    }

    [Test]
    public async Task Orders_that_a_crash_left_behind_are_carried_by_the_next_process()
    {
        // The command's process dies after its commit: nothing was carried.
        await using (var dying = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None))
            .AddFiling(_register.Database, _register.Laws, _register.Clock, new MaterialStore(_register.Folder, new DiskFileSystem(), _register.Clock))
            .AddSingleton(new FlowHosting(FlowHost.Elsa)).BuildServiceProvider())
        {
            await SendAsync("drafter", Draft, dying);
        }

        Assert.That((await UndeliveredAsync(), (await TasksAsync()).Count), Is.EqualTo((1, 0)));
        await RestartAsync();
        await _process.GetRequiredService<OutboxDelivery>().RunAsync();
        Assert.That(await TasksAsync(), Is.EqualTo(["identify"]));
        Assert.That(await UndeliveredAsync(), Is.Zero);
    }

    [Test]
    public async Task An_order_that_was_carried_but_not_marked_does_nothing_the_second_time()
    {
        var document = (await SendAsync("drafter", Draft)).DocumentId;
        await SendAsync("reviewer", new IdentifyDocument(document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        var before = await HistoryAsync();
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Outbox SET DeliveredAt = NULL, NextAttemptAt = NULL"));
        await RestartAsync();
        await _process.GetRequiredService<OutboxDelivery>().RunAsync();
        Assert.That(await HistoryAsync(), Is.EqualTo(before));
        Assert.That(await TasksAsync(), Is.EqualTo(["complete"]));
        Assert.That(await UndeliveredAsync(), Is.Zero);
    }

    [Test]
    public async Task A_step_that_Elsa_did_not_save_is_answered_as_before()
    {
        var document = (await SendAsync("drafter", Draft)).DocumentId;
        await _process.DisposeAsync();
        var saved = await File.ReadAllBytesAsync(Elsa);
        _process = Begin();
        await SendAsync("reviewer", new IdentifyDocument(document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        var before = await HistoryAsync();

        // The register has its commit; Elsa's own file is that of before, as after a crash between the two.
        await _process.DisposeAsync();
        await File.WriteAllBytesAsync(Elsa, saved);
        _process = Begin();
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Outbox SET DeliveredAt = NULL, NextAttemptAt = NULL"));
        await _process.GetRequiredService<OutboxDelivery>().RunAsync();
        Assert.That(await HistoryAsync(), Is.EqualTo(before), "the step was taken once");
        Assert.That(await TasksAsync(), Is.EqualTo(["complete"]));

        await SendAsync("drafter", new WithdrawDraft(document, "不再制定"));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"), "and Elsa goes on from there");
    }

    [Test]
    public async Task A_case_keeps_the_host_on_which_it_began()
    {
        await using var plain = TestRegister.Provide(_register.Database, _register.Laws, _register.Clock, _register.Folder, builtIn: true);
        var here = (await SendAsync("drafter", Draft, plain)).DocumentId;
        var there = (await SendAsync("drafter", Draft with { Title = "郴州市城镇房屋租赁管理办法（二）" })).DocumentId;
        Assert.That(await _register.Rows<string>("SELECT Host FROM WorkflowInstance ORDER BY Id"), Is.EqualTo(["built-in", "elsa"]));
        // Each process moves both on: Elsa's own case waits in the outbox of the one that does not run it.
        await SendAsync("reviewer", new IdentifyDocument(here, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        await SendAsync("reviewer", new IdentifyDocument(there, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"), plain);
        Assert.That(await TasksAsync(), Is.EqualTo(["complete"]));
        await _process.GetRequiredService<OutboxDelivery>().RunAsync();
        Assert.That(await TasksAsync(), Is.EqualTo(["complete", "complete"]));
        Assert.That((await FlowHosting.LeftWithoutHostAsync(_register.Database))?.Code, Is.EqualTo("config.cases-on-elsa"));
    }

    [Test]
    public async Task A_case_that_was_taken_back_is_dropped_by_Elsa_and_comes_to_its_end_here()
    {
        var document = (await SendAsync("drafter", Draft)).DocumentId;
        await SendAsync("reviewer", new IdentifyDocument(document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        var before = await _register.Rows<string>("SELECT CONCAT(Code, State) FROM Task ORDER BY Id");
        var instance = await _register.Scalar<Guid>("SELECT Id FROM WorkflowInstance");
        var move = new MoveCase(_register.Laws.Latest("government-document").Version, "不再使用 Elsa", instance);
        var listed = await SendAsync(null, move);
        await SendAsync(null, move with { Digest = listed.Digest });

        Assert.That(await UndeliveredAsync(), Is.Zero);
        Assert.That(await SubStatusAsync(instance), Is.EqualTo(WorkflowSubStatus.Cancelled));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, State) FROM Task ORDER BY Id"), Is.EqualTo(before), "what Elsa cancelled is no longer Elsa's");
        Assert.That(await FlowHosting.LeftWithoutHostAsync(_register.Database), Is.Null, "a server without Elsa takes the register");

        await using var plain = TestRegister.Provide(_register.Database, _register.Laws, _register.Clock, _register.Folder, builtIn: true);
        await SendAsync("drafter", new WithdrawDraft(document, "不再制定"), plain);
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("Withdrawn"));
        Assert.That(await UndeliveredAsync(), Is.Zero);
    }

    private async Task<WorkflowSubStatus> SubStatusAsync(Guid instance)
    {
        await using var scope = _process.CreateAsyncScope();
        var kept = await scope.ServiceProvider.GetRequiredService<IWorkflowInstanceStore>().FindAsync(new WorkflowInstanceFilter { Id = instance.ToString() });
        return kept!.SubStatus;
    }

    private string Elsa => Path.Combine(_register.Folder, "elsa.db");

    private ServiceProvider Begin() => new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None))
        .AddFiling(_register.Database, _register.Laws, _register.Clock, new MaterialStore(_register.Folder, new DiskFileSystem(), _register.Clock))
        .AddElsaHost(ElsaStore.In(_register.Folder)).Start(started: true);

    private async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = Begin();
    }

    private async Task<T> SendAsync<T>(string? login, IRequest<Result<T>> request, ServiceProvider? process = null)
    {
        await using var scope = (process ?? _process).CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = login is null ? _register.Operator.Actor : _register.As(login).Actor;
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        Assert.That(result.Error, Is.Null, $"{request.GetType().Name} by {login}");
        return result.Value;
    }

    private Task<IReadOnlyList<string>> TasksAsync() => _register.Rows<string>("SELECT Code FROM Task WHERE State = 'open' ORDER BY Code");

    private Task<IReadOnlyList<string>> HistoryAsync() => _register.Rows<string>("SELECT CONCAT(Seq, ' ', NodeId, ' ', Visit, ' ', What) FROM WorkflowStep ORDER BY InstanceId, Seq");

    private Task<int> UndeliveredAsync() => _register.Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE Channel = 'workflow' AND DeliveredAt IS NULL");
}
#endif
