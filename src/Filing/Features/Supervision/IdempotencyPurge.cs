using Filing.Data;
using Filing.Pipeline;

namespace Filing.Features.Supervision;

/// <summary>Forgets the answers kept under idempotency keys after 30 days, in steps of at most 500.</summary>
public sealed class IdempotencyPurge(Database database, LegalClock clock)
{
    /// <summary>How many answers are forgotten in one transaction.</summary>
    public const int Batch = 500;

    /// <summary>Forgets what is old enough.</summary>
    /// <returns>How many answers were forgotten.</returns>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var before = clock.GetUtcNow() - Idempotency.Keep;
        for (var forgotten = 0; ;)
        {
            var step = await database.WriteAsync(async db =>
            {
                var old = await db.QueryAsync<Key>(
                    db.Dialect.Page(
                        """
                        -- Supervision/IdempotencyPurge: answers kept long enough
                        SELECT Caller, RequestKey FROM Idempotency WHERE CreatedAt < @before ORDER BY CreatedAt, Caller, RequestKey
                        """),
                    new { before, Skip = 0, Take = Batch });
                foreach (var key in old)
                {
                    await db.ExecuteAsync(
                        """
                        -- Supervision/IdempotencyPurge: forget an answer
                        DELETE FROM Idempotency WHERE Caller = @Caller AND RequestKey = @RequestKey
                        """,
                        key);
                }

                return old.Count;
            }, ct);
            forgotten += step;
            if (step < Batch) return forgotten;
        }
    }

    private sealed record Key
    {
        public required string Caller { get; init; }
        public required string RequestKey { get; init; }
    }
}
