using System.Text.Json;
using System.Text.Json.Nodes;
using Filing.Audit;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Tests.Data;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary>A draft of rules is checked without a register, and played over one that there is.</summary>
[TestFixture]
internal sealed class ProfilesVerbTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TempFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    private static JsonObject Draft(Action<JsonObject>? change = null)
    {
        var draft = new JsonObject
        {
            ["id"] = "hunan-chenzhou",
            ["version"] = 3,
            ["name"] = "湖南·郴州（草案）",
            ["jurisdiction"] = "431000",
            ["from"] = "2027-01-01",
            ["inherits"] = new JsonObject { ["id"] = "hunan-chenzhou", ["version"] = 2 },
        };
        change?.Invoke(draft);
        return draft;
    }

    private static JsonNode Sourced(string value) => JsonNode.Parse($$"""{ "value": {{value}}, "source": "草案第一条", "confidence": "M" }""")!;

    private async Task<string> FileAsync(JsonObject draft)
    {
        var file = _folder[$"{Guid.CreateVersion7():N}.json"];
        await File.WriteAllTextAsync(file, draft.ToJsonString());
        return file;
    }

    [Test]
    public async Task What_ships_may_be_used_and_a_draft_that_inherits_may_too()
    {
        Assert.That(await Cli.Done("profiles", "check"), Does.EndWith("未发现问题。"));
        Assert.That(await Cli.Done("profiles", "check", await FileAsync(Draft())), Is.EqualTo("已核验 1 个规则包，未发现问题。"));
    }

    [Test]
    public async Task A_fault_is_told_with_file_and_path_for_each_file()
    {
        var inherits = await FileAsync(Draft(d => d["inherits"]!["version"] = 7));
        var order = await FileAsync(Draft(d => d["precedence"] = Sourced("""{ "identify": ["sign:Signed"] }""")));
        var answer = await Cli.Run("profiles", "check", inherits, order, "--json");
        Assert.That(answer.Code, Is.EqualTo(Exit.Refused));
        var flaws = JsonSerializer.Deserialize<JsonElement>(answer.Out).EnumerateArray().Select(f => (f.GetProperty("file").GetString(), f.GetProperty("path").GetString(), f.GetProperty("message").GetString())).ToList();
        Assert.That(flaws[0], Is.EqualTo((Path.GetFileName(inherits), "$.inherits", "没有名为“hunan-chenzhou”第 7 版的规则包")));
        Assert.That(flaws.Skip(1), Is.Not.Empty.And.All.Matches<(string? File, string? Path, string? Message)>(f => f.File == Path.GetFileName(order) && f.Message!.Contains("“认定”", StringComparison.Ordinal)));
        Assert.That((await Cli.Run("profiles", "check", "nowhere.json")).Err, Does.Contain("profiles.file"));
        Assert.That((await Cli.Run("profiles", "rehearse", "nowhere.json")).Code, Is.EqualTo(Exit.Misuse));
        Assert.That((await Cli.Run("profiles", "rehearse", inherits, "--years", "0")).Err, Does.Contain("profiles.years"));
    }

    [Test]
    public async Task Who_would_have_been_late_blocked_or_lapsed_is_told_with_the_rule()
    {
        await using var register = await TestRegister.OpenAsync(new DateTimeOffset(2024, 3, 4, 9, 7, 0, TimeSpan.FromHours(8)));
        var document = await register.UnderReviewAsync();
        register.On(2024, 3, 15);
        await register.System.Send(new Walk(document, "review", "Concluded", new NewFact(FactKind.ReviewConcluded, register.Today, "测试", "Passed")));
        await register.Step(document, "decide", "Adopted", FactKind.Decided);
        await register.Step(document, "sign", "Signed", FactKind.Signed);
        await register.Step(document, "sign", "Signed", FactKind.Signed);
        await register.Step(document, "register", "Registered", FactKind.Registered);
        await register.Step(document, "number", "Numbered", FactKind.Numbered);
        var standard = Features.Validity.TermRequest.Default(register.Laws.ProfileFor("431000", register.Today)!, "郴州市城镇房屋租赁管理办法");
        await register.System.Send(new Walk(document, "publish", "Published", new NewFact(FactKind.Published, register.Today, "测试"), new NewFact(FactKind.TermSet, register.Today, standard.Source, standard.Term.ToString())));
        register.On(2024, 3, 27);
        await register.Step(document, "file-up", "Sent", FactKind.Filed);
        register.On(2026, 2, 14);
        var changes = await RehearseAsync(register, d =>
        {
            d["limits"] = JsonNode.Parse("""
                {
                  "legality-review": { "length": 20, "unit": "day", "kind": "working", "source": "草案第二条", "confidence": "M" },
                  "filing-to-superior": { "length": 10, "unit": "day", "kind": "calendar", "source": "草案第三条", "confidence": "M" }
                }
                """);
            d["publication"] = new JsonObject { ["interpretation"] = Sourced("true") };
            d["validity"] = new JsonObject { ["default"] = Sourced("""{ "length": 1, "unit": "year" }""") };
        });
        Assert.That(changes.Replayed, Is.EqualTo(1));
        var told = changes.Changes.Where(c => c.Step is "报送备案" or "有效期" || c.Message == "没有解读").Select(c => (c.Effect, c.Message, c.Source)).ToList();
        Assert.That(told, Is.EquivalentTo(new[]
        {
            (RehearsedEffect.Late, "自2024年3月15日起，原定2024年4月1日到期，按草案2024年3月25日到期；2024年3月27日办结，逾期 2 日", "草案第三条"),
            (RehearsedEffect.Blocked, "没有解读", "草案第一条"),
            (RehearsedEffect.Lapsed, "有效期原至2029年3月15日，按草案至2025年3月15日", "草案第一条"),
        }));
        Assert.That(changes.Changes.Select(c => c.Step), Does.Not.Contain("合法性审查"), "ten working days are neither more than fifteen nor more than twenty");
    }

    [Test]
    public async Task Without_a_change_of_rules_nothing_would_be_otherwise()
    {
        await using var register = await TestRegister.OpenAsync(Issuing.Start);
        await Issuing.NumberedAsync(register);
        var same = await RehearseAsync(register, _ => { });
        Assert.That(same.Replayed, Is.EqualTo(1));
        Assert.That(same.Changes, Is.Empty);
        Assert.That(same.Unreadable, Is.Empty);
    }

    private static Task<Rehearsed> RehearseAsync(TestRegister register, Action<JsonObject> change)
    {
        var (flaws, draft) = FlowCheck.Profile(Draft(change).ToJsonString(), "draft.json", register.Laws);
        Assert.That(flaws, Is.Empty);
        return new ProfileRehearsal(register.Database, register.Laws, register.Clock).RunAsync(draft!);
    }
}
