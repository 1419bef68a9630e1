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

    /// <summary>Shows the form.</summary>
    public IActionResult OnGet() => Page();

    /// <summary>Changes it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await SendAsync(new SetPassword(Password ?? "", Current), _ => Redirect("/sign-in"), () => Task.FromResult<IActionResult>(Page()));
        if (answer is RedirectResult)
        {
            Notice = "口令已修改，请用新口令登录。";
            await HttpContext.SignOutAsync(Security.Setup.Cookie);
        }

        return answer;
    }
}
