using System.CommandLine;
using Filing.Domain;

namespace Filing.Web.CommandLine;

/// <summary><c>filing number</c>: the canonical writing of document numbers, one line a text; an error code where a text is none.</summary>
internal static class NumberVerb
{
    public static Command Make(Terminal terminal)
    {
        var texts = new Argument<string[]>("TEXT") { Description = "发文字号或统一登记号", Arity = ArgumentArity.OneOrMore };
        var json = RegisterVerb.JsonOut();
        var command = new Command("number", "识别并规范文号") { texts, json };
        command.SetAction(parsed =>
        {
            var answers = parsed.GetRequiredValue(texts).Select(Answer.Of).ToArray();
            if (parsed.GetValue(json)) terminal.PrintJson(answers);
            else foreach (var answer in answers) terminal.Out.Write((answer.Canonical ?? answer.Error) + "\n");
            return answers.Any(a => a.Error is not null) ? Exit.Refused : Exit.Done;
        });
        return command;
    }

    private sealed record Answer(string Text, string? Kind, string? Canonical, int? Year, string? Error, string? Message)
    {
        public static Answer Of(string text) => DocumentNumber.TryParse(text, out var number, out var error)
            ? new(text, Kebab.Of(number.Kind), number.Text, number.Year, null, null)
            : new(text, null, null, null, error.Code, error.Message);
    }
}
