using System.Text.Json;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Filing.Tests.Support;

/// <summary>
/// A register of its own in a folder of its own: a real database file, the real law, and a clock that stands still at an odd moment until
/// it is moved. People send commands to it: <c>await register.As("reviewer").Send(new IdentifyDocument(…))</c>.
/// </summary>
internal sealed class TestRegister : IPeople, IAsyncDisposable
{
    /// <summary>The make-up Saturday before Spring Festival 2026.</summary>
    public static readonly DateTimeOffset OddMoment = new(2026, 2, 14, 16, 40, 7, TimeSpan.FromHours(8));

    private readonly Dictionary<string, Guid> _accounts = [];

    private TestRegister(string folder, Database database, Laws laws, LegalClock clock)
    {
        (Folder, Database, Laws, Clock) = (folder, database, laws, clock);
        Services = Provide(database, laws, clock, folder);
    }

    /// <summary>The product over a database: another process would have one of its own.</summary>
    public static ServiceProvider Provide(Database database, Laws laws, LegalClock clock, string folder, bool builtIn = false) =>
        Compose(database, laws, clock, folder).AddTestHost(folder, builtIn).Start(builtIn ? false : null);

    /// <summary>The same, before it is built, so that a host can be added.</summary>
    public static IServiceCollection Compose(Database database, Laws laws, LegalClock clock, string folder) => new ServiceCollection()
        .AddLogging(l => l.SetMinimumLevel(LogLevel.None))
        .AddFiling(database, laws, clock, new MaterialStore(folder, new DiskFileSystem(), clock))
        .AddScoped<IRequestHandler<Walk, Result<Done>>, WalkHandler>()
        .AddScoped<IRequestHandler<RecordUnless, Result<Done>>, RecordUnlessHandler>()
        .AddScoped<IRequestHandler<CountBoth, Result<Done>>, CountBothHandler>();

    public string Folder { get; }

    public Database Database { get; }

    public Laws Laws { get; private set; }

    public LegalClock Clock { get; }

    public ServiceProvider Services { get; private set; }

    public DateOnly Today => Clock.Today;

    /// <summary>An empty register with the world of Chenzhou in it.</summary>
    /// <param name="at">Where its clock stands.</param>
    /// <param name="law">Changes a copy of the folder of definitions and profiles before it is read.</param>
    public static async Task<TestRegister> OpenAsync(DateTimeOffset? at = null, Action<LawFolder>? law = null)
    {
        var folder = Directory.CreateTempSubdirectory("filing-test-").FullName;
        var clock = new LegalClock();
        clock.Move(at ?? OddMoment, 0);
        var database = await TestDatabase.OpenAsync(folder);
        var migrated = await new Migrator(database, clock).MigrateAsync();
        Assert.That(migrated.Error, Is.Null);
        var laws = Laws.Read(law is null ? LawFolder.Original : LawFolder.CopyTo(Path.Combine(folder, "law"), law));
        await laws.StoreAsync(database, clock.GetUtcNow());
        var register = new TestRegister(folder, database, laws, clock);
        await World.BuildAsync(register);
        return register;
    }

    /// <summary>Stops the program and starts it over the same register with another law, as after an update of its folder.</summary>
    /// <param name="law">Changes a copy of the folder of definitions and profiles as it ships.</param>
    public async Task RestartAsync(Action<LawFolder> law)
    {
        await Services.DisposeAsync();
        Laws = Laws.Read(LawFolder.CopyTo(Path.Combine(Folder, $"law-{Guid.CreateVersion7():N}"), law));
        await Laws.StoreAsync(Database, Clock.GetUtcNow());
        Services = Provide(Database, Laws, Clock, Folder);
    }

    /// <summary>A copy of a register that was built before, with the law that lies in it, for tests that harm it.</summary>
    public static Task<TestRegister> OpenCopyAsync(string whole, DateTimeOffset at)
    {
        var folder = Directory.CreateTempSubdirectory("filing-test-").FullName;
        foreach (var file in Directory.EnumerateFiles(whole, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(whole, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var clock = new LegalClock();
        clock.Move(at, 0);
        return Task.FromResult(new TestRegister(folder, Database.OpenSqlite(folder), Laws.Read(Path.Combine(folder, "law")), clock));
    }

    /// <summary>Waits until what another host was told is done; a server's own outbox would bring what a command could not wait for.</summary>
    public async Task CarriedAsync()
    {
        while (await Scalar<int>("SELECT COUNT(*) FROM Outbox WHERE Channel = 'workflow' AND DeliveredAt IS NULL") > 0)
        {
            if ((await Services.GetRequiredService<OutboxDelivery>().RunAsync(FlowHandover.Channel)).Delivered == 0) await Task.Delay(100);
        }
    }

    /// <summary>Remembers an account, so that <see cref="As"/> finds it by its login.</summary>
    public void Knows(string login, Guid account) => _accounts[login] = account;

    /// <inheritdoc/>
    public Task<T> Send<T>(string? login, IRequest<Result<T>> request) => (login is null ? Operator : As(login)).Send(request);

    /// <inheritdoc/>
    public async Task<StoredMaterial> StoreAsync(byte[] content) =>
        (await Services.GetRequiredService<MaterialStore>().StoreAsync(new MemoryStream(content), content.Length)).Value;

    /// <summary>Somebody at the register.</summary>
    public Sender As(string login) => new(this, new Actor(ActorKind.Person, _accounts[login], login));

    /// <summary>The command line.</summary>
    public Sender Operator => new(this, Actor.Operator("test"));

    /// <summary>Nobody is signed in.</summary>
    public Sender Public => new(this, Actor.Public);

    /// <summary>The program itself.</summary>
    public Sender System => new(this, Actor.System);

    /// <summary>Moves the clock to a moment of a day in Asia/Shanghai.</summary>
    public void On(int year, int month, int day, int hour = 10, int minute = 7) =>
        Clock.Move(new DateTimeOffset(year, month, day, hour, minute, 0, LegalClock.China), 0);

    /// <summary>Rows of a query, for assertions.</summary>
    public async Task<IReadOnlyList<T>> Rows<T>(string sql, object? args = null) => typeof(T) == typeof(string) && TestDatabase.IsSqlServer
        ? [.. (await Database.ReadAsync(db => db.QueryAsync<object?>(sql, args))).Select(row => (T)(object)TestDatabase.Text(((IDictionary<string, object?>)row!).Values.First())!)]
        : await Database.ReadAsync(db => db.QueryAsync<T>(sql, args));

    /// <summary>The events of a type as they were written, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string type) =>
        [.. (await Rows<byte[]>("SELECT Bytes FROM Event WHERE Type = @type ORDER BY Id", new { type })).Select(b => JsonSerializer.Deserialize<JsonElement>(b))];

    /// <summary>One value, for assertions.</summary>
    public async Task<T?> Scalar<T>(string sql, object? args = null) => typeof(T) == typeof(string) && TestDatabase.IsSqlServer
        ? (T?)(object?)TestDatabase.Text(await Database.ReadAsync(db => db.ScalarAsync<object>(sql, args)))
        : await Database.ReadAsync(db => db.ScalarAsync<T>(sql, args));

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Database.DisposeAsync();
        TestDatabase.Drop(Folder);
        Directory.Delete(Folder, true);
    }

    internal sealed class Sender(TestRegister register, Actor actor)
    {
        /// <summary>Who sends.</summary>
        public Actor Actor => actor;

        /// <summary>Sends a request and answers its result.</summary>
        /// <param name="request">The request.</param>
        /// <param name="key">The key under which it acts once.</param>
        /// <param name="at">The process that receives it; null for the register's own.</param>
        public async Task<Result<T>> Try<T>(IRequest<Result<T>> request, string? key = null, IServiceProvider? at = null)
        {
            await using var scope = (at ?? register.Services).CreateAsyncScope();
            var caller = scope.ServiceProvider.GetRequiredService<Caller>();
            (caller.Actor, caller.IdempotencyKey) = (actor, key);
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        }

        /// <summary>Sends a request that must come through.</summary>
        public async Task<T> Send<T>(IRequest<Result<T>> request, string? key = null, IServiceProvider? at = null)
        {
            var result = await Try(request, key, at);
            Assert.That(result.Error, Is.Null, $"{request.GetType().Name} by {actor.Name}");
            return result.Value;
        }
    }
}
