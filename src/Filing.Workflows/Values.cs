using System.Globalization;
using System.Text.Json;

namespace Filing.Workflows;

/// <summary>Values travel as text; here is what text is which type.</summary>
internal static class Values
{
    public static bool Is(string text, FlowType type) => type switch
    {
        FlowType.String or FlowType.Choice => true,
        FlowType.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        FlowType.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        FlowType.Boolean => bool.TryParse(text, out _),
        FlowType.StringList => List(text) is not null,
    };

    public static string Name(FlowType type) => type == FlowType.StringList ? "String[]" : type.ToString();

    /// <summary>Whether a document may call a type so. Elsa writes a list of texts as it holds it, when it writes one that it has read.</summary>
    public static bool IsName(string name, FlowType type) => name == Name(type) || (type == FlowType.StringList && name is "List<String>" or "ICollection<String>" or "IEnumerable<String>");

    /// <summary>The items of a JSON array of texts; null when the text is something else.</summary>
    public static IReadOnlyList<string>? List(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Array) return null;
            var items = new List<string>();
            foreach (var item in json.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.String) return null;
                items.Add(item.GetString()!);
            }

            return items;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
