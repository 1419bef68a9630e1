using System.Text.Json.Nodes;
using Filing.Domain;

namespace Filing.Tests.Support;

/// <summary>A definition that offers every one of its steps at any time, again and again: what holds with it holds without the definition's help.</summary>
internal static class AnyFlow
{
    /// <summary>The definition <c>anything-goes</c>: each step goes round in a circle of its own, until the draft is withdrawn.</summary>
    public static JsonObject Of(IEnumerable<(string Task, Role Role, Place Place, string Outcomes)> steps)
    {
        var all = steps.ToList();
        var (activities, connections) = (new JsonArray(Node("start", "Elsa.Start")), new JsonArray(Connection("start", "Done", "all")));
        activities.Add(Node("all", "Elsa.FlowFork", ("branches", string.Join(',', all.Select(s => s.Task).Append("leave")))));
        activities.Add(Node("leave", "Filing.AwaitSignal", ("signal", "withdraw"), ("outcomes", "Received")));
        activities.Add(Node("left", "Filing.Conclude", ("outcome", "Withdrawn")));
        connections.Add(Connection("all", "leave", "leave"));
        connections.Add(Connection("leave", "Received", "left"));
        foreach (var (task, role, place, outcomes) in all)
        {
            activities.Add(Node(task, "Filing.HumanTask", ("task", task), ("role", Kebab.Of(role)), ("place", Kebab.Of(place)), ("outcomes", outcomes)));
            connections.Add(Connection("all", task, task));
            foreach (var outcome in outcomes.Split(',')) connections.Add(Connection(task, outcome, task));
        }

        return new JsonObject
        {
            ["id"] = "anything-goes-v1",
            ["definitionId"] = "anything-goes",
            ["name"] = "随意",
            ["version"] = 1,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["variables"] = new JsonArray(),
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections },
        };
    }

    private static JsonObject Node(string id, string type, params (string Name, string Value)[] inputs)
    {
        var node = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            node.Set(name, value);
        }

        return node;
    }

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
