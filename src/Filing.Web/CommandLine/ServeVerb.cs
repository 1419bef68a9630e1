using System.CommandLine;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary><c>filing serve</c>: pages and API over a data folder.</summary>
internal static class ServeVerb
{
    public static Command Make(Terminal terminal)
    {
        var data = RegisterVerb.Data();
        var urls = new Option<string?>("--urls") { Description = "监听地址，默认 http://localhost:5080" };
        var clock = new Option<string?>("--clock") { Description = "移动时钟（演示、演练用），如 2013-03-20T09:00+08:00 或加 ,x36000；生产环境不可用" };
        var command = new Command("serve", "启动网站与接口（默认动作）") { data, urls, clock };
        command.SetAction(async (parsed, ct) =>
        {
            ClockSetting? moved = null;
            if (parsed.GetValue(clock) is { } text && !ClockSetting.Parse(text).TryGet(out moved, out var error)) return terminal.Refuse(error);
            var folder = Path.GetFullPath(parsed.GetRequiredValue(data));
            KeepTemporaryFilesIn(folder);
            if (!(await Server.OpenAsync(new ServerStart(folder, parsed.GetValue(urls), moved, Demo: terminal.Err), ct: ct)).TryGet(out var server, out error))
            {
                terminal.Refuse(error);
                return Exit.Refused;
            }

            await using (server) await server.App.RunAsync(ct);
            return Exit.Done;
        });
        return command;
    }

    /// <summary>Uploads to pages are buffered by the framework; that too stays in the data folder.</summary>
    private static void KeepTemporaryFilesIn(string folder)
    {
        if (Environment.GetEnvironmentVariable("ASPNETCORE_TEMP") is not null) return;
        var temporary = Path.Combine(folder, "tmp");
        Directory.CreateDirectory(temporary);
        Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", temporary);
    }
}
