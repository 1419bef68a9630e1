using System.Text.Json;

namespace Filing.Workflows;

/// <summary>Reads the activities of a flowchart.</summary>
internal sealed class NodeReader(string file, ActivityCatalogue known, IReadOnlyList<Variable> variables, IReadOnlyList<WorkflowInput> given)
{
    private static readonly string[] Ours = ["id", "nodeId", "name", "type", "version", "customProperties", "metadata"];
    private static readonly string[] Scripts = ["JavaScript", "Liquid", "CSharp", "C#", "Python", "DynamicExpresso"];

    public Node[] Read(IEnumerable<JsonElement> activities)
    {
        var nodes = new List<Node>();
        var ids = new HashSet<string>();
        foreach (var item in activities)
        {
            var id = DefinitionReader.Text(item, "id");
            if (string.IsNullOrEmpty(id)) throw new DefinitionException(file, null, $"第 {nodes.Count + 1} 个节点没有 id。");
            if (!ids.Add(id)) throw Fault(id, "节点 id 重复。");
            nodes.Add(Node(item, id, nodes.Count));
        }

        switch (nodes.Count(n => n.Type == ActivityCatalogue.Start))
        {
            case 1: return [.. nodes];
            case 0: throw new DefinitionException(file, null, $"没有起点（{ActivityCatalogue.Start}）。");
            default: throw Fault(nodes.Last(n => n.Type == ActivityCatalogue.Start).Id, $"起点（{ActivityCatalogue.Start}）不止一个。");
        }
    }

    /// <summary>A literal as text; null when it is neither text, number nor truth.</summary>
    public static string? Literal(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private Node Node(JsonElement item, string id, int index)
    {
        var name = DefinitionReader.Text(item, "type") ?? throw Fault(id, "没有 type。");
        if (!item.TryGetProperty("version", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var version))
            throw Fault(id, "没有 version。");
        if (name == ActivityCatalogue.Flowchart) throw Fault(id, "不支持嵌套的流程图，请改用子流程活动。");
        var type = known.Find(name, version) ?? throw Fault(id, known.Knows(name) ? $"活动 {name} 没有第 {version} 版。" : $"未知的活动类型 {name}。");

        var inputs = new Dictionary<string, NodeInput>();
        var outputs = new Dictionary<string, string>();
        foreach (var property in item.EnumerateObject())
        {
            if (Ours.Contains(property.Name) || property.Value.ValueKind == JsonValueKind.Null) continue;
            if (type.Inputs.FirstOrDefault(i => i.Name == property.Name) is { } input)
            {
                if (Input(id, input, property.Value) is { } value) inputs.Add(input.Name, value);
            }
            else if (type.Outputs.FirstOrDefault(o => o.Name == property.Name) is { } output)
            {
                outputs.Add(output.Name, Output(id, output, property.Value));
            }
            else
            {
                throw Fault(id, $"活动 {name} 没有名为“{property.Name}”的输入或输出。");
            }
        }

        foreach (var input in type.Inputs)
        {
            if (input.Required && !inputs.ContainsKey(input.Name)) throw Fault(id, $"缺少必填的输入“{input.Name}”。");
        }

        return new(index, id, DefinitionReader.Text(item, "nodeId") ?? $"Workflow1:flow:{id}", DefinitionReader.Text(item, "name") is { Length: > 0 } label ? label : id,
            type, inputs, outputs, Outcomes(id, type, inputs), IsAside(item), Position(item))
        {
            Mode = Mode(name, inputs),
        };
    }

    private static bool IsAside(JsonElement item) =>
        item.TryGetProperty("customProperties", out var custom) && custom.ValueKind == JsonValueKind.Object && custom.TryGetProperty("aside", out var aside) && aside.ValueKind == JsonValueKind.True;

    private NodeInput? Input(string id, ActivityInput input, JsonElement wrapped)
    {
        if (wrapped.ValueKind != JsonValueKind.Object) throw Fault(id, $"输入“{input.Name}”是裸值，应写成带 typeName 和 expression 的对象。");
        var typeName = DefinitionReader.Text(wrapped, "typeName");
        if (string.IsNullOrEmpty(typeName)) throw Fault(id, $"输入“{input.Name}”没有 typeName，Elsa 会不声不响地忽略它。");
        if (input.Type != FlowType.Choice && !Values.IsName(typeName, input.Type)) throw Fault(id, $"输入“{input.Name}”的类型应为 {Values.Name(input.Type)}，不是 {typeName}。");
        if (!wrapped.TryGetProperty("expression", out var expression) || expression.ValueKind != JsonValueKind.Object) throw Fault(id, $"输入“{input.Name}”没有 expression。");

        var kind = DefinitionReader.Text(expression, "type");
        var present = expression.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null;
        switch (kind)
        {
            case "Object" when input.Type == FlowType.StringList:
            case "Literal":
                return present ? Literal(id, input, value) : null;
            case "Variable":
                var variable = variables.FirstOrDefault(v => present && v.Id == (value.ValueKind == JsonValueKind.Object ? DefinitionReader.Text(value, "id") : Literal(value)))
                    ?? throw Fault(id, $"输入“{input.Name}”引用的变量不存在。");
                if (input.Type is FlowType.Choice or FlowType.StringList) throw Fault(id, $"输入“{input.Name}”只能是固定值。");
                if (variable.Type != input.Type) throw Fault(id, $"输入“{input.Name}”要 {input.Type}，变量“{variable.Name}”却是 {variable.Type}。");
                return new(ValueSource.Variable, input.Type, variable.Id);
            case "Input":
                var from = given.FirstOrDefault(g => present && value.ValueKind == JsonValueKind.Object && g.Name == DefinitionReader.Text(value, "name"))
                    ?? throw Fault(id, $"输入“{input.Name}”引用的流程输入不存在。");
                if (from.Type != input.Type) throw Fault(id, $"输入“{input.Name}”要 {Values.Name(input.Type)}，流程输入“{from.Name}”却是 {from.Type}。");
                return new(ValueSource.Input, input.Type, from.Name);
            case not null when Scripts.Contains(kind):
                throw Fault(id, $"输入“{input.Name}”用了脚本表达式 {kind}；只可用 Literal、Variable、Input。");
            default:
                throw Fault(id, $"输入“{input.Name}”的表达式类型 {kind ?? "（空）"} 未知；只可用 Literal、Variable、Input。");
        }
    }

    private NodeInput? Literal(string id, ActivityInput input, JsonElement value)
    {
        var text = Literal(value) ?? throw Fault(id, $"输入“{input.Name}”的值应为文字、数字或真假。");
        if (text.Length == 0) return null;
        if (!Values.Is(text, input.Type)) throw Fault(id, $"输入“{input.Name}”的值“{text}”不是 {Values.Name(input.Type)}。");
        if (input.Allowed.Count > 0 && !input.Allowed.Contains(text)) throw Fault(id, $"输入“{input.Name}”的值“{text}”不在允许之列：{string.Join('、', input.Allowed)}。");
        // However it is spaced in the file, one list is one text.
        return new(ValueSource.Literal, input.Type, input.Type == FlowType.StringList ? JsonSerializer.Serialize(Values.List(text)) : text);
    }

    private string Output(string id, ActivityOutput output, JsonElement wrapped)
    {
        if (wrapped.ValueKind != JsonValueKind.Object || !wrapped.TryGetProperty("memoryReference", out var reference) || reference.ValueKind != JsonValueKind.Object)
            throw Fault(id, $"输出“{output.Name}”应带 memoryReference。");
        var variable = variables.FirstOrDefault(v => v.Id == DefinitionReader.Text(reference, "id")) ?? throw Fault(id, $"输出“{output.Name}”所写的变量不存在。");
        if (variable.Type != output.Type) throw Fault(id, $"输出“{output.Name}”是 {output.Type}，变量“{variable.Name}”却是 {variable.Type}。");
        return variable.Id;
    }

    private string[] Outcomes(string id, ActivityType type, Dictionary<string, NodeInput> inputs)
    {
        if (type.OutcomesFrom is null || !inputs.TryGetValue(type.OutcomesFrom, out var input)) return [.. type.Outcomes];
        if (input.Source != ValueSource.Literal) throw Fault(id, $"输入“{type.OutcomesFrom}”决定节点的出口，只能是固定值。");
        var listed = input.Type == FlowType.StringList
            ? Values.List(input.Value)!
            : input.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (listed.Count == 0) throw Fault(id, $"输入“{type.OutcomesFrom}”没有列出任何出口。");
        if (listed.Distinct().Count() != listed.Count) throw Fault(id, $"输入“{type.OutcomesFrom}”列出的出口有重复。");
        return [.. listed];
    }

    private static JoinMode Mode(string type, Dictionary<string, NodeInput> inputs) =>
        type != ActivityCatalogue.Join ? JoinMode.WaitAllActive
        : inputs.TryGetValue("mode", out var mode) ? Enum.Parse<JoinMode>(mode.Value) : JoinMode.WaitAny;

    private static Position? Position(JsonElement item) =>
        item.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
        && metadata.TryGetProperty("designer", out var designer) && designer.ValueKind == JsonValueKind.Object
        && designer.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Object
        && position.TryGetProperty("x", out var x) && x.ValueKind == JsonValueKind.Number
        && position.TryGetProperty("y", out var y) && y.ValueKind == JsonValueKind.Number
            ? new(x.GetDouble(), y.GetDouble())
            : null;

    private DefinitionException Fault(string node, string problem) => new(file, node, problem);
}
