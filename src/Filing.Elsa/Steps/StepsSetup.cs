using Filing.Domain;
using Filing.Features.Cases;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Filing.Elsa.Steps;

/// <summary>The product's side of the adapter, which needs nothing of Elsa.</summary>
public static class StepsSetup
{
    /// <summary>From here on commands hand the walking of definitions over, and <see cref="ICaseSteps"/> takes the steps.</summary>
    public static IServiceCollection AddHandedOverSteps(this IServiceCollection services)
    {
        services.AddScoped<IRequestHandler<EnterStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<ResumeStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<WithdrawStep, Result<StepAnswer>>, StepHandlers>();
        services.AddScoped<IRequestHandler<AddressSignal, Result<int>>, StepHandlers>();
        services.AddScoped<IRequestHandler<StillWaits, Result<bool>>, StepHandlers>();
        services.AddScoped<FlowHandover>();
        return services.AddSingleton<CaseSteps>().AddSingleton<ICaseSteps>(p => p.GetRequiredService<CaseSteps>());
    }
}
