using Filing.Features.FilingUp;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.FilingUp;

/// <summary>A step at a filing: it shows what is filed.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class FilingPage<T> : StepPage<T>
{
    /// <summary>What is filed, and what was said to it.</summary>
    public FilingSheet Sheet { get; private set; } = null!;

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadFiling(Id));
        Sheet = sheet!;
        return refused;
    }
}
