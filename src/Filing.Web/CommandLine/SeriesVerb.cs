using System.CommandLine;
using Filing.Domain;
using Filing.Features.Registration;

namespace Filing.Web.CommandLine;

/// <summary><c>filing series</c>: each year of each series of numbers, its void numbers, and whether it is whole. Exit code 1 when one is broken.</summary>
internal static class SeriesVerb
{
    public static Command Make(Terminal terminal)
    {
        var body = new Option<string?>("--body") { Description = "只看这一机关的序列", HelpName = "CODE" };
        var (data, actor, json) = (RegisterVerb.Data(), RegisterVerb.As(), RegisterVerb.JsonOut());
        var command = new Command("series", "逐年核查编号序列：起始号、已编、作废、下一号，是否连续") { body, json, data, actor };
        command.SetAction((parsed, ct) => RegisterVerb.RunAsync(
            terminal,
            parsed.GetRequiredValue(data),
            async (register, token) =>
            {
                var asJson = parsed.GetValue(json);
                if (!(await RegisterVerb.ActorAsync(register, parsed.GetValue(actor))).TryGet(out var who, out var error)) return terminal.Refuse(error, asJson);
                var (series, refused) = await register.AskAsync<(IReadOnlyList<SeriesVerdict>?, Error?)>(
                    who, async m => (await m.Send(new CheckSeries(parsed.GetValue(body)), token)).TryGet(out var found, out var no) ? (found, null) : (null, no));
                if (refused is not null) return terminal.Refuse(refused with { Field = refused.Field == "body" ? "--body" : refused.Field }, asJson);
                if (asJson) terminal.PrintPretty(series!);
                else foreach (var year in series!) Print(terminal.Out, year);
                return series!.Any(s => s.Broken) ? Exit.Refused : Exit.Done;
            },
            ct));
        return command;
    }

    private static void Print(TextWriter output, SeriesVerdict year)
    {
        var verdict = year.Broken ? "不符" : year.Gapless is null ? "外编" : "连续";
        var book = year.Pool == NumberPool.Owned ? $"起始 {year.Opening?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "—"}，已编 {year.Issued}" : $"已记录 {year.Issued}";
        output.Write($"{verdict}  {year.Kind.Chinese()}  {year.Body}  {SeriesWords.Pattern(year.Pattern)}  {year.Year}年：{book}，作废 {year.Voided.Count}");
        if (year.Imported > 0) output.Write($"，启用前补录 {year.Imported}");
        output.Write(year.NextText is { } next ? $"，下一号 {next}\n" : "\n");
        foreach (var number in year.Voided) output.Write($"    作废 {number.Text}：{number.On:yyyy-MM-dd}，{number.By}，{number.Reason}\n");
        foreach (var fault in year.Faults) output.Write($"    不符 {fault}\n");
        if (year.Faulty > year.Faults.Count) output.Write($"    …… 另有 {year.Faulty - year.Faults.Count} 处\n");
    }
}
