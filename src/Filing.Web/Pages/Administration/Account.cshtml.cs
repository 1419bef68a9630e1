using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>One account: its posts, a new one, the end of one.</summary>
public sealed class AccountModel(LegalClock clock) : RequestPage
{
    /// <summary>The account.</summary>
    [FromRoute]
    public string Login { get; set; } = "";

    /// <summary>Code of the body of a new post.</summary>
    [BindProperty]
    public string? Body { get; set; }

    /// <summary>The role of a new post.</summary>
    [BindProperty]
    public Role? Role { get; set; }

    /// <summary>The first day of a new post.</summary>
    [BindProperty]
    public DateOnly? From { get; set; }

    /// <summary>The last day of a new post, where it is known.</summary>
    [BindProperty]
    public DateOnly? To { get; set; }

    /// <summary>The last day of a post that ends.</summary>
    [BindProperty]
    public DateOnly? LastDay { get; set; }

    /// <summary>Why it is disabled, or stands again.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>A password for somebody who has lost the old one.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>True for whoever keeps bodies, accounts and posts; false for the security officer.</summary>
    public bool Keeps { get; private set; }

    /// <summary>The account.</summary>
    public AccountLine Account { get; private set; } = null!;

    /// <summary>The bodies that stand.</summary>
    public IReadOnlyList<Choice> Bodies { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>任职.</summary>
    public async Task<IActionResult> OnPostGiveAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (string.IsNullOrEmpty(Body)) ModelState.AddModelError(nameof(Body), "请选择机关。");
        if (Role is null) ModelState.AddModelError(nameof(Role), "请选择岗位。");
        return await SendAsync(new GivePost(Login, Body ?? "", Role ?? default, From ?? Today, To), _ => Said("已任职。"), () => Task.FromResult<IActionResult>(Page()));
    }

    /// <summary>免职.</summary>
    public async Task<IActionResult> OnPostEndAsync(Guid post)
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Account.Posts.All(p => p.PostId != post)) return NotFound();
        return await SendAsync(new EndPost(post, LastDay ?? Today), _ => Said("已免职。"), () => Task.FromResult<IActionResult>(Page()));
    }

    /// <summary>停用.</summary>
    public async Task<IActionResult> OnPostDisableAsync() =>
        await LoadAsync() ?? await SendAsync(new DisableAccount(Login, Reason ?? ""), _ => Said("已停用，该账号的会话随即结束。"), () => Task.FromResult<IActionResult>(Page()));

    /// <summary>启用.</summary>
    public async Task<IActionResult> OnPostEnableAsync() =>
        await LoadAsync() ?? await SendAsync(new EnableAccount(Login, Reason ?? ""), _ => Said("已启用。"), () => Task.FromResult<IActionResult>(Page()));

    /// <summary>设置口令.</summary>
    public async Task<IActionResult> OnPostPasswordAsync() =>
        await LoadAsync() ?? await SendAsync(new SetPassword(Password ?? "", null, Login), _ => Said("已设置口令，请当面交给本人；本人登录后应当修改。"), () => Task.FromResult<IActionResult>(Page()));

    private RedirectResult Said(string what)
    {
        Notice = what;
        return Redirect($"/accounts/{Uri.EscapeDataString(Login)}");
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (account, refused) = await AskAsync(new ReadAccount(Login));
        if (refused is not null) return refused;
        Account = account!;
        (var bodies, _) = await AskAsync(new ReadBodies());
        Keeps = bodies is not null;
        Bodies = [.. (bodies ?? []).Where(b => b.ValidTo is null).Select(b => new Choice(b.Code, $"{new string('　', b.Depth)}{b.Name}（{b.Code}）"))];
        return null;
    }
}
