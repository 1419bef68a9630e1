using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using SQLitePCL;

namespace Filing.Data;

/// <summary>A row of the journal.</summary>
internal sealed record JournalEntry
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset AppliedAt { get; init; }

    public required string ProgramVersion { get; init; }
}

/// <summary>A connection of its own on which migrations run under a lock.</summary>
internal abstract class MigrationTarget : IAsyncDisposable
{
    protected abstract DbConnection Connection { get; }

    protected abstract DbTransaction? Transaction { get; }

    public static async Task<MigrationTarget> OpenAsync(IEngine engine, CancellationToken ct) => engine switch
    {
        SqliteEngine sqlite => new OnSqlite(sqlite),
        SqlServerEngine server => await OnSqlServer.OpenAsync(server, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    /// <summary>A query sees one committed state of all it reads.</summary>
    internal const string AllowSnapshots =
        """
        -- sqlserver: Data/MigrationTarget: reads see one state
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state = 0)
        ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON
        """;

    /// <summary>Within a command, whoever reads does not wait for whoever writes.</summary>
    internal const string ReadSnapshots =
        """
        -- sqlserver: Data/MigrationTarget: readers do not wait for writers
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
        ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT
        """;

    public abstract Task BeginAsync(CancellationToken ct);

    public abstract Task CommitAsync();

    public abstract Task RollbackAsync();

    public abstract Task ApplyAsync(string script);

    public abstract ValueTask DisposeAsync();

    /// <summary>The journal in order of its numbers; empty in a new database.</summary>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync()
    {
        if (!await HasJournalAsync()) return [];
        return (await Connection.QueryAsync<JournalEntry>(
            """
            -- Data/MigrationTarget: the journal
            SELECT Number, Name, Hash, AppliedAt, ProgramVersion FROM SchemaJournal ORDER BY Number
            """,
            transaction: Transaction)).AsList();
    }

    public Task RecordAsync(Migration migration, DateTimeOffset at, string programVersion) => Connection.ExecuteAsync(
        """
        -- Data/MigrationTarget: a step was taken
        INSERT INTO SchemaJournal (Number, Name, Hash, AppliedAt, ProgramVersion) VALUES (@Number, @Name, @Hash, @At, @ProgramVersion)
        """,
        new { migration.Number, migration.Name, migration.Hash, At = at, ProgramVersion = programVersion },
        Transaction);

    protected abstract Task<bool> HasJournalAsync();

    private sealed class OnSqlite : MigrationTarget
    {
        private readonly SqliteFile _file;
        private readonly TimeSpan _busy;

        public OnSqlite(SqliteEngine engine)
        {
            (_file, _busy) = (SqliteFile.Open(engine.Path, readOnly: false, engine.BusyTimeout), engine.BusyTimeout);
            // So that a table can be built anew under those that refer to it; the check before the commit makes up for it.
            _file.Control("PRAGMA foreign_keys = OFF");
        }

        protected override DbConnection Connection => _file;

        protected override DbTransaction? Transaction => null;

        public override async Task BeginAsync(CancellationToken ct)
        {
            // The running writer of another process may hold the file for as long as one of its commands takes.
            var until = TimeProvider.System.GetTimestamp();
            int code;
            while ((code = _file.TryControl("BEGIN IMMEDIATE")) is raw.SQLITE_BUSY && TimeProvider.System.GetElapsedTime(until) < _busy)
                await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
            Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(code, _file.Handle);
        }

        public override async Task CommitAsync()
        {
            if (await _file.QueryFirstOrDefaultAsync<string>(
                """
                -- sqlite: Data/MigrationTarget: rows that refer to nothing
                SELECT [table] FROM pragma_foreign_key_check
                """) is { } table)
            {
                throw new InvalidOperationException($"The migration leaves rows of {table} that refer to nothing.");
            }

            _file.Control("COMMIT");
        }

        public override Task RollbackAsync()
        {
            _file.Control("ROLLBACK");
            return Task.CompletedTask;
        }

        public override async Task ApplyAsync(string script)
        {
            await using var command = _file.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync();
        }

        // Closing a connection rolls back what it did not commit.
        public override ValueTask DisposeAsync() => _file.DisposeAsync();

        protected override async Task<bool> HasJournalAsync() =>
            await _file.ExecuteScalarAsync<long>(
                """
                -- sqlite: Data/MigrationTarget: is there a journal?
                SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'SchemaJournal'
                """) == 1;
    }

    private sealed class OnSqlServer : MigrationTarget
    {
        private readonly SqlConnection _connection;
        private SqlTransaction? _transaction;

        private OnSqlServer(SqlConnection connection) => _connection = connection;

        protected override DbConnection Connection => _connection;

        protected override DbTransaction? Transaction => _transaction;

        public static async Task<OnSqlServer> OpenAsync(SqlServerEngine engine, CancellationToken ct)
        {
            var connection = await engine.OpenAsync(ct);
            try
            {
                // The lock belongs to the session: whoever dies gives it back.
                var got = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                    """
                    -- sqlserver: Data/MigrationTarget: the lock
                    DECLARE @Got int;
                    EXEC @Got = sp_getapplock @Resource = N'Filing.Schema', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 60000;
                    SELECT @Got
                    """,
                    commandTimeout: 90,
                    cancellationToken: ct));
                if (got < 0) throw new TimeoutException("Another process has been changing the schema for a minute.");
                await AllowSnapshotsAsync(connection, ct);
                return new(connection);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public override async Task BeginAsync(CancellationToken ct) =>
            _transaction = (SqlTransaction)await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);

        public override async Task CommitAsync()
        {
            await _transaction!.CommitAsync();
            await EndAsync();
        }

        public override async Task RollbackAsync()
        {
            await _transaction!.RollbackAsync();
            await EndAsync();
        }

        public override async Task ApplyAsync(string script)
        {
            foreach (var batch in Migration.Batches(script))
                await _connection.ExecuteAsync(batch, transaction: _transaction, commandTimeout: 0);
        }

        public override async ValueTask DisposeAsync()
        {
            if (_transaction is not null) await _transaction.DisposeAsync();
            if (_connection.State == ConnectionState.Open)
            {
                await _connection.ExecuteAsync(
                    """
                    -- sqlserver: Data/MigrationTarget: the lock is given back
                    EXEC sp_releaseapplock @Resource = N'Filing.Schema', @LockOwner = N'Session'
                    """);
            }

            await _connection.DisposeAsync();
        }

        protected override async Task<bool> HasJournalAsync() =>
            await _connection.ExecuteScalarAsync<int>(
                """
                -- sqlserver: Data/MigrationTarget: is there a journal?
                SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = N'SchemaJournal'
                """,
                transaction: _transaction) > 0;

        private static async Task AllowSnapshotsAsync(SqlConnection connection, CancellationToken ct)
        {
            foreach (var statement in new[] { AllowSnapshots, ReadSnapshots })
            {
                try
                {
                    await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: ct));
                }
                catch (SqlException)
                {
                    // The account may not, or others are in the database; then the administrator does, and until then readers wait for writers.
                }
            }
        }

        private async Task EndAsync()
        {
            await _transaction!.DisposeAsync();
            _transaction = null;
        }
    }
}
