using System.Net.Sockets;
using Filing.Web;
using Filing.Web.Operations;
using Microsoft.Extensions.Logging;

namespace Filing.BrowserTests;

/// <summary>A real server on a port of this machine with the demonstration in it, on a clock that begins on a Friday.</summary>
internal sealed class Premises : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Server _server;

    private Premises(DirectoryInfo folder, Server server) => (_folder, _server) = (folder, server);

    /// <summary>Where the server listens.</summary>
    public Uri Address => new(_server.App.Urls.First());

    /// <summary>The open register behind the server.</summary>
    public Register Register => _server.Register;

    /// <summary>Opens it.</summary>
    public static async Task<Premises> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("filing-office-");
        var opened = await Server.OpenAsync(
            new ServerStart(folder.FullName, $"http://127.0.0.1:{FreePort()}", ClockSetting.Parse("2026-11-20T09:00+08:00").Value, "Development", TextWriter.Null),
            builder =>
            {
                builder.Configuration["Timers:IntervalSeconds"] = "3600";
                builder.Logging.ClearProviders();
            });
        Assert.That(opened.Error, Is.Null);
        await opened.Value.App.StartAsync();
        return new(folder, opened.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
