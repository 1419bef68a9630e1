using System.CommandLine;
using Filing.Pipeline;
using Filing.Web.CommandLine.Rehearsal;
using Filing.Web.Operations;

namespace Filing.Web.CommandLine;

/// <summary><c>filing rehearse SCENARIO.json</c>: plays a scenario on a virtual clock, in a scratch register unless <c>--data</c> names one, and prints what happened.</summary>
internal static class RehearseVerb
{
    public static Command Make(Terminal terminal)
    {
        var file = new Argument<string>("SCENARIO") { Description = "剧本文件（JSON）" };
        var data = new Option<string?>("--data") { Description = "在此数据文件夹中演练（默认用完即弃）", HelpName = "DIR" };
        var command = new Command("rehearse", "按剧本演练，打印每一步发生了什么") { file, data };
        command.SetAction(async (parsed, ct) =>
        {
            if (!Scenario.Read(parsed.GetRequiredValue(file)).TryGet(out var scenario, out var error)) return terminal.Refuse(error);
            var folder = parsed.GetValue(data);
            var scratch = folder is null ? Directory.CreateTempSubdirectory("filing-rehearsal-").FullName : null;
            try
            {
                var clock = new LegalClock();
                return await RegisterVerb.RunAsync(terminal, folder ?? scratch!, (register, token) => PlayAsync(terminal, register, scenario, token), ct, clock, carries: true);
            }
            finally
            {
                if (scratch is not null) Directory.Delete(scratch, true);
            }
        });
        return command;
    }

    private static async Task<int> PlayAsync(Terminal terminal, Register register, Scenario scenario, CancellationToken ct)
    {
        // A register in which time was made up remembers it, and Production refuses it.
        await Settings.WriteAsync(register.Database, Settings.ClockMoved, "rehearsal", ct);
        var narrator = new Narrator(register.Database, register.Clock, terminal.Out);
        var error = await new Rehearser(register.Services, register.Database, register.Clock, narrator).PlayAsync(scenario, ct);
        await terminal.Out.FlushAsync(ct);
        return error is null ? Exit.Done : terminal.Refuse(error);
    }
}
