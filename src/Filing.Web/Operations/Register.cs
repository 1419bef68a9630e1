using Filing.Data;
using Filing.Domain;
using Filing.Elsa;
using Filing.Elsa.Steps;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Web.Security;
using MediatR;

namespace Filing.Web.Operations;

/// <summary>An open register: its folder, its database at the schema of this program, the law, the clock, the materials.</summary>
public sealed class Register : IAsyncDisposable
{
    private readonly Lazy<ServiceProvider> _services;

    private readonly bool _carries;

    private Register(string folder, bool carries, FilingOptions options, Database database, Laws laws, LegalClock clock, IReadOnlyList<string> applied, ILoggerFactory loggers)
    {
        (Folder, _carries, Options, Database, Laws, Clock, Applied, Loggers) = (folder, carries, options, database, laws, clock, applied, loggers);
        Materials = new MaterialStore(Path.Combine(Shared, "materials"), new DiskFileSystem(), TimeProvider.System);
        _services = new(Provide);
    }

    /// <summary>The data folder, as a full path. All that the program writes is below it.</summary>
    public string Folder { get; }

    /// <summary>Where what several servers have in common lies: the data folder, unless the administrator chose another.</summary>
    public string Shared => Options.SharedFolder ?? Folder;

    /// <summary>What the administrator chose.</summary>
    public FilingOptions Options { get; }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>The law as data.</summary>
    public Laws Laws { get; }

    /// <summary>The clock of the law.</summary>
    public LegalClock Clock { get; }

    /// <summary>The files of the documents.</summary>
    public MaterialStore Materials { get; }

    /// <summary>The migrations that were applied when it was opened; none on a database that was current.</summary>
    public IReadOnlyList<string> Applied { get; }

    /// <summary>Where this process logs.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>The product over this register, for verbs of the command line; a server has its own.</summary>
    public IServiceProvider Services => _services.Value;

    /// <summary>
    /// Opens the register in a folder; creates and migrates it when it is absent. Any number of processes may have it open. Refused while it is moved to
    /// SQL Server, and afterwards in the place that it left.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">What the administrator chose.</param>
    /// <param name="clock">The clock of the law.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="carries">
    /// True for a process that carries orders to the workflow host itself: a server, a rehearsal. Otherwise they wait in the outbox for the server.
    /// </param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="LawDataException">The law's data cannot be used.</exception>
    /// <exception cref="Workflows.DefinitionException">A definition cannot be used.</exception>
    public static async Task<Result<Register>> OpenAsync(
        string folder, FilingOptions options, LegalClock clock, ILoggerFactory loggers, bool carries = false, CancellationToken ct = default)
    {
        var laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var log = loggers.CreateLogger<Database>();
        var database = options.SqlServer is { } server ? Database.OpenSqlServer(server, log) : Database.OpenSqlite(folder, log: log);
        try
        {
            var error = await MoveMark.RefusalAsync(database, folder, ct);
            if (error is null && (await new Migrator(database, TimeProvider.System).MigrateAsync(ct)).TryGet(out var applied, out error))
            {
                await laws.StoreAsync(database, TimeProvider.System.GetUtcNow());
                return new Register(folder, carries, options, database, laws, clock, applied, loggers);
            }

            await database.DisposeAsync();
            return error;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds the product over this register to the services of a program.</summary>
    public IServiceCollection AddTo(IServiceCollection services)
    {
        services.AddFiling(Database, Laws, Clock, Materials).AddSingleton(Options).AddSingleton(this).AddSingleton<Accounts>();
        if (!OnElsa) return services;
        return _carries ? services.AddElsaHost(ElsaStore.In(Folder), Options.ElsaApi) : services.AddHandedOverSteps();
    }

    private bool OnElsa => Options.WorkflowHost == ElsaHost.Name;

    private ServiceProvider Provide()
    {
        // Elsa registers what can only be built within a request.
        var runs = OnElsa && _carries;
        var services = AddTo(new ServiceCollection().AddLogging().AddSingleton(Loggers)).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = !runs, ValidateScopes = true });
        if (runs)
        {
            // A program without a host starts by hand what reads the definitions.
            foreach (var service in services.GetServices<IHostedService>()) service.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        return services;
    }

    /// <summary>Sends something in a scope of its own, as somebody.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="send">What to send.</param>
    /// <param name="key">The key under which it acts once; null when it has none.</param>
    public async Task<T> AskAsync<T>(Actor actor, Func<IMediator, Task<T>> send, string? key = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var caller = scope.ServiceProvider.GetRequiredService<Caller>();
        (caller.Actor, caller.IdempotencyKey) = (actor, key);
        return await send(scope.ServiceProvider.GetRequiredService<IMediator>());
    }

    /// <summary>Lets what runs come through, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated) await _services.Value.DisposeAsync();
        await Database.DisposeAsync();
    }
}
