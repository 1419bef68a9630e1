using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Filing.Workflows;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>
/// Rings the rungs of a deadline whose day has come: each once, whoever sends this and however often. The program sends it; no role may.
/// </summary>
/// <param name="DeadlineId">The deadline.</param>
[Needs(Function.Sweep)]
public sealed record RingDeadline(Guid DeadlineId) : ICommand<Rang>;

/// <summary>What a ring came to.</summary>
/// <param name="Claimed">Rungs that were claimed now.</param>
/// <param name="Sounded">Those of them that were said; the others had been overtaken.</param>
public sealed record Rang(int Claimed, int Sounded);

internal sealed class RingDeadlineHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<RingDeadline, Result<Rang>>
{
    public async Task<Result<Rang>> Handle(RingDeadline command, CancellationToken cancellationToken)
    {
        if (await DeadlineRow.ByIdAsync(work.Db, command.DeadlineId) is not { } row) return Error.NotFound("期限");
        if (await work.HoldAsync(row.DocumentId)) row = (await DeadlineRow.ByIdAsync(work.Db, row.Id))!;
        if (!row.Open || row.Due is not { } due) return new Rang(0, 0);
        var plan = row.Plan;
        var claimed = (await ClaimedAsync(row)).ToHashSet();
        var ringing = plan.Where(r => due.AddDays(r.Days) <= work.Today && !claimed.Contains(r.Days)).ToList();
        var (counted, sounded) = (0, 0);
        foreach (var rung in ringing)
        {
            var overtaken = ringing.Exists(later => later.Days > rung.Days && (!rung.Late || later.Outcome == rung.Outcome));
            var mine = await deadlines.ClaimAsync(row, rung, overtaken);
            claimed.Add(rung.Days);
            if (!mine) continue;
            counted++;
            // What an earlier rung set going may have ended the deadline.
            if (overtaken || work.Closed.Contains((row.CaseId, row.Name))) continue;
            if (await SoundAsync(row, rung, due) is { } error) return error;
            sounded++;
        }

        var next = plan.Where(r => !claimed.Contains(r.Days)).Select(r => (DateOnly?)due.AddDays(r.Days)).Min();
        await work.Db.ExecuteAsync(
            """
            -- Supervision/RingDeadline: when it rings next
            UPDATE Deadline SET NextRungOn = @next WHERE Id = @Id AND Projection = @Projection
            """,
            new { row.Id, row.Projection, next });
        return new Rang(counted, sounded);
    }

    private async Task<Error?> SoundAsync(DeadlineRow row, RungPlan rung, DateOnly due)
    {
        var ring = new Ring(row.Id, row.Label, row.Projection, rung.Days, due);
        if (!(await flow.SignalAsync(row.CaseId, "limit", row.Name, new Signal(rung.Outcome), ring)).TryGet(out var heard, out var error)) return error;
        if (heard) return null;
        if (!(await flow.CaseAsync(row.DocumentId)).TryGet(out var file, out error)) return error;
        await Alerts.RaiseAsync(
            work, row.DocumentId, file.Title, NoticeWords.Unattended, rung.Late ? "warning" : "info", new(Role.Supervisor, DeskPlace.LegalOffice, file.GovernmentId), ring);
        return null;
    }

    private Task<IReadOnlyList<int>> ClaimedAsync(DeadlineRow row) => work.Db.QueryAsync<int>(
        """
        -- Supervision/RingDeadline: the rungs that were claimed
        SELECT Days FROM Rung WHERE DeadlineId = @Id AND Projection = @Projection
        """,
        new { row.Id, row.Projection });
}
