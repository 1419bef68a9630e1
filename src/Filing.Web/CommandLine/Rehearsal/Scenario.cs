using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.CommandLine.Rehearsal;

/// <summary>Dated commands by role: what a page can do, a scenario can do. Its schema lies in <c>docs/schemas/scenario.json</c>.</summary>
/// <param name="Name">What it rehearses, in Chinese.</param>
/// <param name="Start">Where the clock begins, in China's time.</param>
/// <param name="Steps">What happens, in order of time.</param>
internal sealed record Scenario(string Name, DateTimeOffset Start, IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>Reads a scenario and the files that it includes.</summary>
    public static Result<Scenario> Read(string file)
    {
        var steps = new List<ScenarioStep>();
        if (!Load(file).TryGet(out var root, out var error)) return error;
        if (root["name"]?.GetValue<string>() is not { Length: > 0 } name) return Wrong(file, "缺少 name");
        if (Moment(root["start"]) is not { } start) return Wrong(file, "缺少 start，应为 2013-01-07T09:00 这样的时刻");
        foreach (var include in root["include"] as JsonArray ?? [])
        {
            var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, include!.GetValue<string>());
            if (!Load(path).TryGet(out var part, out error)) return error;
            if (AddSteps(steps, part, path, start, true) is { } wrong) return wrong;
        }

        if (AddSteps(steps, root, file, start, false) is { } refused) return refused;
        return new Scenario(name, start, steps);
    }

    private static Result<JsonObject> Load(string file)
    {
        if (!File.Exists(file)) return Wrong(file, "找不到文件");
        try
        {
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }) as JsonObject is { } root
                ? root
                : Wrong(file, "应为一个 JSON 对象");
        }
        catch (JsonException e)
        {
            return Error.Invalid("scenario.unreadable", $"{Path.GetFileName(file)} 不是有效的 JSON：{e.Message}", line: (int)(e.LineNumber ?? 0) + 1);
        }
    }

    private static Error? AddSteps(List<ScenarioStep> steps, JsonObject root, string file, DateTimeOffset start, bool quiet)
    {
        if (root["steps"] is not JsonArray array) return Wrong(file, "缺少 steps");
        var last = steps.Count > 0 ? steps[^1].At : start;
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is not JsonObject step) return Wrong(file, $"steps[{i}] 应为对象");
            if (step.Select(p => p.Key).FirstOrDefault(k => !ScenarioStep.Members.Contains(k)) is { } unknown) return Wrong(file, $"steps[{i}] 有不认识的成员“{unknown}”");
            var at = step["at"] is null ? last : Moment(step["at"]);
            if (at is not { } moment) return Wrong(file, $"steps[{i}].at 应为 2013-01-07T09:00 这样的时刻，或 2013-01-07（即 10:00）");
            if (moment < last) return Wrong(file, $"steps[{i}].at 早于前一步");
            last = moment;
            var verb = step["do"]?.GetValue<string>();
            if (verb is not null && CommandCatalogue.Find(verb) is null) return Wrong(file, $"steps[{i}].do：没有名为“{verb}”的命令");
            var query = step["ask"]?.GetValue<string>();
            if (query is not null && QueryCatalogue.Find(query) is null) return Wrong(file, $"steps[{i}].ask：没有名为“{query}”的查询");
            if (query is not null && verb is not null) return Wrong(file, $"steps[{i}]：do 与 ask 只能写一个");
            steps.Add(new(moment, step["as"]?.GetValue<string>() ?? "operator", verb, step["with"] as JsonObject ?? [], step["save"]?.GetValue<string>(),
                step["refused"]?.GetValue<string>(), step["upload"] as JsonObject, step["note"]?.GetValue<string>(), Path.GetDirectoryName(Path.GetFullPath(file))!)
            {
                Ask = query,
                Show = [.. (step["show"] as JsonArray ?? []).Select(m => m!.GetValue<string>())],
                Quiet = quiet,
            });
        }

        return null;
    }

    private static DateTimeOffset? Moment(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text)
            ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? LegalClock.StartOf(day).AddHours(10)
                : DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                    ? new DateTimeOffset(moment, LegalClock.China)
                    : null
            : null;

    private static Error Wrong(string file, string why) => Error.Invalid("scenario.wrong", $"{Path.GetFileName(file)}：{why}。");
}

/// <summary>One step of a scenario: a command, an upload, or only the passing of time up to it.</summary>
/// <param name="At">When.</param>
/// <param name="As">Whose login; <c>operator</c> is the command line, <c>public</c> nobody.</param>
/// <param name="Do">The verb; null when only time passes.</param>
/// <param name="With">The command's members; <c>$name</c> and <c>$name.member</c> stand for what earlier steps saved, <c>$file:PATH</c> for the text of a file.</param>
/// <param name="Save">The name under which the answer is kept.</param>
/// <param name="Refused">The code with which it must be refused; null when it must come through.</param>
/// <param name="Upload">A file for a document: <c>document</c>, <c>kind</c>, <c>file</c>.</param>
/// <param name="Note">Printed as a heading.</param>
/// <param name="Folder">Where files are looked for.</param>
internal sealed record ScenarioStep(
    DateTimeOffset At, string As, string? Do, JsonObject With, string? Save, string? Refused, JsonObject? Upload, string? Note, string Folder)
{
    /// <summary>The query that is asked instead of a command; null when none is.</summary>
    public string? Ask { get; init; }

    /// <summary>The members of the answer that are told, of it and of the lines of its lists; all of them when none is named.</summary>
    public IReadOnlyList<string> Show { get; init; } = [];

    /// <summary>It comes from a file that the scenario includes: it sets the scene and is not told.</summary>
    public bool Quiet { get; init; }

    public static readonly HashSet<string> Members = ["at", "as", "do", "ask", "show", "with", "save", "refused", "upload", "note"];
}
