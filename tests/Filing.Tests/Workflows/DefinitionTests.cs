using System.Xml.Linq;
using Filing.Activities;
using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>Every definition that ships is loaded, drawn, and walked along every outcome.</summary>
[TestFixture]
internal sealed class DefinitionTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "workflows");

    private static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    private static WorkflowDefinition Load(string name) => WorkflowDefinition.Load(File.ReadAllText(Path.Combine(Folder, name + ".json")), name + ".json", ActivityTypes.Catalogue);

    [Test]
    public void The_law_as_a_whole_is_read() => Assert.That(Laws.Read(Folder).Definitions.Count(), Is.EqualTo(Names.Count()));

    [Test]
    public void Every_outcome_is_reached_and_every_way_ends_on_both_hosts([ValueSource(nameof(Names))] string name, [Values] bool asElsa)
    {
        var explored = new FlowAnalysis(Load(name)).Explore(asElsa);
        Assert.Multiple(() =>
        {
            Assert.That(explored.Complete, Is.True);
            Assert.That(explored.Flaws, Is.Empty);
            Assert.That(explored.Unreached, Is.Empty);
        });
    }

    [TestCaseSource(nameof(Names))]
    public void It_can_be_drawn_wide_and_narrow(string name)
    {
        var definition = Load(name);
        foreach (var narrow in new[] { false, true })
        {
            var svg = XDocument.Parse(FlowDrawing.Svg(definition, new Drawing { Narrow = narrow, Outcome = (_, outcome) => OutcomeWords.Of(outcome) }));
            var text = svg.Root!.Value;
            foreach (var task in definition.Nodes.Where(n => n.Type == ActivityTypes.HumanTask)) Assert.That(text.Replace("\n", "", StringComparison.Ordinal), Does.Contain(task.Name[..2]));
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Every_outcome_and_task_has_a_Chinese_word(string name)
    {
        foreach (var node in Load(name).Nodes)
        {
            foreach (var outcome in node.Outcomes) Assert.That(OutcomeWords.Knows(outcome), Is.True, $"{node.Id}: {outcome}");
            if (node.Type == ActivityTypes.HumanTask) Assert.That(TaskWords.Of(node.Text("task")!), Is.Not.EqualTo(node.Text("task")), node.Id);
        }
    }

    [Test]
    public void A_definition_with_a_way_that_never_ends_stops_the_start_and_names_the_way()
    {
        string[] gone = ["followed", "gate", "explain", "explained"];
        var folder = Directory.CreateTempSubdirectory("filing-law-").FullName;
        Support.LawFolder.CopyTo(folder, law => law.Change(Path.Combine(folder, "legality-review.json"), json =>
        {
            var (activities, connections) = (json["root"]!["activities"]!.AsArray(), json["root"]!["connections"]!.AsArray());
            activities.RemoveAll(a => gone.Contains((string?)a!["id"]));
            connections.RemoveAll(c => gone.Contains((string?)c!["source"]!["activity"]));
            // However the reviewer answers, it goes back to the drafter.
            foreach (var way in connections.Where(c => (string?)c!["source"]!["activity"] == "confirm")) way!["target"]!["activity"] = "amend";
        }));
        var refused = Assert.Throws<DefinitionException>(() => Laws.Read(folder))!;
        Assert.That(refused.File, Is.EqualTo("legality-review.json"));
        Assert.That(refused.Problem, Does.Contain("受理：").And.Contain("审查结论：").And.Contain("到不了终点"));
        Directory.Delete(folder, true);
    }

    // The three that a changed word must stop.
    [TestCase("fact", "weather", "weather")]
    [TestCase("role", "king", "king")]
    [TestCase("workflow", "nowhere", "nowhere")]
    public void A_word_that_means_nothing_here_stops_the_start_with_file_and_node(string input, string value, string named)
    {
        var folder = Directory.CreateTempSubdirectory("filing-law-").FullName;
        Support.LawFolder.CopyTo(folder, law => law.Change(Path.Combine(folder, "government-document.json"), json =>
        {
            var node = json["root"]!["activities"]!.AsArray().First(a => a![input] is not null)!;
            node[input]!["expression"]!["value"] = value;
        }));
        var refused = Assert.Throws<DefinitionException>(() => Laws.Read(folder))!;
        Assert.That((refused.File, refused.Node), Is.EqualTo(("government-document.json", refused.Node)));
        Assert.That(refused.Problem, Does.Contain(named));
        Directory.Delete(folder, true);
    }
}
