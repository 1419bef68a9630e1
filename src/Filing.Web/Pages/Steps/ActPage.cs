using Filing.Domain;
using Filing.Features.Desks;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Steps;

/// <summary>An act that is no task: who has no post for it is refused before the form is shown, and what stands against it is said instead of it.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class ActPage<T> : StepPage<T>
{
    /// <summary>The verb of the command.</summary>
    public abstract string Verb { get; }

    /// <inheritdoc/>
    public override bool Checks => true;

    /// <summary>A date as the check page repeats it; today where none was typed.</summary>
    protected string Day(DateOnly? on) => ChineseDate.FormatFull(on ?? Today);

    /// <inheritdoc/>
    protected override async Task<IActionResult?> ReadAsync()
    {
        var (acts, refused) = await AskAsync(new ReadActs(Id));
        if (refused is not null) return refused;
        if (acts!.FirstOrDefault(a => a.Verb == Verb) is not { } act) return StatusCode(StatusCodes.Status403Forbidden);
        Hindrance = act.Hindrance;
        return null;
    }
}
