using System.CommandLine;
using System.CommandLine.Invocation;
using Filing.Data;
using Filing.Web.CommandLine;

namespace Filing.Web.Operations;

/// <summary>Which program this is: its version, its edition, and which hosts of workflows and sweeps it holds.</summary>
public static class Edition
{
#if FULL_EDITION
    /// <summary><c>Core</c>, or <c>Full</c> with Elsa's and Hangfire's packages.</summary>
    public const string Name = "Full";
#else
    /// <summary><c>Core</c>, or <c>Full</c> with Elsa's and Hangfire's packages.</summary>
    public const string Name = "Core";
#endif

    /// <summary>The version, as the schema journal records it too.</summary>
    public static string Version => Migrator.ProgramVersion;

    /// <summary>The runners of workflows that this program holds; the first is the default.</summary>
    public static IReadOnlyList<string> WorkflowHosts { get; } = Filing.Elsa.ElsaHost.Included ? [BuiltIn, Filing.Elsa.ElsaHost.Name] : [BuiltIn];

    /// <summary>The host of sweeps that every edition holds: hosted services of this process.</summary>
    public const string BuiltIn = "BuiltIn";

    /// <summary>The hosts of sweeps that this program holds; the first is the default.</summary>
#if FULL_EDITION
    public static IReadOnlyList<string> SweepHosts { get; } = [BuiltIn, "Hangfire"];
#else
    public static IReadOnlyList<string> SweepHosts { get; } = [BuiltIn];
#endif

    /// <summary><c>--version</c>.</summary>
    internal sealed class Print(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            terminal.Out.Write($"filing {Version} {Name}\n");
            return Exit.Done;
        }
    }
}
