using System.ComponentModel.DataAnnotations;
using Filing.Features.Administration;
using Filing.Pipeline;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>登记、撤销本地停止办公日.</summary>
public sealed class CalendarClosureModel : CalendarChangePage
{
    /// <summary><c>close</c> or <c>reopen</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Act { get; set; } = "close";

    /// <summary>The government, by its code.</summary>
    [BindProperty]
    public string? Government { get; set; }

    /// <summary>The first day.</summary>
    [BindProperty(SupportsGet = true)]
    [Required(ErrorMessage = "请填写首日。")]
    public DateOnly? From { get; set; }

    /// <summary>The last day; the first where it is empty.</summary>
    [BindProperty]
    public DateOnly? To { get; set; }

    /// <summary>The occasion.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>True where days are taken back.</summary>
    public bool Reopens => Act == "reopen";

    /// <summary>What it is called.</summary>
    public string Heading => Reopens ? "撤销本地停止办公日" : "登记本地停止办公日";

    /// <summary>The governments to choose from.</summary>
    public IReadOnlyList<Choice> Governments => [.. Sheet.Governments.Select(g => new Choice(g.Code, g.Name))];

    /// <inheritdoc/>
    protected override int ShownYear => From!.Value.Year;

    /// <inheritdoc/>
    protected override ICommand<CalendarOutcome> Command(string? digest)
    {
        var (from, government) = (From ?? default, string.IsNullOrEmpty(Government) ? null : Government);
        return Reopens
            ? new ReopenDays(from, To ?? from, Source ?? "", Reason ?? "", government, digest)
            : new CloseDays(from, To ?? from, Name ?? "", Source ?? "", Reason ?? "", government, digest);
    }
}
