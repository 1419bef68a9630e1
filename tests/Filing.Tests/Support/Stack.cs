using Microsoft.Extensions.Configuration;

namespace Filing.Tests.Support;

/// <summary>
/// Which hosts and which database the tests run on, as <c>tests/run</c> says by the environment: FILING_TEST_HOST (builtin, elsa), FILING_TEST_TIMERS
/// (builtin, hangfire), FILING_TEST_DB (sqlite, sqlserver). Where it says nothing, the defaults of the product.
/// </summary>
internal static class Stack
{
    /// <summary>What runs the workflows.</summary>
    public static string Host { get; } = Of("FILING_TEST_HOST", "builtin", "elsa");

    /// <summary>What runs the sweeps and the deliveries.</summary>
    public static string Timers { get; } = Of("FILING_TEST_TIMERS", "builtin", "hangfire");

    /// <summary>The database.</summary>
    public static string Db { get; } = Of("FILING_TEST_DB", "sqlite", "sqlserver");

    /// <summary>Configures a server that a test starts; what the test itself chooses comes after it.</summary>
    public static void Configure(IConfiguration configuration)
    {
        // Nothing sweeps while a test does, but for the once at the start.
        configuration["Timers:IntervalSeconds"] = "3600";
        if (Timers == "hangfire") configuration["Timers:Host"] = "Hangfire";
    }

    private static string Of(string variable, params string[] known)
    {
        var value = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } said ? said : known[0];
        return known.Contains(value) ? value : throw new InvalidOperationException($"{variable} is {string.Join(" or ", known)}, not {value}.");
    }
}
