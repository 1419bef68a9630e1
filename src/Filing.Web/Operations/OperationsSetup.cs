using Filing.Data;
using Filing.Features.Supervision;
using Filing.Hangfire;

namespace Filing.Web.Operations;

/// <summary>Adds the work that runs by itself.</summary>
internal static class OperationsSetup
{
    /// <summary>Adds the sweeps, the deliveries and the tidying, on the host that the options name.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, Register register)
    {
        var options = register.Options;
        services.AddSingleton<Passes>().AddHostedService<IdempotencyPurgeService>().AddHostedService<SavedFormService>().AddHostedService<OrphanService>();
        services.AddSingleton<IDeliveryChannel>(options.Mail.Host is { Length: > 0 }
            ? new SmtpChannel(options.Mail)
            : new MailFolderChannel(Path.Combine(register.Folder, "outbox"), options.Mail.From, new DiskFileSystem()));
        return options.SweepHost == Edition.BuiltIn
            ? services.AddHostedService<SweepService>().AddHostedService<OutboxService>()
            : services.AddHangfireSweeps(options.SweepStorage == FilingOptions.SqlServerStorage ? options.SqlServer : null, options.SweepInterval);
    }
}
