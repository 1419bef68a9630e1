using Filing.Data;
using Filing.Domain;
using Filing.Elsa;
using Filing.Elsa.Steps;
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

/// <summary>The steps of another host, taken by hand: the register's side of it, with the real law and a real database.</summary>
[TestFixture]
internal sealed class HandedOverTests
{
    private static readonly SubmitDraft Draft = new("郴州市城镇房屋租赁管理办法", DocumentKind.Government, World.Housing, World.City, "第一条 为了规范房屋租赁，制定本办法。", true);

    private TestRegister _register = null!;
    private ServiceProvider _host = null!;
    private CaseSteps _steps = null!;
    private Guid _document;
    private Guid _instance;

    [SetUp]
    public async Task A_draft_is_submitted_where_another_host_walks()
    {
        _register = await TestRegister.OpenAsync();
        _host = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None))
            .AddFiling(_register.Database, _register.Laws, _register.Clock, new MaterialStore(_register.Folder, new DiskFileSystem(), _register.Clock))
            .AddHandedOverSteps()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _steps = _host.GetRequiredService<CaseSteps>();
        _document = (await SendAsync("drafter", Draft)).DocumentId;
        _instance = await _register.Scalar<Guid>("SELECT Id FROM WorkflowInstance");
    }

    [TearDown]
    public async Task Close()
    {
        await _host.DisposeAsync();
        await _register.DisposeAsync();
    }

    [Test]
    public async Task A_command_orders_the_start_in_its_own_transaction_and_takes_no_step()
    {
        Assert.That(await OrdersAsync(), Is.EqualTo([$"workflow:{_instance}:start"]));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM WorkflowStep"), Is.Zero);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Task"), Is.Zero);
    }

    [Test]
    public async Task A_host_that_cannot_be_reached_fails_no_command()
    {
        // Two channels of one name: the delivery itself cannot be made.
        await using var broken = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None))
            .AddFiling(_register.Database, _register.Laws, _register.Clock, new MaterialStore(_register.Folder, new DiskFileSystem(), _register.Clock))
            .AddHandedOverSteps().AddCarriedOrders().AddSingleton<IDeliveryChannel, Deaf>().AddSingleton<IDeliveryChannel, Deaf>().BuildServiceProvider();
        Assert.That(() => broken.GetRequiredService<OutboxDelivery>(), Throws.Exception);
        await using var scope = broken.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = _register.As("drafter").Actor;
        var submitted = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(Draft with { Title = "另一件" });
        Assert.That(submitted.Error, Is.Null);
        Assert.That(await OrdersAsync(), Has.Count.EqualTo(2), "the order waits in the outbox");
    }

    [Test]
    public async Task A_host_that_fails_leaves_the_order_for_the_next_round()
    {
        await using var deaf = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.None))
            .AddFiling(_register.Database, _register.Laws, _register.Clock, new MaterialStore(_register.Folder, new DiskFileSystem(), _register.Clock))
            .AddHandedOverSteps().AddCarriedOrders().AddSingleton<IDeliveryChannel, Deaf>().BuildServiceProvider();
        await using var scope = deaf.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = _register.As("drafter").Actor;
        Assert.That((await scope.ServiceProvider.GetRequiredService<IMediator>().Send(Draft with { Title = "另一件" })).Error, Is.Null);
        Assert.That(await _register.Rows<string>("SELECT LastError FROM Outbox WHERE DeliveredAt IS NULL"), Is.EqualTo(["听不见", "听不见"]), "it was tried at once");
    }

    [Test]
    public async Task A_step_taken_twice_lays_one_task()
    {
        Assert.That((await EnterAsync("identify")).Fate, Is.EqualTo(StepFate.Waits));
        Assert.That((await EnterAsync("identify")).Fate, Is.EqualTo(StepFate.Waits));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, ':', Role, '@', Place, ':', State) FROM Task"), Is.EqualTo(["identify:reviewer@legal-office:open"]));
        Assert.That(await _register.Rows<string>("SELECT Type FROM Event WHERE Type = 'step-taken'"), Has.Count.EqualTo(1));
    }

    [Test]
    public void An_input_that_is_not_the_registers_is_refused()
    {
        var given = Given("identify");
        given["role"] = "drafter";
        var refused = Assert.ThrowsAsync<StepRefusedException>(() => _steps.EnterAsync(At("identify"), given, null, default));
        Assert.That(refused!.Error.Code, Is.EqualTo("workflow.other-definition"));
        Assert.That(refused.Message, Does.Contain("“role”"));
    }

    [Test]
    public void A_node_that_the_register_does_not_know_is_refused()
    {
        var refused = Assert.ThrowsAsync<StepRefusedException>(() => _steps.EnterAsync(At("smuggled"), new Dictionary<string, string?>(), null, default));
        Assert.That(refused!.Error.Code, Is.EqualTo("workflow.other-definition"));
    }

    [Test]
    public void A_node_cannot_be_woken_before_it_waits()
    {
        var refused = Assert.ThrowsAsync<StepRefusedException>(() => _steps.ResumeAsync(At("identify"), "Normative", null, default));
        Assert.That(refused!.Error.Code, Is.EqualTo("workflow.not-waiting"));
    }

    [Test]
    public async Task A_finished_task_wakes_its_own_visit_once_and_only_after_the_older_order()
    {
        await EnterAsync("identify");
        await SendAsync("reviewer", new IdentifyDocument(_document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        var key = $"workflow:{_instance}:identify:1:Normative";
        Assert.That(await OrdersAsync(), Is.EqualTo([$"workflow:{_instance}:start", key]));

        var early = Assert.ThrowsAsync<StepRefusedException>(() => _steps.AddressAsync(At("identify"), key, default));
        Assert.That(early!.Error.Code, Is.EqualTo("workflow.in-progress"));
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Outbox SET DeliveredAt = CreatedAt WHERE DeliveryKey LIKE '%:start'"));

        Assert.That(await _steps.AddressAsync(At("identify"), key, default), Is.EqualTo(1));
        Assert.That(await _steps.SettleUnheardAsync(At("identify"), "Normative", null, default), Is.False);
        var answer = await _steps.ResumeAsync(At("identify"), "Normative", null, default);
        Assert.That((answer.Fate, answer.Outcomes), Is.EqualTo((StepFate.Done, (IReadOnlyList<string>)["Normative"])));

        // The delivery comes again: the same visit, the same answer, and nothing waits any more.
        Assert.That(await _steps.AddressAsync(At("identify"), key, default), Is.EqualTo(1));
        Assert.That((await _steps.ResumeAsync(At("identify"), "Normative", null, default)).Outcomes, Is.EqualTo(["Normative"]));
        Assert.That(await _steps.SettleUnheardAsync(At("identify"), "Normative", null, default), Is.True);
        Assert.That(await _steps.AddressAsync(At("identify"), key + ":other", default), Is.Zero);
    }

    [Test]
    public async Task A_trial_foretells_the_next_desk_and_orders_nothing()
    {
        await EnterAsync("withdrawal");
        await EnterAsync("identify");
        var (orders, kept) = (await OrdersAsync(), await _register.Scalar<string>("SELECT CONCAT(Host, ':', State) FROM WorkflowInstance"));
        var trial = await TryAsync("reviewer", new IdentifyDocument(_document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        Assert.That(trial.Effects.Where(e => e.What == "下一步").Select(e => e.Text), Is.EqualTo(["补齐材料（郴州市住房和城乡建设局 · 起草人）"]));
        Assert.That(await OrdersAsync(), Is.EqualTo(orders));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, ':', State) FROM Task"), Is.EqualTo(["identify:open"]));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(Host, ':', State) FROM WorkflowInstance"), Is.EqualTo(kept).And.StartsWith("elsa:"), "its state is the other host's");
    }

    [Test]
    public async Task A_case_is_taken_back_by_a_move_and_goes_on_at_the_same_desks()
    {
        await WaitAtIdentificationAsync();
        var moved = await MoveAsync();
        Assert.That(moved.Cases.Single().TakenBack, Is.True);
        Assert.That(await _register.Scalar<string>("SELECT Host FROM WorkflowInstance"), Is.EqualTo("built-in"));
        Assert.That(await OrdersAsync(), Is.EqualTo([$"workflow:{_instance}:start", $"workflow:{_instance}:cancel"]), "the host is told to drop it");
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, ':', State) FROM Task"), Is.EqualTo(["identify:open"]), "nobody's desk changed");

        await SendAsync("reviewer", new IdentifyDocument(_document, IdentificationOutcome.Normative, "影响公民权利义务，普遍适用"));
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, ':', State) FROM Task ORDER BY Code"), Is.EqualTo(["complete:open", "identify:done"]));
        Assert.That(await OrdersAsync(), Has.Count.EqualTo(2), "no order is given any more");
    }

    [Test]
    public async Task What_the_host_still_asks_of_a_case_that_was_taken_back_does_nothing()
    {
        await WaitAtIdentificationAsync();
        await MoveAsync();
        Assert.That((await EnterAsync("identify")).Fate, Is.EqualTo(StepFate.Gone));
        await _steps.WithdrawAsync(At("identify"), default);
        await _steps.WithdrawAsync(At("withdrawal"), default);
        Assert.That(await _register.Rows<string>("SELECT CONCAT(Code, ':', State) FROM Task"), Is.EqualTo(["identify:open"]));
        Assert.That(await _register.Rows<string>("SELECT What FROM WorkflowStep WHERE What = 'cancelled'"), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_order_that_a_move_overtook_is_carried_out_all_the_same_and_once(bool hostStillHears)
    {
        await WaitAtIdentificationAsync();
        await MoveAsync();
        for (var i = 0; i < 2; i++)
        {
            if (hostStillHears) Assert.That((await _steps.ResumeAsync(At("identify"), "Normative", null, default)).Fate, Is.EqualTo(StepFate.Gone));
            else Assert.That(await _steps.SettleUnheardAsync(At("identify"), "Normative", null, default), Is.True);
        }

        Assert.That(await _register.Rows<string>("SELECT Code FROM Task WHERE State = 'open'"), Does.Contain("complete"));
        Assert.That(await _register.Rows<string>("SELECT NodeId FROM WorkflowStep WHERE NodeId = 'identify' AND What = 'completed'"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_case_is_not_taken_back_while_its_host_has_something_to_do()
    {
        await EnterAsync("withdrawal");
        await EnterAsync("identify");
        var refused = await TryAsync("rule-keeper", new MoveCase(Version, "理由", _instance), Role.RuleKeeper);
        Assert.That(refused.Error?.Code, Is.EqualTo("workflow.in-progress"), "the order to start it has not been reported done");
        Assert.That((await TryAsync("rule-keeper", new MoveCase(Version, "理由", Guid.CreateVersion7()))).Error?.Code, Is.EqualTo("not-found"));
        Assert.That((await _steps.SettleUnheardAsync(At("identify"), "Normative", null, default)), Is.False, "the host has yet to come to it");
    }

    [Test]
    public async Task A_case_whose_history_fits_no_state_stays_with_its_host()
    {
        await EnterAsync("identify");
        await DeliveredAsync();
        var refused = await TryAsync("rule-keeper", new MoveCase(Version, "理由", _instance), Role.RuleKeeper);
        Assert.That(refused.Error?.Code, Is.EqualTo("move.on-elsa"), "beside the identification, the draft can always be withdrawn");
    }

    [Test]
    public async Task A_conclusion_closes_the_case_and_withdraws_what_still_waits()
    {
        await EnterAsync("withdrawal");
        await EnterAsync("identify");
        await SendAsync("reviewer", new IdentifyDocument(_document, IdentificationOutcome.NotNormative, "内部安排", "工作要点、工作计划、工作方案"));
        await _steps.ResumeAsync(At("identify"), "NotNormative", null, default);
        var ended = await EnterAsync("notNormative");
        Assert.That((ended.Fate, ended.Outcomes), Is.EqualTo((StepFate.Ended, (IReadOnlyList<string>)["NotNormative"])));
        Assert.That((await EnterAsync("notNormative")).Fate, Is.EqualTo(StepFate.Ended));
        Assert.That(await _register.Scalar<string>("SELECT Outcome FROM CaseFile"), Is.EqualTo("NotNormative"));
        Assert.That(await _register.Scalar<string>("SELECT CONCAT(Status, ':', Outcome) FROM WorkflowInstance"), Is.EqualTo("finished:NotNormative"));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Wait"), Is.Zero);

        // Elsa cancels after the register has, and may still be on its way elsewhere.
        Assert.That(() => _steps.WithdrawAsync(At("withdrawal"), default), Throws.Nothing);
        Assert.That((await EnterAsync("complete")).Fate, Is.EqualTo(StepFate.Gone));
    }

    [Test]
    public async Task A_withdrawn_step_takes_its_task_back()
    {
        await EnterAsync("identify");
        await _steps.WithdrawAsync(At("identify"), default);
        await _steps.WithdrawAsync(At("identify"), default);
        Assert.That(await _register.Scalar<string>("SELECT State FROM Task"), Is.EqualTo("cancelled"));
        Assert.That((await _steps.ResumeAsync(At("identify"), "Normative", null, default)).Fate, Is.EqualTo(StepFate.Gone));
    }

    private StepKey At(string node, int visit = 1) => new(_instance, node, visit);

    private Dictionary<string, string?> Given(string node) =>
        _register.Laws.Latest("government-document")[node].Inputs.ToDictionary(i => i.Key, i => (string?)i.Value.Value);

    private Task<StepAnswer> EnterAsync(string node) => _steps.EnterAsync(At(node), Given(node), null, default);

    private Task<IReadOnlyList<string>> OrdersAsync() => _register.Rows<string>("SELECT DeliveryKey FROM Outbox WHERE Channel = 'workflow' ORDER BY CreatedAt, Id");

    private async Task<T> SendAsync<T>(string login, IRequest<Result<T>> request)
    {
        await using var scope = _host.CreateAsyncScope();
        var account = await _register.Scalar<Guid>("SELECT Id FROM Account WHERE Login = @login", new { login });
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = new Actor(ActorKind.Person, account, login);
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        Assert.That(result.Error, Is.Null);
        return result.Value;
    }

    private int Version => _register.Laws.Latest("government-document").Version;

    private async Task WaitAtIdentificationAsync()
    {
        await EnterAsync("withdrawal");
        await EnterAsync("identify");
        await DeliveredAsync();
    }

    private Task<int> DeliveredAsync() => _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Outbox SET DeliveredAt = CreatedAt WHERE DeliveredAt IS NULL"));

    private async Task<CasesMoved> MoveAsync()
    {
        var listed = await _register.Operator.Send(new MoveCase(Version, "不再使用 Elsa", _instance));
        Assert.That((listed.Moved, listed.Cases.Single().Refused), Is.EqualTo((0, (MoveRefusal?)null)));
        return await _register.Operator.Send(new MoveCase(Version, "不再使用 Elsa", _instance, Digest: listed.Digest));
    }

    private async Task<(IReadOnlyList<TrialEffect> Effects, Error? Error)> TryAsync<T>(string login, IRequest<Result<T>> request, Role? role = null)
    {
        if (role is { } post)
        {
            await _register.Operator.Send(new CreateAccount(login, login));
            await _register.Operator.Send(new GivePost(login, World.CityLegal, post, new(2000, 1, 1)));
        }

        await using var scope = _host.CreateAsyncScope();
        var account = await _register.Scalar<Guid>("SELECT Id FROM Account WHERE Login = @login", new { login });
        var (caller, trial) = (scope.ServiceProvider.GetRequiredService<Caller>(), new Trial());
        (caller.Actor, caller.Trial) = (new Actor(ActorKind.Person, account, login), trial);
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        return (trial.Effects, result.Error);
    }

    private sealed class Deaf : IDeliveryChannel
    {
        public string Name => FlowHandover.Channel;

        public Task DeliverAsync(Delivery delivery, CancellationToken ct) => throw new InvalidOperationException("听不见");
    }
}
