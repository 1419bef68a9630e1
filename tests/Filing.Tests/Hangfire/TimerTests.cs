#if FULL_EDITION
using System.Text.Json;
using Filing.Features.Supervision;
using Filing.Hangfire;
using Filing.Tests.Support;
using Filing.Tests.Web;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Tests.Hangfire;

/// <summary>The sweeps and deliveries on Hangfire, with its servers running, over documents published on 1 April 2013 that must be filed by 16 April.</summary>
[TestFixture]
[BuiltInHost("its other processes over the register run the built-in runner")]
internal sealed class TimerTests
{
    private static readonly int[] Days = [11, 14, 16, 17, 23];

    private TestRegister _register = null!;

    [SetUp]
    public async Task Open() => _register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)));

    [TearDown]
    public async Task Close() => await _register.DisposeAsync();

    private static Task<IReadOnlyList<string>> Alerts(TestRegister register) =>
        register.Rows<string>("SELECT CONCAT(RaisedOn, ' ', Notice, ' ', Role, '@', Place) FROM Alert ORDER BY RaisedAt, Days, Role, Place, AnchorId");

    /// <summary>What the built-in host says of the same days.</summary>
    private static async Task<IReadOnlyList<string>> BuiltInAsync()
    {
        await using var register = await TestRegister.OpenAsync(new DateTimeOffset(2013, 4, 1, 9, 3, 0, TimeSpan.FromHours(8)));
        await register.PublishedAsync();
        foreach (var day in Days)
        {
            register.On(2013, 4, day);
            await register.Services.GetRequiredService<SweepRound>().RunAsync(default);
        }

        return await Alerts(register);
    }

    [Test]
    public async Task A_filing_that_falls_due_is_told_of_as_by_the_built_in_host()
    {
        await _register.PublishedAsync();
        var received = new Received();
        await using var host = await HangfireHost.StartAsync(_register, received, seconds: 1);
        foreach (var day in Days)
        {
            _register.On(2013, 4, day);
            await host.RoundAsync(SweepRound.Name);
        }

        await host.RoundAsync(OutboxRound.Name);
        Assert.That(await Alerts(_register), Is.EqualTo(await BuiltInAsync()).And.Count.EqualTo(8));
        Assert.That(received.Keys, Has.Count.EqualTo(8).And.Unique, "a mail for each");
    }

    [Test]
    public async Task Losing_what_Hangfire_keeps_between_two_rungs_loses_nothing_and_doubles_nothing()
    {
        await _register.PublishedAsync();
        var received = new Received();
        foreach (var day in Days)
        {
            _register.On(2013, 4, day);
            // Each time another process with an empty storage: whatever the last one knew is gone.
            await using var host = await HangfireHost.StartAsync(_register, received);
            Assert.That(host.Recurring, Is.EqualTo(new[] { "filing-outbox */5 * * * * *", "filing-sweep 0 0 * * * *" }), "put down again at the start");
            await host.IdleAsync();
            await using var other = await HangfireHost.StartAsync(_register, received);
            await other.IdleAsync();
            await other.RoundAsync(OutboxRound.Name);
        }

        Assert.That(await Alerts(_register), Is.EqualTo(await BuiltInAsync()));
        Assert.That(received.Keys, Has.Count.EqualTo(8).And.Unique);
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE DeliveredAt IS NULL"), Is.Zero);
    }

    [Test]
    public async Task Jobs_that_two_servers_run_many_times_at_once_ring_each_rung_once_and_deliver_each_message_once()
    {
        for (var i = 0; i < 5; i++) await _register.PublishedAsync($"郴州市第{i}号办法");
        var received = new Received();
        await using var first = await HangfireHost.StartAsync(_register, received);
        await using var second = await HangfireHost.StartAsync(_register, received);
        await Task.WhenAll(first.IdleAsync(), second.IdleAsync());
        _register.On(2013, 4, 17);
        // Past Hangfire's queues, whose one worker would run them one after another.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WorkAsync<SweepJob>(i % 2 == 0 ? first : second, job => job.RunAsync(default)))));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => WorkAsync<OutboxJob>(i % 2 == 0 ? first : second, job => job.RunAsync(default)))));
        foreach (var host in (HangfireHost[])[first, second])
        {
            for (var i = 0; i < 5; i++)
            {
                host.Client.Create(Job.FromExpression<SweepJob>(job => job.RunAsync(CancellationToken.None)), new EnqueuedState(HangfireSetup.SweepQueue));
                host.Client.Create(Job.FromExpression<OutboxJob>(job => job.RunAsync(CancellationToken.None)), new EnqueuedState(HangfireSetup.OutboxQueue));
            }
        }

        await Task.WhenAll(first.IdleAsync(), second.IdleAsync());
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Rung"), Is.EqualTo(20));
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Alert"), Is.EqualTo(10), "chasing on two desks each");
        Assert.That(await _register.Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE DeliveredAt IS NULL"), Is.Zero);
        Assert.That(received.Keys, Has.Count.EqualTo(10).And.Unique);
    }

    [Test]
    public async Task A_job_whose_worker_dies_before_it_says_so_is_fetched_again_and_acts_once()
    {
        await _register.PublishedAsync();
        _register.On(2013, 4, 17);
        var received = new Received();
        await using var host = await HangfireHost.StartAsync(_register, received, working: false);
        string sweep, outbox;
        using (var connection = host.Storage.GetConnection())
        {
            using (var fetched = connection.FetchNextJob([HangfireSetup.SweepQueue], CancellationToken.None))
            {
                sweep = fetched.JobId;
                await WorkAsync<SweepJob>(host, job => job.RunAsync(default));
                fetched.Requeue();
            }

            using (var fetched = connection.FetchNextJob([HangfireSetup.OutboxQueue], CancellationToken.None))
            {
                outbox = fetched.JobId;
                await WorkAsync<OutboxJob>(host, job => job.RunAsync(default));
                fetched.Requeue();
            }
        }

        Assert.That((await Alerts(_register)).Count, Is.EqualTo(2), "the work was done before the worker died");
        Assert.That(received.Keys, Has.Count.EqualTo(2));
        using (var server = new BackgroundJobServer(
            new BackgroundJobServerOptions { Activator = new Activator(host), Queues = [HangfireSetup.SweepQueue, HangfireSetup.OutboxQueue], WorkerCount = 2 }, host.Storage))
            await host.IdleAsync();
        using (var connection = host.Storage.GetConnection())
            Assert.That(((string[])[sweep, outbox]).Select(id => connection.GetStateData(id).Name), Has.All.EqualTo("Succeeded"), "both were run a second time");
        Assert.That(await Alerts(_register), Has.Count.EqualTo(2));
        Assert.That(received.Keys, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task A_run_of_another_process_counts_for_the_readiness_of_this_one()
    {
        await using var host = await HangfireHost.StartAsync(_register);
        await host.RoundAsync(OutboxRound.Name);
        await host.IdleAsync();
        var mine = new Passes(TimeProvider.System);
        mine.Announce(SweepRound.Name, TimeSpan.FromMinutes(1));
        host.Elsewhere.Tell(mine);
        Assert.That(mine.All.Single(), Has.Property(nameof(PassState.LastSuccess)).Not.Null.And.Property(nameof(PassState.Detail)).EqualTo("由另一台服务器完成"));

        var own = host.Passes.All.Single(p => p.Name == SweepRound.Name);
        host.Elsewhere.Tell(host.Passes);
        Assert.That(host.Passes.All.Single(p => p.Name == SweepRound.Name), Is.EqualTo(own), "what this process has done itself stays");
    }

    [Test]
    public async Task A_round_that_fails_is_told_and_leaves_no_heap_of_failed_jobs()
    {
        var broken = await _register.PublishedAsync();
        await _register.Database.WriteAsync(db => db.ExecuteAsync("UPDATE Deadline SET Rungs = 'nonsense' WHERE DocumentId = @broken AND ClosedAt IS NULL", new { broken }));
        _register.On(2013, 4, 17);
        await using var host = await HangfireHost.StartAsync(_register);
        await host.IdleAsync();
        Assert.That(host.Passes.All.Single(p => p.Name == SweepRound.Name), Has.Property(nameof(PassState.Failures)).EqualTo(1).And.Property(nameof(PassState.LastError)).Not.Null);
        var statistics = host.Storage.GetMonitoringApi().GetStatistics();
        Assert.That((statistics.Failed, statistics.Deleted), Is.EqualTo((0L, 1L)));
    }

    [Test]
    public async Task A_server_on_Hangfire_is_ready_and_tells_of_its_passes()
    {
        await using var server = await TestServer.StartAsync(settings: [("Timers:Host", "Hangfire"), ("Timers:IntervalSeconds", "60")]);
        using var browser = server.Browser();
        async Task<JsonElement[]> PassesAsync() => [.. JsonElement.Parse(await browser.GetStringAsync("/healthz/ready")).GetProperty("passes").EnumerateArray()];
        for (var i = 0; i < 300 && !(await PassesAsync()).All(p => p.TryGetProperty("lastSuccess", out _)); i++) await Task.Delay(100);
        var passes = await PassesAsync();
        Assert.That(passes.Select(p => p.GetProperty("name").GetString()), Is.SupersetOf(new[] { "sweep", "outbox" }));
        Assert.That(passes.Select(p => (p.TryGetProperty("lastSuccess", out _), p.GetProperty("late").GetBoolean())), Has.All.EqualTo((true, false)));
        var sweep = server.Server.App.Services.GetRequiredService<Passes>().All.Single(p => p.Name == "sweep");
        Assert.That(sweep.Interval, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(sweep.Late(sweep.LastSuccess!.Value + TimeSpan.FromSeconds(241)), Is.True, "three times its interval and a minute");
    }

    // Wanted - kept, schedule.
    [TestCase(1, 1, "*/1 * * * * *")]
    [TestCase(5, 5, "*/5 * * * * *")]
    [TestCase(45, 30, "*/30 * * * * *")]
    [TestCase(59, 30, "*/30 * * * * *")]
    [TestCase(60, 60, "0 */1 * * * *")]
    [TestCase(90, 60, "0 */1 * * * *")]
    [TestCase(1000, 900, "0 */15 * * * *")]
    [TestCase(3599, 1800, "0 */30 * * * *")]
    [TestCase(3600, 3600, "0 0 * * * *")]
    [TestCase(86400, 3600, "0 0 * * * *")]
    public void A_schedule_keeps_the_longest_even_interval_that_is_no_longer(int wanted, int kept, string cron) =>
        Assert.That(Pace.AtMost(TimeSpan.FromSeconds(wanted)), Is.EqualTo(new Pace(TimeSpan.FromSeconds(kept), cron)));

    private static async Task WorkAsync<T>(HangfireHost host, Func<T, Task> work)
        where T : notnull
    {
        await using var scope = host.Scope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>Another worker: takes its jobs from a scope of the host.</summary>
    private sealed class Activator(HangfireHost host) : JobActivator
    {
        public override JobActivatorScope BeginScope(JobActivatorContext context) => new Scoped(host.Scope());

        private sealed class Scoped(AsyncServiceScope scope) : JobActivatorScope
        {
            public override object Resolve(Type type) => scope.ServiceProvider.GetRequiredService(type);

            public override void DisposeScope() => scope.Dispose();
        }
    }
}
#endif
