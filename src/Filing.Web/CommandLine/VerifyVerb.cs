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
                var verdicts = await invariants.VerifyAsync(new Printed(terminal, parsed.GetValue(json)), token);
                var failed = verdicts.Count(v => !v.Holds);
                terminal.Err.WriteLine(failed == 0 ? $"{verdicts.Count} 项全部成立。" : $"{verdicts.Count} 项中有 {failed} 项不成立。");
                return failed == 0 ? Exit.Done : Exit.Refused;
            },
            ct));
        return command;
    }

    /// <summary>Prints a verdict for people.</summary>
    public static void Print(Terminal terminal, Verdict verdict)
    {
        terminal.Out.Write($"{(verdict.Holds ? "成立" : "不成立")}  {verdict.Name}  {verdict.Title}（核查 {verdict.Checked}，不符 {verdict.Failed}）\n");
        foreach (var row in verdict.Rows) terminal.Out.Write($"    {row}\n");
        if (verdict.Failed > verdict.Rows.Count) terminal.Out.Write($"    …… 另有 {verdict.Failed - verdict.Rows.Count} 处\n");
    }

    /// <summary>Prints each verdict as it is found, so that a long check shows how far it is.</summary>
    private sealed class Printed(Terminal terminal, bool json) : IProgress<Verdict>
    {
        public void Report(Verdict verdict)
        {
            if (json) terminal.PrintJson(verdict);
            else Print(terminal, verdict);
        }
    }
}
