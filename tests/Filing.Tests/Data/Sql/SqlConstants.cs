using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Filing.Data;

namespace Filing.Tests.Data.Sql;

/// <summary>The constant texts of the product, put where a statement names them: a test reads the statement that the database gets.</summary>
public static partial class SqlConstants
{
    private static readonly ILookup<string, string> Values =
        typeof(Database).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => field.IsLiteral && field.FieldType == typeof(string))
                .Select(field => (Name: $"{type.Name}.{field.Name}", Value: (string)field.GetRawConstantValue()!)))
            .ToLookup(constant => constant.Name, constant => constant.Value);

    /// <summary>The text of a literal with the constants in its holes; what is no constant, or one of several of that name, stays a hole.</summary>
    public static string PutIn(CSharpString literal, string source)
    {
        ArgumentNullException.ThrowIfNull(literal);
        var types = Types().Matches(source).Select(m => m.Groups[1].Value).ToArray();
        var text = new StringBuilder();
        var hole = 0;
        foreach (var c in literal.Text)
        {
            if (c == CSharpString.Hole) text.Append(Find(literal.Holes[hole++], types) ?? c.ToString());
            else text.Append(c);
        }

        return text.ToString();
    }

    private static string? Find(string expression, string[] types)
    {
        string[] values = [.. (expression.Contains('.') ? [expression] : types.Select(type => $"{type}.{expression}")).SelectMany(name => Values[name]).Distinct()];
        return values.Length == 1 ? values[0] : null;
    }

    [GeneratedRegex(@"\b(?:class|record|struct)\s+(\w+)")]
    private static partial Regex Types();
}
