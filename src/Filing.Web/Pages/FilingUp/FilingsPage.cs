using Filing.Domain;
using Filing.Features.Administration;
using Filing.Features.FilingUp;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.FilingUp;

/// <summary>A list of filings; every figure leads to its rows.</summary>
public abstract class FilingsPage : RequestPage
{
    /// <summary>Rows of a page.</summary>
    public const int Size = 50;

    /// <summary>Only those in this state.</summary>
    [BindProperty(SupportsGet = true)]
    public FilingState? State { get; set; }

    /// <summary>Only those that were filed late.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Late { get; set; }

    /// <summary>Year of publication.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>The page, from 1.</summary>
    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    /// <summary>From which side.</summary>
    public abstract FilingSide Side { get; }

    /// <summary>The role that acts here.</summary>
    public Role Actor => Side == FilingSide.Ours ? Role.Filer : Role.Receiver;

    /// <summary>The filings.</summary>
    public FilingPage Filings { get; private set; } = null!;

    /// <summary>True when the reader has that role.</summary>
    public bool Acts { get; private set; }

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today => HttpContext.RequestServices.GetRequiredService<LegalClock>().Today;

    /// <summary>Shows a page of the list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid) return Redirect(Request.Path);
        var (filings, refused) = await AskAsync(new ListFilings(Side, State, Late, Year, P, Size));
        if (refused is not null) return refused;
        Filings = filings!;
        (var me, refused) = await AskAsync(new WhoAmI());
        Acts = me?.Posts.Any(p => p.Role == Actor) == true;
        return refused ?? Page();
    }

    /// <summary>What is to be done with a row by whoever acts here: the step and its name; null when it waits for others, or is done.</summary>
    public (string Step, string Text)? Next(FilingRow row) => !Acts ? null : (Side, Kebab.Parse<FilingState>(row.State)) switch
    {
        (FilingSide.Ours, FilingState.ToFile or FilingState.Overdue) => ("file-up", "报送"),
        (FilingSide.Ours, FilingState.Held) => ("supplement-filing", "补正"),
        (FilingSide.Received, FilingState.Sent) => ("receive-filing", "接收"),
        _ => null,
    };
}

/// <summary>报备: what our government files.</summary>
public sealed class FilingsModel : FilingsPage
{
    /// <inheritdoc/>
    public override FilingSide Side => FilingSide.Ours;
}

/// <summary>备案接收: what lower governments file with us, or should.</summary>
public sealed class ReceivedModel : FilingsPage
{
    /// <inheritdoc/>
    public override FilingSide Side => FilingSide.Received;
}
