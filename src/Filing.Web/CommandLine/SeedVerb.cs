using System.CommandLine;
using Filing.Domain;
using Filing.Web.CommandLine.Demo;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing seed --demo [--documents N]</c>: fills an empty register with the demonstration; the register remembers it, and Production refuses to
/// serve it.
/// </summary>
internal static class SeedVerb
{
    public static Command Make(Terminal terminal)
    {
        var demo = new Option<bool>("--demo") { Description = "演示数据：郴州市及所辖县区三年间的文件", Required = true };
        var documents = new Option<int>("--documents") { Description = $"文件件数，{DemoStory.Fewest} 至 {DemoStory.Most}（默认 {DemoStory.Fewest}）", HelpName = "N", DefaultValueFactory = _ => DemoStory.Fewest };
        var data = RegisterVerb.Data();
        var command = new Command("seed", "向空的数据文件夹写入演示数据") { demo, documents, data };
        command.SetAction((parsed, ct) => RegisterVerb.RunAsync(
            terminal,
            parsed.GetRequiredValue(data),
            async (register, token) =>
            {
                if (parsed.GetValue(documents) is not (>= DemoStory.Fewest and <= DemoStory.Most))
                    return terminal.Refuse(Error.Invalid("seed.documents", $"演示数据的件数应为 {DemoStory.Fewest} 至 {DemoStory.Most}。", "--documents"));
                if (await Settings.IsInUseAsync(register.Database, token)) return terminal.Refuse(Error.Refused("seed.not-empty", "该数据文件夹中已有机关或账号，只能向空的写入演示数据。"));
                terminal.Out.Write($"{await DemoStory.TellAsync(register, parsed.GetValue(documents), terminal.Err, token)}\n");
                return Exit.Done;
            },
            ct));
        return command;
    }
}
