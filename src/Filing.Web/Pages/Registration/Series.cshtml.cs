using System.ComponentModel.DataAnnotations;
using Filing.Domain;
using Filing.Features.Registration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Registration;

/// <summary>编号序列: how far each has come, what was voided, and where one begins.</summary>
public sealed class SeriesModel(LegalClock clock) : RequestPage
{
    /// <summary>The year that is looked at; all when it is 0, this year when absent.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Whose series is opened.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请选择机关。")]
    public string? Body { get; set; }

    /// <summary>The year that is opened.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写年份。")]
    public int? OpenYear { get; set; }

    /// <summary>The first serial that is given here.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请填写起始号。")]
    public int? Opening { get; set; }

    /// <summary>Where it is known from.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明起始号的依据，例如原登记簿的最后一号。")]
    public string? Reason { get; set; }

    /// <summary>The series.</summary>
    public SeriesBook Book { get; private set; } = null!;

    /// <summary>The bodies whose series the reader may open; empty where that is none of his or her business.</summary>
    public IReadOnlyList<NumberingBody> Bodies { get; private set; } = [];

    /// <summary>The year that is shown; null for all.</summary>
    public int? Shown => (Year ?? clock.Today.Year) is > 0 and var year ? year : null;

    /// <summary>The lines of that year.</summary>
    public IReadOnlyList<SeriesYearLine> Lines => [.. Book.Years.Where(y => Shown is null || y.Year == Shown)];

    /// <summary>The bodies to choose from.</summary>
    public IReadOnlyList<Choice> Choices => [.. Bodies.Select(b => new Choice(b.Code, $"{b.Name}（{SeriesWords.Pattern(b.Pattern)}）{(b.Begun ? "，本年已开始编号" : "")}"))];

    /// <summary>The lines by kind of number: what is given here comes first.</summary>
    public IEnumerable<IGrouping<NumberKind, SeriesYearLine>> Kinds => Lines.GroupBy(l => Kebab.Parse<NumberKind>(l.Kind)).OrderBy(g => g.Key);

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        OpenYear = clock.Today.Year;
        ModelState.Clear();
        return await LoadAsync();
    }

    /// <summary>Opens one.</summary>
    public async Task<IActionResult> OnPostAsync() => await SendAsync(
        new OpenSeries(Body ?? "", OpenYear ?? 0, Opening ?? 0, Reason ?? ""),
        _ =>
        {
            Notice = $"已启用：{OpenYear}年从第 {Opening} 号开始编号。";
            return Redirect($"/series?year={OpenYear}");
        },
        LoadAsync);

    private async Task<IActionResult> LoadAsync()
    {
        var (book, refused) = await AskAsync(new ReadSeries());
        if (refused is not null) return refused;
        Book = book!;
        var bodies = await Mediator.Send(new ReadNumberingBodies(), HttpContext.RequestAborted);
        if (bodies.TryGet(out var own, out _)) Bodies = own;
        return Page();
    }
}
