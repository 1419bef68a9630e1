using System.Data.Common;
using Dapper;

namespace Filing.Data;

/// <summary>
/// One connection within the transaction of the current unit of work, or within a read snapshot. Thin over Dapper. It belongs to
/// the delegate that received it and must not outlive it, and it is used by one thread at a time. On SQLite the plain cases (objects
/// with plain properties in, plain values or objects with settable properties out) go past Dapper, with the same meaning and less work.
/// On SQLite every call completes before it returns, so that a unit of work never waits for the thread pool.
/// </summary>
public sealed class Session
{
    private readonly SqliteFile? _file;
    private readonly bool _writes;
    private List<Action>? _afterCommit;
    private HashSet<string>? _held;

    internal Session(SqliteFile file, CancellationToken cancellation)
    {
        (Connection, Dialect, _file, Cancellation) = (file, Dialect.Sqlite, file, cancellation);
    }

    internal Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, bool writes, CancellationToken cancellation)
    {
        (Connection, Transaction, Dialect, _writes, Cancellation) = (connection, transaction, dialect, writes, cancellation);
    }

    /// <summary>The connection. On SQLite its transaction is managed by the writer: never begin, commit or roll back on it.</summary>
    public DbConnection Connection { get; }

    /// <summary>The transaction to hand to Dapper; null on SQLite, where the connection itself is in the transaction.</summary>
    public DbTransaction? Transaction { get; }

    /// <summary>What differs between the databases.</summary>
    public Dialect Dialect { get; }

    /// <summary>The caller's token; the queries of this session observe it.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Runs a statement; answers the number of rows changed. For a list of arguments it runs once each and answers the sum.</summary>
    public int Execute(string sql, object? args = null)
    {
        if (_file is null) return Connection.Execute(Command(sql, args));
        Cancellation.ThrowIfCancellationRequested();
        return _file.TryExecute(sql, args) ?? Connection.Execute(Command(sql, args));
    }

    /// <summary>
    /// Runs a statement; answers the number of rows changed. 0 rows where a guard is in the WHERE is a conflict. For a list of arguments it
    /// runs once each and answers the sum: on SQLite that is the cheapest way to insert several rows.
    /// </summary>
    public Task<int> ExecuteAsync(string sql, object? args = null) =>
        _file is not null ? Task.FromResult(Execute(sql, args)) : Connection.ExecuteAsync(Command(sql, args));

    /// <summary>
    /// All rows, in order. On SQLite a computed column has the type of its value in the first row, so an enum kept as text in a
    /// computed column that may begin with NULL is read as a string; columns of tables and all other types are safe.
    /// </summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args = null) => _file is not null
        ? Rows<T>(sql, args, int.MaxValue) ?? Connection.Query<T>(Command(sql, args)).AsList()
        : (await Connection.QueryAsync<T>(Command(sql, args))).AsList();

    /// <summary>The only row, or the default when there is none.</summary>
    /// <exception cref="InvalidOperationException">There is more than one.</exception>
    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? args = null) => _file is not null
        ? Task.FromResult(Rows<T>(sql, args, 2) is { } rows ? rows.SingleOrDefault() : Connection.QuerySingleOrDefault<T>(Command(sql, args)))
        : Connection.QuerySingleOrDefaultAsync<T?>(Command(sql, args));

    /// <summary>The first row, or the default when there is none.</summary>
    public Task<T?> QueryFirstOrDefaultAsync<T>(string sql, object? args = null) => _file is not null
        ? Task.FromResult(Rows<T>(sql, args, 1) is { } rows ? rows.FirstOrDefault() : Connection.QueryFirstOrDefault<T>(Command(sql, args)))
        : Connection.QueryFirstOrDefaultAsync<T?>(Command(sql, args));

    /// <summary>The first column of the first row, or the default when there is none or it is NULL.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? args = null) => _file is not null
        ? Task.FromResult(SqliteValue<T>.Read is not null && Rows<T>(sql, args, 1) is { } rows ? rows.FirstOrDefault() : Connection.ExecuteScalar<T>(Command(sql, args)))
        : Connection.ExecuteScalarAsync<T?>(Command(sql, args));

    /// <summary>
    /// Lets units of work that change the same thing come one after the other, as all do on SQLite: from here to its end this one has it for itself, and what it reads
    /// from now on is what those before it left. True when somebody may have been before it since it began, so that what was read must be read again; false where that
    /// cannot be: on SQLite, in a reading unit of work, and when it has the thing already.
    /// </summary>
    /// <param name="kind">What kind of thing.</param>
    /// <param name="id">Which.</param>
    /// <exception cref="TimeoutException">Others have held it for half a minute; transient.</exception>
    public async Task<bool> HoldAsync(string kind, Guid id)
    {
        if (!_writes || !(_held ??= []).Add($"{kind}:{id:N}")) return false;
        var got = await Connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            -- sqlserver: Data/Session: one after the other
            DECLARE @Got int;
            EXEC @Got = sp_getapplock @Resource = @resource, @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 30000;
            SELECT @Got
            """,
            new { resource = $"Filing.{kind}:{id:N}" }, Transaction, commandTimeout: 60, cancellationToken: Cancellation));
        return got >= 0 ? true : throw new TimeoutException($"Others have held the {kind} {id} for too long (sp_getapplock answered {got}).");
    }

    /// <summary>
    /// Inserts a row unless one with the same <paramref name="key"/> is there; true when it was inserted. The properties of
    /// <paramref name="args"/> are named as the columns.
    /// </summary>
    public async Task<bool> InsertIfAbsentAsync(string table, string[] key, string[] rest, object args)
    {
        var sql = Dialect.InsertIfAbsent(table, key, rest);
        try
        {
            return await ExecuteAsync(sql, args) == 1;
        }
        catch (DbException e) when (Dialect.IsUniqueViolation(e))
        {
            // Somebody inserted the key after the look: the second look sees it. Another key's violation comes back as it is.
            return await ExecuteAsync(sql, args) == 1;
        }
    }

    /// <summary>
    /// Inserts a row, or updates its <paramref name="rest"/> when one with the same <paramref name="key"/> is there. The
    /// properties of <paramref name="args"/> are named as the columns.
    /// </summary>
    public async Task UpsertAsync(string table, string[] key, string[] rest, object args)
    {
        var sql = Dialect.Upsert(table, key, rest);
        try
        {
            await ExecuteAsync(sql, args);
        }
        catch (DbException e) when (Dialect.IsUniqueViolation(e))
        {
            await ExecuteAsync(sql, args);
        }
    }

    /// <summary>
    /// Runs <paramref name="action"/> after the commit, on the caller's side, in the order given; never when the unit of work was
    /// rolled back. For ringing a bell, not for work: if the process dies in between, it does not run, and if it throws, that is
    /// logged and the command still counts as done.
    /// </summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal IReadOnlyList<Action> Committed => _afterCommit ?? [];

    private List<T>? Rows<T>(string sql, object? args, int most)
    {
        Cancellation.ThrowIfCancellationRequested();
        return _file!.TryRead<T>(sql, args, most);
    }

    private CommandDefinition Command(string sql, object? args)
    {
        if (_file is not null)
        {
            Cancellation.ThrowIfCancellationRequested();
            _file.Expect(sql);
            return new(sql, args);
        }

        (sql, args) = ServerLists.Expand(sql, args);
        return new(sql, args, Transaction, cancellationToken: Cancellation);
    }
}
