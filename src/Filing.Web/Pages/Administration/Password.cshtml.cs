using System.ComponentModel.DataAnnotations;
using Filing.Features.Administration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>修改口令: one's own. Every session of the account ends, this one too.</summary>
public sealed class PasswordModel : RequestPage
{
    /// <summary>The old password.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写原口令。")]
    public string? Current { get; set; }

    /// <summary>The new one.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写新口令。")]
    public string? Password { get; set; }

    /// <summary>The new one once more.</summary>
    [BindProperty]
    [Compare(nameof(Password), ErrorMessage = "两次填写的新口令不一致。")]
    public string? Again { get; set; }

    /// <summary>Where whoever was led here from the sign-in wanted to go.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    /// <summary>True where somebody else knows the password.</summary>
    public bool Due { get; private set; }

    /// <summary>Where to go without changing it; null for a reader who came by the menu.</summary>
    public string? Later => Url.IsLocalUrl(Return) ? Return : null;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (me, refused) = await AskAsync(new WhoAmI());
        Due = me?.PasswordChangeDue == true;
        return refused ?? Page();
    }

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await SendAsync(new SetPassword(Password ?? "", Current), _ => Redirect(Later is { } later ? "/sign-in" + QueryString.Create("return", later) : "/sign-in"), () => Task.FromResult<IActionResult>(Page()));
        if (answer is RedirectResult)
        {
            Notice = "口令已修改，请用新口令登录。";
            await HttpContext.SignOutAsync(Security.Setup.Cookie);
        }

        return answer;
    }
}
