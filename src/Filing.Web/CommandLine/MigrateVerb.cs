using System.CommandLine;

namespace Filing.Web.CommandLine;

/// <summary><c>filing migrate</c>: brings a data folder to the schema of this program; creates it when it is absent.</summary>
internal static class MigrateVerb
{
    public static Command Make(Terminal terminal)
    {
        var data = RegisterVerb.Data();
        var command = new Command("migrate", "建立或升级数据文件夹") { data };
        command.SetAction((parsed, ct) => RegisterVerb.RunAsync(
            terminal,
            parsed.GetRequiredValue(data),
            (register, _) =>
            {
                foreach (var label in register.Applied) terminal.Out.Write(label + "\n");
                terminal.Err.WriteLine(register.Applied.Count == 0 ? "数据库结构已是最新。" : $"已执行 {register.Applied.Count} 个结构脚本。");
                return Task.FromResult(Exit.Done);
            },
            ct));
        return command;
    }
}
