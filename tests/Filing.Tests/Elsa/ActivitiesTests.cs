using System.Reflection;
using System.Text.Json;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Filing.Activities;
using Filing.Elsa.Activities;
using Filing.Features.Cases;
using Filing.Workflows;

namespace Filing.Tests.Elsa;

/// <summary>The activities on Elsa say the same as the catalogue, by which our loader reads the definitions.</summary>
[TestFixture]
internal sealed class ActivitiesTests
{
    private static readonly ActivityType[] Catalogue = [.. ActivityTypes.Catalogue.Types.Where(t => t.Name.StartsWith("Filing.", StringComparison.Ordinal))];

    private static readonly Dictionary<(string, int), Type> Classes = typeof(StepActivity).Assembly.GetExportedTypes()
        .Where(t => t.IsSubclassOf(typeof(Activity)) && !t.IsAbstract)
        .ToDictionary(t => (NameOf(t), t.GetCustomAttribute<ActivityAttribute>()!.Version));

    private static readonly Laws Laws = Laws.Read(Path.Combine(AppContext.BaseDirectory, "workflows"));

    [Test]
    public void Every_activity_type_has_its_class_and_there_is_no_other() =>
        Assert.That(Classes.Keys, Is.EquivalentTo(Catalogue.Select(t => (t.Name, t.Version))));

    [TestCaseSource(nameof(Catalogue))]
    public void Its_inputs_are_those_of_the_catalogue(ActivityType type)
    {
        var nullability = new NullabilityInfoContext();
        var inputs = Classes[(type.Name, type.Version)].GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(p => (Camel(p.Name), p.PropertyType, Required: nullability.Create(p).WriteState == NullabilityState.NotNull));
        Assert.That(inputs, Is.EquivalentTo(type.Inputs.Select(i => (i.Name, TypeOf(i.Type), i.Required))));
    }

    [TestCaseSource(nameof(Catalogue))]
    public void It_can_be_made_by_Elsas_reader(ActivityType type) =>
        Assert.That(Classes[(type.Name, type.Version)].GetConstructor([]), Is.Not.Null);

    [TestCaseSource(nameof(Definitions))]
    public void Every_outcome_of_a_definition_can_be_given(string id)
    {
        foreach (var node in Laws.Latest(id).Nodes.Where(n => Classes.ContainsKey((n.Type, n.Version))))
        {
            var activity = Classes[(node.Type, node.Version)];
            // Elsa leaves by the names that a completion gives; what a node may give stands in its input, or it is Elsa's own default.
            if (node.Text("outcomes") is { } listed)
                Assert.That(node.Outcomes, Is.EqualTo(JsonSerializer.Deserialize<string[]>(listed)), $"{id}/{node.Id}");
            else
                Assert.That(node.Outcomes, activity.IsAssignableTo(typeof(ITerminalNode)) ? Is.Empty : Is.EqualTo(["Done"]), $"{id}/{node.Id}");
            Assert.That(node.Out.Select(c => c.Port).Distinct(), Is.EquivalentTo(node.Outcomes), $"{id}/{node.Id}");
        }
    }

    [Test]
    public void What_is_offered_to_Elsa_is_every_file_of_the_folder_as_it_stands_and_no_profile()
    {
        var files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "workflows"), "*.json").Select(File.ReadAllText);
        Assert.That(Laws.AllDefinitions.Select(d => d.Json), Is.EquivalentTo(files));
    }

    private static IEnumerable<string> Definitions() => Laws.Definitions.Select(d => d.DefinitionId);

    // As Elsa makes it of the attribute and the class.
    private static string NameOf(Type type) =>
        $"{type.GetCustomAttribute<ActivityAttribute>()!.Namespace}.{type.GetCustomAttribute<ActivityAttribute>()!.Type ?? type.Name}";

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Type TypeOf(FlowType type) => type switch
    {
        FlowType.String => typeof(Input<string>),
        FlowType.Int32 => typeof(Input<int>),
        FlowType.Int64 => typeof(Input<long>),
        FlowType.Boolean => typeof(Input<bool>),
        FlowType.StringList => typeof(Input<ICollection<string>>),
        FlowType.Choice => throw new NotSupportedException($"Our activities have no input of type {type}."),
    };
}
