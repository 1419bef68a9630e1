using System.Text.Json;
using System.Text.Json.Nodes;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.CommandLine.Rehearsal;

/// <summary>
/// Says what happened since it last spoke: events, tasks, numbers, deadlines with their derivation, alerts, and refusals with their code.
/// The same scenario gives the same text: ids are called by name.
/// </summary>
internal sealed class Narrator(Database database, LegalClock clock, TextWriter output)
{
    private readonly HashSet<string> _told = [];
    private Dictionary<string, string> _bodies = [];

    /// <summary>Begins; what is in the register already is not told.</summary>
    public async Task BeginAsync(Scenario scenario, Names names)
    {
        output.NewLine = "\n";
        output.WriteLine($"# {scenario.Name}");
        await PassOverAsync(names);
    }

    /// <summary>Leaves out what has happened since it last spoke.</summary>
    public Task PassOverAsync(Names names) => NewsAsync(names);

    /// <summary>Tells of a question and its answer.</summary>
    public void Answer(Actor actor, ScenarioStep step, object? answer, Error? refused, Names names)
    {
        output.WriteLine();
        var members = string.Join('，', step.With.Where(m => m.Value?.ToString().StartsWith('$') != true).Select(m => $"{m.Key}={m.Value}"));
        output.WriteLine($"{Moment()}  {actor.Name}：查询 {step.Ask}{(members.Length == 0 ? "" : $"（{members}）")}");
        if (refused is not null)
        {
            output.WriteLine($"  拒绝 {refused.Code}：{refused.Message}");
            return;
        }

        var told = Plain(JsonSerializer.SerializeToNode(answer, Pipeline.Json.Options), names);
        var lists = (told as JsonObject ?? []).Where(m => m.Value is JsonArray { Count: > 0 } list && list[0] is JsonObject).ToList();
        foreach (var (name, _) in lists) (told as JsonObject)!.Remove(name);
        output.WriteLine($"  答复 {Text(Shown(told, step.Show))}");
        foreach (var line in lists.Where(l => step.Show.Count == 0 || step.Show.Contains(l.Key)).SelectMany(l => (JsonArray)l.Value!)) output.WriteLine($"    - {Text(Shown(line, step.Show))}");
    }

    private static JsonNode? Shown(JsonNode? node, IReadOnlyList<string> show) => show.Count == 0 || node is not JsonObject members
        ? node
        : new JsonObject(members.Where(m => show.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

    /// <summary>A heading.</summary>
    public void Heading(string note)
    {
        output.WriteLine();
        output.WriteLine($"## {note}");
    }

    /// <summary>Tells of one step, or with no command of what time has brought.</summary>
    public async Task TellAsync(Actor? actor, CommandInfo? command, Error? refused, Names names)
    {
        var lines = await NewsAsync(names);
        if (command is null && lines.Count == 0) return;
        output.WriteLine();
        output.WriteLine($"{Moment()}  {(command is null ? "系统巡检" : $"{actor!.Name}：{command.Summary}")}");
        if (refused is not null) output.WriteLine($"  拒绝 {refused.Code}：{refused.Message}");
        foreach (var line in lines) output.WriteLine($"  {line}");
    }

    private async Task<List<string>> NewsAsync(Names names)
    {
        var lines = new List<string>();
        await database.ReadAsync(async db =>
        {
            _bodies = (await db.QueryAsync<Row>("-- Rehearsal/Narrator: the bodies\nSELECT Id, Name AS Text FROM Body")).ToDictionary(b => b.Id.ToString(), b => b.Text!);
            // How another host walks is not the story.
            // What ran side by side in one moment has no order of its own: told in the order of its words.
            var events = New(await db.QueryAsync<Row>("-- Rehearsal/Narrator: events\nSELECT Id, Type AS Text, Bytes, ProcessId AS AnchorId FROM Event WHERE Type <> 'step-taken' ORDER BY At, ProcessId, Seq"), "event");
            lines.AddRange(events.GroupBy(e => e.AnchorId).Select(g => g.Select(e => $"事件 {e.Text} {Data(e.Bytes!, names)}").ToList())
                .OrderBy(g => string.Join('\n', g), StringComparer.Ordinal).SelectMany(g => g));
            foreach (var n in New(await db.QueryAsync<Row>(
                "-- Rehearsal/Narrator: numbers\nSELECT Id, Text, VoidReason AS More FROM Number ORDER BY IssuedOn, Text DESC"), "number"))
                lines.Add($"编号 {n.Text}{(n.More is null ? "" : $"（作废：{n.More}）")}");
            foreach (var t in New(await db.QueryAsync<Row>(
                "-- Rehearsal/Narrator: tasks closed\nSELECT Id, Name AS Text, COALESCE(Outcome, '') AS More FROM Task WHERE State <> 'open' ORDER BY ClosedAt, Name, Id"), "closed"))
                lines.Add(t.More is { Length: > 0 } ? $"办结 {t.Text} → {t.More}" : $"撤销待办 {t.Text}");
            foreach (var t in New(await db.QueryAsync<Row>(
                "-- Rehearsal/Narrator: tasks open\nSELECT Id, Name AS Text, Role AS More, Place, AnchorId FROM Task WHERE State = 'open' ORDER BY OpenedAt, Name, Id"), "open"))
            {
                var body = await DesksOf.BodyNameAsync(db, Kebab.Parse<DeskPlace>(t.Place!), t.AnchorId!.Value, clock.Today);
                lines.Add($"待办 {t.Text}（{body ?? "无对应机关"}·{Kebab.Parse<Role>(t.More!).Chinese()}）");
            }

            foreach (var d in New(await db.QueryAsync<Row>(
                "-- Rehearsal/Narrator: deadlines\nSELECT Id, Label AS Text, Steps AS More, Due, Projection AS Number, Provisional AS Flag, Source AS Place, COALESCE(Unit, '') AS Role FROM Deadline ORDER BY FromDate, Due, Name"), "deadline"))
            {
                lines.Add(d.Due is { } due ? $"期限 {d.Text}：{ChineseDate.FormatFull(due)}{(d.Flag == 1 ? "（暂定）" : "")}" : $"期限 {d.Text}：{(d.Role is { Length: > 0 } ? "中止" : "来源未规定期限")}");
                lines.AddRange(JsonSerializer.Deserialize<string[]>(d.More!)!.Select(s => $"    · {s}"));
                lines.Add($"    据 {d.Place}");
            }

            var alerts = new List<string>();
            foreach (var a in New(await db.QueryAsync<Row>(
                "-- Rehearsal/Narrator: alerts\nSELECT Id, Title AS Text, Body AS More, Role, Place, AnchorId FROM Alert ORDER BY RaisedAt, Title, Role, Place, AnchorId, Id"), "alert"))
            {
                var body = await DesksOf.BodyNameAsync(db, Kebab.Parse<DeskPlace>(a.Place!), a.AnchorId!.Value, clock.Today);
                alerts.Add($"预警 {a.Text} → {body}·{Kebab.Parse<Role>(a.Role!).Chinese()}\n      {a.More}");
            }

            // Those of one moment have no order of their own.
            alerts.Sort(StringComparer.Ordinal);
            lines.AddRange(alerts);

            return true;
        });
        return lines;
    }

    private List<Row> New(IEnumerable<Row> rows, string kind) => rows.Where(r => _told.Add($"{kind}:{r.Id}:{r.Number}:{(kind == "number" ? r.More : "")}")).ToList();

    private string Moment() => $"{ChineseDate.FormatFull(clock.Today)} {clock.GetUtcNow().ToOffset(LegalClock.China):HH:mm}";

    private string Data(byte[] bytes, Names names) => Text(Plain(JsonNode.Parse(bytes)!["data"], names));

    private static string Text(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions(Pipeline.Json.Options)) ?? "";

    /// <summary>The data with ids by name, and without those that have none.</summary>
    private JsonNode? Plain(JsonNode? node, Names names)
    {
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach (var (key, value) in members)
                {
                    if (Plain(value, names) is { } plain) copy[key] = plain;
                }

                copy.Remove("type");
                return copy;
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Plain(i, names)).Where(i => i is not null)]);
            case JsonValue value when value.TryGetValue(out string? text) && Guid.TryParse(text, out _):
                return (names.NameOf(text) ?? _bodies.GetValueOrDefault(text)) is { } name ? JsonValue.Create(name) : null;
            default:
                return node?.DeepClone();
        }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public string? Text { get; init; }
        public string? More { get; init; }
        public string? Place { get; init; }
        public string? Role { get; init; }
        public Guid? AnchorId { get; init; }
        public DateOnly? Due { get; init; }
        public int Number { get; init; }
        public int Flag { get; init; }
        public byte[]? Bytes { get; init; }
    }
}
