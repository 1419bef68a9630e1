using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Filing.Tests.CommandLine;
using Filing.Tests.Data;
using Filing.Tests.Data.Sql;
using Filing.Web.CommandLine;
using Filing.Web.Operations;

namespace Filing.Tests.Web;

/// <summary>What goes to a machine fits the program: the units of systemd, and the files that are published.</summary>
[TestFixture]
internal sealed class DeploymentTests
{
    // What tells one register of a machine from another.
    private static readonly string[] Names = ["Description", "User", "Group", "StateDirectory", "WorkingDirectory", "NoExecPaths", "EnvironmentFile"];

    [Test, Platform("Linux")]
    public async Task The_program_starts_as_the_unit_says_and_tells_systemd_when_it_serves_and_when_it_stops()
    {
        var unit = Unit("filing.service");
        var command = unit["ExecStart"].Single().Split(' ');
        using var folder = new TempFolder();
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        var start = new ProcessStartInfo(Cli.Executable, command.Skip(1).Select(a => a == "${STATE_DIRECTORY}" ? folder["data"] : a)) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in unit["Environment"].Select(e => (e.Split('=')[0], e.Split('=')[1]))) start.Environment[name] = value;
        (start.Environment["ASPNETCORE_URLS"], start.Environment["NOTIFY_SOCKET"]) = ("http://127.0.0.1:0", folder["notify"]);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        var serving = Told(systemd);
        await Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExitAsync();
        var stopping = Told(systemd);
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

        Assert.That(unit["Type"], Is.EqualTo((string[])["notify"]));
        Assert.That(command[0], Is.EqualTo("/opt/filing/filing"));
        Assert.That((serving, stopping, process.ExitCode), Is.EqualTo(("READY=1", "STOPPING=1", Exit.Done)), await errors);
        Assert.That(await output, Does.Contain("Now listening"));
    }

    [Test]
    public void The_unit_of_one_register_and_that_of_several_differ_in_names_only()
    {
        var (one, several) = (Unit("filing.service"), Unit("filing@.service"));

        Assert.That(Rest(several), Is.EqualTo(Rest(one)));
        Assert.That(Names.Select(n => several[n].Single()), Has.All.Contains("%i"));
        Assert.That(one["Environment"].Except(several["Environment"]), Is.EqualTo((string[])["ASPNETCORE_URLS=http://127.0.0.1:5080"]), "each of several names its own port");
    }

    [Test]
    public async Task What_is_published_holds_law_schema_and_units_and_nothing_of_the_build()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        string[] arguments = ["msbuild", Repository.Folder("src/Filing.Web"), "-t:PrepareProjectReferences;ComputeResolvedFilesToPublishList", "-getItem:ResolvedFileToPublish", $"-p:Edition={Edition.Name}"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var answer = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        var published = answer.RootElement.GetProperty("Items").GetProperty("ResolvedFileToPublish").EnumerateArray().Select(f => f.GetProperty("RelativePath").GetString()!.Replace('\\', '/')).ToHashSet();

        Assert.That(Below("workflows", "*.json").Concat(Below("sql", "*.sql")).Concat(Below("deploy", "*")), Is.SubsetOf(published));
        Assert.That(published, Does.Contain("appsettings.json"));
        Assert.That(published.Where(f => f.EndsWith(".lock.json", StringComparison.Ordinal)), Is.Empty);
    }

    private static ILookup<string, string> Unit(string name) => File.ReadLines(Repository.Folder($"deploy/{name}"))
        .Where(l => l.Contains('=', StringComparison.Ordinal) && l[0] != '#').Select(l => l.Split('=', 2)).ToLookup(l => l[0], l => l[1]);

    private static IEnumerable<string> Rest(ILookup<string, string> unit) =>
        unit.Where(d => !Names.Contains(d.Key) && d.Key != "Environment").SelectMany(d => d.Select(v => $"{d.Key}={v}")).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.EnumerateFiles(Repository.Folder(folder), pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'));

    private static string Told(Socket systemd)
    {
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, systemd.Receive(buffer));
    }
}
