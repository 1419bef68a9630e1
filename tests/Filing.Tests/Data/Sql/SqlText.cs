using System.Text.RegularExpressions;

namespace Filing.Tests.Data.Sql;

/// <summary>Which database a text is for.</summary>
public enum SqlFor
{
    Both,
    Sqlite,
    SqlServer,
}

/// <summary>
/// An SQL text of the product. The convention: each is a string literal of its own whose first line is a comment that leads home,
/// <c>-- Folder/File: what it is</c>, and which both databases understand. One that only SQLite understands begins with
/// <c>-- sqlite: Folder/File</c>, one that only SQL Server understands with <c>-- sqlserver: Folder/File</c>; those belong into Data.
/// </summary>
public sealed partial record SqlText(string File, int Line, string Text)
{
    /// <summary>Where it stands, for a message.</summary>
    public string Where => $"{File}:{Line}";

    /// <summary>Which database it is for, by its first comment.</summary>
    public SqlFor For => Home().Match(Text).Groups[1].Value switch
    {
        "sqlite: " => SqlFor.Sqlite,
        "sqlserver: " => SqlFor.SqlServer,
        _ => SqlFor.Both,
    };

    /// <summary>The folder and file that its first comment names; null when it has none.</summary>
    public string? Named => Home().Match(Text) is { Success: true } match ? match.Groups[2].Value : null;

    /// <summary>Its folder and file as they are.</summary>
    public string Actual => $"{Path.GetFileName(Path.GetDirectoryName(File))}/{Path.GetFileNameWithoutExtension(File)}";

    /// <summary>True when parts of it are put in when it runs; what is constant is in it already.</summary>
    public bool HasHoles => Text.Contains(CSharpString.Hole);

    /// <summary>The text as the database sees it: Dapper writes a list in parentheses, and each hole becomes the given filling.</summary>
    public string Filled(string filling) => List().Replace(Text.Replace(CSharpString.Hole.ToString(), filling), "IN ($1)");

    /// <summary>All texts in the sources of the product below a folder.</summary>
    public static IEnumerable<SqlText> Below(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}")
        let source = System.IO.File.ReadAllText(file)
        from literal in CSharpStrings.In(source)
        where LooksLikeSql(literal.Text)
        select new SqlText(Path.GetRelativePath(folder, file), literal.Line, SqlConstants.PutIn(literal, source));

    /// <summary>True for a whole statement, with or without its comment; the builders of one in Data join pieces that are none.</summary>
    public static bool LooksLikeSql(string text) => Statement().IsMatch(text);

    [GeneratedRegex(@"\A\s*(?:--[^\n]*\n\s*)*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+[\w\[\]]+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s*(?:\(|AS\b)|MERGE\s|REPLACE\s+INTO\s|CREATE\s+(?:TABLE|INDEX|UNIQUE)|DROP\s|ALTER\s|EXEC\s|DECLARE\s)")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\A\s*-- (sqlite: |sqlserver: )?(\w+/\w+)\b")]
    private static partial Regex Home();

    [GeneratedRegex(@"\bIN\s+(@\w+)")]
    private static partial Regex List();
}

/// <summary>The places of the source tree.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A folder below it.</summary>
    public static string Folder(string path) => Path.Combine(Root, path);

    private static string Find(string from) =>
        File.Exists(Path.Combine(from, "Filing.sln")) ? from : Find(Path.GetDirectoryName(from) ?? throw new DirectoryNotFoundException("Filing.sln"));
}
