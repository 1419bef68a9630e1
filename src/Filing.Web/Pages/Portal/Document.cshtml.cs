using Filing.Domain;
using Filing.Features.Portal;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Portal;

/// <summary>公众页的一份文件: its text, numbers and dates. What is not published is answered as what does not exist.</summary>
public sealed class DocumentModel : PortalPage
{
    /// <summary>The document.</summary>
    public PublicDocument Document { get; private set; } = null!;

    /// <summary>The day for which the state is told, in any form; today when empty.</summary>
    [BindProperty(SupportsGet = true, Name = "on")]
    public DateOnly? On { get; set; }

    /// <summary>What was wrong with the day; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>True where the text begins without its own title.</summary>
    public bool NeedsHead => Document.Text is { } text && !Squeezed(text.Length > 400 ? text[..400] : text).Contains(Squeezed(Document.Title), StringComparison.Ordinal);

    /// <summary>What is on record, one sentence each; no judgement.</summary>
    public IEnumerable<string> Facts
    {
        get
        {
            if (Document.EnteredAfterwards) yield return "本文件是补录入册的，制定过程未经本系统审查";
            yield return Document.Registered is { } registered ? $"{ChineseDate.Format(registered)}统一登记" : "没有统一登记的记录";
            yield return Document.RegistrationNumber is { } number ? $"统一登记号 {number}" : "没有统一登记号";
            yield return $"{ChineseDate.Format(Document.Published)}公布";
            yield return $"自{ChineseDate.Format(Document.InForce)}起施行";
            if (Document.LastValidDay is { } last) yield return $"有效期至{ChineseDate.Format(last)}（含当日）";
            else if (Document.Term is null) yield return "没有载明有效期";
            foreach (var relation in Document.Relations) yield return $"自{ChineseDate.Format(relation.On)}起{relation.Kind.Name()}";
        }
    }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Wrong = ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).FirstOrDefault();
        var (document, refused) = await AskAsync(new ReadPublicDocument(id, On));
        if (refused is not null) return refused;
        Document = document!;
        if (Wrong is null) return Kept();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
