using Microsoft.Extensions.Configuration;

namespace Filing.Tests.Support;

/// <summary>What calls for the sweeps and the deliveries of the servers under test: <c>FILING_TEST_TIMERS=hangfire</c> lets Hangfire do it (Full edition only).</summary>
internal static class Stack
{
    private const string Variable = "FILING_TEST_TIMERS";

    /// <summary>Configures a server that a test starts; what the test itself chooses comes after it.</summary>
    public static void Configure(IConfiguration configuration)
    {
        // Nothing sweeps while a test does, but for the once at the start.
        configuration["Timers:IntervalSeconds"] = "3600";
        configuration["Timers:Host"] = Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" or "builtin" => "BuiltIn",
            "hangfire" => "Hangfire",
            var other => throw new InvalidOperationException($"{Variable} is builtin or hangfire, not {other}."),
        };
    }
}
