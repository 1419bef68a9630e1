using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Validity;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Supervision;

/// <summary>
/// Counts the due dates of some open deadlines anew and moves those that differ: a step of <see cref="Reprojection"/>. The program sends it.
/// </summary>
/// <param name="Reason">Why they are counted again, in Chinese.</param>
/// <param name="After">The last deadline of the step before; all zeros for the first.</param>
/// <param name="Take">How many to look at, 500 at most.</param>
[Needs(Function.Sweep)]
public sealed record ReprojectDeadlines(string Reason, Guid After, int Take = ReprojectDeadlines.Most) : ICommand<Reprojected>, IReasoned
{
    /// <summary>The most deadlines of one transaction.</summary>
    public const int Most = 500;
}

/// <summary>What a step came to.</summary>
/// <param name="Looked">How many deadlines were counted anew.</param>
/// <param name="Moved">How many of them moved, or became more or less sure.</param>
/// <param name="Last">The last one looked at; null when there were none.</param>
public sealed record Reprojected(int Looked, int Moved, Guid? Last);

internal sealed class ReprojectDeadlinesHandler(Work work, Laws laws, CaseFlow flow, Deadlines deadlines) : IRequestHandler<ReprojectDeadlines, Result<Reprojected>>
{
    public async Task<Result<Reprojected>> Handle(ReprojectDeadlines command, CancellationToken cancellationToken)
    {
        var rows = await DeadlineRow.OnCalendarAsync(work.Db, command.After, Math.Clamp(command.Take, 1, ReprojectDeadlines.Most));
        if (rows.Count == 0) return new Reprojected(0, 0, null);
        var suspensions = await DeadlineRow.SuspensionsAsync(work.Db, [.. rows.Select(r => r.Id)]);
        var (moved, waited) = (0, new HashSet<Guid>());
        foreach (var read in rows)
        {
            // Whoever had the document before may have changed any of its deadlines.
            if (await work.HoldAsync(read.DocumentId)) waited.Add(read.DocumentId);
            var again = waited.Contains(read.DocumentId);
            var row = again ? await DeadlineRow.ByIdAsync(work.Db, read.Id) : read;
            if (row is not { Open: true }) continue;
            if (row.Name == Deadlines.Evaluation)
            {
                if (!(await flow.CaseAsync(row.DocumentId)).TryGet(out var file, out var error)) return error;
                await TermDeadlines.SetAsync(laws, deadlines, file, command.Reason);
                if (await DeadlineRow.ByIdAsync(work.Db, row.Id) is { } now && (now.Due, now.Provisional) != (row.Due, row.Provisional)) moved++;
            }
            else if (await deadlines.RecountAsync(row, command.Reason, again ? null : [.. suspensions[row.Id]]))
            {
                moved++;
            }
        }

        return new Reprojected(rows.Count, moved, rows[^1].Id);
    }
}
