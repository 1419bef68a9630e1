using Filing.Features.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>规则: the profiles that there are, by jurisdiction and period.</summary>
public sealed class RulesModel : RequestPage
{
    /// <summary>The profiles.</summary>
    public IReadOnlyList<RulesLine> Profiles { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (profiles, refused) = await AskAsync(new ReadRules());
        if (refused is not null) return refused;
        Profiles = profiles!;
        return Page();
    }
}
