using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>开设账号, with its first post.</summary>
public sealed class NewAccountModel : RequestPage
{
    /// <summary>The name to sign in with.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写登录名。")]
    public string? Login { get; set; }

    /// <summary>The person's name.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写姓名。")]
    public string? Name { get; set; }

    /// <summary>Where alerts go.</summary>
    [BindProperty]
    public string? Email { get; set; }

    /// <summary>The first password.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写初始口令。")]
    public string? Password { get; set; }

    /// <summary>Code of the body of the first post.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The role of the first post.</summary>
    [BindProperty]
    public Role? Role { get; set; }

    /// <summary>The bodies that stand.</summary>
    public IReadOnlyList<Choice> Bodies { get; private set; } = [];

    /// <summary>The roles.</summary>
    public static IReadOnlyList<Choice> Roles { get; } = Choice.Of<Role>(r => r.Chinese());

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Makes the account.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        return await SendAsync(
            new CreateAccount(Login ?? "", Name ?? "", Password, Given(Email), Role, Given(Body)),
            _ =>
            {
                Notice = $"已开设账号 {Login}。请把初始口令当面交给本人，不要写在邮件或即时消息里。";
                return Redirect($"/accounts/{Uri.EscapeDataString(Login!)}");
            },
            () => Task.FromResult<IActionResult>(Page()));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<IActionResult?> LoadAsync()
    {
        var (bodies, refused) = await AskAsync(new ReadBodies());
        Bodies = [.. (bodies ?? []).Where(b => b.ValidTo is null).Select(b => new Choice(b.Code, $"{new string('　', b.Depth)}{b.Name}（{b.Code}）"))];
        return refused;
    }
}
