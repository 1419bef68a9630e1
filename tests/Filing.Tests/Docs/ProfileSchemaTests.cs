using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Tests.Data.Sql;

namespace Filing.Tests.Docs;

/// <summary>
/// docs/schemas/profile.json and the reader of profiles say the same: a profile that has everything is changed at one place after another as the
/// schema forbids, and the reader must refuse it; what the schema allows to be left out or chosen, the reader must take.
/// </summary>
public sealed class ProfileSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Repository.Folder("docs/schemas/profile.json")))!.AsObject();

    private static readonly JsonObject Part = JsonNode.Parse(File.ReadAllText(Repository.Folder("docs/schemas/profile-part.json")))!.AsObject();

    /// <summary>A committed profile with every part that may be left out.</summary>
    private static JsonObject Whole()
    {
        var root = JsonNode.Parse(File.ReadAllText(Repository.Folder("workflows/profiles/hunan-chenzhou-2.json")))!.AsObject();
        root["to"] = "2026-02-14";
        root["numbering"]!["issuePatterns"] = Sourced("""{ "CZ-ZFB": "郴政办发〔{year}〕{serial}号" }""");
        root["drafting"] = new JsonObject { ["researchFirst"] = Sourced("true") };
        root["review"]!["fairCompetition"] = Sourced("true");
        root["publication"]!["interpretation"] = Sourced("false");
        root["abstract"] = false;
        root["places"]!["register"] = Sourced("""{ "role": "registrar", "place": "government-office" }""");
        root["validity"]!["default"]!["value"]!["kind"] = "calendar";
        root["validity"]!["trial"]!["value"]!["kind"] = "calendar";
        root["limits"]!["filing-to-superior"]!["least"] = 1;
        root["limits"]!["filing-supplement"]!["least"] = 1;
        return root;
    }

    private static IEnumerable<string> Profiles() => Directory.EnumerateFiles(Repository.Folder("workflows/profiles"), "*.json").Select(f => Path.GetFileName(f));

    [Test]
    public void A_profile_with_everything_is_read() => Assert.That(Refusal(Whole()), Is.Null);

    [TestCaseSource(nameof(Profiles))]
    public void A_committed_profile_keeps_to_the_schema_that_it_names(string file)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Repository.Folder($"workflows/profiles/{file}")))!;
        var named = Path.GetFileName((string)profile["$schema"]!);
        Assert.That(named, Is.EqualTo(profile["inherits"] is null ? "profile.json" : "profile-part.json"));
        Assert.That(Strange(profile, named == "profile.json" ? Schema : Part, "$"), Is.Empty);
    }

    [Test]
    public void What_inherits_may_say_what_the_whole_says_and_need_say_none_of_it()
    {
        var expected = Schema["properties"]!.DeepClone().AsObject();
        foreach (var (name, section) in expected.Where(p => p.Key is not ("places" or "limits" or "precedence"))) section!.AsObject().Remove("required");
        expected.Remove("abstract");
        var part = Part["properties"]!.DeepClone().AsObject();
        Assert.That(part.Remove("inherits"), Is.True);
        Assert.That(JsonNode.DeepEquals(part, expected), Is.True, "docs/schemas/profile-part.json is profile.json without what it requires");
        Assert.That(JsonNode.DeepEquals(Part["$defs"], Schema["$defs"]), Is.True);
    }

    [Test]
    public void What_the_schema_requires_the_reader_misses_and_what_it_does_not_the_reader_does_without()
    {
        var wrong = new List<string>();
        foreach (var (at, schema) in Places().Where(p => p.Schema["properties"] is not null))
        {
            var required = Strings(schema["required"]).Concat(Strings(schema["then"]?["required"])).ToHashSet();
            foreach (var name in schema["properties"]!.AsObject().Select(p => p.Key).Where(name => At(Whole(), at) is JsonObject o && o.ContainsKey(name)))
            {
                var without = Whole();
                At(without, at)!.AsObject().Remove(name);
                if (required.Contains(name) != Refusal(without) is not null) wrong.Add($"{string.Join('.', at)} without {name}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void What_the_schema_does_not_name_the_reader_refuses()
    {
        var wrong = new List<string>();
        foreach (var (at, _) in Places().Where(p => p.Schema["additionalProperties"] is JsonValue v && !v.GetValue<bool>()))
        {
            var more = Whole();
            At(more, at)!.AsObject()["strange"] = JsonNode.Parse(Sourced("1").ToJsonString());
            if (Refusal(more) is not { } refusal || !refusal.Path.EndsWith(".strange", StringComparison.Ordinal)) wrong.Add(string.Join('.', at));
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_codes_of_the_schema_are_those_of_the_reader()
    {
        var wrong = new List<string>();
        foreach (var (at, schema) in Places().Where(p => p.Schema["enum"] is not null))
        {
            foreach (var code in Strings(schema["enum"]).Where(code => Refusal(With(at, code)) is { } no && !no.Reason.Contains("工作日", StringComparison.Ordinal))) wrong.Add($"{string.Join('.', at)}: {code} is refused");
            if (Refusal(With(at, "strange")) is not { } refusal) wrong.Add($"{string.Join('.', at)}: anything is taken");
            else if (refusal.Reason.Split('：') is [_, var known] && at is not ["validity", "base", "value"] && !known.Split('、').ToHashSet().SetEquals(Strings(schema["enum"]))) wrong.Add($"{string.Join('.', at)}: the reader knows {known}");
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void The_kinds_of_bodies_are_those_of_the_code() =>
        Assert.That(
            Strings(Schema["properties"]!["numbering"]!["properties"]!["kindDigits"]!["properties"]!["value"]!["propertyNames"]!["enum"]),
            Is.EquivalentTo(Enum.GetValues<BodyKind>().Select(Kebab.Of)));

    [Test]
    public void What_lies_outside_the_bounds_of_the_schema_the_reader_refuses()
    {
        var wrong = new List<string>();
        foreach (var (at, schema) in Places())
        {
            JsonNode[] bad = schema switch
            {
                _ when schema["minimum"] is { } least => [least.GetValue<int>() - 1, schema["maximum"]!.GetValue<int>() + 1, "15"],
                _ when schema["pattern"] is not null => ["", "{", 15],
                _ when schema["type"] is JsonValue type => [type.GetValue<string>() == "array" ? "text" : new JsonArray()],
                _ => [],
            };
            foreach (var value in bad.Where(v => !(at is ["jurisdiction"] && v.ToJsonString() == "\"\"") && !(FreeText(schema) && v.ToJsonString() == "\"{\"")))
            {
                if (Refusal(With(at, value)) is null) wrong.Add($"{string.Join('.', at)} = {value.ToJsonString()}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    private static bool FreeText(JsonObject schema) => schema["pattern"]?.GetValue<string>() == "\\S";

    private static LawDataException? Refusal(JsonNode profile)
    {
        try
        {
            ProfileReader.Read(profile.ToJsonString(), "profile.json");
            return null;
        }
        catch (LawDataException e)
        {
            return e;
        }
    }

    /// <summary>The names in a profile that the schema does not know, and those it requires that are missing.</summary>
    private static IEnumerable<string> Strange(JsonNode node, JsonObject schema, string path)
    {
        schema = Resolve(schema);
        if (node is not JsonObject members) yield break;
        foreach (var missing in Strings(schema["required"]).Where(name => !members.ContainsKey(name))) yield return $"{path}.{missing} is missing";
        foreach (var (name, member) in members)
        {
            if (Of(schema, name) is not { } known) yield return $"{path}.{name} is strange";
            else if (member is not null) foreach (var strange in Strange(member, known, $"{path}.{name}")) yield return strange;
        }
    }

    /// <summary>Every place of the whole profile that the schema describes, with its schema; of a list only the first item.</summary>
    private static IEnumerable<(string[] At, JsonObject Schema)> Places() => Places(Whole(), Schema, []);

    private static IEnumerable<(string[] At, JsonObject Schema)> Places(JsonNode? node, JsonObject schema, string[] at)
    {
        schema = Resolve(schema);
        yield return (at, schema);
        var below = node switch
        {
            JsonObject members => members.Where(m => Of(schema, m.Key) is not null).Select(m => (m.Key, m.Value, Of(schema, m.Key)!)),
            JsonArray { Count: > 0 } items when schema["items"] is JsonObject item => [("0", items[0], item)],
            _ => [],
        };
        foreach (var place in below.SelectMany(b => Places(b.Item2, b.Item3, [.. at, b.Item1]))) yield return place;
    }

    /// <summary>The schema of a member; null where the schema does not allow it.</summary>
    private static JsonObject? Of(JsonObject schema, string name) => (schema["properties"]?[name] ?? schema["additionalProperties"]) switch
    {
        JsonObject known => known,
        JsonValue value when value.GetValue<bool>() => [],
        _ => null,
    };

    /// <summary>A schema with what it refers to; what it says itself goes before.</summary>
    private static JsonObject Resolve(JsonObject schema)
    {
        if (schema["$ref"]?.GetValue<string>() is not { } reference) return schema;
        var whole = Resolve(Schema["$defs"]![reference["#/$defs/".Length..]]!.AsObject()).DeepClone().AsObject();
        foreach (var (name, value) in schema.Where(m => m.Key != "$ref"))
        {
            if (name == "properties" && whole[name] is JsonObject properties) foreach (var (p, v) in value!.AsObject()) properties[p] = v!.DeepClone();
            else whole[name] = value!.DeepClone();
        }

        return whole;
    }

    private static JsonNode? At(JsonNode root, string[] at) => at.Aggregate((JsonNode?)root, (node, name) => node is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : node![name]);

    private static JsonNode With(string[] at, JsonNode value)
    {
        if (at is []) return value;
        var root = Whole();
        var parent = At(root, at[..^1]);
        if (parent is JsonArray items) items[0] = value;
        else parent![at[^1]] = value;
        return root;
    }

    private static string[] Strings(JsonNode? list) => [.. (list as JsonArray ?? []).Select(n => n!.GetValue<string>())];

    private static JsonNode Sourced(string value) => JsonNode.Parse($$"""{ "value": {{value}}, "source": "试用", "confidence": "M" }""")!;
}
