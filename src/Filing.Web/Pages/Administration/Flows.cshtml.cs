using Filing.Features.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>流程与在办件: which definition has which versions, and what runs in them.</summary>
public sealed class FlowsModel : RequestPage
{
    /// <summary>The definitions.</summary>
    public IReadOnlyList<FlowLine> Flows { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (flows, refused) = await AskAsync(new ReadFlows());
        if (refused is not null) return refused;
        Flows = flows!;
        return Page();
    }
}
