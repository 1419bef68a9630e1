using Filing.Features.Administration;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages;

/// <summary>待办: what lies on the desks of whoever is signed in.</summary>
public sealed class IndexModel(LegalClock clock) : RequestPage
{
    /// <summary>Who is signed in.</summary>
    public Me Me { get; private set; } = null!;

    /// <summary>The open tasks; null for those who handle no documents.</summary>
    public Inbox? Inbox { get; private set; }

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (me, refused) = await AskAsync(new WhoAmI());
        if (refused is not null) return refused;
        Me = me!;
        (Inbox, _) = await AskAsync(new ReadInbox());
        return Page();
    }
}
