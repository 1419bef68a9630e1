using System.Collections.Frozen;
using Filing.Data;
using Filing.Pipeline;
using Microsoft.Extensions.Logging;

namespace Filing.Features.Supervision;

/// <summary>
/// Delivers what lies in the outbox, after the commit that put it there, at least once: a delivery is leased in one transaction, sent outside of any,
/// and marked in another. A process that dies in between leaves the lease to run out, and the next one delivers again under the same key.
/// </summary>
/// <param name="database">Where the outbox is.</param>
/// <param name="channels">The ways out.</param>
/// <param name="clock">The clock of the law, for the moment of delivery that the record shows.</param>
/// <param name="time">Real time, for attempts.</param>
/// <param name="log">Each failure is logged once.</param>
public sealed class OutboxDelivery(Database database, IEnumerable<IDeliveryChannel> channels, LegalClock clock, TimeProvider time, ILogger<OutboxDelivery> log)
{
    /// <summary>How many deliveries are leased at a time.</summary>
    public const int Batch = 20;

    private readonly FrozenDictionary<string, IDeliveryChannel> _channels = channels.ToFrozenDictionary(c => c.Name);

    /// <summary>How long one attempt may take; a batch of the slowest fits into a lease.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How long nobody else takes a delivery that is under way.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait after so many failures: the channel's first wait, doubled each time, at most an hour.</summary>
    public static TimeSpan WaitAfter(int attempts, TimeSpan first) => TimeSpan.FromSeconds(Math.Min(3600, first.TotalSeconds * Math.Pow(2, Math.Clamp(attempts, 1, 16) - 1)));

    /// <summary>Delivers whatever is due now.</summary>
    /// <param name="ct">Stops; what was not marked is delivered again when its lease has run out.</param>
    public Task<DeliveryPass> RunAsync(CancellationToken ct = default) => RunAsync(null, ct);

    /// <summary>Delivers what is due now on one channel.</summary>
    /// <param name="channel">Which; null for all.</param>
    /// <param name="ct">Stops; what was not marked is delivered again when its lease has run out.</param>
    public async Task<DeliveryPass> RunAsync(string? channel, CancellationToken ct = default)
    {
        var (delivered, failed) = (0, 0);
        // Asked every few seconds: nothing is written while nothing is due.
        if (!await AnyDueAsync(channel, ct)) return new DeliveryPass(0, 0);
        while (true)
        {
            var leased = await LeaseAsync(channel, ct);
            foreach (var item in leased)
            {
                if (await DeliverAsync(item, ct)) delivered++;
                else failed++;
            }

            if (leased.Count < Batch) return new DeliveryPass(delivered, failed);
        }
    }

    /// <summary>What waits in the outbox.</summary>
    public Task<OutboxState> StateAsync(CancellationToken ct = default) => database.ReadAsync(async db => (await db.QuerySingleOrDefaultAsync<OutboxState>(
        """
        -- Supervision/OutboxDelivery: what waits
        SELECT COUNT(*) AS Waiting, COALESCE(SUM(CASE WHEN LastError IS NULL THEN 0 ELSE 1 END), 0) AS Failing FROM Outbox WHERE DeliveredAt IS NULL
        """))!, ct);

    private Task<bool> AnyDueAsync(string? channel, CancellationToken ct) => database.ReadAsync(async db => await db.ScalarAsync<int>(
        """
        -- Supervision/OutboxDelivery: is anything due?
        SELECT COUNT(*) FROM Outbox WHERE DeliveredAt IS NULL AND (NextAttemptAt IS NULL OR NextAttemptAt <= @now) AND (@channel IS NULL OR Channel = @channel)
        """,
        new { now = time.GetUtcNow(), channel }) > 0, ct);

    private Task<IReadOnlyList<Leased>> LeaseAsync(string? channel, CancellationToken ct) => database.WriteAsync<IReadOnlyList<Leased>>(async db =>
    {
        var now = time.GetUtcNow();
        var due = await db.QueryAsync<Leased>(
            db.Dialect.Page(
                """
                -- Supervision/OutboxDelivery: what is due
                SELECT Id, DeliveryKey, Channel, Payload, CreatedAt, Attempts FROM Outbox
                WHERE DeliveredAt IS NULL AND (NextAttemptAt IS NULL OR NextAttemptAt <= @now) AND (@channel IS NULL OR Channel = @channel)
                ORDER BY CreatedAt, Id
                """),
            new { now, channel, Skip = 0, Take = Batch });
        var mine = new List<Leased>(due.Count);
        foreach (var item in due)
        {
            var taken = await db.ExecuteAsync(
                """
                -- Supervision/OutboxDelivery: lease a delivery, once
                UPDATE Outbox SET Attempts = Attempts + 1, NextAttemptAt = @until WHERE Id = @Id AND Attempts = @Attempts AND DeliveredAt IS NULL
                """,
                new { item.Id, item.Attempts, until = now + Lease });
            if (taken == 1) mine.Add(item with { Attempts = item.Attempts + 1 });
        }

        return mine;
    }, ct);

    private async Task<bool> DeliverAsync(Leased item, CancellationToken ct)
    {
        try
        {
            if (!_channels.TryGetValue(item.Channel, out var channel)) throw new InvalidOperationException($"没有名为“{item.Channel}”的投递渠道。");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            await channel.DeliverAsync(new(item.DeliveryKey, item.Payload, item.CreatedAt), patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var wait = _channels.GetValueOrDefault(item.Channel)?.FirstWait ?? TimeSpan.FromMinutes(1);
            var reason = e is OperationCanceledException ? $"{Patience.TotalSeconds:0} 秒内没有送达。" : e.GetBaseException().Message;
            var again = await FailAsync(item, reason, wait, ct);
            log.LogWarning("Delivery {Key} failed at attempt {Attempt}, next at {Next}: {Reason}", item.DeliveryKey, item.Attempts, again, reason);
            return false;
        }

        await MarkAsync(item, ct);
        return true;
    }

    private Task<int> MarkAsync(Leased item, CancellationToken ct) => database.WriteAsync(db => db.ExecuteAsync(
        """
        -- Supervision/OutboxDelivery: it was delivered
        UPDATE Outbox SET DeliveredAt = @at, NextAttemptAt = NULL, LastError = NULL WHERE Id = @Id AND DeliveredAt IS NULL
        """,
        new { item.Id, at = clock.GetUtcNow() }), ct);

    private async Task<DateTimeOffset> FailAsync(Leased item, string reason, TimeSpan wait, CancellationToken ct)
    {
        var next = time.GetUtcNow() + WaitAfter(item.Attempts, wait);
        await database.WriteAsync(db => db.ExecuteAsync(
            """
            -- Supervision/OutboxDelivery: it was not delivered
            UPDATE Outbox SET NextAttemptAt = @next, LastError = @reason WHERE Id = @Id AND Attempts = @Attempts AND DeliveredAt IS NULL
            """,
            new { item.Id, item.Attempts, next, reason = reason.Length > 500 ? reason[..500] : reason }), ct);
        return next;
    }

    private sealed record Leased
    {
        public required Guid Id { get; init; }
        public required string DeliveryKey { get; init; }
        public required string Channel { get; init; }
        public required string Payload { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required int Attempts { get; init; }
    }
}

/// <summary>What one run of the delivery came to.</summary>
/// <param name="Delivered">Delivered and marked.</param>
/// <param name="Failed">To be tried again later.</param>
public sealed record DeliveryPass(int Delivered, int Failed);

/// <summary>What waits in the outbox.</summary>
public sealed record OutboxState
{
    /// <summary>Not delivered yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>Of those, tried in vain at least once.</summary>
    public required int Failing { get; init; }
}
