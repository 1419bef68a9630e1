using Filing.Features.Administration;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>规则全文: every rule of a profile with its source and how sure it is, beside another one when it is compared.</summary>
public sealed class RuleSheetModel : RequestPage
{
    /// <summary>The profile.</summary>
    [FromRoute]
    public string Id { get; set; } = "";

    /// <summary>Its version.</summary>
    [FromRoute]
    public int Version { get; set; }

    /// <summary>The profile beside it.</summary>
    [FromQuery]
    public string? With { get; set; }

    /// <summary>What is shown.</summary>
    public RuleComparison Sheet { get; private set; } = null!;

    /// <summary>What it can be compared with: its own versions first.</summary>
    public IReadOnlyList<Choice> Others { get; private set; } = [];

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var (profiles, refused) = await AskAsync(new ReadRules());
        if (refused is not null) return refused;
        Others = [.. profiles!.Where(p => (p.Id, p.Version) != (Id, Version)).OrderBy(p => p.Id != Id).Select(p => new Choice($"{p.Id} {p.Version}", $"{p.Name} 第 {p.Version} 版"))];
        (var sheet, refused) = await AskAsync(new ReadRuleSheet(Id, Version, Others.Any(o => o.Value == With) ? With : null));
        if (refused is not null) return refused;
        Sheet = sheet!;
        return Page();
    }
}
