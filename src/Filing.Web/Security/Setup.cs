using System.Net;
using System.Threading.RateLimiting;
using Filing.Web.Operations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Filing.Web.Security;

/// <summary>Who may come in, and how: a cookie for people, a key for programs.</summary>
internal static class Setup
{
    /// <summary>The scheme of people.</summary>
    public const string Cookie = "cookie";

    /// <summary>The scheme of programs.</summary>
    public const string Key = "key";

    /// <summary>The limit of attempts to sign in from one address.</summary>
    public const string SignInLimit = "sign-in";

    private const string Either = "either";

    public static IServiceCollection AddSecurity(this IServiceCollection services, Register register)
    {
        services.AddDataProtection().SetApplicationName("filing").PersistKeysToFileSystem(Keys(register.Shared));
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => c.Request.Headers.Authorization.Count > 0 ? Key : Cookie)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(Key, null)
            .AddCookie(Cookie, o =>
            {
                (o.Cookie.Name, o.Cookie.HttpOnly, o.Cookie.SameSite, o.Cookie.SecurePolicy) = ("filing", true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
                (o.ExpireTimeSpan, o.SlidingExpiration, o.TimeProvider) = (register.Options.Session, true, TimeProvider.System);
                (o.LoginPath, o.ReturnUrlParameter) = ("/sign-in", "return");
                o.Events.OnValidatePrincipal = Sessions.ValidateAsync;
                o.Events.OnRedirectToLogin = EndedSession.ChallengeAsync;
                // The page that says so is drawn where the status is seen; a program wants the status itself.
                o.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
                o.Events.OnCheckSlidingExpiration = Sessions.SlideAsync;
            });
        services.AddAuthorization();
        services.AddAntiforgery(o => (o.Cookie.Name, o.HeaderName, o.Cookie.SameSite, o.Cookie.SecurePolicy) = ("filing-form", "X-Form-Token", SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest));
        services.AddSingleton<SignInDesk>().AddSingleton(_ => new PublicLimit(register.Options));
        return services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.AddPolicy(SignInLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress ?? IPAddress.None,
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = register.Options.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter(IPAddress.None));
        });
    }

    private static DirectoryInfo Keys(string folder)
    {
        var path = Path.Combine(folder, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
