using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>撤销、合并、更名机关: asked once more before it is done, since a body ends once.</summary>
public sealed class DissolveModel(LegalClock clock) : RequestPage
{
    /// <summary>Code of the body.</summary>
    [FromRoute]
    public string Code { get; set; } = "";

    /// <summary>Its last day in being.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写最后一天。")]
    public DateOnly? LastDay { get; set; }

    /// <summary>Code of the body that takes over.</summary>
    [BindProperty]
    public string? Successor { get; set; }

    /// <summary>Which button was pressed: <c>check</c>, <c>do</c>, <c>back</c>.</summary>
    [BindProperty]
    public string? Go { get; set; }

    /// <summary>The body.</summary>
    public BodyLine Body { get; private set; } = null!;

    /// <summary>Who can take over.</summary>
    public IReadOnlyList<Choice> Others { get; private set; } = [];

    /// <summary>True while the answers are repeated.</summary>
    public bool Checking { get; private set; }

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Goes on as the button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Go == "back") return Page();
        if (Go != "do" && ModelState.IsValid)
        {
            Checking = true;
            return Page();
        }

        return await SendAsync(
            new DissolveBody(Code, LastDay ?? clock.Today, string.IsNullOrEmpty(Successor) ? null : Successor),
            _ =>
            {
                Notice = $"已记录：{Body.Name}于{ChineseDate.Format(LastDay!.Value)}后撤销。";
                return Redirect("/bodies");
            },
            () => Task.FromResult<IActionResult>(Page()));
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (bodies, refused) = await AskAsync(new ReadBodies());
        if (refused is not null) return refused;
        if (bodies!.FirstOrDefault(b => b.Code == Code) is not { } body) return NotFound();
        Body = body;
        Others = [.. bodies!.Where(b => b.Code != Code && b.ValidTo is null).Select(b => new Choice(b.Code, $"{new string('　', b.Depth)}{b.Name}（{b.Code}）"))];
        return null;
    }
}
