using Filing.Domain;
using Filing.Features.Validity;
using Filing.Pipeline;
using Filing.Web.Pages.Documents;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Validity;

/// <summary>有效期: what expires, what has lapsed, what is to be evaluated.</summary>
public sealed class IndexModel(LegalClock clock, ActRoutes routes) : RequestPage
{
    private const int Size = 50;

    /// <summary>A <see cref="ValidityPart"/> in kebab case; what expires when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Which { get; set; }

    /// <summary>Part of the title or of a number.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>The day of the statuses, in any form; empty for the list of terms, or today where <see cref="KnownOn"/> is given.</summary>
    [BindProperty(SupportsGet = true, Name = "on")]
    public DateOnly? On { get; set; }

    /// <summary>As it was known at the end of that day; empty for what is known now.</summary>
    [BindProperty(SupportsGet = true, Name = "known-on")]
    public DateOnly? KnownOn { get; set; }

    /// <summary>After which document the page of statuses begins.</summary>
    [BindProperty(SupportsGet = true, Name = Here.Place)]
    public Guid? After { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>Which of them.</summary>
    public ValidityPart Part { get; private set; }

    /// <summary>The documents.</summary>
    public ValidityPage Documents { get; private set; } = null!;

    /// <summary>What the documents were on the day; null where no day was asked for.</summary>
    public StatusPage? Statuses { get; private set; }

    /// <summary>What was wrong with a date; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Documents.Total);

    /// <summary>The page of an evaluation, for whoever has to do it.</summary>
    public string? Evaluation(ValidityLine line) => line is { Mine: true, Evaluation: { } task } ? routes.OfTask(line.DocumentId, "evaluate", task) : null;

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        string[] dates = ["on", "known-on"];
        Wrong = dates.SelectMany(d => ModelState[d]?.Errors ?? []).Select(e => e.ErrorMessage).FirstOrDefault();
        if (!Kebab.TryParse<ValidityPart>(string.IsNullOrEmpty(Which) ? "expiring" : Which, out var part) || (Wrong is null && !ModelState.IsValid)) return NotFound();
        Part = part;
        if (Wrong is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Wrong is not null || (On is null && KnownOn is null) ? await TermsAsync() : await StatusesAsync();
    }

    private async Task<IActionResult> TermsAsync()
    {
        var (documents, refused) = await AskAsync(new ReadValidity(Part, Search, Math.Max(Number, 1), Size));
        if (refused is not null) return refused;
        Documents = documents!;
        return Page();
    }

    private async Task<IActionResult> StatusesAsync()
    {
        var (statuses, refused) = await AskAsync(new ListStatuses(On, KnownOn, Text: Search, After: After, Size: Size));
        if (refused is not null) return refused;
        Statuses = statuses;
        return Page();
    }
}
