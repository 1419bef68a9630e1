using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Documents;

/// <summary>文件列表, with filters that are links and say how many documents they leave.</summary>
public sealed class IndexModel(LegalClock clock) : RequestPage
{
    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Where the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>A <see cref="StageGroup"/> in kebab case.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Stage { get; set; }

    /// <summary>A <see cref="DocumentKind"/> in kebab case.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    /// <summary>A <see cref="DocumentOrigin"/> in kebab case.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Origin { get; set; }

    /// <summary>The year in which they came in.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary><c>1</c> for the documents of whoever is signed in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Mine { get; set; }

    /// <summary><c>1</c> for those with an overdue duty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Late { get; set; }

    /// <summary>The documents.</summary>
    public DocumentPage Documents { get; private set; } = null!;

    /// <summary>How many each filter leaves.</summary>
    public DocumentCounts Counts { get; private set; } = null!;

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>True where anything is filtered.</summary>
    public bool Filtered => !(string.IsNullOrEmpty(Search) && string.IsNullOrEmpty(Stage) && string.IsNullOrEmpty(Kind) && string.IsNullOrEmpty(Origin) && Year is null && Mine is null && Late is null);

    /// <summary>Shows a page of the list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid || !Read<StageGroup>(Stage, out var stage) || !Read<DocumentKind>(Kind, out var kind) || !Read<DocumentOrigin>(Origin, out var origin)) return NotFound();
        var (page, refused) = await AskAsync(new ListDocuments(Search, Before, 50, stage, kind, origin, Year, Mine == "1", Late == "1"));
        if (refused is not null) return refused;
        (var counts, refused) = await AskAsync(new CountDocuments(Search, stage, kind, origin, Year, Mine == "1", Late == "1"));
        if (refused is not null) return refused;
        (Documents, Counts) = (page!, counts!);
        return Page();
    }

    private static bool Read<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!Kebab.TryParse<T>(text, out var known)) return false;
        value = known;
        return true;
    }
}
