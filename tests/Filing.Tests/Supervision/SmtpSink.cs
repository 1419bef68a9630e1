using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Filing.Tests.Supervision;

/// <summary>A mail server of a few lines: it takes every mail on a port of its own and keeps it; it can be told to refuse.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly List<string> _mails = [];

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers 451 to every mail while it is set.</summary>
    public bool Refusing { get; set; }

    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (_mails) return [.. _mails];
        }
    }

    /// <summary>The value of a header of a mail, unfolded.</summary>
    public static string? Header(string mail, string name)
    {
        var head = mail[..mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return head.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
    }

    /// <summary>A receiver that acts once on a key, however often it is told.</summary>
    public int ActedOn(string key) => Mails.Where(m => Header(m, "X-Filing-Key") == key).Select(m => Header(m, "Message-ID")).Distinct().Count();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }

            if (verb == "MAIL" && Refusing)
            {
                await writer.WriteLineAsync("451 come again");
                continue;
            }

            await writer.WriteLineAsync(verb == "DATA" ? "354 go on" : "250 ok");
            if (verb != "DATA") continue;
            var mail = new StringBuilder();
            while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") mail.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
            lock (_mails) _mails.Add(mail.ToString());
            await writer.WriteLineAsync("250 taken");
        }
    }
}
