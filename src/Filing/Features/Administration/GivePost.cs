using Filing.Domain;
using Filing.Pipeline;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>任职: gives an account a role in a body from a day on. No account combines two of the three officers (三员), and none of them handles documents.</summary>
/// <param name="Login">The account.</param>
/// <param name="Body">Code of the body.</param>
/// <param name="Role">The role.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null while it stands.</param>
[Verb("give-post", "任职")]
[Needs(Function.ManageAccounts)]
public sealed record GivePost(string Login, string Body, Role Role, DateOnly From, DateOnly? To = null) : ICommand<Guid>;

internal sealed class GivePostHandler(Work work) : IRequestHandler<GivePost, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(GivePost command, CancellationToken cancellationToken)
    {
        if (command.To < command.From) return Error.Invalid("post.ends-before-start", "任职的结束日早于开始日。", "to");
        if (!(await Bodies.IdAsync(work, command.Body, "body")).TryGet(out var bodyId, out var error)) return error;
        var accountId = await work.Db.ScalarAsync<Guid?>(
            """
            -- Administration/GivePost: an account by its login
            SELECT Id FROM Account WHERE Login = @Login
            """,
            new { command.Login });
        if (accountId is not { } account) return Error.Invalid("account.unknown", $"没有登录名为“{command.Login}”的账号。", "login");
        var held = await work.Db.QueryAsync<string>(
            """
            -- Administration/GivePost: the roles that an account holds or will hold
            SELECT Role FROM Post WHERE AccountId = @account AND (ValidTo IS NULL OR ValidTo >= @From)
            """,
            new { account, command.From });
        if (held.Any(r => Clash(Kebab.Parse<Role>(r), command.Role)))
            return Error.Refused("post.three-officers", "系统管理员、安全保密管理员、安全审计员不得兼任，也不得办理文件。");
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Administration/GivePost: a post
            INSERT INTO Post (Id, AccountId, BodyId, Role, ValidFrom, ValidTo) VALUES (@id, @account, @bodyId, @Role, @From, @To)
            """,
            new { id, account, bodyId, Role = Kebab.Of(command.Role), command.From, command.To });
        work.Record(new PostGiven(id, account, bodyId, command.Role, command.From, command.To));
        return id;
    }

    private static bool Clash(Role held, Role wanted) => held != wanted && (IsOfficer(held) || IsOfficer(wanted));

    private static bool IsOfficer(Role role) => role is Role.Administrator or Role.SecurityOfficer or Role.Auditor;
}
