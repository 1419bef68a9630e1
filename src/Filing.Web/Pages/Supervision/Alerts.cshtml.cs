using Filing.Features.Supervision;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Supervision;

/// <summary>预警与逾期: what is late today, asked afresh, and the alerts on one's own desks.</summary>
public sealed class AlertsModel(LegalClock clock) : RequestPage
{
    /// <summary>What is late.</summary>
    public DeadlinePage Overdue { get; private set; } = null!;

    /// <summary>The alerts, newest first.</summary>
    public AlertPage Alerts { get; private set; } = null!;

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (overdue, refused) = await AskAsync(new ReadOverdue());
        if (refused is not null) return refused;
        Overdue = overdue!;
        (var alerts, refused) = await AskAsync(new ReadAlerts());
        if (refused is not null) return refused;
        Alerts = alerts!;
        return Page();
    }
}
