using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>我的账号: who is signed in, and at which posts today.</summary>
[OpenToAll]
public sealed record WhoAmI : IQuery<Me>;

/// <summary>Who is signed in.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Name">The name.</param>
/// <param name="Posts">The posts of today.</param>
/// <param name="PasswordChangeDue">The password was set by somebody else and is to be changed (<c>set-password</c>).</param>
public sealed record Me(Guid AccountId, string Name, IReadOnlyList<MyPost> Posts, bool PasswordChangeDue = false);

/// <summary>A post of mine.</summary>
public sealed record MyPost
{
    /// <summary>Code of the body.</summary>
    public required string Body { get; init; }

    /// <summary>Name of the body.</summary>
    public required string BodyName { get; init; }

    /// <summary>The role.</summary>
    public required Role Role { get; init; }

    /// <summary>The role in Chinese.</summary>
    public string RoleName => Role.Chinese();
}

internal sealed class WhoAmIHandler(Work work) : IRequestHandler<WhoAmI, Result<Me>>
{
    public async Task<Result<Me>> Handle(WhoAmI request, CancellationToken cancellationToken)
    {
        if (work.Actor is not { Kind: ActorKind.Person, AccountId: { } account }) return new Error(ErrorKind.Unauthenticated, "sign-in-required", "请先登录。");
        var posts = await work.Db.QueryAsync<Row>(
            """
            -- Administration/WhoAmI: the posts of an account on a day
            SELECT b.Code AS Body, b.Name AS BodyName, p.Role
            FROM Post p JOIN Body b ON b.Id = p.BodyId
            WHERE p.AccountId = @account AND p.ValidFrom <= @Today AND (p.ValidTo IS NULL OR p.ValidTo >= @Today)
            ORDER BY b.Code, p.Role
            """,
            new { account, work.Today });
        var due = await work.Db.ScalarAsync<bool>(
            """
            -- Administration/WhoAmI: is the password to be changed?
            SELECT PasswordChangeDue FROM Account WHERE Id = @account
            """,
            new { account });
        return new Me(account, work.Actor.Name, [.. posts.Select(p => new MyPost { Body = p.Body, BodyName = p.BodyName, Role = Kebab.Parse<Role>(p.Role) })], due);
    }

    private sealed record Row
    {
        public required string Body { get; init; }
        public required string BodyName { get; init; }
        public required string Role { get; init; }
    }
}
