using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>账号: who can sign in, and at which posts.</summary>
public sealed class AccountsModel(LegalClock clock) : RequestPage
{
    private const int Size = 50;

    /// <summary>Part of a login or a name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Code of a body.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Body { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>The accounts.</summary>
    public AccountPage Accounts { get; private set; } = null!;

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Accounts.Total, "个账号");

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (accounts, refused) = await AskAsync(new ReadAccounts(Search, string.IsNullOrEmpty(Body) ? null : Body, Math.Max(Number, 1), Size));
        if (refused is not null) return refused;
        Accounts = accounts!;
        return Page();
    }
}
