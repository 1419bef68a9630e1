using System.Diagnostics;
using System.Text.RegularExpressions;
using Filing.Tests.Support;
using Filing.Web.CommandLine;

namespace Filing.Tests.CommandLine;

/// <summary>What a verb answered.</summary>
internal sealed record Answer(int Code, string Out, string Err);

/// <summary>Runs the program: in this process, or as the built executable.</summary>
internal static partial class Cli
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

    /// <summary>Starts the executable as a server; answers when it listens, and where. What it says further is read and forgotten, so that it never waits for a reader.</summary>
    public static async Task<(Process Process, Uri Address)> ServeAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(Executable, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        start.Environment.Remove("FILING_DATA");
        var process = Process.Start(start)!;
        var address = await AddressAsync(process);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return (process, address);
    }

    /// <summary>Reads what a server says until it says where it listens.</summary>
    public static async Task<Uri> AddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match) return new Uri(match.Value);
        }

        throw new AssertionException(await process.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
