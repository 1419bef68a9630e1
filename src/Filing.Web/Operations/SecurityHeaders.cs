using Filing.Elsa.Studio;
using Filing.Hangfire;

namespace Filing.Web.Operations;

/// <summary>What a browser may do with our pages: run and load only what comes from here, frame them nowhere, send no address on, keep no private page.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Hangfire's pages colour their states by style attributes, and their charts by a style sheet that a script writes.
    private static readonly string JobsPolicy = Policy.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);

    // The Studio is a program of WebAssembly that writes styles and short scripts into its own page. It stands only where it was configured, before the rule keeper.
    private static readonly string StudioPolicy = JobsPolicy.Replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; worker-src 'self' blob:", StringComparison.Ordinal)
        .Replace("font-src 'self'", "font-src 'self' data:", StringComparison.Ordinal).Replace("base-uri 'none'", "base-uri 'self'", StringComparison.Ordinal);

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var policy = context.Request.Path.StartsWithSegments(Dashboard.Path) ? JobsPolicy : context.Request.Path.StartsWithSegments(ElsaApi.Path) ? StudioPolicy : Policy;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            var said = headers.CacheControl.ToString();
            // A file that says "private" itself holds nothing of anybody.
            if (context.User.Identity?.IsAuthenticated == true) headers.CacheControl = said.StartsWith("private", StringComparison.Ordinal) ? said : "no-store";
            // What a proxy may keep for everybody carries nobody's cookie.
            else if (said.StartsWith("public", StringComparison.Ordinal)) headers.Remove("Set-Cookie");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
