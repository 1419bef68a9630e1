using System.Net.Sockets;
using Filing.Web;
using Filing.Web.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Filing.BrowserTests;

/// <summary>
/// The office of all journeys: a real server on a port of this machine with the demonstration in it, on a clock that stands on a Friday, and
/// one browser. Without Debian's chromium the journeys are skipped, and say so.
/// </summary>
[SetUpFixture]
internal sealed class Office
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static DirectoryInfo? _folder;
    private static Server? _server;
    private static IPlaywright? _playwright;

    /// <summary>The browser.</summary>
    public static IBrowser Browser { get; private set; } = null!;

    /// <summary>Where the server listens.</summary>
    public static Uri Address { get; private set; } = null!;

    /// <summary>The open register behind the server.</summary>
    public static Register Register => _server!.Register;

    /// <summary>Where screenshots are kept.</summary>
    public static string Screenshots { get; } = Path.Combine(Root(), "artifacts", "screenshots");

    [OneTimeSetUp]
    public static async Task OpenAsync()
    {
        if (Browsers.FirstOrDefault(File.Exists) is not { } chromium)
        {
            Assert.Ignore("chromium is not installed: the browser journeys are left out (tests/run installs it on Debian as root).");
            return;
        }

        _folder = Directory.CreateTempSubdirectory("filing-office-");
        var clock = ClockSetting.Parse("2026-11-20T09:00+08:00").Value;
        var opened = await Server.OpenAsync(
            new ServerStart(_folder.FullName, $"http://127.0.0.1:{FreePort()}", clock, "Development", TextWriter.Null),
            builder =>
            {
                builder.Configuration["Timers:IntervalSeconds"] = "3600";
                builder.Logging.ClearProviders();
            });
        Assert.That(opened.Error, Is.Null);
        _server = opened.Value;
        await _server.App.StartAsync();
        Address = new(_server.App.Urls.First());
        Directory.CreateDirectory(Screenshots);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    }

    [OneTimeTearDown]
    public static async Task CloseAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _folder?.Delete(true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Filing.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
