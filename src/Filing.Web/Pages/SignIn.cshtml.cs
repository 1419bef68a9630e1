using Filing.Pipeline;
using Filing.Web.Operations;
using Filing.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Filing.Web.Pages;

/// <summary>登录. In Development a demonstration lists its people, each a button.</summary>
[EnableRateLimiting(Security.Setup.SignInLimit)]
[RequestFormLimits(ValueLengthLimit = EndedSession.MostCarried)]
internal sealed class SignInModel(SignInDesk desk, Accounts accounts, LegalClock clock, Banner banner, IWebHostEnvironment environment) : PageModel
{
    private readonly bool _demo = banner.Demo && environment.IsDevelopment();

    /// <summary>Where to go on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Return { get; set; }

    /// <summary>The login.</summary>
    [BindProperty]
    public string? Login { get; set; }

    /// <summary>The password.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The people of a demonstration; none otherwise.</summary>
    public IReadOnlyList<DemoAccount> Demo { get; private set; } = [];

    /// <summary>The people of a demonstration: those of each government with its offices, those of its departments; the city's own first.</summary>
    public IEnumerable<IGrouping<string, DemoAccount>> DemoGroups => Demo
        .GroupBy(a => a.Kind switch { "department" => $"{a.Government}各部门", "government" => a.Body, _ => a.Government ?? a.Body })
        .OrderBy(g => g.All(a => a.Login.Contains('-', StringComparison.Ordinal))).ThenBy(g => g.First().Kind != "department");

    /// <summary>What was typed into a form when the session had ended, sealed; null when nothing was.</summary>
    [BindProperty]
    public string? Carried { get; set; }

    /// <summary>What becomes of <see cref="Carried"/>, in words.</summary>
    public string CarriedSaid => EndedSession.Describe(HttpContext, Carried);

    /// <summary>Shows the form.</summary>
    public async Task OnGetAsync()
    {
        Carried ??= EndedSession.Of(HttpContext);
        await ReadDemoAsync();
    }

    private async Task ReadDemoAsync() => Demo = _demo ? await accounts.DemoAsync(clock.Today, HttpContext.RequestAborted) : [];

    /// <summary>Signs in with a password.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if ((await desk.CheckAsync(Login?.Trim() ?? "", Password ?? "", HttpContext.RequestAborted)).TryGet(out var account, out var error)) return await EnterAsync(account);
        ModelState.AddModelError("", error.Message);
        Response.StatusCode = error.Code == "sign-in.too-many" ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
        await ReadDemoAsync();
        return Page();
    }

    /// <summary>Signs in as one of a demonstration's people.</summary>
    public async Task<IActionResult> OnPostDemoAsync()
    {
        if (!_demo) return NotFound();
        return await accounts.ByLoginAsync(Login ?? "", HttpContext.RequestAborted) is { DisabledAt: null } account ? await EnterAsync(account) : NotFound();
    }

    private async Task<IActionResult> EnterAsync(AccountRow account)
    {
        await Sessions.BeginAsync(HttpContext, account);
        var (back, said) = await EndedSession.GiveBackAsync(HttpContext, Carried, account);
        if (said is not null) TempData["Notice"] = said;
        var next = back ?? (Url.IsLocalUrl(Return) ? Return : "/");
        // First, and not instead: whoever has something urgent to do goes on by the menu.
        return LocalRedirect(account.PasswordChangeDue ? "/password" + QueryString.Create("return", next) : next);
    }
}
