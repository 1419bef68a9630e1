using Filing.Features.Cases;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Documents;

/// <summary>文件列表.</summary>
public sealed class IndexModel : RequestPage
{
    /// <summary>What is looked for.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>Where the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    /// <summary>The documents.</summary>
    public DocumentPage Documents { get; private set; } = null!;

    /// <summary>Shows a page of the list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (page, refused) = await AskAsync(new ListDocuments(Search, Before));
        if (refused is not null) return refused;
        Documents = page!;
        return Page();
    }
}
