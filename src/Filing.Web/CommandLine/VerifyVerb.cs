using System.CommandLine;
using Filing.Audit;

namespace Filing.Web.CommandLine;

/// <summary><c>filing verify</c>: checks the whole register against what must always hold. Exit code 1 when a check fails.</summary>
internal static class VerifyVerb
{
    public static Command Make(Terminal terminal)
    {
        var data = RegisterVerb.Data();
        var json = RegisterVerb.JsonOut();
        var command = new Command("verify", "逐项核查登记簿：编号、公布、步骤、期限、预警、事件、流程、材料") { data, json };
        command.SetAction((parsed, ct) => RegisterVerb.RunAsync(
            terminal,
            parsed.GetRequiredValue(data),
            async (register, token) =>
            {
                var invariants = register.Services.GetRequiredService<Invariants>();
                var verdicts = await invariants.VerifyAsync(new PrintedVerdicts(terminal, parsed.GetValue(json)), token);
                var failed = verdicts.Count(v => !v.Holds);
                terminal.Err.WriteLine(failed == 0 ? $"{verdicts.Count} 项全部成立。" : $"{verdicts.Count} 项中有 {failed} 项不成立。");
                return failed == 0 ? Exit.Done : Exit.Refused;
            },
            ct));
        return command;
    }
}
