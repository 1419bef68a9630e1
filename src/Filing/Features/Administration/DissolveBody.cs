using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>撤销、合并、更名机关: a body ends on a day; open tasks and alerts pass to its successor from the next day on.</summary>
/// <param name="Code">Code of the body that ends.</param>
/// <param name="LastDay">Its last day in being.</param>
/// <param name="Successor">Code of the body that takes over; null when nobody does.</param>
[Verb("dissolve-body", "撤销或合并机关")]
[Needs(Function.ManageAccounts)]
public sealed record DissolveBody(string Code, DateOnly LastDay, string? Successor = null) : ICommand<Done>;

internal sealed class DissolveBodyHandler(Work work) : IRequestHandler<DissolveBody, Result<Done>>
{
    public async Task<Result<Done>> Handle(DissolveBody command, CancellationToken cancellationToken)
    {
        if (!(await Bodies.IdAsync(work, command.Code, "code")).TryGet(out var bodyId, out var error)) return error;
        Guid? successorId = null;
        if (command.Successor is { } successor)
        {
            if (!(await Bodies.IdAsync(work, successor, "successor")).TryGet(out var id, out error)) return error;
            if (id == bodyId) return Error.Invalid("body.succeeds-itself", "机关不能由自己承继。", "successor");
            successorId = id;
        }

        var ended = await work.Db.ExecuteAsync(
            """
            -- Administration/DissolveBody: a body ends, once
            UPDATE Body SET ValidTo = @LastDay, SuccessorId = @successorId WHERE Id = @bodyId AND ValidTo IS NULL AND ValidFrom <= @LastDay
            """,
            new { bodyId, command.LastDay, successorId });
        if (ended != 1) return Error.Conflict("body.ended", "该机关已经撤销，或撤销日早于设立日。");
        work.Record(new BodyDissolved(bodyId, command.LastDay, successorId));
        return Done.It;
    }
}
