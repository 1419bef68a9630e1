using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Filing.Workflows;

/// <summary>Reads one Elsa 3 document and refuses what would not run alike in Elsa and here.</summary>
internal sealed class DefinitionReader(string json, string file, ActivityCatalogue known)
{
    public WorkflowDefinition Read()
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw Fault(null, $"不是合法的 JSON（第 {e.LineNumber + 1} 行）。");
        }

        using (document)
        {
            var top = document.RootElement;
            if (top.ValueKind != JsonValueKind.Object) throw Fault(null, "应为一个 JSON 对象。");
            if (!top.TryGetProperty("root", out var root) || root.ValueKind != JsonValueKind.Object) throw Fault(null, "缺少 root。");
            if (Text(root, "type") != ActivityCatalogue.Flowchart) throw Fault(null, $"root 的类型应为 {ActivityCatalogue.Flowchart}。");
            if (Version(root, null) != 1) throw Fault(null, $"{ActivityCatalogue.Flowchart} 的版本应为 1。");
            Flag(top, "isLatest");
            Flag(top, "isPublished");

            var variables = Variables(top);
            var inputs = Inputs(top);
            var nodes = new NodeReader(file, known, variables, inputs).Read(Items(root, "activities"));
            var connections = new FlowReader(file, nodes).Read(Items(root, "connections"));
            return new WorkflowDefinition(nodes, connections)
            {
                DefinitionId = Required(top, "definitionId"),
                Id = Required(top, "id"),
                Name = Required(top, "name"),
                Description = Text(top, "description") ?? "",
                Version = Version(top, null),
                Variables = variables,
                Inputs = inputs,
                Hash = Hash(top),
                Json = json,
            };
        }
    }

    private Variable[] Variables(JsonElement top)
    {
        var variables = new List<Variable>();
        foreach (var item in Items(top, "variables"))
        {
            var id = Required(item, "id");
            var name = Text(item, "name") ?? id;
            if (variables.Exists(v => v.Id == id)) throw Fault(null, $"变量“{id}”重复。");
            if (item.TryGetProperty("isArray", out var array) && array.ValueKind == JsonValueKind.True) throw Fault(null, $"变量“{name}”是数组，不支持。");
            var type = Type(item, "typeName", $"变量“{name}”");
            string? value = null;
            if (item.TryGetProperty("value", out var given) && given.ValueKind != JsonValueKind.Null)
            {
                value = NodeReader.Literal(given) ?? throw Fault(null, $"变量“{name}”的初值应为文字、数字或真假。");
                if (value.Length == 0 && type != FlowType.String) value = null;
                if (value is not null && !Values.Is(value, type)) throw Fault(null, $"变量“{name}”的初值“{value}”不是 {type}。");
            }

            variables.Add(new(id, name, type, value));
        }

        return [.. variables];
    }

    private WorkflowInput[] Inputs(JsonElement top)
    {
        var inputs = new List<WorkflowInput>();
        foreach (var item in Items(top, "inputs"))
        {
            var name = Required(item, "name");
            if (inputs.Exists(i => i.Name == name)) throw Fault(null, $"流程输入“{name}”重复。");
            inputs.Add(new(name, Type(item, "type", $"流程输入“{name}”")));
        }

        return [.. inputs];
    }

    private FlowType Type(JsonElement item, string property, string what) => Text(item, property) switch
    {
        "String" => FlowType.String,
        "Int32" => FlowType.Int32,
        "Int64" => FlowType.Int64,
        "Boolean" => FlowType.Boolean,
        null => throw Fault(null, $"{what}没有 {property}。"),
        var other => throw Fault(null, $"{what}的类型 {other} 不支持，只可用 String、Int32、Int64、Boolean。"),
    };

    private string Required(JsonElement item, string property) =>
        Text(item, property) is { Length: > 0 } text ? text : throw Fault(null, $"缺少 {property}。");

    private int Version(JsonElement item, string? node) =>
        item.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number > 0
            ? number
            : throw Fault(node, "缺少 version，或不是正整数。");

    private void Flag(JsonElement top, string property)
    {
        if (!top.TryGetProperty(property, out var flag) || flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Fault(null, $"缺少 {property}。");
    }

    private IEnumerable<JsonElement> Items(JsonElement parent, string property)
    {
        if (!parent.TryGetProperty(property, out var items) || items.ValueKind == JsonValueKind.Null) return [];
        if (items.ValueKind != JsonValueKind.Array) throw Fault(null, $"{property} 应为数组。");
        return items.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? item : throw Fault(null, $"{property} 中有不是对象的内容。"));
    }

    internal static string? Text(JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Hash(JsonElement top)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteSorted(writer, top);
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void WriteSorted(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteSorted(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private DefinitionException Fault(string? node, string problem) => new(file, node, problem);
}
