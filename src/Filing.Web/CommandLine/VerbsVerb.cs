using System.CommandLine;
using Filing.Pipeline;

namespace Filing.Web.CommandLine;

/// <summary><c>filing verbs</c>: what <c>filing do</c>, scenarios and the API can send.</summary>
internal static class VerbsVerb
{
    public static Command Make(Terminal terminal)
    {
        var json = RegisterVerb.JsonOut();
        var command = new Command("verbs", "列出可以办理的全部动作") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                terminal.PrintJson(CommandCatalogue.All.Select(c => new { c.Name, c.Summary, c.Area, c.Once, c.Finishes }).ToArray());
                return;
            }

            var width = CommandCatalogue.All.Max(c => c.Name.Length);
            foreach (var verb in CommandCatalogue.All) terminal.Out.Write($"{verb.Name.PadRight(width)}  {verb.Summary}（{verb.Area}）\n");
        });
        return command;
    }
}
