using System.CommandLine;
using Filing.Audit;
using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Web.CommandLine;

/// <summary>
/// <c>filing profiles check [FILE…]</c>: whether profiles may be used, without a register; exit code 1 when one may not. <c>filing profiles rehearse FILE</c>: what the last
/// years of a register would have been under a draft.
/// </summary>
internal static class ProfilesVerb
{
    public static Command Make(Terminal terminal) => new("profiles", "规则包") { Check(terminal), Rehearse(terminal) };

    private static Command Check(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE") { Description = "规则包文件；不写则核验随程序附带的全部", Arity = ArgumentArity.ZeroOrMore };
        var json = RegisterVerb.JsonOut();
        var command = new Command("check", "核验规则包：写法、出处、继承关系，以及流程定义是否按它的先后次序办理") { files, json };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(files) is { Length: > 0 } given ? given : [.. Directory.EnumerateFiles(Path.Combine(Shipped, "profiles"), "*.json").Order(StringComparer.Ordinal)];
            if (named.FirstOrDefault(f => !File.Exists(f)) is { } missing) return terminal.Refuse(Missing(missing), parsed.GetValue(json));
            if (!Shipping(terminal, parsed.GetValue(json), out var laws)) return Exit.Refused;
            var checkedFiles = named.Select(f => (File: f, Found: FlowCheck.Profile(File.ReadAllText(f), Path.GetFileName(f), laws))).ToList();
            var flaws = checkedFiles.SelectMany(c => c.Found.Flaws).ToList();
            if (parsed.GetValue(json)) terminal.PrintJson(flaws.Select(f => new { f.File, Path = f.Place, f.Message }).ToArray());
            else if (flaws.Count == 0) terminal.Out.Write($"已核验 {checkedFiles.Count} 个规则包，未发现问题。\n");
            else foreach (var flaw in flaws) terminal.Out.Write($"{flaw}\n");
            return flaws.Count == 0 ? Exit.Done : Exit.Refused;
        });
        return command;
    }

    private static Command Rehearse(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "规则包草案" };
        var years = new Option<int>("--years") { Description = "往前几年，1 至 20", DefaultValueFactory = _ => 3 };
        var (data, json) = (RegisterVerb.Data(), RegisterVerb.JsonOut());
        var command = new Command("rehearse", "用规则包草案重演登记簿近年的文件：谁会逾期，哪一步会被拦下，哪些会失效") { file, years, data, json };
        command.SetAction((parsed, ct) =>
        {
            var (path, span) = (parsed.GetValue(file)!, parsed.GetValue(years));
            if (!File.Exists(path)) return Task.FromResult(terminal.Refuse(Missing(path), parsed.GetValue(json)));
            if (span is < 1 or > 20) return Task.FromResult(terminal.Refuse(Error.Invalid("profiles.years", $"年数应为 1 至 20 的整数，不能是 {span}。", "--years"), parsed.GetValue(json)));
            return RegisterVerb.RunAsync(
                terminal,
                parsed.GetRequiredValue(data),
                async (register, token) =>
                {
                    var (flaws, draft) = FlowCheck.Profile(await File.ReadAllTextAsync(path, token), Path.GetFileName(path), register.Laws);
                    if (flaws is [var flaw, ..]) return terminal.Refuse(Error.Invalid("profiles.flawed", $"{flaw}。", "FILE"), parsed.GetValue(json));
                    if (draft is null) return terminal.Refuse(Error.Refused("profiles.abstract", "该规则包只供其他规则包继承，自身不适用于任何文件。"), parsed.GetValue(json));
                    var rehearsed = await new ProfileRehearsal(register.Database, register.Laws, register.Clock).RunAsync(draft, span, token);
                    if (parsed.GetValue(json)) terminal.PrintJson(rehearsed);
                    else Say(terminal, draft, rehearsed);
                    return Exit.Done;
                },
                ct);
        });
        return command;
    }

    private static void Say(Terminal terminal, Profile draft, Rehearsed rehearsed)
    {
        terminal.Out.Write($"按“{draft.Name}”第 {draft.Version} 版草案，重演{ChineseDate.Format(rehearsed.Since)}以来的文件 {rehearsed.Replayed} 件：\n");
        foreach (var group in rehearsed.Changes.GroupBy(c => c.Effect).OrderBy(g => g.Key))
        {
            terminal.Out.Write($"{Word(group.Key)} {group.Count()} 项\n");
            foreach (var change in group) terminal.Out.Write($"  《{change.Title}》{change.Step}：{change.Message}。据{change.Source}\n");
        }

        if (rehearsed.Changes.Count == 0) terminal.Out.Write("没有哪一件会有不同。\n");
        foreach (var row in rehearsed.Unreadable) terminal.Err.WriteLine(row);
    }

    private static string Word(RehearsedEffect effect) => effect switch
    {
        RehearsedEffect.Late => "会逾期",
        RehearsedEffect.InTime => "不再逾期",
        RehearsedEffect.Blocked => "会被拦下",
        RehearsedEffect.Lapsed => "会失效",
        RehearsedEffect.StillInForce => "仍会有效",
    };

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "workflows");

    private static Error Missing(string path) => Error.Invalid("profiles.file", $"找不到文件“{path}”。", "FILE");

    private static bool Shipping(Terminal terminal, bool json, out Laws laws)
    {
        try
        {
            laws = Laws.Read(Shipped);
            return true;
        }
        catch (LawDataException e)
        {
            terminal.Refuse(Error.Refused("profiles.shipped", e.Message), json);
            laws = null!;
            return false;
        }
    }
}
