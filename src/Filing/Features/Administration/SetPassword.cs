using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 设置口令: one's own, for which the old one is asked; or, by an administrator, that of another, who is to change it. All sessions of the account end.
/// </summary>
/// <param name="Password">The new password.</param>
/// <param name="Current">The old one; only for one's own.</param>
/// <param name="Login">Whose; one's own when absent.</param>
[Verb("set-password", "设置口令")]
[SignedIn]
public sealed record SetPassword([property: Secret] string Password, [property: Secret] string? Current = null, string? Login = null) : ICommand<Done>
{
    /// <summary>Without the passwords.</summary>
    public override string ToString() => $"{nameof(SetPassword)} {Login}";
}

internal sealed class SetPasswordValidator : AbstractValidator<SetPassword>
{
    public SetPasswordValidator()
    {
        RuleFor(c => c.Password).Must(Passwords.Usable).WithErrorCode("password.unusable").WithMessage(Passwords.Rule);
        RuleFor(c => c.Password).NotEqual(c => c.Current).WithErrorCode("password.unchanged").WithMessage("新口令与原口令相同。");
    }
}

internal sealed class SetPasswordHandler(Work work, PasswordAttempts attempts) : IRequestHandler<SetPassword, Result<Done>>
{
    public async Task<Result<Done>> Handle(SetPassword command, CancellationToken cancellationToken)
    {
        var mine = await MineAsync();
        var own = mine is not null && (command.Login is null || command.Login == mine.Login);
        if (!own && !MaySetAnothers()) return Error.Forbidden("只能修改自己的口令；他人的口令由系统管理员设置。");
        if (!own && command.Login is null) return Error.Invalid("account.login-missing", "请填写登录名。", "login");
        var account = own ? mine : await AccountRow.ByLoginAsync(work, command.Login!);
        if (account is null) return Error.Invalid("account.unknown", $"没有登录名为“{command.Login}”的账号。", "login");
        if (own && Wrong(command, account) is { } wrong) return wrong;
        var set = await work.Db.ExecuteAsync(
            """
            -- Administration/SetPassword: another password, and sessions with the old one end
            UPDATE Account SET PasswordHash = @hash, PasswordChangeDue = @due, SecurityStamp = @stamp WHERE Id = @Id AND DisabledAt IS NULL
            """,
            new { account.Id, hash = Passwords.Hash(command.Password), due = !own, stamp = AccountRow.NewStamp() });
        if (set != 1) return Error.Conflict("account.disabled", "该账号已停用。");
        work.Record(new PasswordSet(account.Id, !own));
        return Done.It;
    }

    private bool MaySetAnothers() => work.Actor.Kind != ActorKind.Person || work.Desks.Any(d => Permissions.RolesOf(Function.ManageAccounts).Contains(d.Role));

    private Error? Wrong(SetPassword command, AccountRow account)
    {
        if (string.IsNullOrEmpty(command.Current)) return Error.Invalid("password.current-missing", "请填写原口令。", "current");
        if (!attempts.Take(account.Login)) return PasswordAttempts.TooMany;
        return Passwords.Fits(account.PasswordHash, command.Current) ? null : Error.Refused("password.wrong", "原口令不对。") with { Field = "current" };
    }

    private async Task<AccountRow?> MineAsync() => work.Actor is { Kind: ActorKind.Person, AccountId: { } id } ? await AccountRow.ByIdAsync(work, id) : null;
}
