using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Filing.Domain;

namespace Filing.Web.CommandLine.Rehearsal;

/// <summary>What the steps of a scenario have saved, and the names by which the narration calls ids.</summary>
internal sealed partial class Names
{
    private readonly Dictionary<string, JsonNode?> _saved = [];
    private readonly Dictionary<string, string> _ids = [];

    /// <summary>Keeps the answer of a command.</summary>
    public void Save(string name, object? answer)
    {
        var node = JsonSerializer.SerializeToNode(answer, Pipeline.Json.Options);
        _saved[name] = node;
        if (node is JsonValue value && value.TryGetValue(out string? id)) _ids.TryAdd(id, name);
        if (node is JsonObject members && members["documentId"]?.GetValue<string>() is { } document) _ids.TryAdd(document, name);
    }

    /// <summary>Calls an id by a name.</summary>
    public void Call(Guid id, string name) => _ids[id.ToString()] = name;

    /// <summary>The name of an id, where it has one.</summary>
    public string? NameOf(string id) => _ids.GetValueOrDefault(id);

    /// <summary>A copy of a command's members with what stands for something put in.</summary>
    public Result<JsonNode?> Resolve(JsonNode? node, string folder)
    {
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (key, value) in members)
                {
                    if (!Resolve(value, folder).TryGet(out var resolved, out var error)) return error;
                    copy[key] = resolved;
                }

                return copy;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    if (!Resolve(item, folder).TryGet(out var resolved, out var error)) return error;
                    list.Add(resolved);
                }

                return list;
            case JsonValue value when value.TryGetValue(out string? text) && text.StartsWith('$'):
                return Stand(text, folder);
            default:
                return node?.DeepClone();
        }
    }

    private Result<JsonNode?> Stand(string text, string folder)
    {
        if (text.StartsWith("$file:", StringComparison.Ordinal))
        {
            var path = Path.Combine(folder, text["$file:".Length..]);
            return File.Exists(path) ? (JsonNode?)JsonValue.Create(File.ReadAllText(path)) : Error.Invalid("scenario.no-file", $"找不到文件“{text["$file:".Length..]}”。");
        }

        var parts = text[1..].Split('.');
        if (!_saved.TryGetValue(parts[0], out var saved)) return Error.Invalid("scenario.unknown-name", $"“{text}”没有被前面的步骤保存过。");
        var found = parts.Skip(1).Aggregate(saved, Member);
        return found is null ? Error.Invalid("scenario.unknown-name", $"“{text}”没有这个成员。") : found.DeepClone();
    }

    /// <summary>A member, or with <c>deadlines[name=legality-review]</c> the last element of a list that has such a member.</summary>
    private static JsonNode? Member(JsonNode? of, string part)
    {
        if (Element().Match(part) is not { Success: true, Groups: [_, var list, var key, var value] }) return (of as JsonObject)?[part];
        return ((of as JsonObject)?[list.Value] as JsonArray)?.LastOrDefault(e => (e as JsonObject)?[key.Value]?.ToString() == value.Value);
    }

    [GeneratedRegex(@"^(\w+)\[(\w+)=([^\]]+)\]$")]
    private static partial Regex Element();
}
