using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Tests.Support;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Filing.Benchmarks;

/// <summary>
/// A register as it runs in production, without a browser: a database file of its own, the law, every behaviour of the pipeline, a scope a
/// request, logging from warnings up, people with posts who are authorised at every command.
/// </summary>
internal sealed class BenchRegister : IPeople, IAsyncDisposable
{
    private readonly Dictionary<string, Actor> _people = [];
    private readonly ServiceProvider _services;

    private BenchRegister(string folder, Database database, Laws laws, LegalClock clock, Func<IServiceCollection, IServiceCollection> host)
    {
        (Folder, Database, Clock) = (folder, database, clock);
        _services = host(new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddFiling(database, laws, clock, new MaterialStore(folder, new DiskFileSystem(), clock)))
            .BuildServiceProvider();
    }

    public string Folder { get; }

    public Database Database { get; }

    public LegalClock Clock { get; }

    /// <summary>The product over it.</summary>
    public IServiceProvider Services => _services;

    /// <summary>An empty register with the people of the tests in it, on a Wednesday morning of 2013.</summary>
    /// <param name="host">Adds what walks the workflows, given the folder of the register; null for the built-in runner.</param>
    /// <param name="open">Opens the database of the folder; null for the embedded one.</param>
    public static async Task<BenchRegister> OpenAsync(Func<IServiceCollection, string, IServiceCollection>? host = null, Func<string, Database>? open = null)
    {
        var folder = Directory.CreateTempSubdirectory("filing-bench-").FullName;
        var clock = new LegalClock();
        clock.Move(new DateTimeOffset(2013, 3, 6, 9, 12, 0, LegalClock.China), 1);
        var database = open?.Invoke(folder) ?? Database.OpenSqlite(folder);
        if (!(await new Migrator(database, clock).MigrateAsync()).TryGet(out _, out var error)) throw new InvalidOperationException(error.ToString());
        var laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));
        await laws.StoreAsync(database, clock.GetUtcNow());
        var register = new BenchRegister(folder, database, laws, clock, services => host?.Invoke(services, folder) ?? services);
        foreach (var service in register._services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
        await World.BuildAsync(register);
        return register;
    }

    /// <summary>Another process over a register that has its people already.</summary>
    public static async Task<BenchRegister> JoinAsync(Database database)
    {
        var clock = new LegalClock();
        clock.Move(new DateTimeOffset(2013, 3, 6, 9, 12, 0, LegalClock.China), 1);
        var laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));
        var register = new BenchRegister(Directory.CreateTempSubdirectory("filing-bench-").FullName, database, laws, clock, static services => services);
        foreach (var person in await database.ReadAsync(db => db.QueryAsync<Person>("SELECT Id, Login FROM Account"))) register.Knows(person.Login, person.Id);
        return register;
    }

    /// <summary>A copy of its database, as it stands now, in another folder.</summary>
    public async Task CopyAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, Data.Database.SqliteFileName)};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand($"VACUUM INTO '{Path.Combine(folder, Data.Database.SqliteFileName)}'", connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Person
    {
        public required Guid Id { get; init; }
        public required string Login { get; init; }
    }

    public void Knows(string login, Guid account) => _people[login] = new(ActorKind.Person, account, login);

    public async Task<T> Send<T>(string? login, IRequest<Result<T>> request)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Actor = login is null ? Actor.Operator("bench") : _people[login];
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        return result.TryGet(out var value, out var error) ? value : throw new InvalidOperationException($"{request.GetType().Name} by {login}: {error}");
    }

    public async Task<StoredMaterial> StoreAsync(byte[] content) =>
        (await _services.GetRequiredService<MaterialStore>().StoreAsync(new MemoryStream(content), content.Length)).Value;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, true);
    }
}
