using Filing.Domain;
using Filing.Papers;
using Filing.Pipeline;
using Filing.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Papers;

/// <summary>
/// A page that shows an official paper as it prints, and gives it as a Word file where the address ends in <c>.docx</c>. A paper that cannot be made
/// yet is answered with the reason.
/// </summary>
public abstract class PaperPage : RequestPage
{
    /// <summary>The paper; null while <see cref="Refusal"/> says why there is none.</summary>
    public OfficialPaper? Paper { get; private set; }

    /// <summary>Why the paper cannot be made.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Where the reader came from.</summary>
    public abstract string Back { get; }

    /// <summary>What the link there says.</summary>
    public abstract string BackName { get; }

    /// <summary>Where the Word file is.</summary>
    public string FileAddress => Request.Path + DocxWriter.Ending + Request.QueryString;

    /// <summary>Shows the paper, or gives its file.</summary>
    /// <param name="query">What makes it.</param>
    /// <param name="file">True for the file.</param>
    protected async Task<IActionResult> ShowAsync(IQuery<OfficialPaper> query, bool file)
    {
        var result = await Mediator.Send(query, HttpContext.RequestAborted);
        if (result.TryGet(out var paper, out var error))
        {
            Paper = paper;
            return file ? File(DocxWriter.Write(paper), DocxWriter.MediaType, FileName(paper)) : Page();
        }

        if (error.Kind is not (ErrorKind.Refused or ErrorKind.Conflict or ErrorKind.Invalid) || file) return error.Kind == ErrorKind.Unauthenticated ? Challenge() : StatusCode(Problems.StatusOf(error.Kind));
        (Refusal, Response.StatusCode) = (error.Message, Problems.StatusOf(error.Kind));
        return Page();
    }

    /// <summary>A name that every file system takes.</summary>
    private static string FileName(OfficialPaper paper)
    {
        var name = new string([.. paper.FileName.Where(c => !char.IsControl(c) && c is not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'))]);
        return (name.Length > 100 ? name[..100] : name) + DocxWriter.Ending;
    }
}
