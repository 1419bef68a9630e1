using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Filing.Domain;

namespace Filing.Data;

/// <summary>One numbered step of the schema, from <c>sql/&lt;dialect&gt;/NNNN_Name.sql</c>. It is never edited once it was applied.</summary>
/// <param name="Number">Its number; 0 is the journal itself, and there are no gaps.</param>
/// <param name="Name">Its name, the same in both twins.</param>
/// <param name="Hash">SHA-256 of its text with LF line ends, in lower-case hexadecimal.</param>
/// <param name="Text">The script.</param>
public sealed partial record Migration(int Number, string Name, string Hash, string Text)
{
    /// <summary>The number in four digits and the name, as in the name of the file.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Number:0000}_{Name}");

    /// <summary>
    /// Reads the migrations of one database in order. Refused when a number is missing or taken twice, when a file has another kind
    /// of name, and when the other database has a step that this one lacks or calls otherwise.
    /// </summary>
    /// <param name="sqlFolder">The folder that holds <c>sqlite</c> and <c>sqlserver</c>.</param>
    /// <param name="dialect">Whose migrations.</param>
    public static Result<IReadOnlyList<Migration>> Load(string sqlFolder, Dialect dialect)
    {
        var other = dialect.Name == Dialect.Sqlite.Name ? Dialect.SqlServer : Dialect.Sqlite;
        if (!Read(sqlFolder, dialect).TryGet(out var own, out var error)) return error;
        if (!Read(sqlFolder, other).TryGet(out var twins, out error)) return error;
        for (var i = 0; i < own.Count; i++)
        {
            if (own[i].Number != i)
                return Error.Refused("schema.gap", $"结构脚本不连续：目录 sql/{dialect.Name} 中缺少第 {i:0000} 号。请用完整的程序包重新安装。");
        }

        if (own.Count == 0) return Error.Refused("schema.gap", $"没有找到结构脚本：目录 {Path.Combine(sqlFolder, dialect.Name)} 为空或不存在。请用完整的程序包重新安装。");
        foreach (var twin in twins)
        {
            if (own.All(migration => migration.Label != twin.Label))
                return Error.Refused("schema.twin-missing", $"结构脚本不成对：sql/{other.Name}/{twin.Label}.sql 在 sql/{dialect.Name} 中没有对应的脚本。请用完整的程序包重新安装。");
        }

        return own.ToArray();
    }

    /// <summary>The hash of a script: line ends do not count, since they depend on how the source was checked out.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));

    /// <summary>The parts of a T-SQL script between lines that say only GO, which is a word of the tools and not of the server.</summary>
    public static IReadOnlyList<string> Batches(string script) => [.. Go().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch))];

    private static Result<List<Migration>> Read(string sqlFolder, Dialect dialect)
    {
        var found = new List<Migration>();
        var folder = Path.Combine(sqlFolder, dialect.Name);
        if (!Directory.Exists(folder)) return found;
        foreach (var path in Directory.EnumerateFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var name = FileName().Match(Path.GetFileName(path));
            if (!name.Success)
                return Error.Refused("schema.name", $"结构脚本的文件名不合规则：sql/{dialect.Name}/{Path.GetFileName(path)}，应为“四位编号_名称.sql”。");
            var number = int.Parse(name.Groups[1].Value, CultureInfo.InvariantCulture);
            if (found.Any(earlier => earlier.Number == number))
                return Error.Refused("schema.duplicate", $"结构脚本编号重复：sql/{dialect.Name} 中有两个第 {number:0000} 号。");
            var text = File.ReadAllText(path);
            found.Add(new(number, name.Groups[2].Value, HashOf(text), text));
        }

        return found;
    }

    [GeneratedRegex(@"^(\d{4})_([A-Za-z][A-Za-z0-9]*)\.sql$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[ \t]*GO[ \t]*;?[ \t]*\r?$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Go();
}
