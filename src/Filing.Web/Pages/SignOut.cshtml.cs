using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Filing.Web.Pages;

/// <summary>退出: by a form, so that no other site can sign anybody out.</summary>
public sealed class SignOutModel : PageModel
{
    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(Security.Setup.Cookie);
        return Redirect("/sign-in");
    }
}
