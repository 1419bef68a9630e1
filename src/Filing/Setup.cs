using System.Reflection;
using Filing.Activities;
using Filing.Data;
using Filing.Features.Cases;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Workflows;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Filing;

/// <summary>Puts the product together, without a browser.</summary>
public static class Setup
{
    /// <summary>Adds the pipeline, the features and the workflows over a database and the law.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="database">The database, whose schema is current.</param>
    /// <param name="laws">The law as data.</param>
    /// <param name="clock">The clock of the law.</param>
    /// <param name="materials">Where files are kept.</param>
    public static IServiceCollection AddFiling(this IServiceCollection services, Database database, Laws laws, LegalClock clock, MaterialStore materials)
    {
        services.AddSingleton(database).AddSingleton(laws).AddSingleton(clock).AddSingleton(materials).AddSingleton<RunningKeys>().AddSingleton<Features.Administration.PasswordAttempts>();
        services.AddSingleton<Features.Cases.KeptCounts>().TryAddSingleton(TimeProvider.System);
        services.AddScoped<Caller>().AddScoped<Work>().AddScoped<Deadlines>().AddScoped<FlowHandover>().AddScoped<CaseFlow>();
        services.TryAddSingleton(FlowHosting.BuiltIn);
        return services.AddSupervision().AddWorkflows().AddRequests(typeof(Setup).Assembly);
    }

    private static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        foreach (var activity in typeof(Setup).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true } && t.IsAssignableTo(typeof(IActivity<FlowContext>))))
            services.AddSingleton(typeof(IActivity<FlowContext>), activity);
        return services.AddSingleton(ActivityTypes.Catalogue).AddSingleton<FlowRunner<FlowContext>>();
    }

    private static IServiceCollection AddRequests(this IServiceCollection services, Assembly assembly)
    {
        services.AddScoped<ServiceFactory>(p => p.GetRequiredService).AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LogBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidateBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthoriseBehaviour<,>));
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true, IsGenericTypeDefinition: false }))
        {
            foreach (var face in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (face.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)) services.AddScoped(face, type);
                if (face.GetGenericTypeDefinition() == typeof(IValidator<>)) services.AddSingleton(face, type);
            }
        }

        return services;
    }
}
