using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Hangfire;

/// <summary>
/// Runs the sweeps and the deliveries as recurring jobs of Hangfire. Over SQL Server any number of processes share them; in memory each process has its
/// own. Losing what Hangfire keeps loses nothing: deadlines and outbox are the register's own, and the jobs are put down again at every start.
/// </summary>
public static class HangfireSetup
{
    /// <summary>The queue of the sweeps; it has a worker of its own, so that a long sweep holds up no delivery.</summary>
    public const string SweepQueue = "filing-sweep";

    /// <summary>The queue of the deliveries; it has a worker of its own, so that a slow mail server holds up no sweep.</summary>
    public const string OutboxQueue = "filing-outbox";

    /// <summary>Adds Hangfire, two servers of it in this process, and the recurring jobs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="sqlServer">The SQL Server in which Hangfire keeps its tables; null for the memory of this process.</param>
    /// <param name="interval">How often to sweep, in real time; see <see cref="Pace"/>.</param>
    public static IServiceCollection AddHangfireSweeps(this IServiceCollection services, string? sqlServer, TimeSpan interval) =>
        services.AddSweepsOn(() => sqlServer is null ? new InMemoryStorage() : new SqlServerStorage(() => new SqlConnection(sqlServer)), Pace.AtMost(interval));

    /// <summary>The same over any storage.</summary>
    internal static IServiceCollection AddSweepsOn(this IServiceCollection services, Func<JobStorage> storage, Pace pace)
    {
        // Registered before Hangfire does it: its own would be whatever the last server of this process chose.
        services.AddSingleton(_ => storage()).AddSingleton<JobActivator, AspNetCoreJobActivator>();
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        foreach (var queue in (string[])[SweepQueue, OutboxQueue])
        {
            services.AddHangfireServer(server =>
            {
                (server.ServerName, server.Queues, server.WorkerCount) = ($"{Environment.MachineName}:{queue}", [queue], 1);
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            });
        }

        services.AddSingleton(pace).AddScoped<SweepJob>().AddScoped<OutboxJob>().AddSingleton<RecurringJobs>();
        return services.AddHostedService(s => s.GetRequiredService<RecurringJobs>()).AddSingleton<Features.Supervision.IPassesElsewhere>(s => s.GetRequiredService<RecurringJobs>());
    }
}
