// Declarations of just the members of Hangfire 1.8.24 (assembly Hangfire.AspNetCore) that src/Filing.Hangfire uses. They do nothing and are never shipped.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hangfire
{
    public static class HangfireEndpointRouteBuilderExtensions
    {
        public static IEndpointConventionBuilder MapHangfireDashboard(
            this IEndpointRouteBuilder endpoints, string pattern, DashboardOptions? options = null, JobStorage? storage = null) => throw new NotSupportedException();
    }
}

namespace Hangfire.Dashboard
{
    public static class AspNetCoreDashboardContextExtensions
    {
        public static HttpContext GetHttpContext(this DashboardContext context) => throw new NotSupportedException();
    }
}
