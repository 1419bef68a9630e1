using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Features.Services;
using Elsa.Persistence.EFCore.Extensions;
using Elsa.Persistence.EFCore.Modules.Management;
using Elsa.Persistence.EFCore.Modules.Runtime;
using Filing.Domain;
using Filing.Elsa.Activities;
using Filing.Elsa.Steps;
using Filing.Elsa.Studio;
using Filing.Features.Supervision;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Elsa;

/// <summary>Elsa's runtime as the host of the definitions.</summary>
public static class ElsaHost
{
    /// <summary>The setting that chooses the host.</summary>
    public const string Setting = "Workflows:Host";

    /// <summary>The value of <see cref="Setting"/> that chooses the built-in runner.</summary>
    public const string BuiltIn = "BuiltIn";

    /// <summary>The value of <see cref="Setting"/> that chooses Elsa.</summary>
    public const string Name = "Elsa";

    /// <summary>True in the Full edition, which ships Elsa's packages.</summary>
    public static bool Included =>
#if FULL_EDITION
        true;
#else
        false;
#endif

    /// <summary>Whether this program can do what the setting asks. It needs nothing of Elsa, so that it can be asked in any edition.</summary>
    /// <param name="host">The value of <see cref="Setting"/>; null or empty chooses the built-in runner.</param>
    /// <returns>Null when it can; otherwise <c>config.not-in-edition</c> or <c>config.value</c>, which stops the start.</returns>
    public static Error? Check(string? host)
    {
        if (string.IsNullOrEmpty(host) || host.Equals(BuiltIn, StringComparison.OrdinalIgnoreCase)) return null;
        if (!host.Equals(Name, StringComparison.OrdinalIgnoreCase))
            return Error.Invalid("config.value", $"配置项“{Setting}”的值“{host}”不可用；可用的有：{(Included ? $"{BuiltIn}、{Name}" : BuiltIn)}。", Setting);
        return Included
            ? null
            : Error.Refused("config.not-in-edition", $"配置项“{Setting}”选择了“{Name}”，但本程序是 Core 版，不含 Elsa 组件。请改用 {BuiltIn}，或换用 Full 版。") with { Field = Setting };
    }

    /// <summary>Registers Elsa, our activities, our definitions and the channel of the outbox that leads to it; after <c>AddFiling</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="store">Where Elsa keeps its own state.</param>
    /// <param name="api">Whether <see cref="Studio.ElsaApi"/> is to be put up.</param>
    /// <exception cref="InvalidOperationException">This edition does not ship Elsa.</exception>
    public static IServiceCollection AddElsaHost(this IServiceCollection services, ElsaStore store, bool api = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (Check(Name) is { } error) throw new InvalidOperationException(error.Message);
        AddElsa(services, store, api);
        return services.AddHandedOverSteps().AddCarriedOrders().AddSingleton<IDeliveryChannel, ElsaChannel>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddElsa(IServiceCollection services, ElsaStore store, bool api)
    {
        services.AddElsa(elsa =>
        {
            elsa.AddActivitiesFrom<StepActivity>();
            // A definition never changes under its version: it is read into Elsa's form once, and not for every step.
            elsa.UseWorkflowManagement(management => management.UseCache());
            if (store.ConnectionString is { } file) Keep(elsa, file);
            if (api) elsa.UseWorkflowsApi();
        });
        services.AddNotificationHandler<PublishCheck>();
        services.AddWorkflowsProvider<DefinitionsProvider>();
    }

    private static void Keep(IModule elsa, string file) => elsa
        .UseWorkflowManagement(management => management.UseEntityFrameworkCore(ef => ef.UseSqlite(file)))
        .UseWorkflowRuntime(runtime => runtime.UseEntityFrameworkCore(ef => ef.UseSqlite(file)));
}
