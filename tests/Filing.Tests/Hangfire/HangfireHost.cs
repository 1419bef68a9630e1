#if FULL_EDITION
using System.Collections.Concurrent;
using Filing.Data;
using Filing.Features.Supervision;
using Filing.Hangfire;
using Filing.Tests.Support;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Filing.Tests.Hangfire;

/// <summary>Another process over a register: a database handle of its own, Hangfire's servers and a storage of their own, which is gone when it ends.</summary>
internal sealed class HangfireHost : IAsyncDisposable
{
    private readonly Database _database;
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private HangfireHost(Database database, ServiceProvider services)
    {
        (_database, _services) = (database, services);
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public JobStorage Storage => _services.GetRequiredService<JobStorage>();

    public Passes Passes => _services.GetRequiredService<Passes>();

    public IPassesElsewhere Elsewhere => _services.GetRequiredService<IPassesElsewhere>();

    public IBackgroundJobClient Client => _services.GetRequiredService<IBackgroundJobClient>();

    public IEnumerable<string> Recurring
    {
        get
        {
            using var connection = Storage.GetConnection();
            return [.. connection.GetRecurringJobs().Select(j => $"{j.Id} {j.Cron}").Order()];
        }
    }

    /// <summary>Starts one; it sweeps once at its start, and then every so many seconds.</summary>
    public static async Task<HangfireHost> StartAsync(TestRegister register, IDeliveryChannel? channel = null, int seconds = 3600, bool working = true)
    {
        var database = await TestDatabase.OpenAsync(register.Folder);
        var services = TestRegister.Compose(database, register.Laws, register.Clock, register.Folder).AddSingleton<Passes>()
            .AddSweepsOn(() => new InMemoryStorage(), Pace.AtMost(TimeSpan.FromSeconds(seconds)));
        if (channel is not null) services.AddSingleton(channel);
        var host = new HangfireHost(database, services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));
        foreach (var hosted in host._hosted.Where(h => working || h is not BackgroundJobServerHostedService)) await hosted.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>The resolved services of a scope, as a worker has them.</summary>
    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    /// <summary>Waits for a round that began after now.</summary>
    public async Task RoundAsync(string pass)
    {
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < 6000; i++)
        {
            if (Passes.All.Single(p => p.Name == pass) is { LastSuccess: { } end, Took: { } took } && end - took > now) return;
            await Task.Delay(10);
        }

        Assert.Fail($"No round of {pass} in a minute: {Passes.All.Single(p => p.Name == pass)}");
    }

    /// <summary>Waits until nothing lies in its queues and nothing runs.</summary>
    public async Task IdleAsync()
    {
        var monitor = Storage.GetMonitoringApi();
        for (var i = 0; i < 6000; i++)
        {
            var statistics = monitor.GetStatistics();
            if (statistics is { Enqueued: 0, Processing: 0, Scheduled: 0 }) return;
            await Task.Delay(10);
        }

        Assert.Fail("Hangfire had not finished after a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _hosted.Reverse()) await hosted.StopAsync(CancellationToken.None);
        foreach (var hosted in _hosted.OfType<IDisposable>()) hosted.Dispose();
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>A receiver that keeps the key of whatever reaches it.</summary>
internal sealed class Received : IDeliveryChannel
{
    private readonly ConcurrentQueue<string> _keys = new();

    public IReadOnlyList<string> Keys => [.. _keys];

    public string Name => "mail";

    public async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        // Long enough that two that deliver at once are in each other's way.
        await Task.Delay(5, ct);
        _keys.Enqueue(delivery.Key);
    }
}
#endif
