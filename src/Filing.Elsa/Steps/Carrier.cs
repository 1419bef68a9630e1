using System.Diagnostics;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Elsa.Steps;

/// <summary>Carries orders to Elsa at once, and what Elsa's steps order in turn, until nothing more is due.</summary>
internal sealed class Carrier(IServiceProvider services, Database database)
{
    // Whoever acted waits for it. What others have left behind is the outbox's own business after that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly AsyncLocal<bool> _carrying = new();

    /// <summary>Carries these, and what follows from them. A step that Elsa takes meanwhile gives its orders to the run that is under way.</summary>
    /// <param name="keys">Their delivery keys.</param>
    public async Task CarryAsync(IReadOnlyList<string> keys)
    {
        if (_carrying.Value) return;
        _carrying.Value = true;
        try
        {
            // Not a dependency: it has the channels, and Elsa's channel has the steps, and the steps have this.
            var delivery = services.GetRequiredService<OutboxDelivery>();
            var since = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(since) < Patience)
            {
                if ((await delivery.RunAsync(FlowHandover.Channel)).Delivered > 0) continue;
                // Another run of the outbox may have taken them: then its next pass brings what follows.
                if (!await UnderWayAsync(keys)) return;
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
        finally
        {
            _carrying.Value = false;
        }
    }

    private Task<bool> UnderWayAsync(IReadOnlyList<string> keys) => database.ReadAsync(async db => await db.ScalarAsync<int>(
        """
        -- Steps/Carrier: orders that are not carried out
        SELECT COUNT(*) FROM Outbox WHERE DeliveryKey IN @keys AND DeliveredAt IS NULL AND LastError IS NULL
        """,
        new { keys }) > 0);
}
