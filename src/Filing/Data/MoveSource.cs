using System.Data.Common;

namespace Filing.Data;

/// <summary>The embedded register that a move reads. From its mark on it is frozen by triggers, so that every page that is read is of one state.</summary>
internal sealed class MoveSource(Database database)
{
    /// <summary>How many rows are read and written at once.</summary>
    public const int Most = 500;

    // Of texts and bytes, before a page ends with fewer rows.
    private const long Heavy = 8 << 20;

    private const string Frozen = "TR_Move_";

    /// <summary>
    /// Marks the register as being moved, and lets every change of it fail from then on: also of a server that has it open, and of a program that does not
    /// know the mark. The mark itself can still be changed.
    /// </summary>
    public Task FreezeAsync(MoveMark mark, IReadOnlyList<MovedTable> tables, CancellationToken ct) => database.WriteAsync(
        async db =>
        {
            await db.UpsertAsync("Setting", ["Name"], ["Value"], new { Name = MoveMark.Setting, Value = mark.ToJson() });
            foreach (var table in tables.Select(t => t.Name).Append("SchemaJournal"))
            {
                foreach (var (change, row) in new[] { ("Insert", "NEW"), ("Update", "OLD"), ("Delete", "OLD") })
                {
                    await db.ExecuteAsync(
                        $"""
                        -- sqlite: Data/MoveSource: nothing is changed while it is moved
                        CREATE TRIGGER IF NOT EXISTS {Frozen}{table}_{change} BEFORE {change} ON [{table}]
                        {(table == "Setting" ? $"WHEN {row}.Name <> '{MoveMark.Setting}'" : "")}
                        BEGIN SELECT RAISE(ABORT, '登记簿已停止写入：正在或已经迁往 SQL Server'); END
                        """);
                }
            }

            return true;
        },
        ct);

    /// <summary>Takes the mark and what froze the register away; answers what the mark was, null when there was none.</summary>
    public Task<MoveMark?> ThawAsync(CancellationToken ct) => database.WriteAsync(
        async db =>
        {
            if (await MoveMark.FindAsync(db) is not { } mark) return null;
            foreach (var trigger in await db.QueryAsync<string>(
                $"""
                -- sqlite: Data/MoveSource: what freezes it
                SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{Frozen}*'
                """))
            {
                await db.ExecuteAsync(
                    $"""
                    -- sqlite: Data/MoveSource: it thaws
                    DROP TRIGGER [{trigger}]
                    """);
            }

            await db.ExecuteAsync(
                """
                -- Data/MoveSource: the mark goes
                DELETE FROM Setting WHERE Name = @Setting
                """,
                new { MoveMark.Setting });
            return mark;
        },
        ct);

    /// <summary>Changes the mark if it is still the one that is expected; false when somebody took it away.</summary>
    public Task<bool> ReplaceMarkAsync(MoveMark expected, MoveMark mark, CancellationToken ct) => database.WriteAsync(
        async db => await db.ExecuteAsync(
            """
            -- Data/MoveSource: another state of the same move
            UPDATE Setting SET Value = @Value WHERE Name = @Setting AND Value = @Expected
            """,
            new { MoveMark.Setting, Value = mark.ToJson(), Expected = expected.ToJson() }) == 1,
        ct);

    /// <summary>How many rows of a table belong to the register.</summary>
    public Task<long> CountAsync(MovedTable table, CancellationToken ct) => database.ReadAsync(
        db => db.ScalarAsync<long>(
            $"""
            -- sqlite: Data/MoveSource: how many rows
            SELECT COUNT(*) FROM [{table.Name}] WHERE {table.Except ?? "1 = 1"}
            """),
        ct);

    /// <summary>The rows that follow a key, in the order of keys, and whether more may follow.</summary>
    /// <param name="table">The table.</param>
    /// <param name="after">The key; null for the first.</param>
    /// <param name="whole">True for all of them; false for those only that refer to no other row of the table.</param>
    /// <param name="ct">Cancels.</param>
    public Task<(IReadOnlyList<object?[]> Rows, bool More)> PageAsync(MovedTable table, object[]? after, bool whole, CancellationToken ct) => database.ReadAsync<(IReadOnlyList<object?[]>, bool)>(
        async db =>
        {
            string[] conditions =
            [
                .. after is null ? Array.Empty<string>() : [$"({Names(table.Key)}) > ({string.Join(", ", table.Key.Select((_, i) => $"@k{i}"))})"],
                .. whole ? [] : table.Own.Select(c => $"[{c}] IS NULL"),
                .. table.Except is { } except ? [except] : Array.Empty<string>(),
            ];
            await using var command = Command(
                db,
                $"""
                -- sqlite: Data/MoveSource: the next rows
                SELECT {Names(table.Columns)} FROM [{table.Name}]
                WHERE {(conditions.Length == 0 ? "1 = 1" : string.Join(" AND ", conditions))}
                ORDER BY {Names(table.Key)} LIMIT {Most}
                """,
                after ?? []);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var (rows, weight) = (new List<object?[]>(), 0L);
            while (weight < Heavy && await reader.ReadAsync(ct))
            {
                rows.Add(Row(reader));
                weight += rows[^1].Sum(v => v switch { string text => 2L * text.Length, byte[] bytes => bytes.Length, _ => 0 });
            }

            return (rows, rows.Count == Most || weight >= Heavy);
        },
        ct);

    /// <summary>The keys of the rows that refer to others of the same table, each with the keys of those.</summary>
    public Task<IReadOnlyList<(object Key, IReadOnlyList<object> Parents)>> ReferringAsync(MovedTable table, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<(object, IReadOnlyList<object>)>>(
            async db =>
            {
                await using var command = Command(
                    db,
                    $"""
                    -- sqlite: Data/MoveSource: what refers to what
                    SELECT {Names([table.Key[0], .. table.Own])} FROM [{table.Name}]
                    WHERE {string.Join(" OR ", table.Own.Select(c => $"[{c}] IS NOT NULL"))}
                    ORDER BY {Names(table.Key)}
                    """,
                    []);
                await using var reader = await command.ExecuteReaderAsync(ct);
                var rows = new List<(object, IReadOnlyList<object>)>();
                while (await reader.ReadAsync(ct))
                {
                    var row = Row(reader);
                    rows.Add((row[0]!, [.. row.Skip(1).OfType<object>()]));
                }

                return rows;
            },
            ct);

    /// <summary>The rows of some keys, in their order; of a table with one key.</summary>
    public Task<IReadOnlyList<object?[]>> RowsAsync(MovedTable table, IReadOnlyList<object> keys, CancellationToken ct) => database.ReadAsync<IReadOnlyList<object?[]>>(
        async db =>
        {
            await using var command = Command(
                db,
                $"""
                -- sqlite: Data/MoveSource: one row
                SELECT {Names(table.Columns)} FROM [{table.Name}] WHERE [{table.Key[0]}] = @k0
                """,
                [keys[0]]);
            var rows = new List<object?[]>();
            foreach (var key in keys)
            {
                command.Parameters[0].Value = key;
                await using var reader = await command.ExecuteReaderAsync(ct);
                if (!await reader.ReadAsync(ct)) throw new InvalidOperationException($"A row of {table.Name} has gone while it was moved.");
                rows.Add(Row(reader));
            }

            return rows;
        },
        ct);

    private static DbCommand Command(Session db, string sql, object[] key)
    {
        var command = db.Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < key.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@k{i}", key[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static object?[] Row(DbDataReader reader)
    {
        var row = new object?[reader.FieldCount];
        for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        return row;
    }

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"[{c}]"));
}
