using System.Data;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Filing.Data;

/// <summary>SQL Server: a connection of the driver's pool and a transaction for each unit of work.</summary>
internal sealed class SqlServerEngine : IEngine
{
    private readonly string _connectionString;
    private IsolationLevel? _readLevel;

    public SqlServerEngine(string connectionString)
    {
        // 2.1.4 takes silence as "no", later drivers as "yes"; it is stated here, so that no version decides.
        var stated = new SqlConnectionStringBuilder(connectionString);
        if (!stated.ShouldSerialize("Encrypt")) stated.Encrypt = true;
        _connectionString = stated.ConnectionString;
    }

    public async Task<SqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SqlConnection(_connectionString);
        try
        {
            await connection.OpenAsync(ct).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<(T Result, IReadOnlyList<Action> AfterCommit)> WriteAsync<T>(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct).ConfigureAwait(false);
        // Disposal rolls back what was not committed.
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct).ConfigureAwait(false);
        var session = new Session(connection, transaction, Dialect.SqlServer, writes: true, ct);
        var result = await work(session).ConfigureAwait(false);
        if (!commit(result)) return (result, []);
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new CommitUnknownException(e);
        }

        return (result, session.Committed);
    }

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct).ConfigureAwait(false);
        // A server whose administrator did not allow snapshots is read by committed rows.
        _readLevel ??= await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            -- sqlserver: Data/SqlServerEngine: are snapshots allowed?
            SELECT CASE WHEN snapshot_isolation_state = 1 THEN 1 ELSE 0 END FROM sys.databases WHERE database_id = DB_ID()
            """,
            cancellationToken: ct)).ConfigureAwait(false) == 1 ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted;
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(_readLevel.Value, ct).ConfigureAwait(false);
        return await work(new(connection, transaction, Dialect.SqlServer, writes: false, ct)).ConfigureAwait(false);
    }

    // The pool belongs to the driver and to whoever else uses the same server in this process.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
