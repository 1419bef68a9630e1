using System.Text.Json.Nodes;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Cases;
using Filing.Tests.Data;
using Filing.Tests.Data.Sql;
using Filing.Tests.Support;

namespace Filing.Tests.Domain;

/// <summary>What a profile inherits, what it says itself, and what it may not.</summary>
[TestFixture]
internal sealed class ProfileInheritanceTests
{
    private static readonly Laws Shipped = Laws.Read(LawFolder.Original);

    private static JsonObject Json(string file) => JsonNode.Parse(File.ReadAllText(Repository.Folder($"workflows/profiles/{file}")))!.AsObject();

    private static JsonNode Sourced(string value, string source = "试用") => JsonNode.Parse($$"""{ "value": {{value}}, "source": "{{source}}", "confidence": "M" }""")!;

    private static JsonObject Child(string id = "hunan-yueyang", string jurisdiction = "4306", string from = "2019-01-01", string parent = "hunan", int version = 3) => new()
    {
        ["id"] = id,
        ["version"] = 1,
        ["name"] = "试用",
        ["jurisdiction"] = jurisdiction,
        ["from"] = from,
        ["inherits"] = new JsonObject { ["id"] = parent, ["version"] = version },
    };

    private static Laws With(params JsonObject[] added)
    {
        using var folder = new TempFolder();
        return Laws.Read(LawFolder.CopyTo(folder.Path, law =>
        {
            foreach (var profile in added) law.Add(Path.Combine("profiles", $"{profile["id"]}-{profile["version"]}.json"), profile);
        }));
    }

    private static LawDataException Refused(params JsonObject[] added) => Assert.Throws<LawDataException>(() => With(added))!;

    [Test]
    public void What_it_does_not_say_it_takes_with_source_and_confidence_from_however_far_up()
    {
        var child = Child();
        child["signing"] = new JsonObject { ["levels"] = Sourced("""["主要负责人"]""", "岳阳试用") };
        var profile = With(child).ProfileFor("430600", new(2019, 1, 1))!;
        var (province, system) = (Shipped.Profile("hunan", 3), Shipped.Profile("hunan", 1));
        Assert.That((profile.Id, profile.Name, profile.Jurisdiction, profile.From), Is.EqualTo(("hunan-yueyang", "试用", "4306", new DateOnly(2019, 1, 1))));
        Assert.That(profile.SignatureLevels.Value, Is.EqualTo(["主要负责人"]));
        Assert.That(profile.SignatureLevels.Source, Is.EqualTo("岳阳试用"));
        Assert.That(profile.ForceAfterDays, Is.EqualTo(province.ForceAfterDays));
        Assert.That(profile.Limits["legality-review"], Is.EqualTo(province.Limits["legality-review"]));
        Assert.That((profile.DefaultTerm, profile.Limits["filing-supplement"]), Is.EqualTo((system.DefaultTerm, system.Limits["filing-supplement"])), "from the first version of the province, and from the values that the system assumes");
    }

    [Test]
    public void A_value_is_taken_whole_and_null_takes_back_what_would_be_inherited()
    {
        var child = Child();
        child["limits"] = new JsonObject { ["legality-review"] = JsonNode.Parse("""{ "length": 10, "unit": "day", "kind": "working", "source": "岳阳试用", "confidence": "S" }"""), ["filing-to-superior"] = null };
        child["validity"] = new JsonObject { ["forceAfterDays"] = null };
        var profile = With(child).Profile("hunan-yueyang", 1);
        Assert.That(profile.Limits["legality-review"].Least, Is.Null, "not the least of the province beside the length of the city");
        Assert.That(profile.Limits, Does.Not.ContainKey("filing-to-superior"), "the definition's own length holds");
        Assert.That(profile.ForceAfterDays.Confidence, Is.EqualTo(Confidence.Assumed));
    }

    [Test]
    public void A_place_may_be_for_one_kind_of_document_only()
    {
        var jiangmen = Shipped.Profile("guangdong-jiangmen", 1);
        Assert.That(jiangmen.PlaceOf(DocumentKind.Government, "number"), Is.EqualTo((Role.Publisher, Place.GovernmentOffice)));
        Assert.That(jiangmen.PlaceOf(DocumentKind.Department, "number"), Is.EqualTo((Role.Registrar, Place.LegalOffice)));
        Assert.That(jiangmen.PlaceOf(DocumentKind.Township, "publish"), Is.EqualTo((Role.Publisher, Place.GovernmentOffice)));
        Assert.That(jiangmen.PlaceOf(DocumentKind.Township, "number"), Is.Null);
        var child = Child();
        child["places"] = new JsonObject { ["village.number"] = Sourced("""{ "role": "registrar", "place": "legal-office" }""") };
        Assert.That(Refused(child).Message, Does.Contain("没有名为“village”的文件种类"));
    }

    [Test]
    public void The_jurisdictions_of_the_seeds_differ_as_their_papers_say()
    {
        var chenzhou = Shipped.ProfileFor("431000", new(2013, 4, 2))!;
        var changsha = Shipped.ProfileFor("430100", new(2016, 4, 1))!;
        var huiji = Shipped.ProfileFor("410108", new(2016, 5, 16))!;
        var jiangmen = Shipped.ProfileFor("440700", new(2018, 4, 24))!;
        Profile[] all = [chenzhou, changsha, huiji, jiangmen];
        Assert.That(all.Select(p => p.OpinionNotFollowed.Value), Is.EqualTo([OpinionGate.Explain, OpinionGate.Block, OpinionGate.Explain, OpinionGate.Explain]));
        Assert.That(all.Select(p => p.ResearchFirst.Value), Is.EqualTo([false, false, true, false]));
        Assert.That(all.Select(p => p.RequiredBeforePublication.Value.Contains(PublicationRequirement.Registered)), Is.EqualTo([true, true, false, false]));
        Assert.That(all.Select(p => p.FairCompetition.Value), Is.EqualTo([false, false, false, true]));
        Assert.That(all.Select(p => p.Interpretation.Value), Is.EqualTo([false, false, false, true]));
        Assert.That(new[] { huiji.ResearchFirst.Confidence, jiangmen.FairCompetition.Confidence, jiangmen.Interpretation.Confidence, changsha.OpinionNotFollowed.Confidence }, Is.All.EqualTo(Confidence.Seed));
        Assert.That(all.Select(p => p.Limits["filing-to-superior"].Limit!.Length), Is.EqualTo([15, 15, 15, 30]));
    }

    [Test]
    public void A_fault_is_named_in_the_file_in_which_it_is()
    {
        var middle = Child("hunan-north", "430", "2019-01-01");
        middle["review"] = new JsonObject { ["aspects"] = Sourced("""["subject", "colour"]""") };
        var child = Child(from: "2019-01-02", parent: "hunan-north", version: 1);
        child["abstract"] = null;
        var error = Refused(middle, child);
        Assert.That((error.File, error.Path), Is.EqualTo(("hunan-north-1.json", "$.review.aspects.value[1]")));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        (string Name, Func<JsonObject[]> Added, string Says)[] wrong =
        [
            ("unknown parent", () => [Child(parent: "hubei")], "没有名为“hubei”第 3 版的规则包"),
            ("unknown version", () => [Child(version: 99)], "没有名为“hunan”第 99 版的规则包"),
            ("itself", () => [Child(parent: "hunan-yueyang", version: 1)], "互相继承"),
            ("in a ring", () => [Child(parent: "hunan-north", version: 1), Child("hunan-north", "4306", "2019-01-01", "hunan-yueyang", 1)], "互相继承"),
            ("another province's", () => [Child(jurisdiction: "4403")], "“hunan”管辖 43，不包括 4403"),
            ("before its parent", () => [Child(from: "2018-12-03")], "自 2018-12-04 起才适用，晚于本规则包的 2018-12-03"),
            ("half a parent", () => [With(Child(), "inherits", """{ "id": "hunan" }""")], "缺少“version”"),
            ("more than a parent", () => [With(Child(), "inherits", """{ "id": "hunan", "version": 3, "from": "2019-01-01" }""")], "不认识的项目"),
            ("a name that means nothing", () => [With(Child(), "vallidity", "{}")], "不认识的项目"),
            ("half a value", () => [With(Child(), "signing", """{ "levels": { "value": ["主要负责人"] } }""")], "缺少“source”"),
            ("the same day", () => [Child(jurisdiction: "4301", from: "2018-12-04")], "已有规则包“hunan-changsha”第 2 版，两者不能同日开始"),
        ];
        return wrong.Select(w => new TestCaseData(w.Added, w.Says).SetArgDisplayNames(w.Name));

        static JsonObject With(JsonObject profile, string name, string value)
        {
            profile[name] = JsonNode.Parse(value);
            return profile;
        }
    }

    [TestCaseSource(nameof(Wrong))]
    public void What_cannot_be_inherited_stops_the_start(Func<JsonObject[]> added, string says) => Assert.That(Refused(added()).Message, Does.Contain(says));

    [Test]
    public void One_that_only_lends_governs_nothing()
    {
        Assert.That(Shipped.Profiles.Select(p => p.Id), Does.Not.Contain("base"));
        Assert.That(Shipped.ProfileFor("350100", new(2017, 1, 1)), Is.Null);
    }

    [Test]
    public async Task A_version_in_use_may_be_written_otherwise_but_not_say_something_else()
    {
        using var folder = new TempFolder();
        await using var database = Database.OpenSqlite(folder.Path);
        await new Migrator(database, TimeProvider.System).MigrateAsync();
        await Shipped.StoreAsync(database, TimeProvider.System.GetUtcNow());
        // Chenzhou says nothing of its own about signing: it has that from what the system assumes, in the same words.
        var shorter = Json("hunan-chenzhou.json");
        shorter["inherits"] = new JsonObject { ["id"] = "base", ["version"] = 1 };
        shorter.Remove("signing");
        await ReadAnew(shorter).StoreAsync(database, TimeProvider.System.GetUtcNow());
        shorter["numbering"]!["bodyDigits"]!["value"]!["CZ-NEW"] = "77";
        await ReadAnew(shorter).StoreAsync(database, TimeProvider.System.GetUtcNow());
        shorter["numbering"]!["bodyDigits"]!["value"]!["CZ-FGW"] = "78";
        Assert.That(() => ReadAnew(shorter).StoreAsync(database, TimeProvider.System.GetUtcNow()), Throws.TypeOf<LawDataException>(), "a body keeps its digits");
        shorter["numbering"]!["bodyDigits"]!["value"]!["CZ-FGW"] = "01";
        shorter["signing"] = new JsonObject { ["levels"] = Sourced("""["主要负责人"]""") };
        Assert.That(() => ReadAnew(shorter).StoreAsync(database, TimeProvider.System.GetUtcNow()), Throws.TypeOf<LawDataException>().With.Message.Contains("与已投入使用的同一版本不同"));

        Laws ReadAnew(JsonObject chenzhou) => Laws.Read(LawFolder.CopyTo(folder[Guid.CreateVersion7().ToString("N")], law => law.Add(Path.Combine("profiles", "hunan-chenzhou.json"), chenzhou)));
    }

    [Test]
    public async Task A_version_that_is_no_longer_among_the_files_still_inherits_for_the_cases_that_keep_it()
    {
        using var folder = new TempFolder();
        await using var database = Database.OpenSqlite(folder.Path);
        await new Migrator(database, TimeProvider.System).MigrateAsync();
        await With(Child()).StoreAsync(database, TimeProvider.System.GetUtcNow());
        var later = Laws.Read(LawFolder.Original);
        await later.StoreAsync(database, TimeProvider.System.GetUtcNow());
        Assert.That(later.Profile("hunan-yueyang", 1).Limits["legality-review"], Is.EqualTo(Shipped.Profile("hunan", 3).Limits["legality-review"]));
    }
}
