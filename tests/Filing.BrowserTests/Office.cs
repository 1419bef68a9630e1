using Filing.Web.Operations;
using Microsoft.Playwright;

namespace Filing.BrowserTests;

/// <summary>The office of all journeys: the premises that they share, and one browser. Without Debian's chromium the journeys are skipped, and say so.</summary>
[SetUpFixture]
internal sealed class Office
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static Premises? _premises;
    private static IPlaywright? _playwright;

    /// <summary>The browser.</summary>
    public static IBrowser Browser { get; private set; } = null!;

    /// <summary>Where the server listens.</summary>
    public static Uri Address => _premises!.Address;

    /// <summary>The open register behind the server.</summary>
    public static Register Register => _premises!.Register;

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

        _premises = await Premises.OpenAsync();
        Directory.CreateDirectory(Screenshots);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
    }

    [OneTimeTearDown]
    public static async Task CloseAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_premises is not null) await _premises.DisposeAsync();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Filing.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
