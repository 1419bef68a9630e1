using Filing.Domain;
using Filing.Pipeline;
using Filing.Web.Api;
using Microsoft.AspNetCore.Antiforgery;

namespace Filing.Web.Security;

/// <summary>Tells the pipeline who acts in this request.</summary>
internal static class Callers
{
    public static Task FillAsync(HttpContext context, RequestDelegate next)
    {
        var authenticated = context.User.Identity?.IsAuthenticated == true;
        if (!authenticated && context.Request.Headers.Authorization.Count > 0)
            return Problems.WriteAsync(context, new Error(ErrorKind.Unauthenticated, "api-key.unknown", "密钥无效、已过期或已吊销。"));
        var caller = context.RequestServices.GetRequiredService<Caller>();
        (caller.Actor, caller.TraceId) = (Sessions.ActorOf(context.User), Problems.TraceId(context));
        return next(context);
    }

    /// <summary>
    /// A browser sends the cookie whoever made it send the request; so a change that rests on the cookie needs a token from one of our pages too. A
    /// key is sent by nobody but its owner.
    /// </summary>
    public static async Task RequireTokenAsync(HttpContext context, RequestDelegate next)
    {
        var safe = HttpMethods.IsGet(context.Request.Method) || context.User.Identity is not { IsAuthenticated: true, AuthenticationType: Setup.Cookie };
        if (safe || await TokenAsync(context)) await next(context);
        else await Problems.WriteAsync(context, new Error(ErrorKind.Forbidden, "form-token", "请求缺少本系统页面的令牌（请求头 X-Form-Token）；程序请改用接口密钥。"));
    }

    private static async Task<bool> TokenAsync(HttpContext context)
    {
        try
        {
            // A token in a form would make the whole body be read here; the API takes it from the header only.
            if (context.Request.Headers["X-Form-Token"].Count != 1) return false;
            await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }
}
