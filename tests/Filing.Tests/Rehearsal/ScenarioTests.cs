using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.Rehearsal;

/// <summary>Every scenario prints what it is expected to print, day by day. With FILING_SCENARIOS=write the expectations are written anew, to be read before they are committed.</summary>
[TestFixture]
internal sealed class ScenarioTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "scenarios");

    private static IEnumerable<string> Scenarios => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Scenarios))]
    public async Task It_happens_as_expected(string name)
    {
        var (exit, told, said) = await RunAsync("rehearse", Path.Combine(Folder, name + ".json"));
        Assert.That(exit, Is.Zero, said);
        var expected = Path.Combine(Folder, name + ".expected.txt");
        if (Environment.GetEnvironmentVariable("FILING_SCENARIOS") == "write") await File.WriteAllTextAsync(expected, told);
        Assert.That(Settled(told), Is.EqualTo(Settled(await File.ReadAllTextAsync(expected))));
    }

    /// <summary>Another host takes each step in a transaction of its own: what came of a command is the same, but not the order in which it is told.</summary>
    private static string Settled(string told) => TestHost.IsElsa
        ? string.Join("\n\n", told.Split("\n\n").Select(block => string.Join('\n', block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))))
        : told;

    [Test]
    public void There_are_scenarios() => Assert.That(Scenarios.Count(), Is.GreaterThan(3));

    [TestCase("""{ "name": "x", "steps": [] }""", "start")]
    [TestCase("""{ "name": "x", "start": "2013-01-07T09:00", "steps": [ { "do": "fly" } ] }""", "fly")]
    [TestCase("""{ "name": "x", "start": "2013-01-07T09:00", "steps": [ { "at": "2012-01-01" } ] }""", "早于前一步")]
    [TestCase("""{ "name": "x", "start": "2013-01-07T09:00", "steps": [ { "how": "so" } ] }""", "how")]
    [TestCase("""{ "name": "x", """, "JSON")]
    public async Task A_scenario_that_cannot_be_read_is_refused_with_the_place(string json, string named)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("filing-scenario-").FullName, "bad.json");
        await File.WriteAllTextAsync(file, json);
        var (exit, told, said) = await RunAsync("rehearse", file);
        Assert.That((exit, told), Is.EqualTo((Exit.Misuse, "")));
        Assert.That(said, Does.Contain(named));
    }

    [Test]
    public async Task A_step_that_is_not_refused_as_it_says_ends_the_rehearsal()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("filing-scenario-").FullName, "wrong.json");
        await File.WriteAllTextAsync(file, """{ "name": "x", "start": "2013-01-07T09:00", "steps": [ { "do": "create-account", "with": { "login": "someone", "name": "某人" }, "refused": "not-found" } ] }""");
        var (exit, _, said) = await RunAsync("rehearse", file);
        Assert.That(exit, Is.EqualTo(Exit.Refused));
        Assert.That(said, Does.Contain("scenario.not-refused"));
    }

    private static async Task<(int Exit, string Out, string Err)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await global::Filing.Web.Program.RunAsync(args, new Terminal(TextReader.Null, output, error));
        return (exit, output.ToString(), error.ToString());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Filing.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
