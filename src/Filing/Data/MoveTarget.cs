using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Filing.Domain;
using Microsoft.Data.SqlClient;

namespace Filing.Data;

/// <summary>How far a table has come.</summary>
/// <param name="Rows">How many of its rows are in the target.</param>
/// <param name="After">The key of the last of those that refer to no other row of the table; null before the first.</param>
/// <param name="Placed">How many of those that do refer to others are in the target.</param>
/// <param name="Done">True when all are.</param>
internal sealed record MoveProgress(long Rows, object[]? After, int Placed, bool Done)
{
    public static MoveProgress None { get; } = new(0, null, 0, false);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static MoveProgress Read(string json)
    {
        var read = JsonSerializer.Deserialize<MoveProgress>(json)!;
        return read with { After = read.After?.Select(k => (JsonElement)k is { ValueKind: JsonValueKind.Number } number ? (object)number.GetInt64() : ((JsonElement)k).GetString()!).ToArray() };
    }
}

/// <summary>What SQL Server says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Length">How many UTF-16 units a text may have; null where there is no limit.</param>
internal sealed record MoveColumn(string Name, MovedKind Kind, int? Length);

/// <summary>
/// The SQL Server database that a move fills, over one connection, which holds a lock against a second move: whoever dies gives it back with the
/// connection.
/// </summary>
internal sealed class MoveTarget : IAsyncDisposable
{
    // SQL Server takes 2100 in a command.
    private const int Parameters = 2000;

    private readonly SqlConnection _connection;
    private Dictionary<string, MoveColumn[]> _columns = [];

    private MoveTarget(SqlConnection connection) => _connection = connection;

    /// <summary>Connects and takes the lock.</summary>
    /// <exception cref="SqlException">The server cannot be reached, or does not let the account in.</exception>
    public static async Task<Result<MoveTarget>> OpenAsync(Database database, CancellationToken ct)
    {
        var target = new MoveTarget(await ((SqlServerEngine)database.Engine).OpenAsync(ct));
        var got = await target._connection.ExecuteScalarAsync<int>(new CommandDefinition(
            """
            -- sqlserver: Data/MoveTarget: one move at a time
            DECLARE @Got int;
            EXEC @Got = sp_getapplock @Resource = N'Filing.Move', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
            SELECT @Got
            """,
            cancellationToken: ct));
        if (got >= 0) return target;
        await target._connection.DisposeAsync();
        return Error.Conflict("move.busy", "另有一个 filing move 正在写入这个目标数据库，请等它结束。");
    }

    /// <summary>Reads the columns of the tables; an error where they are not those of the source.</summary>
    public async Task<Error?> DescribeAsync(IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        var found = (await _connection.QueryAsync<(string Table, string Name, string Type, int? Length)>(new CommandDefinition(
            """
            -- sqlserver: Data/MoveTarget: the columns of all tables
            SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = SCHEMA_NAME() ORDER BY TABLE_NAME, ORDINAL_POSITION
            """,
            cancellationToken: ct))).ToLookup(c => c.Table, StringComparer.OrdinalIgnoreCase);
        foreach (var table in tables)
        {
            if (!table.Columns.SequenceEqual(found[table.Name].Select(c => c.Name), StringComparer.OrdinalIgnoreCase))
                return Error.Refused("move.schema", $"目标数据库中的表 {table.Name} 与原数据库的不一致，不是本程序建立的。请另建一个空的数据库。");
        }

        _columns = tables.ToDictionary(t => t.Name, t => found[t.Name].Zip(t.Columns, (c, name) => new MoveColumn(name, MovedValue.KindOf(c.Type), c.Length > 0 ? c.Length : null)).ToArray());
        return null;
    }

    /// <summary>The columns of a table.</summary>
    public IReadOnlyList<MoveColumn> Columns(MovedTable table) => _columns[table.Name];

    /// <summary>The first table that has rows; null when all are empty.</summary>
    public async Task<string?> FilledAsync(IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            if (await CountAsync(table, ct) > 0) return table.Name;
        }

        return null;
    }

    /// <summary>How many rows of a table belong to the register.</summary>
    public Task<long> CountAsync(MovedTable table, CancellationToken ct) => _connection.ExecuteScalarAsync<long>(new CommandDefinition(
        $"""
        -- sqlserver: Data/MoveTarget: how many rows
        SELECT COUNT_BIG(*) FROM [{table.Name}] WHERE {table.Except ?? "1 = 1"}
        """,
        commandTimeout: 0,
        cancellationToken: ct));

    /// <summary>The mark; null where there is none.</summary>
    public Task<MoveMark?> MarkAsync(CancellationToken ct) => MoveMark.ReadAsync(new Session(_connection, null, Dialect.SqlServer, writes: false, ct));

    /// <summary>Marks it as one that has not wholly come.</summary>
    public Task BeginAsync(MoveMark mark, CancellationToken ct) =>
        new Session(_connection, null, Dialect.SqlServer, writes: true, ct).UpsertAsync("Setting", ["Name"], ["Value"], new { Name = MoveMark.Setting, Value = mark.ToJson() });

    /// <summary>How far each table has come; those that have not begun are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, MoveProgress>> ProgressAsync(CancellationToken ct) => (await _connection.QueryAsync<(string Name, string Value)>(new CommandDefinition(
        $"""
        -- sqlserver: Data/MoveTarget: how far each table has come
        SELECT Name, Value FROM Setting WHERE Name LIKE N'{MoveMark.Setting}:%'
        """,
        cancellationToken: ct))).ToDictionary(p => p.Name[(MoveMark.Setting.Length + 1)..], p => MoveProgress.Read(p.Value));

    /// <summary>
    /// Puts rows in, in one transaction with how far the table has come by them. The rows come in by one statement, so that rows that refer to each other
    /// may be among them; every constraint is checked and every trigger runs, as for any insert.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">Values as <see cref="MovedValue.TryToServer"/> gives them; null for NULL.</param>
    /// <param name="progress">How far the table has come then.</param>
    /// <param name="ct">Cancels.</param>
    public async Task InsertAsync(MovedTable table, IReadOnlyList<object?[]> rows, MoveProgress progress, CancellationToken ct)
    {
        await using var transaction = (SqlTransaction)await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        if (rows.Count > 0)
        {
            var names = Names(table.Columns);
            await ExecuteAsync(
                $"""
                -- sqlserver: Data/MoveTarget: room for the rows
                SELECT TOP (0) {names} INTO #Moved FROM [{table.Name}]
                """);
            foreach (var some in rows.Chunk(Parameters / table.Columns.Count)) await FillAsync(table, some, transaction, ct);
            var inserted = await ExecuteAsync(
                $"""
                -- sqlserver: Data/MoveTarget: the rows come in
                INSERT INTO [{table.Name}] ({names}) SELECT {names} FROM #Moved
                """);
            if (inserted != rows.Count) throw new InvalidOperationException($"{inserted} of {rows.Count} rows came into {table.Name}.");
            await ExecuteAsync(
                """
                -- sqlserver: Data/MoveTarget: the room is given back
                DROP TABLE #Moved
                """);
        }

        await new Session(_connection, transaction, Dialect.SqlServer, writes: true, ct).UpsertAsync("Setting", ["Name"], ["Value"], new { Name = $"{MoveMark.Setting}:{table.Name}", Value = progress.ToJson() });
        await transaction.CommitAsync(CancellationToken.None);

        Task<int> ExecuteAsync(string sql) => _connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, commandTimeout: 0, cancellationToken: ct));
    }

    /// <summary>The rows with some keys, in any order and as canonical values; those that are not there are left out.</summary>
    public async Task<IReadOnlyList<object?[]>> RowsAsync(MovedTable table, IReadOnlyList<object[]> keys, CancellationToken ct)
    {
        var (columns, rows) = (Columns(table), new List<object?[]>(keys.Count));
        var key = table.Key.Select(k => columns[table.Column(k)]).ToArray();
        foreach (var some in keys.Chunk(Parameters / key.Length))
        {
            await using var command = _connection.CreateCommand();
            (command.CommandText, command.CommandTimeout) = (TextOfRows(table, key, some.Length), 0);
            for (var row = 0; row < some.Length; row++)
            {
                for (var i = 0; i < key.Length; i++) command.Parameters.Add(Parameter(row, i, key[i], MovedValue.ToServer(key[i].Kind, some[row][i])));
            }

            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var row = new object?[columns.Count];
                for (var i = 0; i < row.Length; i++) row[i] = await reader.IsDBNullAsync(i, ct) ? null : MovedValue.FromServer(columns[i].Kind, reader.GetValue(i));
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Takes the mark away, and how far each table came: the register is open to servers.</summary>
    public Task FinishAsync(CancellationToken ct) => _connection.ExecuteAsync(new CommandDefinition(
        $"""
        -- sqlserver: Data/MoveTarget: the register is open
        DELETE FROM Setting WHERE Name = N'{MoveMark.Setting}' OR Name LIKE N'{MoveMark.Setting}:%'
        """,
        cancellationToken: ct));

    /// <summary>Gives the lock back and the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_connection.State == ConnectionState.Open)
            {
                await _connection.ExecuteAsync(
                    """
                    -- sqlserver: Data/MoveTarget: the next move may begin
                    EXEC sp_releaseapplock @Resource = N'Filing.Move', @LockOwner = N'Session'
                    """);
            }
        }
        catch (SqlException)
        {
            // The connection is lost, and the lock with it; what broke it has been told.
        }

        await _connection.DisposeAsync();
    }

    // Not SqlBulkCopy: it asks the server for procedures of its own, which not every server that speaks the protocol has.
    private async Task FillAsync(MovedTable table, object?[][] rows, SqlTransaction transaction, CancellationToken ct)
    {
        var columns = Columns(table);
        await using var command = _connection.CreateCommand();
        (command.CommandText, command.Transaction, command.CommandTimeout) = (
            $"""
            -- sqlserver: Data/MoveTarget: rows into the room
            INSERT INTO #Moved ({Names(table.Columns)}) VALUES {Values(rows.Length, columns.Count)}
            """,
            transaction,
            0);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var i = 0; i < columns.Count; i++) command.Parameters.Add(Parameter(row, i, columns[i], rows[row][i]));
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    // A list of keys as a table: the server seeks each, where a long OR may make it read everything.
    private static string TextOfRows(MovedTable table, MoveColumn[] key, int count)
    {
        var equal = key.Select((k, i) => $"t.[{k.Name}] = k.K{i}{(k.Kind == MovedKind.Text ? " COLLATE Latin1_General_100_BIN2" : "")}");
        return
            $"""
            -- sqlserver: Data/MoveTarget: rows by their keys
            SELECT {string.Join(", ", table.Columns.Select(c => $"t.[{c}]"))}
            FROM (VALUES {Values(count, key.Length)}) AS k ({string.Join(", ", key.Select((_, i) => $"K{i}"))})
            JOIN [{table.Name}] t ON {string.Join(" AND ", equal)}
            """;
    }

    /// <summary>So many rows of parameters, each in parentheses.</summary>
    private static string Values(int rows, int columns)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < columns; i++) text.Append(i > 0 ? ", " : row > 0 ? ", (" : "(").Append(ParameterName(row, i));
            text.Append(')');
        }

        return text.ToString();
    }

    private static string ParameterName(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"@p{row}_{column}");

    private static SqlParameter Parameter(int row, int at, MoveColumn column, object? value)
    {
        var parameter = new SqlParameter { ParameterName = ParameterName(row, at) };
        (parameter.SqlDbType, parameter.Size) = column.Kind switch
        {
            MovedKind.Id => (SqlDbType.Binary, 16),
            MovedKind.Text => (SqlDbType.NVarChar, column.Length ?? -1),
            MovedKind.Whole => (SqlDbType.Int, 0),
            MovedKind.Large => (SqlDbType.BigInt, 0),
            MovedKind.Flag => (SqlDbType.Bit, 0),
            MovedKind.Day => (SqlDbType.Date, 0),
            MovedKind.Moment => (SqlDbType.DateTimeOffset, 0),
            MovedKind.Bytes => (SqlDbType.VarBinary, -1),
        };
        if (column.Kind == MovedKind.Moment) parameter.Scale = 3;
        parameter.Value = value ?? DBNull.Value;
        return parameter;
    }

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"[{c}]"));
}
