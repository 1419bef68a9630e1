using Filing.Domain;
using Filing.Features.Cases;
using MediatR;

namespace Filing.Pipeline;

/// <summary>
/// Function and object, inside the transaction, so that what was decided still holds when the handler acts. 403: the role lacks the
/// function; 404: the object is not visible to this account. A request that declares nothing is refused: forgetting is no permission.
/// </summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(Work work) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : struct, IResult<TResponse>
{
    private const string NotOpen = "task.not-open";

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (work.Depth++ == 0)
        {
            if (RequestRule<TRequest>.Changes && request is IForDocument { DocumentId: var document } && await work.HoldAsync(document)) work.Stamp();
            if (await RefusalAsync(request) is { } error) return TResponse.Fail(error);
        }

        var response = await next();
        work.Depth--;
        return response;
    }

    private async Task<Error?> RefusalAsync(TRequest request)
    {
        var kind = work.Actor.Kind;
        if (kind == ActorKind.Person) work.Desks = await DesksOf.AccountAsync(work.Db, work.Actor.AccountId!.Value, work.Today);
        if (RequestRule<TRequest>.OpenToAll || (RequestRule<TRequest>.SignedIn && kind != ActorKind.Public)) return null;
        if (kind == ActorKind.Public || (kind == ActorKind.Person && work.Desks.Count == 0 && !RequestRule<TRequest>.AsksForDesk))
            return new Error(ErrorKind.Unauthenticated, "sign-in-required", "请先登录。");
        if (RequestRule<TRequest>.Finishes is { } finishes)
        {
            var refused = await TaskAsync((IFinishesTask)request, finishes.Task);
            // Where the function is named too, it may also be done without the task; when, is for the handler to say.
            return refused is { Code: NotOpen } && RequestRule<TRequest>.Needs is { } also ? await FunctionAsync(request as IForDocument, also) : refused;
        }

        if (RequestRule<TRequest>.DuringTask is { } during) return await TaskAsync((IForDocument)request, during.Task);
        if (RequestRule<TRequest>.Needs is { } needs) return await FunctionAsync(request as IForDocument, needs);
        return Error.Forbidden();
    }

    private async Task<Error?> TaskAsync(IForDocument request, string code)
    {
        var seen = (request as IFinishesTask)?.TaskId;
        var open = await OpenTask.OfDocumentAsync(work.Db, request.DocumentId, code);
        var mine = work.Actor.Kind == ActorKind.Person ? [.. open.Where(t => work.Desks.Contains(t.Desk))] : open;
        if (mine.Count == 0)
        {
            if (!await VisibleAsync(request.DocumentId)) return Error.NotFound("文件");
            if (open.Count > 0) return Error.Forbidden($"“{open[0].Name}”由其他岗位办理。");
            return seen is null
                ? Error.Refused(NotOpen, $"该文件目前不在“{TaskWords.Of(code)}”这一步。")
                : Error.Conflict("task.closed", "这项待办已经办结或撤销，请刷新后查看最新情况。");
        }

        var task = seen is { } id ? mine.FirstOrDefault(t => t.Id == id) : mine[0];
        if (request is IFinishesTask) work.Task = task;
        if (task is null) return Error.Conflict("task.closed", "这项待办已经办结或撤销，请刷新后查看最新情况。");
        return work.Actor.AccountId is { } me && task.HolderId is { } holder && holder != me
            ? Error.Conflict("task.held", $"“{task.Name}”由同一岗位的另一位同事办理中；需要改由您办理的，请先领办并写明理由。")
            : null;
    }

    private async Task<Error?> FunctionAsync(IForDocument? request, NeedsAttribute needs)
    {
        var person = work.Actor.Kind == ActorKind.Person;
        var roles = Permissions.RolesOf(needs.Function);
        if (person && !work.Desks.Any(d => roles.Contains(d.Role))) return Error.Forbidden();
        if (request is null) return null;
        if (!await VisibleAsync(request.DocumentId)) return Error.NotFound("文件");
        return await Authority.HasAsync(work, request.DocumentId, needs) ? null : Error.Forbidden();
    }

    private async Task<bool> VisibleAsync(Guid documentId) => work.Actor.Kind == ActorKind.Person
        ? await Visibility.OfAsync(work.Db, documentId, work.Desks)
        : await Visibility.ExistsAsync(work.Db, documentId);
}

/// <summary>Whether the actor has a function at the places of a document that a request names: asked before it is sent, for what a page offers, and again when it is.</summary>
internal static class Authority
{
    public static async Task<bool> HasAsync(Work work, Guid documentId, NeedsAttribute needs)
    {
        if (work.Actor.Kind != ActorKind.Person) return true;
        var roles = Permissions.RolesOf(needs.Function);
        if (needs.At.Length == 0) return work.Desks.Any(d => roles.Contains(d.Role));
        var anchors = await DocumentAnchors.LoadAsync(work.Db, documentId);
        var places = needs.At.SelectMany(anchors.At).ToHashSet();
        return work.Desks.Any(d => roles.Contains(d.Role) && places.Contains((d.Place, d.AnchorId)));
    }
}
