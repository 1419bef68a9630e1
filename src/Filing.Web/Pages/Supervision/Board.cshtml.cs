using Filing.Features.FilingUp;
using Filing.Features.Supervision;
using Filing.Features.Validity;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Supervision;

/// <summary>监督看板: what is late, what is coming, who has filed. Every figure is a link to the rows that it counts.</summary>
public sealed class BoardModel(LegalClock clock) : RequestPage
{
    /// <summary>Year of publication of what is counted as filed or not: a year, or <c>all</c>; this year when empty.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Year { get; set; }

    /// <summary>The board.</summary>
    public Board Board { get; private set; } = null!;

    /// <summary>The picture of the coming weeks.</summary>
    public LoadPicture Load { get; private set; } = null!;

    /// <summary>The year that is shown; null for all.</summary>
    public int? Shown { get; private set; }

    /// <summary>A share as people read it; — where there is nothing to share.</summary>
    public static string Rate(int numerator, int denominator) => denominator == 0 ? "—" : $"{100m * numerator / denominator:0.0}%";

    /// <summary>How many documents there are of a part.</summary>
    public int Of(ValidityPart part) => Board.Validity.First(v => v.Which == part).Count;

    /// <summary>The list of duties behind a figure.</summary>
    public string Duties(FilingStanding standing, string? government = null) =>
        $"/board/filings?standing={Domain.Kebab.Of(standing)}{(government is null ? "" : $"&government={Uri.EscapeDataString(government)}")}{(Shown is { } year ? $"&year={year}" : "")}";

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        Shown = Year is "all" ? null : int.TryParse(Year, System.Globalization.CultureInfo.InvariantCulture, out var year) ? year : clock.Today.Year;
        var (board, refused) = await AskAsync(new ReadBoard(Shown));
        if (refused is not null) return refused;
        (Board, Load) = (board!, new LoadPicture(board!));
        return Page();
    }
}
