using System.Text.Json;
using System.Text.Json.Nodes;

namespace Filing.Domain;

/// <summary>
/// The texts of profiles, of which one may inherit from another (nation, province, city, district): it says only what is otherwise, and takes the rest, with source
/// and confidence, from the version that it names. A value is taken as a whole, never half of it.
/// </summary>
public sealed class ProfileTexts
{
    /// <summary>What tells a profile from others, and is never inherited.</summary>
    private static readonly string[] Own = ["$schema", "id", "version", "name", "jurisdiction", "from", "to", "abstract", "inherits"];

    // Deeper than any tree of governments: what is deeper goes round.
    private const int Deepest = 8;

    private readonly Dictionary<(string Id, int Version), (JsonObject Text, string File)> _texts = [];

    /// <summary>Which profile a text is, without reading its rules.</summary>
    /// <param name="Id">Its stable name.</param>
    /// <param name="Version">From 1.</param>
    /// <param name="IsAbstract">True when it only lends its values and governs nothing.</param>
    public readonly record struct Head(string Id, int Version, bool IsAbstract);

    /// <summary>Adds a text, or puts it in the place of the same version.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <returns>Which profile it is, and whether a text of that version was there.</returns>
    /// <exception cref="LawDataException">It is no JSON object, or does not say which profile it is.</exception>
    public (Head Head, bool Known) Add(string json, string file)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new LawDataException(file, $"第 {(e.LineNumber ?? 0) + 1} 行", $"不是有效的 JSON：{e.Message}");
        }

        using (document)
        {
            var root = new LawNode(document.RootElement, file);
            var head = new Head(root["id"].Text(), root["version"].Number(1, 9999), root.Optional("abstract")?.Flag() ?? false);
            var known = _texts.ContainsKey((head.Id, head.Version));
            _texts[(head.Id, head.Version)] = (JsonObject.Create(document.RootElement.Clone())!, file);
            return (head, known);
        }
    }

    /// <summary>The same texts and one more, or another in the place of the same version.</summary>
    /// <exception cref="LawDataException">It is no JSON object, or does not say which profile it is.</exception>
    public (ProfileTexts All, Head Head) With(string json, string file)
    {
        var all = new ProfileTexts();
        foreach (var (key, text) in _texts) all._texts.Add(key, text);
        return (all, all.Add(json, file).Head);
    }

    /// <summary>Whether a profile that was added only lends its values.</summary>
    public bool IsAbstract(string id, int version) => _texts[(id, version)].Text["abstract"] is JsonValue flag && flag.GetValue<bool>();

    /// <summary>A profile with all that it inherits.</summary>
    /// <exception cref="LawDataException">It, or one from which it inherits, cannot be read; the message names the file in which the fault is.</exception>
    public Profile Read(string id, int version)
    {
        var (whole, file, from) = Whole(id, version);
        return ProfileReader.Read(whole, file, from);
    }

    /// <summary>
    /// Whether a profile says the same as the same version said before, in whatever words and however much of it is inherited. The tables of bodies in numbers may have
    /// grown meanwhile: a body that was not in them has no number by them yet.
    /// </summary>
    /// <param name="before">The texts as they were.</param>
    /// <param name="id">The profile.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="LawDataException">One from which it inherits is missing.</exception>
    public bool SaysTheSameAs(ProfileTexts before, string id, int version)
    {
        ArgumentNullException.ThrowIfNull(before);
        var (then, now) = (before.Whole(id, version).Whole, Whole(id, version).Whole);
        foreach (var whole in new[] { then, now }) whole.Remove("$schema");
        foreach (var table in Growing)
        {
            if (now["numbering"]?[table]?["value"] is not JsonObject bodies) continue;
            if (then["numbering"]?[table]?["value"] is JsonObject known) foreach (var name in bodies.Select(b => b.Key).Where(name => !known.ContainsKey(name)).ToList()) bodies.Remove(name);
            else now["numbering"]!.AsObject().Remove(table);
        }

        return JsonNode.DeepEquals(Sorted(then), Sorted(now));
    }

    private static readonly string[] Growing = ["bodyDigits", "issuePatterns"];

    private (JsonObject Whole, string File, Dictionary<string, string> From) Whole(string id, int version, int depth = 0)
    {
        var (text, file) = _texts[(id, version)];
        if (text["inherits"] is null) return (Copy(text), file, []);
        using var document = JsonDocument.Parse(text["inherits"]!.ToJsonString());
        var node = new LawNode(document.RootElement, file, "$.inherits", []);
        var above = (Id: node["id"].Text(), Version: node["version"].Number(1, 9999));
        node.RefuseUnasked();
        if (!_texts.TryGetValue(above, out var parent)) throw node.Wrong($"没有名为“{above.Id}”第 {above.Version} 版的规则包");
        if (depth == Deepest) throw node.Wrong("规则包互相继承，或层级过多");
        if (Text(parent.Text, "jurisdiction") is { } wide && Text(text, "jurisdiction") is { } narrow && !narrow.StartsWith(wide, StringComparison.Ordinal))
            throw node.Wrong($"“{above.Id}”管辖 {wide}，不包括 {narrow}");
        if (Text(parent.Text, "from") is { } since && Text(text, "from") is { } begins && string.CompareOrdinal(begins, since) < 0)
            throw node.Wrong($"“{above.Id}”第 {above.Version} 版自 {since} 起才适用，晚于本规则包的 {begins}");
        var (whole, parentFile, from) = Whole(above.Id, above.Version, depth + 1);
        foreach (var name in Own) whole.Remove(name);
        foreach (var (name, _) in whole) from.TryAdd($"$.{name}", parentFile);
        Merge(whole, text, "$", file, from);
        whole.Remove("inherits");
        return (whole, file, from);
    }

    private static void Merge(JsonObject into, JsonObject text, string path, string file, Dictionary<string, string> from)
    {
        foreach (var (name, value) in text)
        {
            if (value is JsonObject part && into[name] is JsonObject there && !IsValue(part) && !IsValue(there))
            {
                Merge(there, part, $"{path}.{name}", file, from);
                continue;
            }

            into[name] = value?.DeepClone();
            from[$"{path}.{name}"] = file;
        }
    }

    /// <summary>A value with its source, which is never taken apart.</summary>
    private static bool IsValue(JsonObject part) => part.ContainsKey("source");

    private static JsonObject Copy(JsonObject text) => text.DeepClone().AsObject();

    private static string? Text(JsonObject text, string name) => text[name] is JsonValue v && v.TryGetValue(out string? s) && s.Length > 0 ? s : null;

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => p.Value is not null).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
