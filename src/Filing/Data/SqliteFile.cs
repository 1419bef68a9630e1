using System.Data;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Filing.Data;

/// <summary>
/// A connection to the embedded database, set as every open needs it, which keeps the statements it has compiled. Dapper makes a
/// new command for each call; here it receives the one that was used for the same text before, compiled.
/// </summary>
internal sealed class SqliteFile : SqliteConnection
{
    private const int KeptStatements = 512;

    // SQLITE_CONFIG_STMTJRNL_SPILL: the size of the blocks in which the copies of a savepoint are kept, and at the same time where they go to a
    // temporary file. A command of 500 rows stays far below.
    private const int StatementJournalSpill = 26;
    private const int JournalBytes = 4 * 1024 * 1024;
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> _control = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement?> _statements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SqliteStatement?> _latest = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, SqliteRows?> _rows = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteRoom _room = new();
    private readonly List<Kept> _open = [];
    private string? _expected;

    // SQLite's own account of its memory costs a lock at every allocation, and nobody reads it. It can be switched off only before
    // the first file is opened; later it is refused, and that is no harm.
    static SqliteFile()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        // A lock at every call of a connection is not needed either: each is used by one thread at a time, here as everywhere.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(StatementJournalSpill, JournalBytes);
    }

    private SqliteFile(string connectionString)
        : base(connectionString)
    {
    }

    /// <summary>Opens the file, creating it when it is not there.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="readOnly">True for a connection that refuses every change.</param>
    /// <param name="busy">How long a statement waits for another process.</param>
    public static SqliteFile Open(string path, bool readOnly, TimeSpan busy)
    {
        var file = new SqliteFile(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)busy.TotalSeconds),
        }.ToString());
        try
        {
            file.Open();
            // Without recursive_triggers a REPLACE would slip past the append-only triggers. A reader is held by query_only and
            // not by the open mode, because recovering a crashed writer's log needs to write.
            file.Control($"PRAGMA busy_timeout = {(long)busy.TotalMilliseconds}");
            file.TurnToLog(busy);
            file.Control("PRAGMA synchronous = FULL");
            file.Control("PRAGMA foreign_keys = ON");
            file.Control("PRAGMA recursive_triggers = ON");
            // The writer copies what a savepoint changes; with this it keeps the copies in whole blocks of memory (see JournalBytes).
            if (readOnly) file.Control("PRAGMA temp_store = MEMORY");
            file.Control("PRAGMA journal_size_limit = 67108864");
            // A checkpoint writes each page once, however often it was changed since the last: the rarer, the less there is to write.
            file.Control("PRAGMA wal_autocheckpoint = 4000");
            file.Control("PRAGMA mmap_size = 268435456");
            // Not larger: a commit may look through all of the cache.
            file.Control(readOnly ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -16384");
            if (readOnly) file.Control("PRAGMA query_only = ON");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // The first turn to the log needs the file alone, and SQLite does not wait for that by itself.
    private void TurnToLog(TimeSpan busy)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = TryControl("PRAGMA journal_mode = WAL");
            if ((code & 0xff) != raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(started) >= busy)
            {
                SqliteException.ThrowExceptionForRC(code, Handle);
                break;
            }

            Thread.Sleep(5);
        }

        using var ask = base.CreateCommand();
        ask.CommandText = "PRAGMA journal_mode";
        if (ask.ExecuteScalar() is not "wal") throw new IOException("The data folder's file system does not support SQLite's write-ahead log; it must be a local disk.");
    }

    /// <summary>True while a transaction is open; false after an error that made SQLite roll all of it back.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>True when a deferred foreign key is violated, so that a commit now would fail.</summary>
    public bool HasOpenForeignKeys
    {
        get
        {
            raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_DEFERRED_FKS, out var current, out _, 0);
            return current != 0;
        }
    }

    /// <summary>
    /// Closes the readers that a unit of work left open: one of them would hold its snapshot, so that the next transaction on this
    /// connection would read an old state or could not write.
    /// </summary>
    public void CloseReaders()
    {
        while (_open.Count > 0) _open[^1].CloseReader();
    }

    /// <summary>
    /// Runs a statement, once for each of a list of arguments; answers the number of rows changed, or null when it is nothing for
    /// <see cref="SqliteStatement"/>, in which case nothing was done.
    /// </summary>
    public int? TryExecute(string sql, object? args)
    {
        if (args is not System.Collections.IEnumerable list) return Statement(sql) is { } one && one.TryBind(args) ? one.Execute() : null;
        var rows = new List<object>();
        foreach (var item in list)
        {
            if (item is null) return null;
            rows.Add(item);
        }

        var (changed, many) = (0, rows.Count > 1 ? Rows(sql) : null);
        for (var done = 0; done < rows.Count;)
        {
            var count = many is null ? 1 : SqliteRows.Next(rows.Count - done);
            var statement = count == 1 ? Statement(sql) : many!.Statement(Handle!, _room, count);
            if (statement is null || !statement.TryBind(rows, done, count))
                return done == 0 ? null : throw new ArgumentException("The arguments of the list are of different kinds.", nameof(args));
            changed += statement.Execute();
            done += count;
        }

        return changed;
    }

    /// <summary>Runs a query and answers its first rows, or null when it is nothing for <see cref="SqliteStatement"/>.</summary>
    public List<T>? TryRead<T>(string sql, object? args, int most) =>
        RowReader<T>.It is { } reader && Statement(sql) is { } statement && statement.TryBind(args)
            ? statement.Read(reader, most)
            : null;

    /// <summary>Says which text the next command will have.</summary>
    public void Expect(string sql) => _expected = sql;

    /// <summary>Runs a fixed statement without parameters, compiled once; for transactions and settings.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Control(string sql) => SqliteException.ThrowExceptionForRC(TryControl(sql), Handle);

    /// <summary>As <see cref="Control"/>, but answers SQLite's result code: 0 when it came through.</summary>
    public int TryControl(string sql)
    {
        if (!_control.TryGetValue(sql, out var statement))
        {
            var prepared = raw.sqlite3_prepare_v2(Handle, sql, out statement);
            if (prepared != raw.SQLITE_OK) return prepared;
            _control.Add(sql, statement);
        }

        int step;
        do step = raw.sqlite3_step(statement);
        while (step == raw.SQLITE_ROW);
        var reset = raw.sqlite3_reset(statement);
        return step == raw.SQLITE_DONE ? raw.SQLITE_OK : reset;
    }

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand()
    {
        var sql = _expected;
        _expected = null;
        return sql is not null && _kept.Remove(sql, out var kept) ? kept : new Kept(this) { CommandTimeout = DefaultTimeout };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var kept in _kept.Values) kept.Discard();
            _kept.Clear();
            DropStatements();
            foreach (var statement in _control.Values) statement.Dispose();
            _control.Clear();
        }

        base.Dispose(disposing);
    }

    private SqliteStatement? Statement(string sql)
    {
        // Nearly every text is a literal of the program: it is the same object each time, and its letters need not be compared.
        if (_latest.TryGetValue(sql, out var known)) return known;
        if (_latest.Count >= KeptStatements) _latest.Clear();
        if (!_statements.TryGetValue(sql, out known))
        {
            if (_statements.Count >= KeptStatements) DropStatements();
            _statements.Add(sql, known = SqliteStatement.TryCompile(Handle!, _room, sql));
        }

        _latest.Add(sql, known);
        return known;
    }

    private SqliteRows? Rows(string sql)
    {
        if (_rows.TryGetValue(sql, out var known)) return known;
        if (_rows.Count >= KeptStatements)
        {
            foreach (var old in _rows.Values) old?.Drop();
            _rows.Clear();
        }

        return _rows[sql] = SqliteRows.TryRead(sql);
    }

    private void DropStatements()
    {
        foreach (var statement in _statements.Values) statement?.Dispose();
        foreach (var rows in _rows.Values) rows?.Drop();
        _statements.Clear();
        _latest.Clear();
        _rows.Clear();
    }

    private bool Keep(Kept command)
    {
        if (_kept.Count >= KeptStatements)
        {
            foreach (var old in _kept.Values) old.Discard();
            _kept.Clear();
        }

        return _kept.TryAdd(command.CommandText, command);
    }

    /// <summary>A command whose disposal gives it back to its connection.</summary>
    private sealed class Kept : SqliteCommand
    {
        private readonly SqliteFile _file;

        public Kept(SqliteFile file)
        {
            _file = file;
            Connection = file;
        }

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            // Dapper asks no type handler for the members of a list, and the driver would write a Guid in capitals.
            for (var i = 0; i < Parameters.Count; i++)
            {
                var parameter = Parameters[i];
                if (DapperTypes.TextOf(parameter.Value) is { } text) parameter.Value = text;
            }

            return base.ExecuteReader(behavior);
        }

        protected override SqliteDataReader? DataReader
        {
            get => base.DataReader;
            set
            {
                base.DataReader = value;
                if (value is not null) _file._open.Add(this);
                else _file._open.Remove(this);
            }
        }

        public void CloseReader() => DataReader?.Dispose();

        public void Discard() => base.Dispose(disposing: true);

        [SuppressMessage("Usage", "CA2215", Justification = "Discard is the base's disposal; a command that is kept is not disposed of.")]
        protected override void Dispose(bool disposing)
        {
            if (!disposing) return;
            DataReader?.Dispose();
            Parameters.Clear();
            if (_file.State != ConnectionState.Open || !_file.Keep(this)) Discard();
        }
    }
}
