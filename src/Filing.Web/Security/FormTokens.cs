using Microsoft.AspNetCore.Antiforgery;

namespace Filing.Web.Security;

/// <summary>The token of a form whose body is read part by part.</summary>
internal static class FormTokens
{
    /// <summary>Whether the token that came in the body is one of ours for whoever is signed in.</summary>
    public static async Task<bool> FitsAsync(HttpContext context, string? token)
    {
        if (string.IsNullOrEmpty(token)) return false;
        // From the header it is taken first, so that nobody reads the body for it.
        context.Request.Headers["X-Form-Token"] = token;
        return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }
}
