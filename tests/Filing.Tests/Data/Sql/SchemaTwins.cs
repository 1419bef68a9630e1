using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Filing.Tests.Data.Sql;

/// <summary>
/// Compares the two schemas. By convention: an id (<c>Id</c>, <c>…Id</c>) that refers to a row is TEXT and binary(16), whose order is the text's; a day
/// (<c>…On</c>, <c>…Date</c>, <c>ValidFrom</c>) is TEXT and date; a moment (<c>…At</c>) is TEXT and datetimeoffset(3); other text is
/// TEXT and nvarchar, compared by code point (BIN2) as SQLite does; a number is INTEGER and int or bigint; a yes or no is INTEGER and bit;
/// bytes are BLOB and varbinary(max).
/// </summary>
public static partial class SchemaTwins
{
    private const string Collation = "Latin1_General_100_BIN2";

    /// <summary>What the twins do not agree on, and what breaks a rule of its own; empty when all is well.</summary>
    public static IReadOnlyList<string> Differences(string sqliteFolder, string sqlServerFolder)
    {
        var faults = new List<string>();
        var (sqlite, server) = (Sqlite(sqliteFolder), SqlServer(sqlServerFolder, faults));
        faults.AddRange(sqlite.Faults.Select(fault => $"sqlite: {fault}"));
        faults.AddRange(server.Faults.Select(fault => $"sqlserver: {fault}"));
        Compare("tables", sqlite.Tables.Select(t => t.Name).Order(), server.Tables.Select(t => t.Name).Order(), faults);
        foreach (var table in server.Tables)
        {
            if (sqlite.Tables.Find(t => t.Name == table.Name) is not { } twin) continue;
            Compare($"the columns of {table.Name}", twin.Columns.Select(Shape), table.Columns.Select(Shape), faults);
            foreach (var (one, other) in twin.Columns.Join(table.Columns, c => c.Name, c => c.Name, (one, other) => (one, other)))
                faults.AddRange(TypeFaults(table.Name, one, other));
        }

        Compare("keys, references, checks and indexes", sqlite.Rules.Select(Sentence), server.Rules.Select(Sentence), faults);
        Compare("triggers", sqlite.Triggers.Select(Sentence), server.Triggers.Select(Sentence), faults);
        faults.AddRange(KeyFaults(server));
        return faults;
    }

    /// <summary>The schema that SQLite has after all its migrations: SQLite itself says what became of them.</summary>
    public static Schema Sqlite(string folder)
    {
        var schema = new Schema();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        foreach (var file in Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            using var migrate = connection.CreateCommand();
            migrate.CommandText = File.ReadAllText(file);
            migrate.ExecuteNonQuery();
        }

        using var read = connection.CreateCommand();
        read.CommandText = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
        using var rows = read.ExecuteReader();
        while (rows.Read())
        {
            var (type, name, table, sql) = (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3));
            if (type == "trigger")
            {
                schema.Triggers.Add(name, table);
                continue;
            }

            if (type == "table" && !Strict().IsMatch(sql)) schema.Faults.Add($"{name} is not STRICT");
            schema.Read(TSql.Parse(Deferrable().Replace(Strict().Replace(sql, ")"), "")));
        }

        return schema;
    }

    /// <summary>The schema that SQL Server has after all its migrations.</summary>
    public static Schema SqlServer(string folder, List<string> faults)
    {
        var schema = new Schema();
        foreach (var file in Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var script = TSql.Parse(File.ReadAllText(file), out var errors);
            faults.AddRange(errors.Select(error => $"{Path.GetFileName(file)} {error}"));
            if (errors.Count > 0) continue;
            faults.AddRange(TSql.Banned(script).Select(fault => $"{Path.GetFileName(file)} {fault}"));
            schema.Read(script);
        }

        return schema;
    }

    private static IEnumerable<string> TypeFaults(string table, Schema.Column sqlite, Schema.Column server)
    {
        var name = $"{table}.{server.Name}";
        var type = server.Type.Replace(" ", "");
        var family = type switch
        {
            "BINARY(16)" or "DATE" or "DATETIMEOFFSET(3)" => "TEXT",
            "INT" or "BIGINT" or "BIT" => "INTEGER",
            "FLOAT" => "REAL",
            "VARBINARY(MAX)" => "BLOB",
            _ when type.StartsWith("NVARCHAR(", StringComparison.Ordinal) => "TEXT",
            _ => "a type that is not among ours",
        };
        if (sqlite.Type is var stored && (stored == "INT" ? "INTEGER" : stored) != family) yield return $"{name}: {sqlite.Type} on SQLite, {type} on SQL Server";
        if (type.StartsWith("NVARCHAR", StringComparison.Ordinal) && server.Collation != Collation) yield return $"{name}: COLLATE {Collation} is missing, so that it would compare otherwise than on SQLite";
        if (sqlite.Type != "TEXT") yield break;
        if (server.Name.EndsWith("At", StringComparison.Ordinal) != (type == "DATETIMEOFFSET(3)") && server.Name != "Since") yield return $"{name}: a moment is named …At and is datetimeoffset(3), not {type}";
        if (Day().IsMatch(server.Name) && type != "DATE") yield return $"{name}: a day is a date, not {type}";
        if (server.Name == "Id" && type != "BINARY(16)") yield return $"{name}: an id is a binary(16), not {type}";
    }

    private static IEnumerable<string> KeyFaults(Schema server)
    {
        foreach (var (table, column, otherTable, otherColumn) in server.References)
        {
            if (server[table, column]?.Type != server[otherTable, otherColumn]?.Type) yield return $"{table}.{column} is not of the type of {otherTable}.{otherColumn}";
        }

        foreach (var (name, (table, columns, unique, filtered)) in server.Keys)
        {
            var parts = columns.Select(column => server[table, column.Replace(" DESC", "")]).OfType<Schema.Column>().ToArray();
            if (parts.Length < columns.Length) yield return $"{name}: a column that {table} does not have";
            if (unique && !filtered && parts.Any(part => part.Nullable)) yield return $"{name}: SQL Server takes NULL for a value in a unique key; filter it";
            if (parts.Sum(Bytes) > (name.StartsWith("PK_", StringComparison.Ordinal) ? 900 : 1700)) yield return $"{name}: longer than SQL Server allows";
        }
    }

    private static int Bytes(Schema.Column column) => Length().Match(column.Type) is { Success: true } match
        ? match.Groups[1].Value == "MAX" ? int.MaxValue / 16 : 2 * int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
        : 16;

    private static void Compare(string what, IEnumerable<string> sqlite, IEnumerable<string> server, List<string> faults)
    {
        var (one, other) = (sqlite.ToArray(), server.ToArray());
        if (one.SequenceEqual(other)) return;
        var (missing, extra) = (one.Except(other).ToArray(), other.Except(one).ToArray());
        faults.AddRange(missing.Select(item => $"{what}: only on SQLite: {item}"));
        faults.AddRange(extra.Select(item => $"{what}: only on SQL Server: {item}"));
        if (missing.Length + extra.Length == 0) faults.Add($"{what}: not in the same order");
    }

    private static string Shape(Schema.Column column) => $"{column.Name}{(column.Nullable ? " NULL" : " NOT NULL")}";

    private static string Sentence(KeyValuePair<string, string> entry) => $"{entry.Key}: {entry.Value}";

    [GeneratedRegex(@"\)\s*(?:STRICT\s*,\s*WITHOUT\s+ROWID|WITHOUT\s+ROWID\s*,\s*STRICT|STRICT)\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Strict();

    [GeneratedRegex(@"\s(?:NOT\s+)?DEFERRABLE(?:\s+INITIALLY\s+\w+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Deferrable();

    [GeneratedRegex(@"(?<=[a-z])On$|Date$|^Valid(From|To)$|^Due$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^NVARCHAR ?\((\d+|MAX)\)")]
    private static partial Regex Length();
}
