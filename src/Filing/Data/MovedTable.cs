namespace Filing.Data;

/// <summary>A table of the register as a move sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns in their order.</param>
/// <param name="Key">The columns of its primary key, in their order.</param>
/// <param name="Parents">The other tables that its rows refer to.</param>
/// <param name="Own">The columns that refer to another row of the same table.</param>
public sealed record MovedTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, IReadOnlyList<string> Parents, IReadOnlyList<string> Own)
{
    // Each database keeps its own: the scripts differ, and so do their hashes.
    private const string Journal = "SchemaJournal";

    /// <summary>Which rows of it do not belong to the register, as a condition that holds for the others; null where all do.</summary>
    public string? Except => Name == "Setting" ? $"[Name] <> '{MoveMark.Setting}' AND [Name] NOT LIKE '{MoveMark.Setting}:%'" : null;

    /// <summary>The values of the key in a row.</summary>
    public object[] KeyOf(IReadOnlyList<object?> row) => [.. Key.Select(k => row[Column(k)]!)];

    /// <summary>The place of a column.</summary>
    public int Column(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name) return i;
        }

        throw new ArgumentOutOfRangeException(nameof(name), name, $"{Name} has no such column.");
    }

    /// <summary>
    /// Every table of an embedded register but the journal of its schema, parents before their children: as the schema itself says, so that a table that
    /// is added later is moved without being named here.
    /// </summary>
    /// <param name="db">A session on SQLite.</param>
    /// <exception cref="InvalidOperationException">Tables refer to each other in a circle, one has no primary key, or refers to itself by anything but that.</exception>
    public static async Task<IReadOnlyList<MovedTable>> ReadAsync(Session db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var columns = await db.QueryAsync<ColumnRow>(
            """
            -- sqlite: Data/MovedTable: the columns of all tables
            SELECT m.name AS [Table], c.name AS [Column], c.pk AS InKey
            FROM sqlite_master m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
            ORDER BY m.rowid, c.cid
            """);
        var references = (await db.QueryAsync<ReferenceRow>(
            """
            -- sqlite: Data/MovedTable: what refers to what
            SELECT m.name AS [Table], f.[from] AS [Column], f.[table] AS Other, f.[to] AS OtherColumn
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table'
            ORDER BY m.rowid, f.id, f.seq
            """)).ToLookup(r => r.Table);
        var tables = columns.Where(c => c.Table != Journal).GroupBy(c => c.Table).Select(t => new MovedTable(
            t.Key,
            [.. t.Select(c => c.Column)],
            [.. t.Where(c => c.InKey > 0).OrderBy(c => c.InKey).Select(c => c.Column)],
            [.. references[t.Key].Select(r => r.Other).Where(o => o != t.Key).Distinct()],
            [.. references[t.Key].Where(r => r.Other == t.Key).Select(r => r.Column)])).ToDictionary(t => t.Name);
        foreach (var table in tables.Values)
        {
            if (table.Key.Count == 0) throw new InvalidOperationException($"{table.Name} has no primary key, so its rows cannot be told apart.");
            if (references[table.Name].Any(r => r.Other == table.Name && (table.Key.Count > 1 || r.OtherColumn != table.Key[0])))
                throw new InvalidOperationException($"{table.Name} refers to itself by something else than its one key.");
        }

        var order = MoveOrder.ParentsFirst<string>([.. tables.Values.Select(t => (t.Name, t.Parents))]);
        if (order.FirstOrDefault(group => group.Count > 1) is { } circle) throw new InvalidOperationException($"These tables refer to each other in a circle: {string.Join(", ", circle)}.");
        return [.. order.Select(group => tables[group[0]])];
    }

    private sealed record ColumnRow
    {
        public required string Table { get; init; }
        public required string Column { get; init; }
        public required int InKey { get; init; }
    }

    private sealed record ReferenceRow
    {
        public required string Table { get; init; }
        public required string Column { get; init; }
        public required string Other { get; init; }
        public string? OtherColumn { get; init; }
    }
}
