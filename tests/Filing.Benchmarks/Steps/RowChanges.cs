using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Filing.Benchmarks.Steps;

/// <summary>What a step does to a row.</summary>
internal enum Change
{
    Insert,
    Update,
    Delete,
}

/// <summary>A value as it lies in the row, with the places at which an id of this life stands in it.</summary>
/// <param name="Value">The value as the product wrote it.</param>
/// <param name="Ids">Where ids of this life stand, in bytes of the text, and which they are.</param>
internal sealed record Cell(object Value, (int At, int Id)[] Ids)
{
    /// <summary>The value with the ids of another life.</summary>
    public object With(string[] ids)
    {
        if (Ids.Length == 0) return Value;
        if (Value is string whole && whole.Length == 36) return ids[Ids[0].Id];
        var bytes = Value is string text ? Encoding.UTF8.GetBytes(text) : [.. (byte[])Value];
        foreach (var (at, id) in Ids) Encoding.ASCII.GetBytes(ids[id], bytes.AsSpan(at, 36));
        return Value is string ? Encoding.UTF8.GetString(bytes) : bytes;
    }
}

/// <summary>One row that a step inserted, changed or deleted.</summary>
/// <param name="What">What happened to it.</param>
/// <param name="Sql">The statement that does it again, with parameters @p0, @p1, and so on.</param>
/// <param name="Cells">The values of the parameters.</param>
internal sealed record RowChange(Change What, string Sql, Cell[] Cells);

/// <summary>
/// Sees which rows a step of the product left behind, by comparing the whole database before and after it, and says which statements
/// would leave the same ones: the least that any program must do for the step.
/// </summary>
internal sealed partial class RowWatch(string file)
{
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _older = [];
    private Dictionary<string, Table> _before = [];

    /// <summary>How many ids the life has.</summary>
    public int Ids => _ids.Count;

    /// <summary>Looks at the database before the life begins; its ids belong to no life.</summary>
    public void Begin()
    {
        _before = Read();
        foreach (var cell in _before.Values.SelectMany(t => t.Rows.Values).SelectMany(r => r))
        {
            if (TextOf(cell) is { } text) _older.UnionWith(Id().Matches(text).Select(m => m.Value));
        }
    }

    /// <summary>What has changed since the last look, in an order that foreign keys allow.</summary>
    public IReadOnlyList<RowChange> Changes()
    {
        var after = Read();
        var (inserts, updates, deletes) = (new List<RowChange>(), new List<RowChange>(), new List<RowChange>());
        foreach (var (name, now) in after)
        {
            var was = _before[name].Rows;
            foreach (var (key, row) in now.Rows.OrderBy(r => r.Key, StringComparer.Ordinal))
            {
                if (!was.TryGetValue(key, out var old))
                    inserts.Add(new(Change.Insert, $"INSERT INTO {name} ({string.Join(", ", now.Columns)}) VALUES ({string.Join(", ", now.Columns.Select((_, i) => $"@p{i}"))})", [.. row.Select(ToCell)]));
                else if (Enumerable.Range(0, row.Length).Where(i => !Same(row[i], old[i])).ToArray() is { Length: > 0 } changed)
                    updates.Add(Keyed(Change.Update, $"UPDATE {name} SET {string.Join(", ", changed.Select((c, i) => $"{now.Columns[c]} = @p{i}"))}", now, row, [.. changed.Select(c => row[c])]));
            }

            foreach (var (_, row) in was.Where(r => !now.Rows.ContainsKey(r.Key))) deletes.Add(Keyed(Change.Delete, $"DELETE FROM {name}", now, row, []));
        }

        _before = after;
        return [.. inserts, .. updates, .. Enumerable.Reverse(deletes)];
    }

    private RowChange Keyed(Change what, string sql, Table table, object[] row, object[] set) => new(
        what,
        $"{sql} WHERE {string.Join(" AND ", table.Key.Select((k, i) => $"{table.Columns[k]} = @p{set.Length + i}"))}",
        [.. set.Concat(table.Key.Select(k => row[k])).Select(ToCell)]);

    private Cell ToCell(object value)
    {
        if (TextOf(value) is not { } text) return new(value, []);
        var places = new List<(int, int)>();
        foreach (var match in Id().Matches(text).Where(m => !_older.Contains(m.Value)))
        {
            if (!_ids.Contains(match.Value)) _ids.Add(match.Value);
            places.Add((Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index)), _ids.IndexOf(match.Value)));
        }

        return new(value, [.. places]);
    }

    private static string? TextOf(object value) => value switch { string text => text, byte[] bytes => Encoding.UTF8.GetString(bytes), _ => null };

    private static bool Same(object a, object b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);

    private Dictionary<string, Table> Read()
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = new Dictionary<string, Table>();
        foreach (var name in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid").Select(r => (string)r[0]))
        {
            var columns = Rows(connection, $"SELECT name, pk FROM pragma_table_info('{name}') ORDER BY cid");
            int[] key = [.. columns.Select((c, i) => (Order: (long)c[1], i)).Where(c => c.Order > 0).OrderBy(c => c.Order).Select(c => c.i)];
            tables[name] = new(
                [.. columns.Select(c => (string)c[0])], key,
                Rows(connection, $"SELECT * FROM {name}").ToDictionary(r => string.Join('|', key.Select(k => r[k] is long n ? $"{n:D12}" : r[k]))));
        }

        return tables;
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    private sealed record Table(string[] Columns, int[] Key, Dictionary<string, object[]> Rows);
}
