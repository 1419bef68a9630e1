using System.Runtime.CompilerServices;
using Filing.Features.Drafting.Intake;

namespace Filing.Tests.Drafting.Intake;

/// <summary>The official pages beside the repository; a clone without them skips the tests that need them, visibly.</summary>
internal static class Seeds
{
    public static IReadOnlyList<DocumentProposal> Papers(string number) => DraftProposals.Read(Document(number));

    public static ReadDocument Document(string number)
    {
        var folder = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "seeds"));
        var file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, number + "_*.txt").FirstOrDefault() : null;
        if (file is null) Assert.Ignore($"../shared/seeds/{number}_*.txt is not here.");
        using var stream = File.OpenRead(file!);
        return new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(stream, file, CancellationToken.None).GetAwaiter().GetResult().Value;
    }

    private static string Root([CallerFilePath] string here = "")
    {
        // A deterministic build maps the path of the source; the test's own folder leads home as well.
        foreach (var start in new[] { Path.GetDirectoryName(here), AppContext.BaseDirectory })
            for (var at = start; at is not null; at = Path.GetDirectoryName(at))
                if (File.Exists(Path.Combine(at, "Filing.sln"))) return at;
        throw new DirectoryNotFoundException("Filing.sln");
    }
}
