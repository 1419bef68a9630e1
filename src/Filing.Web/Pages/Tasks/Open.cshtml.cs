using Filing.Features.Desks;
using Filing.Web.Pages.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Tasks;

/// <summary>One task by its id: opens the page of its step; takes it, hands it over, gives it back, reminds its desk.</summary>
public sealed class OpenModel : RequestPage
{
    /// <summary>The task.</summary>
    [FromRoute]
    public Guid TaskId { get; set; }

    /// <summary>What to do with it: nothing to open it, <c>take</c>, <c>hand-over</c>, <c>return</c>, <c>remind</c>.</summary>
    [FromRoute]
    public string? Act { get; set; }

    /// <summary>The colleague.</summary>
    [BindProperty]
    public Guid? To { get; set; }

    /// <summary>What the colleague, or the reminded desk, should know.</summary>
    [BindProperty]
    public string? Note { get; set; }

    /// <summary>Why it is taken over.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Where the task is; null when it is there no longer.</summary>
    public TaskPlace? Place { get; private set; }

    /// <summary>To whom it can be handed over.</summary>
    public IReadOnlyList<Choice> Colleagues { get; private set; } = [];

    /// <summary>The heading.</summary>
    public string Heading => Act switch { "hand-over" => "转交", "take" => "改由我办理", "return" => "退回待领", "remind" => "催办", _ => "待办" };

    /// <summary>The page of a step.</summary>
    public static string Path(Guid document, string code, Guid task) => $"/documents/{document}/{code}?task={task}";

    /// <summary>Opens the step, or the form of an act.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        return Act is null ? Redirect(Path(Place!.DocumentId, Place.Code, TaskId)) : Page();
    }

    /// <summary>Does it.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        var document = Place!.DocumentId;
        return Act switch
        {
            "take" => await SendAsync(new TakeTask(document, TaskId, Reason), _ => Said("已领办。", Path(document, Place.Code, TaskId)), Again),
            "return" => await SendAsync(new ReturnTask(document, TaskId), _ => Said("已退回，由岗位上的同事领办。", "/"), Again),
            "remind" => await SendAsync(new RemindTask(document, TaskId, Note), _ => Said("已催办，对方岗位会收到提醒。", "/?which=waiting"), Again),
            "hand-over" when To is { } to => await SendAsync(new HandOverTask(document, TaskId, to, Note), _ => Said("已转交。", "/"), Again),
            "hand-over" => Missing(),
            _ => NotFound(),
        };
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Missing()
    {
        ModelState.AddModelError(nameof(To), "请选择转交给谁。");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private RedirectResult Said(string what, string next)
    {
        Notice = what;
        return Redirect(next);
    }

    private Task<IActionResult> Again() => Task.FromResult<IActionResult>(Page());

    private async Task<IActionResult?> LoadAsync()
    {
        var (place, refused) = await AskAsync(new FindTask(TaskId));
        if (refused is not null) return refused;
        Place = place;
        if (Act != "hand-over") return null;
        var (colleagues, closed) = await AskAsync(new ReadColleagues(place!.DocumentId, TaskId));
        if (closed is not null) Place = null;
        else Colleagues = [.. colleagues!.Select(c => new Choice(c.AccountId.ToString(), c.Name))];
        return null;
    }
}
