using System.Threading.RateLimiting;
using Filing.Domain;
using Filing.Features.Administration;

namespace Filing.Web.Security;

/// <summary>
/// Checks passwords, outside any transaction since that takes a while. An unknown login takes as long as a wrong password and is answered the
/// same. Each login has ten attempts at once and gets one back every half minute, in real time, whether it exists or not.
/// </summary>
internal sealed class SignInDesk(Accounts accounts, ILogger<SignInDesk> log) : IDisposable
{
    private static readonly string Decoy = Passwords.Hash(Guid.NewGuid().ToString());

    private readonly PartitionedRateLimiter<string> _attempts = PartitionedRateLimiter.Create<string, string>(login => RateLimitPartition.GetTokenBucketLimiter(
        login,
        _ => new TokenBucketRateLimiterOptions { TokenLimit = 10, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(30), AutoReplenishment = true }));

    /// <summary>The account whose password it is. Refused with <c>sign-in.wrong</c> or <c>sign-in.too-many</c>.</summary>
    public async Task<Result<AccountRow>> CheckAsync(string login, string password, CancellationToken ct)
    {
        using var lease = _attempts.AttemptAcquire(login);
        if (!lease.IsAcquired)
        {
            log.LogWarning("Sign-in refused: too many attempts for one login");
            return Error.Refused("sign-in.too-many", "尝试次数过多，请过几分钟再试。");
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

    public void Dispose() => _attempts.Dispose();
}
