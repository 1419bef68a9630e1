using Filing.Domain;
using Filing.Features.Cases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Filing.Elsa.Steps;

/// <summary>The product's side of the adapter, which needs nothing of Elsa.</summary>
public static class StepsSetup
{
    /// <summary>Orders are carried out as soon as they are committed; the outbox stays what guarantees them.</summary>
    public static IServiceCollection AddCarriedOrders(this IServiceCollection services)
    {
        // The first is the outermost: orders are carried after the commit.
        services.Insert(0, ServiceDescriptor.Scoped(typeof(IPipelineBehavior<,>), typeof(CarryBehaviour<,>)));
        return services.AddSingleton<Carrier>();
    }

    /// <summary>New cases are handed over to another host from here on, and <see cref="ICaseSteps"/> takes its steps.</summary>
    public static IServiceCollection AddHandedOverSteps(this IServiceCollection services)
    {
        services.AddScoped<IRequestHandler<EnterStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<ResumeStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<WithdrawStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<AddressSignal, Result<int>>, StepHandlers>();
        services.AddScoped<IRequestHandler<SettleUnheard, Result<bool>>, StepHandlers>();
        services.Replace(ServiceDescriptor.Singleton(new FlowHosting(FlowHost.Elsa)));
        return services.AddSingleton<CaseSteps>().AddSingleton<ICaseSteps>(p => p.GetRequiredService<CaseSteps>());
    }
}
