// Declarations of just the members of Hangfire 1.8.24 (assembly Hangfire.NetCore) that src/Filing.Hangfire uses. They do nothing and are never shipped.
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire
{
    public static class HangfireServiceCollectionExtensions
    {
        public static IServiceCollection AddHangfire(this IServiceCollection services, Action<IGlobalConfiguration> configuration) => throw new NotSupportedException();

        public static IServiceCollection AddHangfireServer(this IServiceCollection services, Action<BackgroundJobServerOptions> optionsAction) => throw new NotSupportedException();
    }
}

namespace Hangfire.AspNetCore
{
    public class AspNetCoreJobActivator : JobActivator
    {
        public AspNetCoreJobActivator(IServiceScopeFactory serviceScopeFactory) => throw new NotSupportedException();
    }
}
