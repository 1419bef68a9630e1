using System.Text.Json.Nodes;
using Filing.Tests.Data.Sql;
using Filing.Web.CommandLine.Rehearsal;

namespace Filing.Tests.Docs;

/// <summary>docs/schemas/scenario.json names what a step of a scenario may hold, and the committed scenarios hold nothing else.</summary>
public sealed class ScenarioSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Repository.Folder("docs/schemas/scenario.json")))!;

    private static IEnumerable<string> Named(JsonNode schema) => schema["properties"]!.AsObject().Select(p => p.Key);

    [Test]
    public void The_members_of_a_step_are_those_of_the_reader() => Assert.That(Named(Schema["$defs"]!["step"]!), Is.EquivalentTo(ScenarioStep.Members));

    [Test]
    public void The_committed_scenarios_hold_nothing_else()
    {
        var files = Directory.EnumerateFiles(Repository.Folder("tests/scenarios"), "*.json", SearchOption.AllDirectories).ToList();

        Assert.That(files, Is.Not.Empty);
        Assert.That(files.SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!.AsObject().Select(p => p.Key)).Except(Named(Schema)), Is.Empty);
    }
}
