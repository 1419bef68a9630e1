using System.Collections.Concurrent;
using Filing.Data;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Filing.Features.Supervision;

/// <summary>
/// Finds the deadlines of which a rung is due and rings each, and ends the watch over documents whose repeal has come. It holds no state: broken off, it goes on at its next run; several at once, in one
/// process or in many, do no more than one. After days of standing still the first run raises what is due, once.
/// </summary>
public sealed class Sweep(IServiceScopeFactory scopes, Database database, LegalClock clock, ILogger<Sweep> log)
{
    /// <summary>How many deadlines are looked up at a time.</summary>
    public const int Batch = 500;

    // The one writer of SQLite commits what waits for it together; more would only wait.
    private const int SideBySide = 8;

    /// <summary>Rings whatever is due today by the clock of the law.</summary>
    /// <param name="ct">Stops between two deadlines; what was rung stays rung.</param>
    public async Task<SweepPass> RunAsync(CancellationToken ct = default)
    {
        var (found, sounded, failures) = (0, 0, new ConcurrentQueue<SweepFailure>());
        if (await SendAsync(new DeliverEndings(), "Endings that have come", ct) is { Error: { } failure }) failures.Enqueue(new(null, failure));
        var today = clock.Today;
        for (Due? last = null; ;)
        {
            var due = await DueAsync(today, last, ct);
            if (due.Count == 0) return new SweepPass(found, sounded, [.. failures]);
            found += due.Count;
            last = due[^1];
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = ct }, async (deadline, token) =>
            {
                var (rang, error) = await SendAsync(new RingDeadline(deadline.Id), deadline.Id, token);
                if (error is null) Interlocked.Add(ref sounded, rang!.Sounded);
                else failures.Enqueue(new(deadline.Id, error));
            });
        }
    }

    private async Task<(T? Value, string? Error)> SendAsync<T>(ICommand<T> command, object what, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().Actor = Actor.System;
            var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, ct);
            if (result.TryGet(out var value, out var error)) return (value, null);
            log.LogWarning("{What} could not be swept: {Error}", what, error);
            return (default, error.ToString());
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One deadline that cannot be rung must not silence the others.
            if (database.IsTransient(e)) log.LogInformation("{What} will be swept the next time: {Message}", what, e.Message);
            else log.LogError(e, "{What} cannot be swept", what);
            return (default, e.Message);
        }
    }

    private Task<IReadOnlyList<Due>> DueAsync(DateOnly today, Due? last, CancellationToken ct) => database.ReadAsync(db => db.QueryAsync<Due>(
        db.Dialect.Page(
            """
            -- Supervision/Sweep: deadlines of which a rung is due
            SELECT Id, NextRungOn FROM Deadline
            WHERE ClosedAt IS NULL AND NextRungOn IS NOT NULL AND NextRungOn <= @today AND (@On IS NULL OR NextRungOn > @On OR (NextRungOn = @On AND Id > @Id))
            ORDER BY NextRungOn, Id
            """),
        new { today, On = last?.NextRungOn, last?.Id, Skip = 0, Take = Batch }), ct);

    private sealed record Due
    {
        public required Guid Id { get; init; }
        public required DateOnly NextRungOn { get; init; }
    }
}

/// <summary>What one run of the sweep came to.</summary>
/// <param name="Found">Deadlines of which a rung was due.</param>
/// <param name="Sounded">Rungs that were said by this run; another may have been faster.</param>
/// <param name="Failures">Deadlines that could not be rung; the next run tries them again.</param>
public sealed record SweepPass(int Found, int Sounded, IReadOnlyList<SweepFailure> Failures);

/// <summary>A deadline that could not be rung.</summary>
/// <param name="DeadlineId">The deadline; null when it was the endings that could not be delivered.</param>
/// <param name="Reason">What stood in the way.</param>
public sealed record SweepFailure(Guid? DeadlineId, string Reason);
