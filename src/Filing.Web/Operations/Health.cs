using Filing.Data;
using Filing.Features.Cases;
using Filing.Features.Supervision;

namespace Filing.Web.Operations;

/// <summary><c>/healthz</c>: the process lives. <c>/healthz/ready</c>: it can do its work.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new { status = "ok", version = Edition.Version, edition = Edition.Name })).ExcludeFromDescription();
        routes.MapGet("/healthz/ready", async (Database database, Laws laws, Passes passes, IEnumerable<IPassesElsewhere> elsewhere, ILogger<Register> log, CancellationToken ct) =>
        {
            foreach (var others in elsewhere) await AnswersAsync(t => Task.Run(() => others.Tell(passes), t), log, ct);
            var state = new
            {
                database = await AnswersAsync(t => database.ReadAsync(db => db.ScalarAsync<int>("-- Operations/Health: does it answer?\nSELECT COUNT(*) FROM Setting"), t), log, ct),
                writer = await AnswersAsync(t => database.WriteAsync(_ => Task.FromResult(true), _ => false, t), log, ct),
                laws = laws.Definitions.Any() && laws.Profiles.Any(),
                // Told, not judged: a mail server that is down makes no server unready.
                passes = passes.Report(),
            };
            return TypedResults.Json(state, statusCode: state is { database: true, writer: true, laws: true } ? 200 : 503);
        }).ExcludeFromDescription();
    }

    private static async Task<bool> AnswersAsync(Func<CancellationToken, Task> ask, ILogger log, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await ask(patience.Token).WaitAsync(patience.Token);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "The register is not ready.");
            return false;
        }
    }
}
