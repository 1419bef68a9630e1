using System.ComponentModel.DataAnnotations;
using Filing.Features.Portal;
using Filing.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Portal;

/// <summary>征求意见稿: the draft, and a form for what anybody has to say of it.</summary>
public sealed class ConsultationModel(PublicLimit limit) : PortalPage
{
    private const int LongestKey = 64;

    /// <summary>The consultation.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What is said.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写意见内容。")]
    public string? Text { get; set; }

    /// <summary>Who says it.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>How he or she can be reached.</summary>
    [BindProperty]
    public string? Contact { get; set; }

    /// <summary>A field that people do not see; only a program fills it in.</summary>
    [BindProperty]
    public string? Website { get; set; }

    /// <summary>The draft.</summary>
    public PublicDraft Draft { get; private set; } = null!;

    /// <summary>The confirmation, after a comment was sent.</summary>
    public CommentReceipt? Receipt { get; private set; }

    /// <summary>Shows the draft; with the number of a confirmation, that too.</summary>
    public async Task<IActionResult> OnGetAsync(string? received)
    {
        if (await LoadAsync() is { } refused) return refused;
        if (received is not null) (Receipt, _) = await AskAsync(new ReadCommentReceipt(Id, received));
        return Page();
    }

    /// <summary>Takes a comment.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (FormKey is not { Length: > 0 and <= LongestKey } || !FormKey.All(char.IsAsciiLetterOrDigit)) FormKey = Guid.CreateVersion7().ToString("N");
        if (!string.IsNullOrEmpty(Website)) ModelState.AddModelError("", "有一栏不应填写的内容被填写了，意见没有提交。请清空后再试。");
        else if (ModelState.IsValid && !limit.Take(HttpContext)) return TooMany();
        return await SendAsync(new SendComment(Id, Text ?? "", Name, Contact), r => Redirect($"/public/consultations/{Id}?received={r.Reference}"), () => Task.FromResult<IActionResult>(Page()));
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult TooMany()
    {
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        ModelState.AddModelError("", "从您所在的网络提交的意见过于频繁，请过一会儿再提交。您填写的内容还在下面。");
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (draft, refused) = await AskAsync(new ReadPublicConsultation(Id));
        Draft = draft!;
        return refused;
    }
}
