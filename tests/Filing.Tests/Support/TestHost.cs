using Filing.Elsa;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Filing.Tests.Support;

/// <summary>On what the tests' registers run: <c>FILING_TEST_HOST=elsa</c> walks every definition on Elsa's runtime (Full edition only).</summary>
internal static class TestHost
{
    /// <summary>The name of the variable.</summary>
    public const string Variable = "FILING_TEST_HOST";

    /// <summary>True when Elsa walks the definitions.</summary>
    public static bool IsElsa { get; } = string.Equals(Environment.GetEnvironmentVariable(Variable), ElsaHost.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Servers and verbs that a test starts read it as anybody's would.</summary>
    public static void Choose()
    {
        if (IsElsa) Environment.SetEnvironmentVariable("Workflows__Host", ElsaHost.Name);
    }

    /// <summary>
    /// Adds the host that the run asks for. Elsa keeps its state in memory, as the register is thrown away too; but where a server or another process runs over the
    /// same register the two share a file.
    /// </summary>
    public static IServiceCollection AddTestHost(this IServiceCollection services, string folder, bool builtIn = false) =>
        IsElsa && !builtIn ? services.AddElsaHost(HasServer ? ElsaStore.In(folder) : ElsaStore.Memory) : services;

    private static bool HasServer => TestContext.CurrentContext.Test.Properties.ContainsKey(nameof(TwoProcessesAttribute)) || InServer;

    private static bool InServer => TestContext.CurrentContext.Test.ClassName is { } name && (name.Contains(".Pages.", StringComparison.Ordinal) || name.Contains(".Web.", StringComparison.Ordinal));

    /// <summary>Builds the services and starts what has to run with them.</summary>
    /// <param name="services">The product, and its host.</param>
    /// <param name="started">True to start hosted services; Elsa reads the definitions with one.</param>
    public static ServiceProvider Start(this IServiceCollection services, bool? started = null)
    {
        var run = started ?? IsElsa;
        // Elsa registers what can only be built within a request; its own tests do not validate either.
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = !run, ValidateScopes = true });
        if (run)
        {
            foreach (var service in provider.GetServices<IHostedService>()) service.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        return provider;
    }
}

/// <summary>A test of several processes over one register: on Elsa they share its store.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TwoProcessesAttribute : PropertyAttribute
{
    public TwoProcessesAttribute() : base(nameof(TwoProcessesAttribute), "")
    {
    }
}
