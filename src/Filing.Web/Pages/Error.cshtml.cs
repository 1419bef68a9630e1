using Filing.Web.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Filing.Web.Pages;

/// <summary>What a page that cannot be shown is answered with: what kind of no it is, and the trace id. The status is that of the page.</summary>
// Behind the filter that looks at every form: a form without our token is answered with a page too.
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class ErrorModel : PageModel
{
    /// <summary>What kind of no it is.</summary>
    public string Title { get; private set; } = "";

    /// <summary>What logs show for this request.</summary>
    public string TraceId { get; private set; } = "";

    /// <summary>Shows it, whatever the method of the page was.</summary>
    public void OnGet() => Tell();

    /// <summary>Shows it, whatever the method of the page was.</summary>
    public void OnPost() => Tell();

    private void Tell()
    {
        if (Response.StatusCode < 400) Response.StatusCode = StatusCodes.Status404NotFound;
        (Title, TraceId) = (Problems.TitleOf(Response.StatusCode), Problems.TraceId(HttpContext));
    }
}
