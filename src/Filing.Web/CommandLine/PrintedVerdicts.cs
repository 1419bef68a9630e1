using Filing.Audit;

namespace Filing.Web.CommandLine;

/// <summary>Prints each verdict as it is found, so that a long check shows how far it is.</summary>
internal sealed class PrintedVerdicts(Terminal terminal, bool json) : IProgress<Verdict>
{
    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>How many did not hold.</summary>
    public int Failed { get; private set; }

    public void Report(Verdict verdict)
    {
        Count++;
        if (!verdict.Holds) Failed++;
        if (json) terminal.PrintJson(verdict);
        else Print(terminal, verdict);
    }

    /// <summary>Prints one for people.</summary>
    public static void Print(Terminal terminal, Verdict verdict)
    {
        terminal.Out.Write($"{(verdict.Holds ? "成立" : "不成立")}  {verdict.Name}  {verdict.Title}（核查 {verdict.Checked}，不符 {verdict.Failed}）\n");
        foreach (var row in verdict.Rows) terminal.Out.Write($"    {row}\n");
        if (verdict.Failed > verdict.Rows.Count) terminal.Out.Write($"    …… 另有 {verdict.Failed - verdict.Rows.Count} 处\n");
    }
}
