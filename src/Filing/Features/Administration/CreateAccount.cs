using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Filing.Features.Administration;

/// <summary>开设账号.</summary>
/// <param name="Login">The name to sign in with.</param>
/// <param name="Name">The person's name, as the record shows it.</param>
/// <param name="Password">The first password; null for an account that signs in otherwise. One that an administrator chose is to be changed by its holder.</param>
/// <param name="Email">Where alerts go.</param>
/// <param name="Role">The first post's role, held from today on; null for an account without a post.</param>
/// <param name="Body">Code of the first post's body; goes with <paramref name="Role"/>.</param>
[Verb("create-account", "开设账号")]
[Needs(Function.ManageAccounts)]
public sealed record CreateAccount(
    string Login, string Name, [property: Secret] string? Password = null, string? Email = null, Role? Role = null, string? Body = null) : ICommand<Guid>
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(CreateAccount)} {Login}";
}

internal sealed class CreateAccountValidator : AbstractValidator<CreateAccount>
{
    public CreateAccountValidator()
    {
        RuleFor(c => c.Login).Matches("^[a-z0-9][a-z0-9._-]{1,39}$").WithMessage("登录名用 2 至 40 位小写字母、数字、点、连字符或下划线。");
        RuleFor(c => c.Name).NotEmpty().WithMessage("请填写姓名。").MaximumLength(40).WithMessage("姓名不能超过 40 字。");
        RuleFor(c => c.Password).Must(p => Passwords.Usable(p!)).When(c => c.Password is not null).WithMessage(Passwords.Rule);
        RuleFor(c => c.Email).EmailAddress().When(c => c.Email is not null).WithMessage("邮箱地址的写法不对。");
        RuleFor(c => c.Role).NotNull().When(c => c.Body is not null).WithMessage("请填写岗位。");
        RuleFor(c => c.Body).NotEmpty().When(c => c.Role is not null).WithMessage("请填写岗位所在机关的代码。");
    }
}

internal sealed class CreateAccountHandler(Work work, IMediator mediator) : IRequestHandler<CreateAccount, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(CreateAccount command, CancellationToken cancellationToken)
    {
        var id = Work.NewId();
        var inserted = await work.Db.InsertIfAbsentAsync(
            "Account", ["Login"], ["Id", "Name", "Email", "PasswordHash", "PasswordChangeDue", "SecurityStamp", "CreatedAt"],
            new
            {
                command.Login,
                Id = id,
                command.Name,
                command.Email,
                PasswordHash = command.Password is { } p ? Passwords.Hash(p) : null,
                PasswordChangeDue = command.Password is not null && work.Actor.Kind == ActorKind.Person,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                CreatedAt = work.Now,
            });
        if (!inserted) return Error.Conflict("account.login-taken", $"登录名“{command.Login}”已被使用。");
        work.Record(new AccountCreated(id, command.Login));
        if (command.Role is not { } role) return id;
        var post = await mediator.Send(new GivePost(command.Login, command.Body!, role, work.Today), cancellationToken);
        return post.TryGet(out _, out var error) ? id : error;
    }
}

/// <summary>Passwords, hashed as the framework does (PBKDF2, salted).</summary>
public static class Passwords
{
    private static readonly PasswordHasher<string> Hasher = new();

    /// <summary>What is asked of a password, in Chinese.</summary>
    public const string Rule = "口令为 8 至 200 位。";

    /// <summary>Whether a password may be chosen.</summary>
    public static bool Usable(string password) => password.Length is >= 8 and <= 200;

    /// <summary>The hash to store.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>Whether a password is the one of the hash.</summary>
    public static bool Fits(string? hash, string password) => hash is not null && Hasher.VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;
}
