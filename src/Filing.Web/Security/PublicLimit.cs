using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Filing.Web.Operations;

namespace Filing.Web.Security;

/// <summary>
/// How often one address may send what needs no sign-in, in real time. An office or a household behind one address comments a few times an hour; a
/// program that floods does so more often. Of an IPv6 address the network counts, since one subscriber has all of its addresses.
/// </summary>
public sealed class PublicLimit(FilingOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _sent = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetSlidingWindowLimiter(
        address,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = options.PublicPerHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 12 }));

    /// <summary>Whether one more may be sent from where the request comes; if so it is counted.</summary>
    public bool Take(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var lease = _sent.AttemptAcquire(Network(context.Connection.RemoteIpAddress));
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _sent.Dispose();

    internal static IPAddress Network(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
