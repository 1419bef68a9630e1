namespace Filing.Features.Supervision;

/// <summary>Something to be delivered.</summary>
/// <param name="Key">The same at every repetition: the receiver acts once on a key.</param>
/// <param name="Payload">What is delivered, in the channel's own JSON.</param>
/// <param name="CreatedAt">When it was put into the outbox, by the clock of the law.</param>
public sealed record Delivery(string Key, string Payload, DateTimeOffset CreatedAt);

/// <summary>
/// A way out of the system. Deliveries come at least once: a repetition has the same key. A failure is any exception; it is kept with the
/// delivery and tried again later.
/// </summary>
public interface IDeliveryChannel
{
    /// <summary>Its name in the outbox.</summary>
    string Name { get; }

    /// <summary>How long to wait after a first failure; doubled at each further one.</summary>
    TimeSpan FirstWait => TimeSpan.FromSeconds(30);

    /// <summary>Hands one delivery over; when it returns, the other side has it.</summary>
    Task DeliverAsync(Delivery delivery, CancellationToken ct);
}
