using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Filing.Pipeline;
using Filing.Tests.Data.Sql;

namespace Filing.Tests.Docs;

/// <summary>
/// docs/law-coverage.md is made from docs/law-coverage.json: each clause of the five papers with a verdict, and for what is done the rule, the test and the page. Each of
/// these is one that there is. With <c>FILING_WRITE_DOCS=1</c> in the environment the page is written anew.
/// </summary>
public sealed partial class LawCoverageTests
{
    private static readonly string Page = Repository.Folder("docs/law-coverage.md");

    private static readonly Clause[] Clauses = JsonSerializer.Deserialize<Clause[]>(File.ReadAllText(Repository.Folder("docs/law-coverage.json")), Json.Options)!;

    [Test]
    public void The_page_is_the_data()
    {
        var text = Written();
        if (Environment.GetEnvironmentVariable("FILING_WRITE_DOCS") == "1") File.WriteAllText(Page, text);
        Assert.That(File.ReadAllText(Page), Is.EqualTo(text));
    }

    [Test]
    public void What_is_done_can_be_pointed_to_and_what_is_not_says_why()
    {
        Assert.That(Clauses.Select(c => c.Seed).Distinct().Count(), Is.EqualTo(5));
        Assert.That(Clauses.Select(c => (c.Seed, c.Item, c.Rule)), Is.Unique);
        Assert.That(Clauses.Select(c => c.Verdict), Is.All.AnyOf("done", "not-ours", "open"));
        Assert.That(Clauses.Where(c => c.Verdict == "done" && c.Test is null), Is.Empty, "what no test holds is not done");
        Assert.That(Clauses.Where(c => c.Verdict != "done" && (c.Path ?? c.Test ?? c.Page) is not null), Is.Empty);
    }

    [Test]
    public void Each_rule_that_is_named_is_one_of_a_profile()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repository.Folder("docs/schemas/profile.json")))!["properties"]!;
        var limits = Directory.EnumerateFiles(Repository.Folder("workflows"), "*.json").Select(File.ReadAllText).ToList();
        Assert.That(Clauses.Select(c => c.Path).OfType<string>().Where(path => path.Split('.') switch
        {
            ["limits", var limit] => !limits.Exists(l => l.Contains($"\"{limit}\"", StringComparison.Ordinal)),
            [var section, var rule] => schema[section]?["properties"]?[rule] is null,
            [var whole] => schema[whole] is null,
            _ => true,
        }), Is.Empty);
    }

    [Test]
    public void Each_test_and_each_page_that_is_named_is_there()
    {
        Assert.That(Clauses.Select(c => c.Test).OfType<string>().Where(t => !File.Exists(t.Split(':') is ["scenario", var name]
            ? Repository.Folder($"tests/scenarios/{name}.json")
            : Repository.Folder($"tests/Filing.Tests/{t}.cs"))), Is.Empty);
        var routes = Directory.EnumerateFiles(Repository.Folder("src/Filing.Web/Pages"), "*.cshtml", SearchOption.AllDirectories)
            .Select(f => Route().Match(File.ReadAllText(f)).Groups[1].Value.Replace(":guid", "", StringComparison.Ordinal)).ToHashSet();
        Assert.That(Clauses.Select(c => c.Page).OfType<string>().Where(p => !routes.Contains(p)), Is.Empty);
    }

    private static string Written()
    {
        var text = new StringBuilder(
            """
            # The law and where it is

            Every clause of the five official papers that touches documents, filings, deadlines or duties, with a verdict: **done**, with the rule in the profile, the test that holds it and the
            page on which an officer meets it; **not ours**, since it is the business of another system or of people; **open**, with what is missing. Made from
            [law-coverage.json](law-coverage.json); a test fails when a rule, test or page that is named here is not there.


            """);
        var counts = string.Join(", ", Clauses.GroupBy(c => c.Verdict).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key.Replace('-', ' ')}"));
        text.Append(CultureInfo.InvariantCulture, $"{Clauses.Length} clauses: {counts}.\n");
        foreach (var seed in Clauses.GroupBy(c => c.Seed))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {seed.Key}\n\n| Clause | Rule | Verdict | Profile | Test | Page | Note |\n| --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var c in seed) text.Append(CultureInfo.InvariantCulture, $"| {c.Item} | {c.Rule} | {c.Verdict.Replace('-', ' ')} | {Code(c.Path)} | {Code(c.Test)} | {Code(c.Page)} | {c.Note} |\n");
        }

        return text.ToString();
    }

    private static string Code(string? text) => text is null ? "" : $"`{text}`";

    [GeneratedRegex("@page \"([^\"]+)\"")]
    private static partial Regex Route();

    private sealed record Clause
    {
        public required string Seed { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("clause")]
        public required string Item { get; init; }
        public required string Rule { get; init; }
        public required string Verdict { get; init; }
        public string? Path { get; init; }
        public string? Test { get; init; }
        public string? Page { get; init; }
        public string? Note { get; init; }
    }
}
