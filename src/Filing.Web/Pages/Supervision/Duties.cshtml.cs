using Filing.Domain;
using Filing.Features.FilingUp;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Supervision;

/// <summary>报备清单: the rows behind the figures of the board.</summary>
public sealed class DutiesModel(LegalClock clock) : RequestPage
{
    private const int Size = 50;

    /// <summary>A <see cref="FilingStanding"/> in kebab case.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Standing { get; set; }

    /// <summary>Code of the government that has to file.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Government { get; set; }

    /// <summary>Year of publication.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>The duties.</summary>
    public FilingDutyPage Duties { get; private set; } = null!;

    /// <summary>Which of them.</summary>
    public FilingStanding Which { get; private set; }

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Duties.Total);

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!Kebab.TryParse<FilingStanding>(Standing ?? "all", out var which) || !ModelState.IsValid) return NotFound();
        Which = which;
        var (duties, refused) = await AskAsync(new ReadFilingDuties(which, string.IsNullOrEmpty(Government) ? null : Government, Year, (Math.Max(Number, 1) - 1) * Size, Size));
        if (refused is not null) return refused;
        Duties = duties!;
        return Page();
    }
}
