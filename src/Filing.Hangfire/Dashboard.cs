using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Filing.Hangfire;

/// <summary>What somebody may do on the pages of Hangfire.</summary>
public enum JobsRight
{
    /// <summary>Nothing: 403.</summary>
    None,

    /// <summary>Look at them; a press of a button is refused.</summary>
    Look,

    /// <summary>Trigger, requeue and delete jobs, too.</summary>
    Act,
}

/// <summary>The pages of Hangfire.</summary>
public static class Dashboard
{
    /// <summary>Where they stand.</summary>
    public const string Path = "/hangfire";

    /// <summary>What an open page asks for again and again, by itself; nobody need sit before it.</summary>
    public const string Poll = Path + "/stats";

    private static readonly object Right = new();

    /// <summary>Puts Hangfire's pages up for whoever is signed in and has a right to them.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="rightOf">Who may do what; asked at every request.</param>
    public static IEndpointConventionBuilder MapJobs(this IEndpointRouteBuilder routes, Func<HttpContext, Task<JobsRight>> rightOf) => routes.MapHangfireDashboard(Path, new DashboardOptions
    {
        DashboardTitle = "定时作业",
        DisplayStorageConnectionString = false,
        StatsPollingInterval = 10_000,
        Authorization = [],
        AsyncAuthorization = [new Door(rightOf)],
        IsReadOnlyFunc = context => context.GetHttpContext().Items[Right] is not JobsRight.Act,
    }).RequireAuthorization();

    private sealed class Door(Func<HttpContext, Task<JobsRight>> rightOf) : IDashboardAsyncAuthorizationFilter
    {
        public async Task<bool> AuthorizeAsync(DashboardContext context)
        {
            var http = context.GetHttpContext();
            var right = await rightOf(http);
            http.Items[Right] = right;
            return right != JobsRight.None;
        }
    }
}
