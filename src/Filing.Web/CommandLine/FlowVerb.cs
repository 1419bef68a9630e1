using System.CommandLine;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing flow check [FILE] [--svg OUT]</c>: plays a definition, or all of them, through with every profile, and says on which way it goes wrong. Exit code 1 when
/// one does. It needs no register.
/// </summary>
internal static class FlowVerb
{
    public static Command Make(Terminal terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "流程定义文件；或一个文件夹，含流程定义与 profiles、calendars；不写则核验随程序附带的全部", Arity = ArgumentArity.ZeroOrOne };
        var svg = new Option<string?>("--svg") { Description = "把出错的走法画成图，写入此文件（SVG）；不止一处的，依次加 -2、-3", HelpName = "OUT" };
        var json = RegisterVerb.JsonOut();
        var check = new Command("check", "逐一走遍流程定义的各种走法，核验有无走不到头、丢失文件、重复待办或先后颠倒") { file, svg, json };
        check.SetAction(parsed => Check(terminal, parsed.GetValue(file), parsed.GetValue(svg), parsed.GetValue(json)));
        return new Command("flow", "流程定义") { check };
    }

    private static int Check(Terminal terminal, string? path, string? svg, bool json)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "workflows");
        IReadOnlyList<LawFlaw> flaws;
        var looked = "";
        if (path is null || Directory.Exists(path))
        {
            (flaws, var definitions, var profiles) = FlowCheck.Folder(path ?? shipped);
            looked = $"{definitions} 个流程定义、{profiles} 个规则包";
        }
        else if (File.Exists(path))
        {
            flaws = FlowCheck.Definition(File.ReadAllText(path), Path.GetFileName(path), Laws.Read(shipped));
            looked = Path.GetFileName(path);
        }
        else
        {
            return terminal.Refuse(Error.Invalid("flow.file", $"找不到文件“{path}”。", "FILE"), json);
        }

        if (json) terminal.PrintJson(flaws.Select(f => new { f.File, f.Place, f.Message, Code = f.Way?.Failure.Code, Way = f.Way?.Walk.Choices.Select(c => c.ToString()) }).ToArray());
        else Say(terminal, flaws, looked);
        if (svg is not null) Draw(terminal, flaws, svg);
        return flaws.Count == 0 ? Exit.Done : Exit.Refused;
    }

    private static void Say(Terminal terminal, IReadOnlyList<LawFlaw> flaws, string looked)
    {
        if (flaws.Count == 0) terminal.Out.Write($"已核验{looked}，未发现问题。\n");
        foreach (var flaw in flaws)
        {
            terminal.Out.Write($"{flaw}\n");
            if (flaw is not { Definition: { } definition, Way: { } way }) continue;
            for (var i = 0; i < way.Walk.Choices.Count; i++)
                terminal.Out.Write($"    {i + 1}. {definition[way.Walk.Choices[i].NodeId].Name}：{OutcomeWords.Of(way.Walk.Choices[i].Outcome)}\n");
        }
    }

    private static void Draw(Terminal terminal, IReadOnlyList<LawFlaw> flaws, string path)
    {
        var drawn = flaws.Select(f => f.Svg()).OfType<string>().ToList();
        for (var i = 0; i < drawn.Count; i++)
        {
            var to = i == 0 ? path : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{i + 1}{Path.GetExtension(path)}");
            File.WriteAllText(to, drawn[i] + "\n");
            terminal.Err.WriteLine($"走法已画入 {to}。");
        }

        if (drawn.Count == 0) terminal.Err.WriteLine(flaws.Count == 0 ? "没有问题，没有作图。" : "所发现的问题不是某一走法的问题，没有作图。");
    }
}
