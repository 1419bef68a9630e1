using Filing.Domain;
using Filing.Features.Administration;

namespace Filing.Web.Security;

/// <summary>
/// Checks passwords, outside any transaction since that takes a while. An unknown login takes as long as a wrong password and is answered the
/// same; how often one may try is for <see cref="PasswordAttempts"/> to say.
/// </summary>
internal sealed class SignInDesk(Accounts accounts, PasswordAttempts attempts, ILogger<SignInDesk> log)
{
    private static readonly string Decoy = Passwords.Hash(Guid.NewGuid().ToString());

    /// <summary>The account whose password it is. Refused with <c>sign-in.wrong</c> or <c>sign-in.too-many</c>.</summary>
    public async Task<Result<AccountRow>> CheckAsync(string login, string password, CancellationToken ct)
    {
        if (!attempts.Take(login))
        {
            log.LogWarning("Sign-in refused: too many attempts for one login");
            return PasswordAttempts.TooMany;
        }

        var account = await accounts.ByLoginAsync(login, ct);
        if (Passwords.Fits(account?.PasswordHash ?? Decoy, password) && account is { PasswordHash: not null, DisabledAt: null })
        {
            log.LogInformation("{Account} signed in", account.Id);
            return account;
        }

        // The login that was typed may be a password typed into the wrong field: only a known one is named.
        log.LogWarning("Sign-in refused for {Account}", account?.Id.ToString() ?? "an unknown login");
        return Error.Refused("sign-in.wrong", "登录名或口令不对，或账号已停用。");
    }
}
