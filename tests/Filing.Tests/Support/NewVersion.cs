using System.Text.Json.Nodes;

namespace Filing.Tests.Support;

/// <summary>Newer versions of the definitions that ship: one desk more, one fewer, one of another name.</summary>
internal static class NewVersion
{
    /// <summary>Changes a definition of the copy and gives it the next version.</summary>
    public static void Next(this LawFolder law, string definition, Action<JsonNode> change) => law.Change($"{definition}.json", json =>
    {
        json["version"] = (int)json["version"]! + 1;
        json["id"] = $"{definition}-v{json["version"]}";
        change(json);
    });

    /// <summary>A node by its id.</summary>
    public static JsonNode Node(this JsonNode definition, string id) => definition["root"]!["activities"]!.AsArray().Single(a => (string)a!["id"]! == id)!;

    /// <summary>Sets a fixed input of a node; branches and outcomes are given comma-separated.</summary>
    public static void Set(this JsonNode node, string input, string value, string type = "String")
    {
        var (typeName, kind, text) = input is "branches" or "outcomes" ? ("String[]", "Object", new JsonArray([.. value.Split(',').Select(v => (JsonNode)v)]).ToJsonString()) : (type, "Literal", value);
        node[input] = new JsonObject { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = kind, ["value"] = text } };
    }

    /// <summary>Gives a node another id, in its connections too.</summary>
    public static void Rename(this JsonNode definition, string id, string other)
    {
        definition.Node(id)["id"] = other;
        foreach (var end in definition["root"]!["connections"]!.AsArray().SelectMany(c => new[] { c!["source"]!, c["target"]! }).Where(e => (string)e["activity"]! == id)) end["activity"] = other;
    }

    /// <summary>Puts a task between an outcome of a node and wherever it led.</summary>
    public static void Insert(this JsonNode definition, string after, string port, string id, string name, string role, string place)
    {
        var way = definition["root"]!["connections"]!.AsArray().Single(c => (string)c!["source"]!["activity"]! == after && (string?)c["source"]!["port"] == port)!;
        definition.Task(id, name, role, place);
        definition.Connect(id, "Done", (string)way["target"]!["activity"]!);
        way["target"]!["activity"] = id;
    }

    /// <summary>Adds a task with the one outcome <c>Done</c>.</summary>
    public static void Task(this JsonNode definition, string id, string name, string role, string place)
    {
        var node = new JsonObject { ["id"] = id, ["name"] = name, ["type"] = "Filing.HumanTask", ["version"] = 1 };
        foreach (var (input, value) in new[] { ("task", id), ("role", role), ("place", place), ("outcomes", "Done") }) node.Set(input, value);
        definition["root"]!["activities"]!.AsArray().Add(node);
    }

    /// <summary>Adds a connection.</summary>
    public static void Connect(this JsonNode definition, string from, string port, string to) => definition["root"]!["connections"]!.AsArray().Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    });

    /// <summary>Takes a node out; what led to it leads to another one.</summary>
    public static void Remove(this JsonNode definition, string id, string instead)
    {
        definition["root"]!["activities"]!.AsArray().Remove(definition.Node(id));
        var connections = definition["root"]!["connections"]!.AsArray();
        foreach (var way in connections.Where(c => (string)c!["source"]!["activity"]! == id).ToList()) connections.Remove(way);
        foreach (var way in connections.Where(c => (string)c!["target"]!["activity"]! == id)) way!["target"]!["activity"] = instead;
    }
}
