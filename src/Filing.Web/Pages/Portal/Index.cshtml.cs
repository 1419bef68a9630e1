using Filing.Domain;
using Filing.Features.Portal;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Portal;

/// <summary>公众查询: what is in force today, or was on a day.</summary>
public sealed class IndexModel : PortalPage
{
    private const int Size = 20;

    /// <summary>Part of the title or of a number.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    /// <summary>The day, in any form; today when empty.</summary>
    [BindProperty(SupportsGet = true, Name = "on")]
    public DateOnly? On { get; set; }

    /// <summary>A <see cref="PublicState"/> in kebab case.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>Code of the issuing body.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Body { get; set; }

    /// <summary>Year of publication.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = Here.PageMember)]
    public int Number { get; set; } = 1;

    /// <summary>The documents.</summary>
    public PublicPage Documents { get; private set; } = null!;

    /// <summary>What was asked for.</summary>
    public PublicState Which { get; private set; }

    /// <summary>What was wrong with the question; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The pager.</summary>
    public Pager Pager => new(Number, Size, Documents.Total);

    /// <summary>What the list is of, as a sentence.</summary>
    public string Heading => (Which, On) switch
    {
        (PublicState.InForce, null) => "现行有效的规范性文件",
        (PublicState.InForce, { } on) => $"{ChineseDate.Format(on)}有效的规范性文件",
        (PublicState.All, _) => "全部已公布的规范性文件",
        var (state, _) => $"{state.Chinese()}的规范性文件",
    };

    /// <summary>Shows a page of the list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!Kebab.TryParse<PublicState>(string.IsNullOrEmpty(State) ? Kebab.Of(PublicState.InForce) : State, out var which)) return NotFound();
        Which = which;
        Wrong = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).FirstOrDefault();
        if (Wrong is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        var (documents, refused) = await AskAsync(new ReadPublicDocuments(Search, On, which, Blank(Body), Year, Wrong is null ? Number : 1, Size));
        if (refused is not null) return refused;
        Documents = documents!;
        return Wrong is null ? Kept() : Page();
    }

    private static string? Blank(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
