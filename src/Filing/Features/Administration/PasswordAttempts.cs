using System.Threading.RateLimiting;
using Filing.Domain;

namespace Filing.Features.Administration;

/// <summary>
/// Each login has ten attempts at a password at once and gets one back every half minute, in real time, whether it exists or not: at signing in and
/// at changing one's own password together.
/// </summary>
public sealed class PasswordAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<string> _attempts = PartitionedRateLimiter.Create<string, string>(login => RateLimitPartition.GetTokenBucketLimiter(
        login,
        _ => new TokenBucketRateLimiterOptions { TokenLimit = 10, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(30), AutoReplenishment = true }));

    /// <summary>What is answered when there is none left: <c>sign-in.too-many</c>.</summary>
    public static Error TooMany { get; } = Error.Refused("sign-in.too-many", "尝试次数过多，请过几分钟再试。");

    /// <summary>Takes one; false when there is none left.</summary>
    public bool Take(string login)
    {
        using var lease = _attempts.AttemptAcquire(login);
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _attempts.Dispose();
}
