using Filing.Features.Relations;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Relations;

/// <summary>依据变动影响的文件: what rests on a paper, at whatever depth.</summary>
public sealed class DependentsModel : RequestPage
{
    /// <summary>The paper, by number or title.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Paper { get; set; }

    /// <summary>What rests on it; null before anything was asked.</summary>
    public DependentList? Found { get; private set; }

    /// <summary>What was wrong with the question; null when nothing was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (string.IsNullOrWhiteSpace(Paper)) return Page();
        if (Paper.Length > 300)
        {
            (Wrong, Response.StatusCode) = ("文号或名称不能超过 300 字。", StatusCodes.Status400BadRequest);
            return Page();
        }

        var (found, refused) = await AskAsync(new ListDependents(Paper));
        if (refused is not null) return refused;
        Found = found;
        return Page();
    }
}
