using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Filing.Data;

/// <summary>
/// The database of an installation: an embedded SQLite file, or SQL Server. A unit of work is one transaction; what it answers
/// leaves only when the transaction is on disk.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly IEngine _engine;
    private readonly ILogger _log;

    private Database(IEngine engine, Dialect dialect, ILogger? log) =>
        (_engine, Dialect, _log) = (engine, dialect, log ?? NullLogger.Instance);

    /// <summary>What differs between the databases.</summary>
    public Dialect Dialect { get; }

    /// <summary>
    /// Opens the embedded database, creating the folder and the file <c>filing.db</c> when they are not there. Its schema is the
    /// business of <see cref="Migrator"/>.
    /// </summary>
    /// <param name="dataFolder">The folder of the data; on a local disk, since SQLite's locks do not hold on a network share.</param>
    /// <param name="settings">Sizes and times; the defaults serve.</param>
    /// <param name="log">Where a failed after-commit action is reported.</param>
    public static Database OpenSqlite(string dataFolder, SqliteSettings? settings = null, ILogger? log = null)
    {
        DapperTypes.Register();
        Directory.CreateDirectory(dataFolder);
        return new(new SqliteEngine(Path.Combine(dataFolder, SqliteFileName), settings ?? new()), Dialect.Sqlite, log);
    }

    /// <summary>The name of the embedded database's file in the data folder.</summary>
    public const string SqliteFileName = "filing.db";

    /// <summary>
    /// Takes SQL Server as the database; connections are made when they are needed. A connection string that does not say
    /// <c>Encrypt</c> is encrypted.
    /// </summary>
    public static Database OpenSqlServer(string connectionString, ILogger? log = null)
    {
        DapperTypes.Register();
        return new(new SqlServerEngine(connectionString), Dialect.SqlServer, log);
    }

    /// <summary>
    /// Runs one unit of work in a transaction of its own. It is committed when <paramref name="commit"/> says so of the result;
    /// otherwise, and after an exception, nothing of it remains. The result leaves after the commit.
    /// On SQLite the work runs on the one writer, after those that came before, and shares its commit with its neighbours: it
    /// should do nothing but database work, since everybody waits for it, and must not start another write from inside.
    /// </summary>
    /// <param name="work">The unit of work. It runs at most once.</param>
    /// <param name="commit">Whether to keep what was done.</param>
    /// <param name="ct">Cancels the wait; in work that has begun, the next call on its session throws.</param>
    /// <exception cref="BatchLostException">SQLite: the common commit failed; nothing was done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was done.</exception>
    public async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct = default)
    {
        var (result, afterCommit) = await _engine.WriteAsync(work, commit, ct).ConfigureAwait(false);
        foreach (var action in afterCommit)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                // It is committed: telling the caller of a failure would make it send the command again.
                _log.LogError(e, "An action after a commit failed.");
            }
        }

        return result;
    }

    /// <summary>As the other overload; only an exception rolls back.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default) => WriteAsync(work, static _ => true, ct);

    /// <summary>Reads one committed state of the database: whatever is written meanwhile is not seen. Changes are refused or rolled back.</summary>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct = default) => _engine.ReadAsync(work, ct);

    /// <summary>True when sending the same command again may come through; see <see cref="Dialect.IsTransient"/>.</summary>
    public bool IsTransient(Exception exception) => Dialect.IsTransient(exception);

    /// <summary>True when a row with the key is already there.</summary>
    public bool IsUniqueViolation(Exception exception) => Dialect.IsUniqueViolation(exception);

    /// <summary>Lets what waits come through, then closes.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    internal IEngine Engine => _engine;
}
