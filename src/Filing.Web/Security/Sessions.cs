using System.Security.Claims;
using Filing.Features.Administration;
using Filing.Hangfire;
using Filing.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Filing.Web.Security;

/// <summary>What a signed-in person carries from request to request, and whether it still stands.</summary>
internal static class Sessions
{
    private const string Stamp = "stamp";

    /// <summary>Begins a session.</summary>
    public static Task BeginAsync(HttpContext context, AccountRow account) =>
        context.SignInAsync(Setup.Cookie, Principal(Setup.Cookie, account.Id, account.Name, account.SecurityStamp));

    /// <summary>Somebody, as a scheme knows him or her.</summary>
    public static ClaimsPrincipal Principal(string scheme, Guid account, string name, string? stamp = null)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.ToString()), new(ClaimTypes.Name, name)], scheme);
        if (stamp is not null) identity.AddClaim(new(Stamp, stamp));
        return new(identity);
    }

    /// <summary>Ends a session whose account was disabled, or whose password changed.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<Accounts>();
        if (Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) && context.Principal.FindFirstValue(Stamp) is { } stamp
            && await accounts.StandsAsync(id, stamp, context.HttpContext.RequestAborted)) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Setup.Cookie);
    }

    /// <summary>A request lengthens the session, unless an open page makes it by itself.</summary>
    public static Task SlideAsync(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew &= !context.Request.Path.StartsWithSegments(Dashboard.Poll);
        return Task.CompletedTask;
    }

    /// <summary>What somebody may do with the jobs of Hangfire, by the posts of today.</summary>
    public static async Task<JobsRight> JobsRightAsync(HttpContext context)
    {
        var me = await context.RequestServices.GetRequiredService<IMediator>().Send(new WhoAmI(), context.RequestAborted);
        return me.TryGet(out var who, out _) ? (May(who, Function.RunJobs), May(who, Function.ReadJobs)) switch
        {
            (true, _) => JobsRight.Act,
            (_, true) => JobsRight.Look,
            _ => JobsRight.None,
        }
        : JobsRight.None;
    }

    /// <summary>Whether somebody keeps the rules, by the posts of today.</summary>
    public static async Task<bool> KeepsRulesAsync(HttpContext context)
    {
        var me = await context.RequestServices.GetRequiredService<IMediator>().Send(new WhoAmI(), context.RequestAborted);
        return me.TryGet(out var who, out _) && May(who, Function.KeepRules);
    }

    private static bool May(Me who, Function function) => who.Posts.Any(p => Permissions.RolesOf(function).Contains(p.Role));

    /// <summary>Who the principal is to the pipeline.</summary>
    public static Actor ActorOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { } name } && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        ? new Actor(ActorKind.Person, id, name)
        : Actor.Public;
}
