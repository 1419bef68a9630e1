using Filing.Papers;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Papers;

/// <summary>A paper of a document, by its name in the catalogue.</summary>
public sealed class PaperModel : PaperPage
{
    /// <summary>The document.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <inheritdoc/>
    public override string Back => $"/documents/{Id}";

    /// <inheritdoc/>
    public override string BackName => "返回文件";

    /// <summary>Shows it, or gives its file.</summary>
    /// <param name="name">Its name, with <c>.docx</c> for the file.</param>
    public async Task<IActionResult> OnGetAsync([FromRoute] string name)
    {
        var file = name.EndsWith(DocxWriter.Ending, StringComparison.Ordinal);
        if (PaperCatalogue.Find(file ? name[..^DocxWriter.Ending.Length] : name) is not { } paper) return NotFound();
        return PaperCatalogue.Ask(paper, Id, Request.Query.Select(q => KeyValuePair.Create(q.Key, q.Value.ToString() is { Length: > 0 } value ? value : null))) is { } query
            ? await ShowAsync(query, file)
            : BadRequest();
    }
}
