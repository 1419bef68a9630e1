using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Desks;

/// <summary>Who else sits at the desk of a task: to whom it can be handed over.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="TaskId">The task.</param>
[Needs(Function.ReadDocuments)]
public sealed record ReadColleagues(Guid DocumentId, Guid TaskId) : IQuery<IReadOnlyList<Colleague>>, IForDocument;

/// <summary>A colleague.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Name">The name.</param>
public sealed record Colleague(Guid AccountId, string Name);

internal sealed class ReadColleaguesHandler(Work work) : IRequestHandler<ReadColleagues, Result<IReadOnlyList<Colleague>>>
{
    public async Task<Result<IReadOnlyList<Colleague>>> Handle(ReadColleagues query, CancellationToken cancellationToken)
    {
        if (!(await HeldTask.AtMyDeskAsync(work, query.DocumentId, query.TaskId)).TryGet(out var task, out var error)) return error;
        var seats = await DesksOf.SeatsAsync(work.Db, task.Desk, work.Today);
        return seats.Where(s => s.AccountId != work.Actor.AccountId).Select(s => new Colleague(s.AccountId, s.Name)).OrderBy(c => c.Name, StringComparer.Ordinal).ToArray();
    }
}
