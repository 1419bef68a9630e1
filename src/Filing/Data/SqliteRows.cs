using System.Text;
using System.Text.RegularExpressions;

namespace Filing.Data;

/// <summary>
/// The same INSERT for several rows at once: to SQLite a statement costs about as much as a row, and a command that leaves a page of
/// history has many rows.
/// </summary>
internal sealed partial class SqliteRows
{
    /// <summary>What the names of the first row's parameters end with.</summary>
    public const string FirstEnd = "_0";

    private const int Most = 16;
    private readonly string _head;
    private readonly string _row;
    private readonly SqliteStatement?[] _statements = new SqliteStatement?[Most + 1];

    private SqliteRows(string head, string row) => (_head, _row) = (head, row);

    /// <summary>Sees whether a text is an INSERT of one row of parameters and nothing else; null when not.</summary>
    public static SqliteRows? TryRead(string sql) =>
        Insert().Match(sql) is { Success: true } match ? new(match.Groups["head"].Value, match.Groups["row"].Value) : null;

    /// <summary>How many of so many rows go into the next statement: few sizes, so that few statements are compiled.</summary>
    public static int Next(int rows) => rows >= Most ? Most : rows >= 8 ? 8 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;

    /// <summary>The statement for so many rows; null when it cannot be compiled.</summary>
    public SqliteStatement? Statement(SQLitePCL.sqlite3 db, SqliteRoom room, int rows) =>
        _statements[rows] ??= SqliteStatement.TryCompile(db, room, Text(rows), rows);

    public void Drop()
    {
        foreach (var statement in _statements) statement?.Dispose();
    }

    private string Text(int rows)
    {
        var text = new StringBuilder(_head);
        for (var i = 0; i < rows; i++) text.Append(i == 0 ? "(" : ", (").Append(Parameter().Replace(_row, $"$0_{i}")).Append(')');
        return text.ToString();
    }

    [GeneratedRegex(@"\A(?<head>(\s*--[^\n]*\n)*\s*INSERT INTO \w+ \([^()]*\)\s*VALUES\s*)\((?<row>\s*@\w+(\s*,\s*@\w+)*\s*)\)\s*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Insert();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
