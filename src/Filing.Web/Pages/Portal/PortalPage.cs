using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Portal;

/// <summary>A page for everybody. What is published changes seldom: a browser or a proxy may keep the page for a minute, unless somebody is signed in.</summary>
public abstract class PortalPage : RequestPage
{
    /// <summary>Says that the page may be kept. Not for pages with a form to send: these carry a token of one reader.</summary>
    protected IActionResult Kept()
    {
        Response.Headers.CacheControl = "public, max-age=60";
        return Page();
    }
}
