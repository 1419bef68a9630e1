using Filing.Features.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages;

/// <summary>首页.</summary>
public sealed class IndexModel : RequestPage
{
    /// <summary>Who is signed in.</summary>
    public Me Me { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (me, refused) = await AskAsync(new WhoAmI());
        if (refused is not null) return refused;
        Me = me!;
        return Page();
    }
}
