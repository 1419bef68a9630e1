using System.Collections.Frozen;
using System.Text;

namespace Filing.Domain;

/// <summary>
/// The stable code of an enum member, as it stands in the database, in definitions and in JSON: <c>NotNormative</c> is <c>not-normative</c>.
/// </summary>
public static class Kebab
{
    /// <summary>The code of a member.</summary>
    /// <exception cref="KeyNotFoundException">The value is no named member: a bug.</exception>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ToCode[value];

    /// <summary>The member with that code; false when there is none.</summary>
    public static bool TryParse<T>(string? code, out T value) where T : struct, Enum
    {
        value = default;
        return code is not null && Names<T>.ToValue.TryGetValue(code, out value);
    }

    /// <summary>The member with that code, which the program wrote itself.</summary>
    /// <exception cref="FormatException">There is none: the row was not written by this program.</exception>
    public static T Parse<T>(string code) where T : struct, Enum =>
        TryParse(code, out T value) ? value : throw new FormatException($"'{code}' is no {typeof(T).Name}");

    /// <summary>Words to kebab case: <c>FilingToSuperior</c> is <c>filing-to-superior</c>.</summary>
    public static string Case(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 8);
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static class Names<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ToCode = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => Case(v.ToString()));
        public static readonly FrozenDictionary<string, T> ToValue = ToCode.ToFrozenDictionary(p => p.Value, p => p.Key);
    }
}
