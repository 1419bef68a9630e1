using System.CommandLine;

namespace Filing.Web.CommandLine;

/// <summary><c>filing migrate</c>: brings a data folder to the schema of this program; creates it when it is absent.</summary>
internal static class MigrateVerb
{
    public static Command Make(Terminal terminal)
    {
        var data = RegisterVerb.Data();
        var script = new Option<bool>("--script") { Description = "不执行，只输出供 SQL Server 管理员自行执行的脚本" };
        var from = new Option<int>("--from") { Description = "与 --script 合用：从第几号脚本起（默认 0，即全部）", HelpName = "N" };
        var command = new Command("migrate", "建立或升级数据文件夹") { data, script, from };
        command.SetAction((parsed, ct) => parsed.GetValue(script) ? Task.FromResult(Print(terminal, parsed.GetValue(from))) : RegisterVerb.RunAsync(
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

    private static int Print(Terminal terminal, int from)
    {
        if (!Data.Migrator.Script(from).TryGet(out var script, out var error)) return terminal.Refuse(error);
        terminal.Out.Write(script);
        return Exit.Done;
    }
}
