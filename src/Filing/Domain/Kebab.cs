using System.Runtime.CompilerServices;
using System.Text;

namespace Filing.Domain;

/// <summary>
/// The stable code of an enum member, as it stands in the database, in definitions and in JSON: <c>NotNormative</c> is <c>not-normative</c>.
/// </summary>
public static class Kebab
{
    /// <summary>The code of a member.</summary>
    /// <exception cref="KeyNotFoundException">The value is no named member: a bug.</exception>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Known.ToCode[Unsafe.As<T, int>(ref value)];

    /// <summary>The member with that code; false when there is none.</summary>
    public static bool TryParse<T>(string? code, out T value) where T : struct, Enum
    {
        value = default;
        if (code is null || !Names<T>.Known.ToValue.TryGetValue(code, out var number)) return false;
        value = Unsafe.As<int, T>(ref number);
        return true;
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
        public static readonly Codes Known = new(typeof(T));
    }

    /// <summary>Not generic, so that the program need not compile dictionaries anew for every enumeration at its start.</summary>
    private sealed class Codes
    {
        public readonly Dictionary<int, string> ToCode = [];
        public readonly Dictionary<string, int> ToValue = new(StringComparer.Ordinal);

        public Codes(Type type)
        {
            if (Enum.GetUnderlyingType(type) != typeof(int)) throw new NotSupportedException($"{type.Name} is not an enumeration of int.");
            foreach (var name in Enum.GetNames(type))
            {
                var (value, code) = ((int)Enum.Parse(type, name), Case(name));
                ToCode.TryAdd(value, code);
                ToValue.Add(code, value);
            }
        }
    }
}
