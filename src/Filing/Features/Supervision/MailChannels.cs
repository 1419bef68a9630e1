using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Filing.Data;
using Filing.Pipeline;

namespace Filing.Features.Supervision;

/// <summary>Where mail goes out: section <c>Mail</c> of the settings.</summary>
public sealed record MailSettings
{
    /// <summary>The SMTP server; without one, mails are written as files.</summary>
    public string? Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 25;

    /// <summary>The address that mails come from.</summary>
    public string From { get; init; } = "filing@localhost";

    /// <summary>The account at the server; null when it asks for none.</summary>
    public string? User { get; init; }

    /// <summary>The password of that account.</summary>
    public string? Password { get; init; }

    /// <summary>Whether to demand STARTTLS.</summary>
    public bool Tls { get; init; }
}

/// <summary>Mails by SMTP. The delivery key is in <c>X-Filing-Key</c> and makes the Message-ID, so that a repetition can be recognised.</summary>
public sealed class SmtpChannel(MailSettings settings) : IDeliveryChannel
{
    /// <inheritdoc/>
    public string Name => Outbox.Mail;

    /// <inheritdoc/>
    public async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        var mail = MailText.Read(delivery);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (settings.User is { Length: > 0 } user) client.Credentials = new NetworkCredential(user, settings.Password);
        using var message = new MailMessage(new MailAddress(settings.From, MailText.Sender, Encoding.UTF8), new MailAddress(mail.To, mail.Name, Encoding.UTF8))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = mail.Body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = System.Net.Mime.TransferEncoding.Base64,
        };
        message.Headers.Add("Message-ID", MailText.MessageId(delivery.Key, settings.From));
        message.Headers.Add(MailText.KeyHeader, MailText.Ascii(delivery.Key));
        await client.SendMailAsync(message, ct);
    }
}

/// <summary>
/// Mails as files, where there is no server: one <c>.eml</c> each, named for the delivery key, so that a repetition writes the same file again.
/// Whatever carries mail in the house can pick them up.
/// </summary>
public sealed class MailFolderChannel(string folder, string from, IFileSystem files) : IDeliveryChannel
{
    /// <inheritdoc/>
    public string Name => Outbox.Mail;

    /// <inheritdoc/>
    public async Task DeliverAsync(Delivery delivery, CancellationToken ct)
    {
        var text = MailText.Eml(MailText.Read(delivery), delivery, from);
        files.CreateFolder(folder);
        files.SyncFolder(Path.GetDirectoryName(folder)!);
        var (path, part) = (Path.Combine(folder, FileName(delivery.Key)), Path.Combine(folder, $"{Guid.CreateVersion7():N}.part"));
        try
        {
            await using (var file = files.Create(part))
            {
                await file.WriteAsync(Encoding.ASCII.GetBytes(text), ct);
                files.SyncFile(file);
            }

            files.Move(part, path);
            files.SyncFolder(folder);
        }
        catch
        {
            files.Delete(part);
            throw;
        }
    }

    /// <summary>The name of the file of a key: readable, and different for different keys.</summary>
    public static string FileName(string key)
    {
        var safe = string.Concat(key.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
        return $"{safe}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..8]}.eml";
    }
}

/// <summary>A mail as text.</summary>
internal static class MailText
{
    public const string KeyHeader = "X-Filing-Key";

    public const string Sender = "规范性文件管理系统";

    /// <summary>The mail of a delivery, with nothing in its headers that could begin another header.</summary>
    public static Mail Read(Delivery delivery)
    {
        var mail = JsonSerializer.Deserialize<Mail>(delivery.Payload, Json.Options)!;
        return mail with { Name = OneLine(mail.Name), Subject = OneLine(mail.Subject), To = new MailAddress(mail.To).Address };
    }

    /// <summary>The Message-ID of a key: the same at every repetition.</summary>
    public static string MessageId(string key, string from) =>
        $"<{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]}@{new MailAddress(from).Host}>";

    /// <summary>A key as it may stand in a header.</summary>
    public static string Ascii(string text) => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? c : '_'));

    /// <summary>The mail by RFC 5322, in ASCII: encoded words (RFC 2047) in the headers, base64 in the body.</summary>
    public static string Eml(Mail mail, Delivery delivery, string from)
    {
        var text = new StringBuilder();
        Header("From", $"{Words(Sender)} <{from}>");
        Header("To", $"{Words(mail.Name)} <{mail.To}>");
        Header("Subject", Words(mail.Subject));
        Header("Date", delivery.CreatedAt.ToOffset(LegalClock.China).ToString("ddd, dd MMM yyyy HH:mm:ss '+0800'", System.Globalization.CultureInfo.InvariantCulture));
        Header("Message-ID", MessageId(delivery.Key, from));
        Header(KeyHeader, Ascii(delivery.Key));
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/plain; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Body.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < body.Length; at += 76) text.Append(body.AsSpan(at, Math.Min(76, body.Length - at))).Append("\r\n");
        return text.ToString();

        void Header(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Encoded words of at most 75 characters, folded; a character is never cut in two.</summary>
    private static string Words(string text)
    {
        var (words, piece, size) = (new List<string>(), new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (size + rune.Utf8SequenceLength > 45) Flush();
            piece.Append(rune.ToString());
            size += rune.Utf8SequenceLength;
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            if (piece.Length > 0) words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece.ToString()))}?=");
            piece.Clear();
            size = 0;
        }
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
