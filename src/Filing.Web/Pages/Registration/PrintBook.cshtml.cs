using Filing.Features.Registration;
using Filing.Papers;
using Filing.Web.Pages.Papers;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>登记簿 to print: the page that the filters leave, with the digest of its lines.</summary>
public sealed class PrintBookModel : PaperPage
{
    private const string Sheet = "print";

    /// <summary>What is printed.</summary>
    [BindProperty(SupportsGet = true)]
    public RegisterFilter Filter { get; set; } = new();

    /// <inheritdoc/>
    public override string Back => "/register" + Request.QueryString;

    /// <inheritdoc/>
    public override string BackName => "返回登记簿";

    /// <summary>Shows the sheet, or gives its file.</summary>
    /// <param name="sheet"><c>print</c>, with <c>.docx</c> for the file.</param>
    public async Task<IActionResult> OnGetAsync([FromRoute] string sheet) => (sheet, ModelState.IsValid) switch
    {
        (not (Sheet or Sheet + DocxWriter.Ending), _) => NotFound(),
        (_, false) => BadRequest(),
        _ => await ShowAsync(new PrintRegister(Filter.Query), sheet != Sheet),
    };
}
