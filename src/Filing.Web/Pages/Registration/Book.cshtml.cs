using Filing.Domain;
using Filing.Features.Registration;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>登记簿.</summary>
public sealed class BookModel : RequestPage
{
    /// <summary>What is shown.</summary>
    [BindProperty(SupportsGet = true)]
    public RegisterFilter Filter { get; set; } = new();

    /// <summary>The lines.</summary>
    public RegisterPage Lines { get; private set; } = null!;

    /// <summary>What can be filtered by.</summary>
    public RegisterChoices Choices { get; private set; } = null!;

    /// <summary>The years, the latest first.</summary>
    public IReadOnlyList<Choice> Years => Choices is { FirstYear: { } first, LastYear: { } last }
        ? [.. Enumerable.Range(first, last - first + 1).Reverse().Select(y => new Choice($"{y}", $"{y}年"))]
        : [];

    /// <summary>Kinds of documents.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } = Choice.Of<DocumentKind>(k => k.Chinese());

    /// <summary>Shows a page of the register.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return Redirect("/register");
        var (lines, refused) = await AskAsync(Filter.Query);
        if (refused is not null) return refused;
        (var choices, refused) = await AskAsync(new ReadRegisterChoices(!Filter.Lower));
        (Lines, Choices) = (lines!, choices!);
        return refused ?? Page();
    }
}
