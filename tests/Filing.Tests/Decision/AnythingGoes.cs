using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Tests.Support;

namespace Filing.Tests.Decision;

/// <summary>A definition that offers every step of review, decision and signature at any time, again and again.</summary>
internal static class AnythingGoes
{
    private static readonly (string Task, Role Role, Place Place, string Outcomes)[] Steps =
    [
        ("accept-review", Role.Reviewer, Place.LegalOffice, "Accepted,Incomplete"), ("review", Role.Reviewer, Place.LegalOffice, "Concluded"),
        ("answer-findings", Role.Drafter, Place.DraftingBody, "Answered"), ("confirm-findings", Role.Reviewer, Place.LegalOffice, "Followed,NotFollowed,Again"),
        ("explain-not-followed", Role.Drafter, Place.DraftingBody, "Explained"), ("decide", Role.Secretary, Place.GovernmentOffice, "Adopted,AdoptedInPrinciple,Deferred,Rejected"),
        ("decide-by-head", Role.Secretary, Place.GovernmentOffice, "Adopted,Rejected"), ("confirm-changes", Role.Reviewer, Place.LegalOffice, "Confirmed,Returned"),
        ("sign", Role.Signer, Place.IssuingBody, "Signed,Returned"),
    ];

    /// <summary>Puts it in the place of the definition for documents of governments.</summary>
    public static void Instead(LawFolder law, OpinionGate gate)
    {
        law.Add("anything-goes.json", Definition());
        law.Profile(p =>
        {
            p["definitions"]!["government"] = "anything-goes";
            p["review"]!["opinionNotFollowed"]!["value"] = Kebab.Of(gate);
        });
    }

    /// <summary>Each step goes round in a circle of its own.</summary>
    private static JsonObject Definition()
    {
        var (activities, connections) = (new JsonArray(Node("start", "Elsa.Start")), new JsonArray(Connection("start", "Done", "all")));
        activities.Add(Node("all", "Elsa.FlowFork", ("branches", new JsonArray([.. Steps.Select(s => (JsonNode)s.Task)]).ToJsonString())));
        foreach (var (task, role, place, outcomes) in Steps)
        {
            activities.Add(Node(task, "Filing.HumanTask", ("task", task), ("role", Kebab.Of(role)), ("place", Kebab.Of(place)), ("outcomes", outcomes)));
            connections.Add(Connection("all", task, task));
            foreach (var outcome in outcomes.Split(',')) connections.Add(Connection(task, outcome, task));
        }

        return new JsonObject
        {
            ["id"] = "anything-goes-v1", ["definitionId"] = "anything-goes", ["name"] = "随意", ["version"] = 1, ["isLatest"] = true, ["isPublished"] = true,
            ["variables"] = new JsonArray(), ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = activities, ["connections"] = connections },
        };
    }

    private static JsonObject Node(string id, string type, params (string Name, string Value)[] inputs)
    {
        var node = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs)
        {
            var (typeName, kind) = name == "branches" ? ("String[]", "Object") : ("String", "Literal");
            node[name] = new JsonObject { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value } };
        }

        return node;
    }

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
