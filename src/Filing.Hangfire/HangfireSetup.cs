using Hangfire;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Filing.Hangfire;

/// <summary>
/// Runs the sweeps and the deliveries as recurring jobs of Hangfire, over the SQL Server of the register: any number of servers, one of which takes each
/// job. Losing Hangfire's tables loses nothing: deadlines and outbox are the register's own, and jobs are put down again at every start.
/// </summary>
public static class HangfireSetup
{
    /// <summary>Adds Hangfire, a server of it in this process, and the recurring jobs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connectionString">The SQL Server in which Hangfire keeps its tables.</param>
    public static IServiceCollection AddHangfireSweeps(this IServiceCollection services, string connectionString)
    {
        services.AddHangfire(hangfire =>
        {
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            hangfire.UseSqlServerStorage(() => new SqlConnection(connectionString));
        });
        services.AddHangfireServer(server => (server.WorkerCount, server.SchedulePollingInterval) = (2, TimeSpan.FromSeconds(5)));
        return services.AddScoped<SweepJob>().AddScoped<OutboxJob>().AddHostedService<RecurringJobs>();
    }
}

/// <summary>Puts the recurring jobs down at every start: their schedule stands in this file, not in a database.</summary>
internal sealed class RecurringJobs(IRecurringJobManager manager) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A run that was missed is caught up by one; the sweep itself finds all that has become due.
        var options = new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed };
        manager.AddOrUpdate<SweepJob>("filing-sweep", job => job.RunAsync(CancellationToken.None), "* * * * *", options);
        manager.AddOrUpdate<OutboxJob>("filing-outbox", job => job.RunAsync(CancellationToken.None), "*/10 * * * * *", options);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
