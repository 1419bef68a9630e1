using System.Text.Json.Nodes;
using System.Xml.Linq;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Tests.CommandLine;
using Filing.Tests.Support;
using Filing.Web.CommandLine;
using Filing.Workflows;

namespace Filing.Tests.Workflows;

/// <summary>Every definition with every profile, before it may start a case: the order of steps, no task twice, and a drawing of the way that goes wrong.</summary>
[TestFixture]
internal sealed class SoundnessTests
{
    private static readonly Laws Shipped = Laws.Read(LawFolder.Original);

    private string _folder = null!;

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("filing-law-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, true);

    private static IEnumerable<TestCaseData> Pairs() =>
        from profile in Shipped.Profiles
        from definition in profile.Definitions.Where(d => d.Key != "elsewhere").Select(d => d.Value).Distinct()
        select new TestCaseData(profile, definition).SetArgDisplayNames($"{profile.Id} v{profile.Version}", definition);

    [TestCaseSource(nameof(Pairs))]
    public void Every_definition_keeps_to_the_order_of_every_profile(Profile profile, string definition)
    {
        Assert.That(profile.Precedence.Value, Is.Not.Empty);
        Assert.That(StepOrder.Of(profile, Shipped.Latest).Flaws(Shipped.Latest(definition)), Is.Empty);
    }

    [Test]
    public void Every_definition_of_every_profile_lays_no_task_twice() => Assert.That(
        Shipped.Definitions.SelectMany(d => new StepOrder(new Dictionary<string, IReadOnlyList<string>>(), Shipped.Latest).Flaws(d)), Is.Empty);

    [TestCaseSource(nameof(Pairs))]
    public void The_order_is_asked_of_steps_that_there_are(Profile profile, string definition)
    {
        // A rule about a step that the definition never comes to would hold of anything: turned about, each must be broken.
        foreach (var (task, before) in profile.Precedence.Value)
        {
            var never = profile with { Precedence = new(new Dictionary<string, IReadOnlyList<string>> { [task] = ["nothing:Ever"] }, "试用", Confidence.Assumed) };
            if (definition == "department-document" && task == "file-up") continue;
            Assert.That(StepOrder.Of(never, Shipped.Latest).Flaws(Shipped.Latest(definition)).Select(f => f.Failure.Code), Is.All.EqualTo(StepOrder.TooEarly).And.Not.Empty, task);
        }
    }

    /// <summary>A definition changed, and what must be said of it.</summary>
    private static IEnumerable<TestCaseData> Broken()
    {
        (string Name, string Definition, Action<JsonNode> Change, string Says)[] broken =
        [
            ("Decided without a review", "government-document", d => Lead(d, "departmentCheck", "Passed", "decisionMode"), "“集体讨论决定”可能先于“合法性审查：已作结论”开始"),
            ("Signed without a decision", "government-document", d => Lead(d, "confirmChanges", "Returned", "issuance"), "“签发”可能先于“集体讨论决定：通过”"),
            ("Registered before it is signed", "government-document", d => Lead(d, "issuance", "Sole", "threeUnifieds"), "，在“统一登记、编号、公布”之中可能先于“签发：已签发”开始"),
            ("Published before it is numbered", "three-unifieds", d =>
            {
                Lead(d, "registration", "NotRequired", "publish");
                Lead(d, "register", "Registered", "publish");
                Lead(d, "publish", "Published", "number");
                Lead(d, "number", "Numbered", "published");
            }, "“统一公布”，在“统一登记、编号、公布”之中可能先于“统一编号：已编号”开始"),
            ("One desk in two branches", "government-document", d => d.Node("consultPublic").Set("task", "consult-units"), "“征求单位意见”可能同时有两件待办"),
            ("One desk above and below", "filing-to-superior", d => d.Node("filingLimit").Set("workflow", "second"), "可能同时有两件待办"),
        ];
        return broken.Select(b => new TestCaseData(b.Definition, b.Change, b.Says).SetArgDisplayNames(b.Name));
    }

    private static void Lead(JsonNode definition, string from, string port, string to) =>
        definition["root"]!["connections"]!.AsArray().Single(c => (string)c!["source"]!["activity"]! == from && (string?)c["source"]!["port"] == port)!["target"]!["activity"] = to;

    [TestCaseSource(nameof(Broken))]
    public async Task What_breaks_the_order_or_lays_a_task_twice_stops_the_start_and_is_drawn(string definition, Action<JsonNode> change, string says)
    {
        LawFolder.CopyTo(_folder, law =>
        {
            law.Next(definition, change);
            if (definition != "filing-to-superior") return;
            // A watch that lays the very task that it stands beside.
            law.Add("second.json", JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "filing-watch.json")))!);
            law.Change("second.json", d =>
            {
                (d["definitionId"], d["id"], d["version"]) = ("second", "second-v1", 1);
                d.Insert("start", "Done", "again", "报送备案", "filer", "government-office");
                d.Node("again").Set("task", "file-up");
            });
        });
        var stopped = Assert.Catch(() => Laws.Read(_folder))!;
        Assert.That(stopped, Is.TypeOf<LawDataException>().Or.TypeOf<DefinitionException>());
        Assert.That(stopped.Message, Does.Contain(says));

        var svg = Path.Combine(_folder, "way.svg");
        var answer = await Cli.Run("flow", "check", _folder, "--svg", svg);
        Assert.That(answer.Code, Is.EqualTo(Exit.Refused));
        // The watch begins beside its task at once: there is no choice on the way.
        var chosen = definition != "filing-to-superior";
        Assert.That(answer.Out, Does.Contain(says));
        if (chosen) Assert.That(answer.Out, Does.Contain("    1. "));
        var drawn = XElement.Parse(await File.ReadAllTextAsync(svg));
        Assert.That(drawn.Value, Does.Contain("此处出错").And.Contain("出错：").And.Match(chosen ? "1 [一-鿿]" : "出错"), "the way is marked and numbered");
        Assert.That(drawn.Descendants().Count(g => (string?)g.Attribute("class") is { } c && c.EndsWith(" flawed", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(answer.Err, Does.Contain("way.svg"));
    }

    [Test]
    public async Task What_ships_is_sound_as_a_whole_and_file_by_file()
    {
        var all = await Cli.Done("flow", "check");
        Assert.That(all, Is.EqualTo($"已核验{Shipped.AllDefinitions.Count} 个流程定义、{Shipped.Profiles.Count()} 个规则包，未发现问题。"));
        foreach (var file in Directory.EnumerateFiles(LawFolder.Original, "*.json"))
        {
            Assert.That(await Cli.Done("flow", "check", file), Does.EndWith("未发现问题。"));
            Assert.That(await Cli.Done("flow", "check", file, "--json"), Is.EqualTo("[]"));
        }
    }

    [Test]
    public async Task A_file_that_is_none_is_told_so()
    {
        var missing = await Cli.Run("flow", "check", Path.Combine(_folder, "nothing.json"));
        Assert.That((missing.Code, missing.Out), Is.EqualTo((Exit.Misuse, "")));
        var file = Path.Combine(_folder, "broken.json");
        await File.WriteAllTextAsync(file, "{");
        var broken = await Cli.Run("flow", "check", file, "--svg", Path.Combine(_folder, "x.svg"));
        Assert.That((broken.Code, broken.Out), Is.EqualTo((Exit.Refused, "broken.json：不是合法的 JSON（第 1 行）。\n")));
        Assert.That(File.Exists(Path.Combine(_folder, "x.svg")), Is.False);
        Assert.That(await Cli.Done("flow", "check", "--help"), Does.Contain("走遍流程定义"));
    }

    [Test]
    public void A_definition_is_held_against_those_that_run_it_before_it_is_published()
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(LawFolder.Original, "countersign.json")))!;
        json["version"] = 2;
        Assert.That(FlowCheck.Definition(json.ToJsonString(), "studio", Shipped), Is.Empty);
        json.Node("refused").Set("outcome", "Rejected");
        var flaws = FlowCheck.Definition(json.ToJsonString(), "studio", Shipped);
        Assert.That(flaws.Select(f => f.Message), Has.All.Contains("可能以 Rejected 结束，这里没有这个结果"));
        Assert.That(flaws.Select(f => f.Place), Is.EqualTo(["countersign", "countersign"]), "the government's and the department's");
    }

    [Test]
    public void A_definition_below_is_held_to_the_order_of_those_that_run_it()
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(LawFolder.Original, "three-unifieds.json")))!;
        json["version"] = 9;
        Lead(json, "registration", "NotRequired", "publish");
        Lead(json, "register", "Registered", "publish");
        Lead(json, "publish", "Published", "number");
        Lead(json, "number", "Numbered", "published");
        var flaws = FlowCheck.Definition(json.ToJsonString(), "studio", Shipped);
        Assert.That(flaws.Select(f => f.Message), Is.Not.Empty.And.All.Contains("“统一公布”"));
        Assert.That(flaws.Select(f => f.File).Distinct().Count(), Is.EqualTo(Shipped.Profiles.Count()), "with every profile");
    }

    [TestCase("decide", "review", "应写成 任务:结果")]
    [TestCase("decide", "review:Never", "没有名为“review:Never”的任务结果")]
    [TestCase("dance", "review:Concluded", "没有名为“dance”的任务")]
    public void A_rule_of_order_that_means_nothing_stops_the_start(string task, string before, string says)
    {
        LawFolder.CopyTo(_folder, law => law.Profile(p => p["precedence"]!["value"]![task] = new JsonArray(before)));
        Assert.That(() => Laws.Read(_folder), Throws.TypeOf<LawDataException>().With.Message.Contains(says));
    }

    [Test]
    public void A_profile_that_says_nothing_of_the_order_has_that_of_every_profile()
    {
        LawFolder.CopyTo(_folder, law =>
        {
            law.Profile(p => p.AsObject().Remove("precedence"));
            law.Next("government-document", d => Lead(d, "departmentCheck", "Passed", "decisionMode"));
        });
        Assert.That(() => Laws.Read(_folder), Throws.TypeOf<LawDataException>());
    }

    [Test]
    public void A_walk_is_replayed_to_where_it_led()
    {
        var definition = Shipped.Latest("government-document");
        var analysis = new FlowAnalysis(definition);
        foreach (var walk in analysis.Walks())
        {
            var (state, steps, failure) = analysis.Replay(walk);
            Assert.That(failure, Is.Null, walk.ToString());
            var last = steps.Where(s => s.What == StepKind.Completed).Select(s => (s.NodeId, s.Visit, s.Outcomes[0]));
            Assert.That(last, Does.Contain((walk.Last.NodeId, walk.Last.Visit, walk.Last.Outcome)), walk.ToString());
            Assert.That(state.BelongsTo(definition), Is.True);
        }
    }
}
