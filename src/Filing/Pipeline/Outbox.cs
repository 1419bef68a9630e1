using System.Text.Json;

namespace Filing.Pipeline;

/// <summary>A message to a person.</summary>
/// <param name="To">The address.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Body">Plain text.</param>
public sealed record Mail(string To, string Name, string Subject, string Body);

/// <summary>
/// What leaves the system lies here until it is delivered, written in the transaction of what caused it. A first attempt has no time set: the
/// clock of the law may be shifted, and attempts are made in real time.
/// </summary>
public static class Outbox
{
    /// <summary>The channel of mails.</summary>
    public const string Mail = "mail";

    /// <summary>Puts a mail into the outbox. The key makes the receiver able to see a repetition, and a second put fails.</summary>
    public static Task MailAsync(Work work, string key, Mail mail) => work.Db.ExecuteAsync(
        """
        -- Pipeline/Outbox: a message to deliver
        INSERT INTO Outbox (Id, DeliveryKey, Channel, Payload, CreatedAt, Attempts, NextAttemptAt)
        VALUES (@Id, @key, 'mail', @Payload, @Now, 0, NULL)
        """,
        new { Id = Work.NewId(), key, Payload = JsonSerializer.Serialize(mail, Json.Options), work.Now });
}
