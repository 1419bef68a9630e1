using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Filing.Domain;
using Filing.Pipeline;
using FluentValidation;
using MediatR;

namespace Filing.Features.Administration;

/// <summary>
/// 发放接口密钥: a program gets a key to an account. The key itself never enters the pipeline, so it can lie in no row, no answer that is kept
/// and no log; whoever sends this shows it once. For the same reason it has no verb.
/// </summary>
/// <param name="Login">The account in whose name the program acts.</param>
/// <param name="Name">What the key is for.</param>
/// <param name="Hash">What <see cref="ApiKeyText.Hash"/> gives.</param>
/// <param name="ExpiresAt">When it ends, in real time; null when it does not.</param>
[Needs(Function.ManageSecurity)]
public sealed record AddApiKey(string Login, string Name, string Hash, DateTimeOffset? ExpiresAt = null) : ICommand<Guid>;

internal sealed class AddApiKeyValidator : AbstractValidator<AddApiKey>
{
    public AddApiKeyValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("请填写密钥的用途。").MaximumLength(100).WithMessage("用途不能超过 100 字。");
        RuleFor(c => c.Hash).Matches("^[0-9a-f]{64}$").WithMessage("密钥摘要的写法不对。");
    }
}

internal sealed class AddApiKeyHandler(Work work) : IRequestHandler<AddApiKey, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(AddApiKey command, CancellationToken cancellationToken)
    {
        var account = await work.Db.ScalarAsync<Guid?>(
            """
            -- Administration/AddApiKey: an account that stands, by its login
            SELECT Id FROM Account WHERE Login = @Login AND DisabledAt IS NULL
            """,
            new { command.Login });
        if (account is not { } accountId) return Error.Invalid("account.unknown", $"没有登录名为“{command.Login}”的账号，或该账号已停用。", "login");
        var id = Work.NewId();
        await work.Db.ExecuteAsync(
            """
            -- Administration/AddApiKey: a key
            INSERT INTO ApiKey (Id, AccountId, Name, Hash, CreatedAt, ExpiresAt) VALUES (@id, @accountId, @Name, @Hash, @Now, @ExpiresAt)
            """,
            new { id, accountId, command.Name, command.Hash, work.Now, command.ExpiresAt });
        work.Record(new ApiKeyAdded(id, accountId, command.Name, command.ExpiresAt));
        return id;
    }
}

/// <summary>The text of a key: 256 random bits, so that it can be kept as a plain hash and found by it.</summary>
public static class ApiKeyText
{
    /// <summary>A new key.</summary>
    public static string New() => "filing_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a key: its SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
