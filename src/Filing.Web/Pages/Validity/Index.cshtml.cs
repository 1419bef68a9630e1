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

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>Which of them.</summary>
    public ValidityPart Part { get; private set; }

    /// <summary>The documents.</summary>
    public ValidityPage Documents { get; private set; } = null!;

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Documents.Total);

    /// <summary>The page of an evaluation, for whoever has to do it.</summary>
    public string? Evaluation(ValidityLine line) => line is { Mine: true, Evaluation: { } task } ? routes.OfTask(line.DocumentId, "evaluate", task) : null;

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!Kebab.TryParse<ValidityPart>(string.IsNullOrEmpty(Which) ? "expiring" : Which, out var part) || !ModelState.IsValid) return NotFound();
        Part = part;
        var (documents, refused) = await AskAsync(new ReadValidity(part, Search, Math.Max(Number, 1), Size));
        if (refused is not null) return refused;
        Documents = documents!;
        return Page();
    }
}
