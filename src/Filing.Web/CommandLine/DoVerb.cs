using System.CommandLine;
using System.Text.Json;
using Filing.Domain;
using Filing.Pipeline;

namespace Filing.Web.CommandLine;

/// <summary><c>filing do VERB</c>: sends any command by name, as a page or the API would, and prints its answer.</summary>
internal static class DoVerb
{
    public static Command Make(Terminal terminal)
    {
        var verb = new Argument<string>("VERB") { Description = "动作名称，见 filing verbs" };
        var stdin = new Argument<string?>("-") { Description = "从标准输入读取内容", Arity = ArgumentArity.ZeroOrOne };
        var with = new Option<string?>("--with") { Description = "内容：JSON、@文件，或“-”（标准输入）", HelpName = "JSON" };
        var key = new Option<string?>("--key") { Description = "幂等键：同一键只办一次", HelpName = "KEY" };
        var (data, actor, json) = (RegisterVerb.Data(), RegisterVerb.As(), RegisterVerb.JsonOut());
        var command = new Command("do", "按名称办理任意动作") { verb, stdin, with, data, actor, key, json };
        command.SetAction(async (parsed, ct) =>
        {
            var asJson = parsed.GetValue(json);
            var read = Read(terminal, parsed.GetRequiredValue(verb), parsed.GetValue(stdin), parsed.GetValue(with));
            if (!read.TryGet(out var request, out var error)) return terminal.Refuse(error, asJson);
            return await RegisterVerb.RunAsync(
                terminal,
                parsed.GetRequiredValue(data),
                async (register, token) =>
                {
                    if (!(await RegisterVerb.ActorAsync(register, parsed.GetValue(actor))).TryGet(out var who, out var unknown)) return terminal.Refuse(unknown, asJson);
                    var (value, refused) = await register.AskAsync(who, m => CommandCatalogue.SendAsync(m, request.Command, request.Body, token), parsed.GetValue(key));
                    if (refused is not null) return terminal.Refuse(refused, asJson);
                    if (asJson) terminal.PrintJson(value!);
                    else terminal.PrintPretty(value!);
                    return Exit.Done;
                },
                ct);
        });
        return command;
    }

    private static Result<(CommandInfo Command, object Body)> Read(Terminal terminal, string verb, string? stdin, string? with)
    {
        if (CommandCatalogue.Find(verb) is not { } command) return Error.Invalid("verb.unknown", $"没有名为“{verb}”的动作，可用的见 filing verbs。");
        if (stdin is not (null or "-")) return Error.Invalid("request.unreadable", $"不认识“{stdin}”；内容请用 --with 给出。");
        if (stdin is not null && with is not null) return Error.Invalid("request.unreadable", "“-”与 --with 只能用一个。");
        if (!Text(terminal, stdin ?? with ?? "{}").TryGet(out var text, out var error)) return error;
        try
        {
            using var json = JsonDocument.Parse(text, Strict);
            return CommandCatalogue.Read(command, json.RootElement).TryGet(out var body, out error) ? (command, body) : error;
        }
        catch (JsonException e)
        {
            return Error.Invalid("request.unreadable", "内容不是有效的 JSON。", line: (int?)e.LineNumber + 1);
        }
    }

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static Result<string> Text(Terminal terminal, string with)
    {
        if (with == "-") return terminal.In.ReadToEnd();
        if (!with.StartsWith('@')) return with;
        return File.Exists(with[1..]) ? File.ReadAllText(with[1..]) : Error.Invalid("request.unreadable", $"找不到文件“{with[1..]}”。", "--with");
    }
}
