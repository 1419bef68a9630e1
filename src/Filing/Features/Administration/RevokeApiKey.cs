using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>吊销接口密钥: the key opens nothing from the next request on.</summary>
/// <param name="KeyId">The key.</param>
[Verb("revoke-api-key", "吊销接口密钥")]
[Needs(Function.ManageSecurity)]
public sealed record RevokeApiKey(Guid KeyId) : ICommand<Done>;

internal sealed class RevokeApiKeyHandler(Work work) : IRequestHandler<RevokeApiKey, Result<Done>>
{
    public async Task<Result<Done>> Handle(RevokeApiKey command, CancellationToken cancellationToken)
    {
        var revoked = await work.Db.ExecuteAsync(
            """
            -- Administration/RevokeApiKey: a key ends, once
            UPDATE ApiKey SET RevokedAt = @Now WHERE Id = @KeyId AND RevokedAt IS NULL
            """,
            new { command.KeyId, work.Now });
        if (revoked != 1) return Error.Conflict("api-key.revoked", "没有这个密钥，或它已被吊销。");
        work.Record(new ApiKeyRevoked(command.KeyId));
        return Done.It;
    }
}
