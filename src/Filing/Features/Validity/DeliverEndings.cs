using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Validity;

/// <summary>
/// Ends the watch over documents whose repeal, annulment or end of term lay ahead when it was recorded and has now come. Their status never waited for
/// this; only tasks and alerts did. At most 500 a call.
/// </summary>
[Verb("deliver-endings", "到日终止效力观察")]
[Needs(Function.EndValidity)]
public sealed record DeliverEndings : ICommand<EndingsDelivered>;

/// <summary>How many watches ended.</summary>
/// <param name="Count">Documents.</param>
public sealed record EndingsDelivered(int Count);

internal sealed class DeliverEndingsHandler(Work work, CaseFlow flow, Deadlines deadlines) : IRequestHandler<DeliverEndings, Result<EndingsDelivered>>
{
    public async Task<Result<EndingsDelivered>> Handle(DeliverEndings command, CancellationToken cancellationToken)
    {
        if (work.Actor.Kind == ActorKind.Person) return Error.Forbidden("由系统定时办理。");
        var due = await work.Db.QueryAsync<Guid>(work.Db.Dialect.Page(
            """
            -- Validity/DeliverEndings: watched documents whose end has come
            SELECT DISTINCT f.DocumentId FROM Wait w JOIN CaseFile c ON c.Id = w.CaseId JOIN Fact f ON f.DocumentId = c.DocumentId
            WHERE w.Kind = 'signal' AND w.Name = 'ended' AND f.Kind IN ('repealed', 'declared-lapsed', 'annulled', 'term-ended') AND f.LegalDate <= @Today
              AND NOT EXISTS (SELECT 1 FROM Fact x WHERE x.SupersedesId = f.Id)
            ORDER BY f.DocumentId
            """),
            new { work.Today, Skip = 0, Take = 500 });
        foreach (var documentId in due)
        {
            if (!(await flow.CaseAsync(documentId)).TryGet(out var file, out var error)) return error;
            if (await EndOfValidity.DeliverAsync(work, flow, deadlines, file) is { } failed) return failed;
        }

        return new EndingsDelivered(due.Count);
    }
}
