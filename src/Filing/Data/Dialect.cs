using System.Collections.Concurrent;

namespace Filing.Data;

/// <summary>
/// What differs between the two databases, and nothing else. Queries are written in the common subset of SQLite and T-SQL;
/// a text that cannot be is either built here or marked by a first comment <c>-- sqlite: Folder/File</c> or
/// <c>-- sqlserver: Folder/File</c>. Every other SQL text begins with <c>-- Folder/File</c> and must parse as T-SQL (a test does).
/// </summary>
public abstract class Dialect
{
    private readonly ConcurrentDictionary<(string Kind, string Table, string Columns), string> _texts = new();

    private protected Dialect()
    {
    }

    /// <summary>The embedded default.</summary>
    public static Dialect Sqlite { get; } = new SqliteDialect();

    /// <summary>Microsoft SQL Server, by Microsoft.Data.SqlClient.</summary>
    public static Dialect SqlServer { get; } = new SqlServerDialect();

    /// <summary>The folder of its migrations under <c>sql/</c>: <c>sqlite</c> or <c>sqlserver</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The query with a page cut out of it: <paramref name="ordered"/> must end with an ORDER BY that leaves no ties.
    /// The parameters are <c>@Skip</c> (rows left out, 0 for the first page) and <c>@Take</c> (rows of the page, at least 1).
    /// </summary>
    public abstract string Page(string ordered);

    /// <summary>True when the exception says that a row with this key is already there.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>
    /// True when the same command may come through if it is sent again: a deadlock, a time-out, a lost connection, a busy file.
    /// Nothing of it was done.
    /// </summary>
    public abstract bool IsTransient(Exception exception);

    /// <summary>
    /// An INSERT that does nothing when a row with the same <paramref name="key"/> is there; the row count is the answer.
    /// Each parameter is named as its column. On SQL Server a concurrent insert may still show as a unique violation:
    /// send it through <see cref="Session.InsertIfAbsentAsync"/>, which looks again.
    /// </summary>
    public string InsertIfAbsent(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        Text("insert-if-absent", table, key, rest, BuildInsertIfAbsent);

    /// <summary>An INSERT, or an UPDATE of <paramref name="rest"/> when a row with the same <paramref name="key"/> is there.</summary>
    public string Upsert(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        Text("upsert", table, key, rest, BuildUpsert);

    private protected abstract string BuildInsertIfAbsent(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest);

    private protected abstract string BuildUpsert(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest);

    private protected static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"[{c}]"));

    private protected static string Parameters(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"@{c}"));

    private protected static string Equal(IEnumerable<string> columns, string separator) =>
        string.Join(separator, columns.Select(c => $"[{c}] = @{c}"));

    private string Text(
        string kind, string table, IReadOnlyList<string> key, IReadOnlyList<string> rest,
        Func<string, IReadOnlyList<string>, IReadOnlyList<string>, string> build) =>
        _texts.GetOrAdd((kind, table, string.Join(',', key) + ";" + string.Join(',', rest)), _ =>
        {
            if (key.Count == 0 || !key.Concat(rest).Append(table).All(IsName))
                throw new ArgumentException($"Not the names of a table and its columns: {table} ({string.Join(", ", key.Concat(rest))})");
            return build(table, key, rest);
        });

    private static bool IsName(string name) => name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(name[0]);
}
