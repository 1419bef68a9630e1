using System.Net.Sockets;
using System.Text;

namespace Filing.Web.Operations;

/// <summary>Tells systemd, where it started this process as <c>Type=notify</c>, that the server takes requests and that it begins to stop (sd_notify).</summary>
internal static class SystemdNotice
{
    /// <summary>Tells it of a server. Nothing is said where the environment names no socket.</summary>
    public static void Follow(IHostApplicationLifetime lifetime, ILogger log)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } socket) return;
        lifetime.ApplicationStarted.Register(() => Say(socket, "READY=1", log));
        lifetime.ApplicationStopping.Register(() => Say(socket, "STOPPING=1", log));
    }

    private static void Say(string socket, string state, ILogger log)
    {
        try
        {
            using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name that begins with @ is none of the file system.
            sender.Connect(new UnixDomainSocketEndPoint(socket[0] == '@' ? $"\0{socket[1..]}" : socket));
            sender.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException e)
        {
            log.LogWarning(e, "systemd could not be told {State}.", state);
        }
    }
}
