using System.Diagnostics;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary>What a verb answered.</summary>
internal sealed record Answer(int Code, string Out, string Err);

/// <summary>Runs the program: in this process, or as the built executable.</summary>
internal static class Cli
{
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "filing.exe" : "filing");

    public static Task<Answer> Run(params string[] args) => RunWith("", args);

    public static async Task<Answer> RunWith(string stdin, params string[] args)
    {
        if (args.SkipWhile(a => a != "--data").Skip(1).FirstOrDefault() is { } folder) await TestDatabase.PrepareAsync(folder);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await Filing.Web.Program.RunAsync(args, new Terminal(new StringReader(stdin), output, errors));
        return new(code, output.ToString(), errors.ToString());
    }

    /// <summary>Runs a verb that must come through, and answers what it printed, without the line's end.</summary>
    public static async Task<string> Done(params string[] args)
    {
        var answer = await Run(args);
        Assert.That(answer.Code, Is.EqualTo(Exit.Done), answer.Err);
        return answer.Out.TrimEnd('\n');
    }

    public static Process Start(string executable, params string[] args)
    {
        var start = new ProcessStartInfo(executable, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment.Remove("FILING_DATA");
        return Process.Start(start)!;
    }
}
