using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>免职: a post ends on a day.</summary>
/// <param name="PostId">The post.</param>
/// <param name="LastDay">Its last day.</param>
[Verb("end-post", "免职")]
[Needs(Function.ManageAccounts)]
public sealed record EndPost(Guid PostId, DateOnly LastDay) : ICommand<Done>;

internal sealed class EndPostHandler(Work work) : IRequestHandler<EndPost, Result<Done>>
{
    public async Task<Result<Done>> Handle(EndPost command, CancellationToken cancellationToken)
    {
        var ended = await work.Db.ExecuteAsync(
            """
            -- Administration/EndPost: a post ends
            UPDATE Post SET ValidTo = @LastDay WHERE Id = @PostId AND ValidFrom <= @LastDay AND (ValidTo IS NULL OR ValidTo > @LastDay)
            """,
            command);
        if (ended != 1) return Error.Conflict("post.ended", "该任职不存在、已经结束，或结束日早于开始日。");
        work.Record(new PostEnded(command.PostId, command.LastDay));
        return Done.It;
    }
}
