using System.Text.Json.Nodes;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>
/// Writes small definitions: a line <c>id name : Type(Outcome,Outcome)</c> is a node (the name may be left out), a line <c>a.Outcome > b</c> a connection.
/// Types without a dot: task (waits), watch (waits, aside), auto (acts at once), ends (acts, and may end a branch), and Elsa's start, finish, end, fork, join.
/// </summary>
internal static class Sketch
{
    public static readonly ActivityType Task = new("T.Task")
    {
        Inputs = [new("outcomes"), new("role"), new("length", FlowType.Int32), new("urgent", FlowType.Boolean), new("unit") { Allowed = ["day", "month"] }],
        Outputs = [new("result"), new("rounds", FlowType.Int32)],
        OutcomesFrom = "outcomes",
        CanWait = true,
    };

    public static readonly ActivityType Auto = new("T.Auto") { Inputs = [new("outcomes")], OutcomesFrom = "outcomes", Technical = true };

    public static readonly ActivityType Ends = new("T.Ends") { EndsBranch = true, Aside = true };

    public static readonly ActivityType Watch = new("T.Watch") { Inputs = [new("outcomes")], OutcomesFrom = "outcomes", CanWait = true, Aside = true, Ties = ["Met"] };

    public static readonly ActivityType Needy = new("T.Needy") { Inputs = [new("what", FlowType.String, Required: true)] };

    public static readonly ActivityCatalogue Catalogue = new([Task, Auto, Watch, Ends, Needy]);

    public static WorkflowDefinition Load(string text) => WorkflowDefinition.Load(Json(text).ToJsonString(), "sketch.json", Catalogue);

    public static JsonObject Json(string text)
    {
        var activities = new JsonArray();
        var connections = new JsonArray();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('>', StringSplitOptions.TrimEntries) is [var from, var to])
            {
                var (source, port) = from.Split('.') is [var s, var p] ? (s, p) : (from, "Done");
                connections.Add(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
                    ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
                });
            }
            else
            {
                activities.Add(Node(line));
            }
        }

        return new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["id"] = "sketch-1",
            ["definitionId"] = "sketch",
            ["name"] = "草图",
            ["version"] = 1,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["variables"] = new JsonArray(),
            ["inputs"] = new JsonArray(),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections },
        };
    }

    public static JsonObject Value(string text, string type = "String", string kind = "Literal") =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = kind, ["value"] = text } };

    private static JsonObject Node(string line)
    {
        var (head, rest) = line.Split(':', StringSplitOptions.TrimEntries) is [var a, var b] ? (a, b) : throw new FormatException(line);
        var (id, name) = head.Split(' ', 2) is [var i, var n] ? (i, n) : (head, head);
        var open = rest.IndexOf('(');
        var (type, list) = open < 0 ? (rest, null) : (rest[..open], rest[(open + 1)..^1]);
        var node = new JsonObject
        {
            ["id"] = id,
            ["name"] = name,
            ["type"] = type switch
            {
                "task" => "T.Task",
                "auto" => "T.Auto",
                "watch" => "T.Watch",
                "ends" => "T.Ends",
                "start" => "Elsa.Start",
                "finish" => "Elsa.Finish",
                "end" => "Elsa.End",
                "fork" => "Elsa.FlowFork",
                "join" => "Elsa.FlowJoin",
                _ => type,
            },
            ["version"] = 1,
        };
        if (list is null) return node;
        switch (type)
        {
            case "fork":
                node["branches"] = Value(new JsonArray([.. list.Split(',').Select(o => (JsonNode)o.Trim())]).ToJsonString(), "String[]", "Object");
                break;
            case "join":
                node["mode"] = Value(list, "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core");
                break;
            default:
                node["outcomes"] = Value(list);
                break;
        }

        return node;
    }
}
