using Filing.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Features.Supervision;

/// <summary>Adds what watches: sweep, re-projection, delivery, the tidying, and the checks of the register.</summary>
public static class SupervisionSetup
{
    /// <summary>Adds the engines; who runs them, and when, is the host's business.</summary>
    public static IServiceCollection AddSupervision(this IServiceCollection services) => services
        .AddSingleton<Sweep>().AddSingleton<Reprojection>().AddSingleton<OutboxDelivery>().AddSingleton<SweepRound>().AddSingleton<OutboxRound>()
        .AddSingleton<IdempotencyPurge>().AddSingleton<Desks.SavedFormPurge>().AddSingleton<OrphanCollector>().AddSingleton<Invariants>();
}
