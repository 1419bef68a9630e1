using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>机关: the tree of bodies with their dates, and the form for a new one.</summary>
public sealed class BodiesModel(LegalClock clock) : RequestPage
{
    /// <summary>Short stable code.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写机关代码。")]
    public string? Code { get; set; }

    /// <summary>Full name.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写机关名称。")]
    public string? Name { get; set; }

    /// <summary>Short name.</summary>
    [BindProperty]
    public string? ShortName { get; set; }

    /// <summary>What it is.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择种类。")]
    public BodyKind? Kind { get; set; }

    /// <summary>Code of the body above it.</summary>
    [BindProperty]
    public string? Parent { get; set; }

    /// <summary>First day in being.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写设立日期。")]
    public DateOnly? From { get; set; }

    /// <summary>GB/T 2260 code.</summary>
    [BindProperty]
    public string? DivisionCode { get; set; }

    /// <summary>统一社会信用代码.</summary>
    [BindProperty]
    public string? CreditCode { get; set; }

    /// <summary>The tree.</summary>
    public IReadOnlyList<BodyLine> Bodies { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today { get; } = clock.Today;

    /// <summary>What a body can be.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } = Choice.Of<BodyKind>(k => k.Chinese());

    /// <summary>Bodies that stand, to be chosen as the one above.</summary>
    public IReadOnlyList<Choice> Standing => [.. Bodies.Where(b => b.ValidTo is null || b.ValidTo >= Today).Select(b => new Choice(b.Code, $"{new string('　', b.Depth)}{b.Name}（{b.Code}）"))];

    /// <summary>Shows the tree.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Enters a body.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        return await SendAsync(
            new EstablishBody(Code ?? "", Name ?? "", Kind ?? default, From ?? Today, Given(Parent), Given(ShortName), Given(DivisionCode), Given(CreditCode)),
            _ =>
            {
                Notice = $"已设立：{Name}。";
                return Redirect("/bodies");
            },
            () => Task.FromResult<IActionResult>(Page()));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<IActionResult?> LoadAsync()
    {
        var (bodies, refused) = await AskAsync(new ReadBodies());
        Bodies = bodies ?? [];
        return refused;
    }
}
