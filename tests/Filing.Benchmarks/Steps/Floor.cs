using Microsoft.Data.Sqlite;

namespace Filing.Benchmarks.Steps;

/// <summary>
/// The bare program: it knows beforehand which rows each step leaves, asks nothing, decides nothing, and writes them with compiled
/// commands of the driver, one transaction a step, with every commit on disk.
/// </summary>
internal sealed class Floor : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;

    /// <summary>Opens a connection to a file that has the schema and the bodies, set as the product sets its own.</summary>
    public Floor(string file)
    {
        _connection = new($"Data Source={file};Pooling=False;Default Timeout=60");
        _connection.Open();
        foreach (var pragma in new[]
        {
            "busy_timeout = 60000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "temp_store = MEMORY",
            "journal_size_limit = 67108864", "wal_autocheckpoint = 4000", "mmap_size = 268435456", "cache_size = -16384",
        })
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            command.ExecuteScalar();
        }

        (_begin, _commit) = (Prepared("BEGIN IMMEDIATE", 0), Prepared("COMMIT", 0));
    }

    /// <summary>Fresh ids for one life.</summary>
    public static string[] Ids(int count)
    {
        var ids = new string[count];
        for (var i = 0; i < count; i++) ids[i] = Guid.CreateVersion7().ToString();
        return ids;
    }

    /// <summary>Commits the rows of one step of one life.</summary>
    public void Step(IReadOnlyList<RowChange> changes, string[] ids)
    {
        _begin.ExecuteNonQuery();
        foreach (var change in changes)
        {
            if (!_commands.TryGetValue(change.Sql, out var command)) _commands.Add(change.Sql, command = Prepared(change.Sql, change.Cells.Length));
            for (var i = 0; i < change.Cells.Length; i++) command.Parameters[i].Value = change.Cells[i].With(ids);
            if (command.ExecuteNonQuery() != 1) throw new InvalidOperationException($"No row: {change.Sql}");
        }

        _commit.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepared(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", DBNull.Value));
        command.Prepare();
        return command;
    }
}
