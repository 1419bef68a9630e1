using Filing.Data;
using Filing.Features.Supervision;

namespace Filing.Web.Operations;

/// <summary>
/// The built-in host of what watches: rings what is due, delivers what waits, and now and then tidies up. Its intervals are real time, whatever the
/// clock of the law does. Any number of servers may go their rounds over one register, and one that was down for days misses nothing.
/// </summary>
internal sealed class Rounds(IServiceProvider services, FilingOptions options, ILogger<Rounds> log) : BackgroundService
{
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(1);

    /// <summary>Where mails go.</summary>
    public static IDeliveryChannel Mail(Register register) => register.Options.Mail is { Host: not null } mail
        ? new SmtpChannel(mail)
        : new MailFolderChannel(Path.Combine(register.Folder, "mail"), register.Options.Mail.From, new DiskFileSystem());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Leaves the start to the first requests.
        await Task.Yield();
        await DoAsync("reprojection", services.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync, stoppingToken);
        using var timer = new PeriodicTimer(options.SweepInterval, TimeProvider.System);
        var tidied = DateTimeOffset.MinValue;
        do
        {
            await DoAsync("sweep", services.GetRequiredService<Sweep>().RunAsync, stoppingToken);
            await DoAsync("delivery", services.GetRequiredService<OutboxDelivery>().RunAsync, stoppingToken);
            if (TimeProvider.System.GetUtcNow() - tidied < Tidying) continue;
            tidied = TimeProvider.System.GetUtcNow();
            await DoAsync("purge", services.GetRequiredService<IdempotencyPurge>().RunAsync, stoppingToken);
            await DoAsync("orphans", services.GetRequiredService<OrphanCollector>().RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A round that fails is told and tried again at the next; it must not end the server, nor the other rounds.</summary>
    private async Task DoAsync<T>(string what, Func<CancellationToken, Task<T>> round, CancellationToken ct)
    {
        try
        {
            await round(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "The round {Round} failed and will be tried again", what);
        }
    }
}
