using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing status</c>: what every published document is on a day, as known now or by the end of another day, with the facts from which that follows. It reads
/// page by page, so that the length of the register does not matter.
/// </summary>
internal static class StatusVerb
{
    private const int Size = 500;

    public static Command Make(Terminal terminal)
    {
        var on = new Option<string?>("--on") { Description = "哪一天的状态，如 2013-06-01（默认为今天）", HelpName = "DATE" };
        var known = new Option<string?>("--known-on") { Description = "只计到这一天终了时已经记录的事实（默认为现在所知）", HelpName = "DATE" };
        var body = new Option<string?>("--body") { Description = "只看这一制定机关的文件", HelpName = "CODE" };
        var csv = new Option<bool>("--csv") { Description = "以 CSV 输出" };
        var (data, actor, json) = (RegisterVerb.Data(), RegisterVerb.As(), RegisterVerb.JsonOut());
        var command = new Command("status", "列出各文件在某日的效力状态及其所依据的事实") { on, known, body, json, csv, data, actor };
        command.SetAction(async (parsed, ct) =>
        {
            var (asJson, asCsv) = (parsed.GetValue(json), parsed.GetValue(csv));
            if (asJson && asCsv) return terminal.Refuse(Error.Invalid("status.one-form", "--json 与 --csv 只能用一个。", "--csv"), asJson);
            if (!Day(parsed.GetValue(on), "--on").TryGet(out var day, out var error) || !Day(parsed.GetValue(known), "--known-on").TryGet(out var knownOn, out error)) return terminal.Refuse(error, asJson);
            IStatusForm form = asJson ? new AsJson(terminal) : asCsv ? new AsCsv(terminal.Out) : new AsLines(terminal.Out);
            return await RegisterVerb.RunAsync(
                terminal,
                parsed.GetRequiredValue(data),
                async (register, token) => (await RegisterVerb.ActorAsync(register, parsed.GetValue(actor))).TryGet(out var who, out var unknown)
                    ? await ListAsync(terminal, register, who, new ListStatuses(day.Value, knownOn.Value, parsed.GetValue(body), Size: Size), form, asJson, token)
                    : terminal.Refuse(unknown, asJson),
                ct);
        });
        return command;
    }

    private static async Task<int> ListAsync(Terminal terminal, Register register, Actor who, ListStatuses query, IStatusForm form, bool json, CancellationToken ct)
    {
        for (var first = true; ; first = false)
        {
            var (answer, error) = await register.AskAsync<(StatusPage?, Error?)>(who, async m => (await m.Send(query, ct)).TryGet(out var page, out var refused) ? (page, null) : (null, refused));
            if (error is not null) return terminal.Refuse(error with { Field = error.Field == "body" ? "--body" : error.Field }, json);
            if (first) form.Begin(answer!);
            if (answer!.NothingKnown) terminal.Err.WriteLine($"登记簿在{ChineseDate.Format(answer.KnownOn!.Value)}终了时还没有任何记录：当时一无所知。");
            foreach (var line in answer.Items) form.Add(line);
            if (answer.Next is not { } next) break;
            query = query with { After = next };
        }

        form.End();
        return Exit.Done;
    }

    private static Result<Asked> Day(string? text, string option) => text is null ? new Asked(null)
        : ChineseDate.TryParse(text, out var day) ? new Asked(day)
        : Error.Invalid("status.date", $"日期应写作 2013-06-01，不能是“{text}”。", option);

    private readonly record struct Asked(DateOnly? Value);

    /// <summary>A form in which the lines are printed as they come.</summary>
    private interface IStatusForm
    {
        void Begin(StatusPage first);

        void Add(StatusLine line);

        void End();
    }

    private sealed class AsLines(TextWriter output) : IStatusForm
    {
        public void Begin(StatusPage first)
        {
        }

        public void Add(StatusLine line)
        {
            output.Write($"{line.Name}  {line.Title}（{string.Join("，", new[] { line.IssueNumber, line.RegistrationNumber, line.IssuingBody }.OfType<string>())}）{(line.LastValidDay is { } last ? $"有效期至 {last:yyyy-MM-dd}" : "")}\n");
            foreach (var fact in line.Facts) output.Write($"    {Of(fact)}\n");
        }

        public void End()
        {
        }
    }

    private sealed class AsCsv(TextWriter output) : IStatusForm
    {
        public void Begin(StatusPage first) => output.Write("document_id,title,issuing_body,issue_number,registration_number,status,status_name,last_valid_day,facts\n");

        public void Add(StatusLine line) => output.Write(string.Join(',', new[]
        {
            line.DocumentId.ToString(), Quoted(line.Title), Quoted(line.IssuingBody), Quoted(line.IssueNumber), Quoted(line.RegistrationNumber), line.Status.Code(), line.Name,
            line.LastValidDay?.ToString("O", CultureInfo.InvariantCulture), Quoted(string.Join("；", line.Facts.Select(Of))),
        }) + "\n");

        public void End()
        {
        }

        // A field holds no line end: what reads it line by line reads it whole.
        private static string? Quoted(string? text) => text?.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{text.ReplaceLineEndings(" ").Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    private sealed class AsJson(Terminal terminal) : IStatusForm
    {
        private bool _more;

        public void Begin(StatusPage first)
        {
            var known = first.KnownOn is { } day ? $"\"{day:yyyy-MM-dd}\"" : "null";
            terminal.Out.Write($"{{\"on\":\"{first.On:yyyy-MM-dd}\",\"knownOn\":{known},\"nothingKnown\":{(first.NothingKnown ? "true" : "false")},\"items\":[");
        }

        public void Add(StatusLine line)
        {
            terminal.Out.Write((_more ? ",\n" : "\n") + JsonSerializer.Serialize(line, Json.Options));
            _more = true;
        }

        public void End() => terminal.Out.Write("]}\n");
    }

    private static string Of(StatusFact fact) =>
        $"{fact.Name} {fact.LegalDate:yyyy-MM-dd}（{fact.Recorded.ToOffset(LegalClock.China):yyyy-MM-dd HH:mm:ss} 记录；{fact.Source}{(fact.Value is { } value ? $"；{value}" : "")}）";
}
