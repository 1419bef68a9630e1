using Filing.Domain;
using Filing.Pipeline;
using Filing.Web.Api;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Filing.Web.Pages;

/// <summary>
/// A page that binds, sends and redirects. A form carries <see cref="FormKey"/> in a hidden field, so that a second click does nothing twice:
/// <c>&lt;input type="hidden" asp-for="FormKey"&gt;</c>.
/// </summary>
public abstract class RequestPage : PageModel
{
    /// <summary>The key under which the form of this page acts once; null for a form that carries none.</summary>
    [BindProperty]
    public string? FormKey { get; set; } = Guid.CreateVersion7().ToString("N");

    /// <summary>What was done, shown once on the page that comes after.</summary>
    [TempData]
    public string? Notice { get; set; }

    /// <summary>Reads something for the page; or, when it was refused, what the page answers instead.</summary>
    protected async Task<(T? Value, IActionResult? Refused)> AskAsync<T>(IRequest<Result<T>> query)
    {
        var result = await Mediator.Send(query, HttpContext.RequestAborted);
        return result.TryGet(out var value, out var error) ? (value, null) : (default, Answer(error, () => StatusCode(Problems.StatusOf(error.Kind))));
    }

    /// <summary>Sends the form's command. Done: goes on as <paramref name="done"/> says. Refused: shows the page again with the message.</summary>
    /// <param name="command">The command.</param>
    /// <param name="done">Where to go on.</param>
    /// <param name="again">Reads again what the page shows beside its form; null when it shows nothing else.</param>
    protected async Task<IActionResult> SendAsync<T>(ICommand<T> command, Func<T, IActionResult> done, Func<Task<IActionResult>>? again = null)
    {
        if (!ModelState.IsValid) return await AgainAsync(StatusCodes.Status400BadRequest, again);
        HttpContext.RequestServices.GetRequiredService<Caller>().IdempotencyKey = FormKey;
        var result = await Mediator.Send(command, HttpContext.RequestAborted);
        HttpContext.RequestServices.GetRequiredService<Caller>().IdempotencyKey = null;
        if (result.TryGet(out var value, out var error)) return done(value);
        if (error.Kind is ErrorKind.Unauthenticated or ErrorKind.Forbidden or ErrorKind.NotFound) return Answer(error, Page);
        ModelState.AddModelError(error.Field ?? "", error.Message);
        return await AgainAsync(Problems.StatusOf(error.Kind), again);
    }

    /// <summary>Sends requests.</summary>
    protected IMediator Mediator => HttpContext.RequestServices.GetRequiredService<IMediator>();

    private async Task<IActionResult> AgainAsync(int status, Func<Task<IActionResult>>? again)
    {
        Response.StatusCode = status;
        return again is null ? Page() : await again();
    }

    private IActionResult Answer(Error error, Func<IActionResult> otherwise) => error.Kind switch
    {
        ErrorKind.Unauthenticated => Challenge(),
        ErrorKind.Forbidden => StatusCode(StatusCodes.Status403Forbidden),
        ErrorKind.NotFound => NotFound(),
        _ => otherwise(),
    };
}
