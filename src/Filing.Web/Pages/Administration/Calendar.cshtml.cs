using Filing.Features.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>日历: the plans of the years, the days on which governments close on their own, and what was changed.</summary>
public sealed class CalendarModel : RequestPage
{
    /// <summary>The year whose days are shown; null for this year.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>The calendar.</summary>
    public CalendarSheet Sheet { get; private set; } = null!;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadCalendar(Year));
        if (refused is not null) return refused;
        Sheet = sheet!;
        return Page();
    }
}
