using Filing.Features.Supervision;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Supervision;

/// <summary>预警与逾期: the alerts on one's own desks, what is late today and what is coming, asked afresh.</summary>
public sealed class AlertsModel(LegalClock clock) : RequestPage
{
    private const int Size = 50;

    /// <summary>Which list: <c>standing</c> (alerts that stand), <c>all</c> (every alert), <c>overdue</c>, <c>due</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? List { get; set; }

    /// <summary>The level of alerts; every level when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Level { get; set; }

    /// <summary>One limit, as the definitions call it; all when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Limit { get; set; }

    /// <summary>Of <c>due</c>: the first day; today when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    /// <summary>Of <c>due</c>: the last day; seven days ahead when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>The deadlines; null where alerts are shown.</summary>
    public DeadlinePage? Deadlines { get; private set; }

    /// <summary>The alerts, newest first; null where deadlines are shown.</summary>
    public AlertPage? Alerts { get; private set; }

    /// <summary>The lists with the number of their rows.</summary>
    public IReadOnlyList<(string List, string Name, int Count)> Lists { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>What was wrong with the days; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Deadlines?.Total ?? Alerts!.Total, Deadlines is null ? "条" : "件");

    private int Skip => (Math.Max(Number, 1) - 1) * Size;

    /// <summary>Shows a list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        List = string.IsNullOrEmpty(List) ? "standing" : List;
        if (List is not ("standing" or "all" or "overdue" or "due")) return NotFound();
        Wrong = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).FirstOrDefault() ?? (To < From ? "截止日期早于开始日期。" : null);
        if (Wrong is not null) (From, To, Response.StatusCode) = (null, null, StatusCodes.Status400BadRequest);
        (From, To) = (From ?? Today, To ?? (From ?? Today).AddDays(7));
        return await CountAsync() ?? await ReadAsync() ?? Page();
    }

    private async Task<IActionResult?> CountAsync()
    {
        var (standing, refused) = await AskAsync(new ReadAlerts(0, 1, true));
        if (refused is not null) return refused;
        var (all, _) = await AskAsync(new ReadAlerts(0, 1));
        var (overdue, _) = await AskAsync(Overdue(0, 1, null));
        var (due, _) = await AskAsync(new ReadDeadlines(Today, Today.AddDays(7), null, null, 0, 1));
        Lists = [("standing", "待处理的预警", standing!.Total), ("overdue", "已逾期", overdue!.Total), ("due", "七日内到期", due!.Total), ("all", "全部预警", all!.Total)];
        return null;
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var limit = string.IsNullOrEmpty(Limit) ? null : Limit;
        IActionResult? refused;
        if (List is "overdue") (Deadlines, refused) = await AskAsync(Overdue(Skip, Size, limit));
        else if (List is "due") (Deadlines, refused) = await AskAsync(new ReadDeadlines(From, To, limit, null, Skip, Size));
        else (Alerts, refused) = await AskAsync(new ReadAlerts(Skip, Size, List is "standing", string.IsNullOrEmpty(Level) ? null : Level));
        return refused;
    }

    private ReadDeadlines Overdue(int skip, int take, string? limit) => new(null, Today.AddDays(-1), limit, null, skip, take);
}
