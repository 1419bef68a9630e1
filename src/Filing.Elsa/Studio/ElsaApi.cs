using System.Security.Claims;
using System.Text.RegularExpressions;
using Elsa.Extensions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Filing.Elsa.Studio;

/// <summary>
/// Elsa's own interface over HTTP, for whoever keeps the rules: it shows definitions and running cases, and takes drafts of new versions. It can start,
/// cancel, delete and alter nothing: what happens to a case is decided by the product's commands alone.
/// </summary>
public static partial class ElsaApi
{
    /// <summary>Below which path everything of Elsa stands.</summary>
    public const string Path = "/elsa";

    /// <summary>Where the interface stands.</summary>
    public const string ApiPath = Path + "/api";

    // FastEndpoints looks for claims of this type.
    private const string PermissionClaim = "permissions";

    // Of all that Elsa knows: to look at everything, and to write and publish definitions. Whatever acts on a case is missing on purpose.
    private static readonly string[] Permissions =
    [
        "read:*", "read:activity-descriptors", "read:activity-descriptors-options", "read:expression-descriptors", "read:installed-features", "read:storage-drivers",
        "read:variable-descriptors", "read:activity-execution", "read:commit-strategies", "read:incident-strategies", "read:log-persistence-strategies",
        "read:workflow-activation-strategies", "read:workflow-definitions", "read:workflow-instances", "write:workflow-definitions", "publish:workflow-definitions",
    ];

    /// <summary>
    /// Lets nobody else below <see cref="Path"/>: who is not signed in is asked to, 403 for who does not keep the rules, and for a change that another site
    /// made the browser send. It stands after the sign-in and before the endpoints are authorised.
    /// </summary>
    /// <param name="app">Where to.</param>
    /// <param name="keepsRules">Whether somebody keeps the rules; asked at every request.</param>
    public static IApplicationBuilder UseElsaDoor(this IApplicationBuilder app, Func<HttpContext, Task<bool>> keepsRules) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), door => door.Use(async (HttpContext context, RequestDelegate next) =>
        {
            if (context.User.Identity?.IsAuthenticated != true && context.Request.Path.StartsWithSegments(ApiPath)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else if (context.User.Identity?.IsAuthenticated != true) await context.ChallengeAsync();
            else if (!IsOurs(context.Request) || !IsOpen(context.Request) || !await keepsRules(context)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
            else
            {
                context.User.AddIdentity(new ClaimsIdentity(Permissions.Select(p => new Claim(PermissionClaim, p))));
                await next(context);
            }
        }));

    /// <summary>Whether a folder has the files of the Studio.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsStudio(string folder) => File.Exists(System.IO.Path.Combine(folder, StudioPages.Landmark));

    /// <summary>Puts the interface up; and the Studio, where its files are.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="studio">The folder of the Studio's files; null for the interface alone.</param>
    public static IEndpointRouteBuilder MapElsa(this IEndpointRouteBuilder routes, string? studio)
    {
        routes.MapWorkflowsApi(ApiPath[1..]);
        if (studio is not null) routes.MapStudio(studio);
        return routes;
    }

    // Beside the permissions: what Elsa lets anybody do who has a token, or judges only after it has read the request, does not come that far.
    private static bool IsOpen(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(ApiPath, out var rest)) return true;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? !rest.StartsWithSegments("/bookmarks") : Asked().IsMatch(rest);
    }

    // Drafts and their publication, and the questions that are asked by POST.
    [GeneratedRegex("^/(workflow-definitions(/.*)?|bulk-actions/(publish|export)/.*|workflow-instances(/[^/]+/(journal|export))?|activity-executions/.*|descriptors/.*)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Asked();

    // A browser says of itself whose page sent a request; the cookie alone would be sent for anybody's.
    private static bool IsOurs(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers["Sec-Fetch-Site"] == "same-origin";
}
