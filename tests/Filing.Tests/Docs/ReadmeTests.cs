using System.Text.RegularExpressions;
using Filing.Tests.Data.Sql;
using Filing.Web.CommandLine;
using Filing.Web.Operations;
using Microsoft.Extensions.Configuration;

namespace Filing.Tests.Docs;

/// <summary>What the first pages and the page of operations promise, the program keeps: their examples print what stands under them, and no verb or key is missing.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Pages = ["README.md", "README.zh-CN.md"];

    [TestCaseSource(nameof(Pages))]
    public async Task An_example_prints_what_stands_under_it(string page)
    {
        var examples = Example().Matches(File.ReadAllText(Repository.Folder(page)));

        Assert.That(examples, Has.Count.EqualTo(2));
        foreach (Match example in examples)
        {
            var (exit, printed) = await RunAsync([.. Word().Matches(example.Groups["args"].Value).Select(w => w.Value.Trim('\''))]);
            Assert.That((exit, printed), Is.EqualTo((Exit.Done, example.Groups["answer"].Value)));
        }
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Every_verb_is_named_and_every_verb_that_is_named_is_known(string page)
    {
        var (_, help) = await RunAsync(["--help"]);
        var known = HelpLine().Matches(help).Select(l => l.Groups[1].Value).ToHashSet();
        var named = Verb().Matches(File.ReadAllText(Repository.Folder(page))).Select(v => v.Groups[1].Value).ToHashSet();

        Assert.That(known, Does.Contain("serve").And.Contain("due"));
        Assert.That(named, Is.EquivalentTo(known));
    }

    [Test]
    public void The_page_of_operations_names_the_keys_of_the_configuration()
    {
        var unknown = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Timers:Strange"] = "1" }).Build();
        var known = FilingOptions.Read(unknown).Error!.Message.Split('：')[1].TrimEnd('。').Split('、');
        var sections = known.Select(k => k.Split(':')[0]).ToHashSet();
        var named = Key().Matches(File.ReadAllText(Repository.Folder("docs/operations.md"))).Select(k => k.Groups[1].Value).Where(k => sections.Contains(k.Split(':')[0]));

        Assert.That(named.Distinct(), Is.EquivalentTo(known));
    }

    private static async Task<(int Exit, string Printed)> RunAsync(string[] args)
    {
        using var printed = new StringWriter { NewLine = "\n" };
        var exit = await global::Filing.Web.Program.RunAsync(args, new Terminal(TextReader.Null, printed, TextWriter.Null));
        return (exit, printed.ToString());
    }

    [GeneratedRegex(@"^filing (?<args>.+)\n```\n\n```text\n(?<answer>(?:.+\n)+)```$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"'[^']*'|[^ ']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^  ([a-z]+)(?: [<\[]\S+)* {2,}\S", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"(?:^|`)filing ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"`([A-Z]\w+:[A-Z]\w+)`")]
    private static partial Regex Key();
}
