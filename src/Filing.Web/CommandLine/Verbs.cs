using System.Collections;
using System.CommandLine;
using System.Globalization;
using Filing.Domain;
using Filing.Web.Operations;
using Filing.Workflows;
using Microsoft.Data.Sqlite;

namespace Filing.Web.CommandLine;

/// <summary>The verbs of the program, and the edge at which what they throw becomes one message and an exit code.</summary>
internal sealed class Verbs(Terminal terminal) : IEnumerable<Command>
{
    private readonly RootCommand _root = new("规范性文件备案登记系统。不写动作即为 serve。");

    /// <summary>Adds a verb.</summary>
    public void Add(Func<Terminal, Command> make) => _root.Add(make(terminal));

    /// <summary>Runs the verb that the arguments name.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-Hans");
        Help.In(_root);
        _root.Options.OfType<VersionOption>().Single().Action = new Edition.Print(terminal);
        // No response files: an argument that begins with @ is a file for the verb itself.
        var parsed = _root.Parse(WithVerb(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) return Misused(parsed);
        try
        {
            // The server ends by its own handling of signals; every other verb may end anywhere, since what it does is in transactions.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = terminal.Out, Error = terminal.Err, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e)
        {
            terminal.Err.WriteLine(Say(e));
            return Exit.Refused;
        }
        finally
        {
            await terminal.Out.FlushAsync();
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Command> GetEnumerator() => _root.Subcommands.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string[] WithVerb(string[] args) => args switch
    {
        [] => ["serve"],
        ["--help" or "-h" or "-?" or "--version", ..] => args,
        [['-', ..], ..] => ["serve", .. args],
        _ => args,
    };

    private int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) terminal.Err.WriteLine(Help.Say(error.Message));
        terminal.Err.WriteLine("用法见 filing --help。");
        return Exit.Misuse;
    }

    /// <summary>The law's data, the folder and the port are the administrator's business: one message. Anything else is a bug and is shown whole.</summary>
    private static string Say(Exception e) => e switch
    {
        LawDataException law => $"规则数据有误，未能启动。文件：{law.File}；位置：{law.Path}；原因：{law.Reason}",
        DefinitionException definition => $"流程定义有误，未能启动。文件：{definition.File}；位置：{definition.Node ?? "$"}；原因：{definition.Problem}",
        SqliteException { SqliteErrorCode: 26 or 11 } => $"数据文件夹中的 filing.db 不是可用的数据库，或已损坏：{e.Message}",
        SqliteException { SqliteErrorCode: 14 or 8 or 13 or 10 } or IOException or UnauthorizedAccessException => $"无法使用文件、数据文件夹或网络地址：{e.Message}",
        OperationCanceledException => "已取消。",
        _ => $"程序出错，请把以下内容交给维护人员：\n{e}",
    };
}
