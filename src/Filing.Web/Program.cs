using Filing.Web.CommandLine;

namespace Filing.Web;

/// <summary>The program <c>filing</c>: a table of its verbs. Without a verb it serves.</summary>
public static class Program
{
    /// <summary>Runs a verb; the answer is its exit code (<see cref="Exit"/>).</summary>
    public static Task<int> Main(string[] args) => RunAsync(args, Terminal.OfProcess());

    internal static Task<int> RunAsync(string[] args, Terminal terminal) => new Verbs(terminal)
    {
        ServeVerb.Make,
        MigrateVerb.Make,
        MoveVerb.Make,
        AccountVerb.Make,
        DoVerb.Make,
        VerbsVerb.Make,
        DueVerb.Make,
        FlowVerb.Make,
        ProfilesVerb.Make,
        NumberVerb.Make,
        ReadVerb.Make,
        StatusVerb.Make,
        SeriesVerb.Make,
        RehearseVerb.Make,
        SeedVerb.Make,
        VerifyVerb.Make,
        SelfTestVerb.Make,
    }.RunAsync(args);
}
