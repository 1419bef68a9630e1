using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>停用账号: nobody signs in with it, its sessions and keys end with the next request, and it sits at no desk. What it did stays in the record.</summary>
/// <param name="Login">The account.</param>
/// <param name="Reason">Why.</param>
[Verb("disable-account", "停用账号")]
[Needs(Function.DisableAccounts)]
public sealed record DisableAccount(string Login, string Reason) : ICommand<Done>, IReasoned;

/// <summary>启用账号: a disabled account stands again, with its posts, its keys and its password; who had a session signs in anew.</summary>
/// <param name="Login">The account.</param>
/// <param name="Reason">Why.</param>
[Verb("enable-account", "启用账号")]
[Needs(Function.DisableAccounts)]
public sealed record EnableAccount(string Login, string Reason) : ICommand<Done>, IReasoned;

internal sealed class DisableAccountValidator : AbstractValidator<DisableAccount>
{
    public DisableAccountValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明停用的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
}

internal sealed class EnableAccountValidator : AbstractValidator<EnableAccount>
{
    public EnableAccountValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("请写明启用的理由。").MaximumLength(2000).WithMessage("理由不能超过 2000 字。");
}

internal sealed class DisableAccountHandler(Work work) : IRequestHandler<DisableAccount, Result<Done>>
{
    public async Task<Result<Done>> Handle(DisableAccount command, CancellationToken cancellationToken)
    {
        if (await AccountRow.ByLoginAsync(work, command.Login) is not { } account) return Error.Invalid("account.unknown", $"没有登录名为“{command.Login}”的账号。", "login");
        // Otherwise the last administrator could lock everybody out.
        if (work.Actor.AccountId == account.Id) return Error.Refused("account.own", "不能停用自己的账号。");
        var disabled = await work.Db.ExecuteAsync(
            """
            -- Administration/DisableAccount: an account is disabled, once
            UPDATE Account SET DisabledAt = @Now, SecurityStamp = @stamp WHERE Id = @Id AND DisabledAt IS NULL
            """,
            new { account.Id, work.Now, stamp = AccountRow.NewStamp() });
        if (disabled != 1) return Error.Conflict("account.disabled", "该账号已停用。");
        work.Record(new AccountDisabled(account.Id, account.Login));
        return Done.It;
    }
}

internal sealed class EnableAccountHandler(Work work) : IRequestHandler<EnableAccount, Result<Done>>
{
    public async Task<Result<Done>> Handle(EnableAccount command, CancellationToken cancellationToken)
    {
        if (await AccountRow.ByLoginAsync(work, command.Login) is not { } account) return Error.Invalid("account.unknown", $"没有登录名为“{command.Login}”的账号。", "login");
        var enabled = await work.Db.ExecuteAsync(
            """
            -- Administration/DisableAccount: an account stands again
            UPDATE Account SET DisabledAt = NULL WHERE Id = @Id AND DisabledAt IS NOT NULL
            """,
            new { account.Id });
        if (enabled != 1) return Error.Conflict("account.enabled", "该账号没有停用。");
        work.Record(new AccountEnabled(account.Id, account.Login));
        return Done.It;
    }
}
