using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace Filing.Web.CommandLine;

/// <summary>Says the library's help in Chinese throughout: it translates some of its words and not others. What is typed stays as it is typed.</summary>
internal sealed partial class Help(HelpAction inner) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    private static readonly (string Said, string Meant)[] Words =
    [
        ("Description:", "说明:"), ("(REQUIRED)", "（必填）  "), ("[default: ", "[默认 "), ("[command]", "[动作]"), ("[options]", "[选项]"),
    ];

    /// <summary>Puts itself in the place of the help of a command and of all below it.</summary>
    public static void In(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        (option.Description, option.Action) = ("显示帮助", new Help((HelpAction)option.Action!));
        root.Options.OfType<VersionOption>().Single().Description = "显示版本";
    }

    /// <summary>What the library says of an argument that it cannot use, in Chinese and once ended.</summary>
    public static string Say(string error) =>
        Unparsed().Replace(Required().Replace(error, "缺少必填选项 $1。"), "选项 $2 的值“$1”写法不对。").Replace("“'", "“", StringComparison.Ordinal).Replace("'”", "”", StringComparison.Ordinal).TrimEnd('.', '。') + "。";

    [GeneratedRegex("^Option '([^']+)' is required\\.$", RegexOptions.CultureInvariant)]
    private static partial Regex Required();

    [GeneratedRegex("^Cannot parse argument '([^']*)' for option '([^']+)' as expected type .*$", RegexOptions.CultureInvariant)]
    private static partial Regex Unparsed();

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var (configuration, page) = (parseResult.InvocationConfiguration, new StringWriter());
        var output = configuration.Output;
        configuration.Output = page;
        var code = inner.Invoke(parseResult);
        configuration.Output = output;
        output.Write(Words.Aggregate(page.ToString(), (text, word) => text.Replace(word.Said, word.Meant, StringComparison.Ordinal)));
        return code;
    }
}
