using Filing.Data;
using Filing.Pipeline;

namespace Filing.Features.Desks;

/// <summary>Gives up forms that were kept and not touched for half a year, in steps of at most 500; their files go with the next collection of orphans.</summary>
public sealed class SavedFormPurge(Database database, LegalClock clock)
{
    /// <summary>How long a form is kept after it was last saved.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(180);

    private const int Batch = 500;

    /// <summary>Gives up what is old enough.</summary>
    /// <returns>How many forms.</returns>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var before = clock.GetUtcNow() - Keep;
        for (var given = 0; ;)
        {
            var step = await database.WriteAsync(async db =>
            {
                var old = await db.QueryAsync<Kept>(
                    db.Dialect.Page(
                        """
                        -- Desks/SavedFormPurge: forms that nobody came back to
                        SELECT AccountId, Form FROM SavedForm WHERE SavedAt < @before ORDER BY AccountId, Form
                        """),
                    new { before, Skip = 0, Take = Batch });
                foreach (var form in old)
                {
                    await db.ExecuteAsync(
                        """
                        -- Desks/SavedFormPurge: let its files go
                        DELETE FROM SavedFormFile WHERE AccountId = @AccountId AND Form = @Form
                        """,
                        form);
                    await db.ExecuteAsync(
                        """
                        -- Desks/SavedFormPurge: give a form up
                        DELETE FROM SavedForm WHERE AccountId = @AccountId AND Form = @Form
                        """,
                        form);
                }

                return old.Count;
            }, ct);
            given += step;
            if (step < Batch) return given;
        }
    }

    private sealed record Kept
    {
        public required Guid AccountId { get; init; }
        public required string Form { get; init; }
    }
}
