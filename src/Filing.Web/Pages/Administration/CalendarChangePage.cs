using System.ComponentModel.DataAnnotations;
using Filing.Features.Administration;
using Filing.Features.Supervision;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Administration;

/// <summary>A change of the calendar: which open deadlines move is listed and confirmed before anything is changed.</summary>
public abstract class CalendarChangePage : RequestPage
{
    // More would keep the browser waiting; the next round of the watch takes them.
    private const int AtOnce = 2000;

    /// <summary>The paper.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明依据的文件。")]
    public string? Source { get; set; }

    /// <summary>Why.</summary>
    [BindProperty]
    [Required(ErrorMessage = "请写明变更日历的理由。")]
    public string? Reason { get; set; }

    /// <summary>The digest of the list that is confirmed.</summary>
    [BindProperty]
    public string? Digest { get; set; }

    /// <summary>Which button was pressed: <c>check</c>, <c>do</c>, <c>back</c>.</summary>
    [BindProperty]
    public string? Go { get; set; }

    /// <summary>The calendar as it is.</summary>
    public CalendarSheet Sheet { get; private set; } = null!;

    /// <summary>What would change; null before it was asked.</summary>
    public CalendarOutcome? Listed { get; private set; }

    /// <summary>The year whose page is shown afterwards.</summary>
    protected abstract int ShownYear { get; }

    /// <summary>The change; with the digest of the list that was confirmed, or without.</summary>
    protected abstract ICommand<CalendarOutcome> Command(string? digest);

    /// <summary>The field of the page for one of the command.</summary>
    protected virtual string FieldOf(string? field) => field ?? "";

    /// <summary>Takes in what came as a file.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() is { } refused ? refused : Page();

    /// <summary>Goes on as the button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        await PrepareAsync();
        if (Go == "back")
        {
            ModelState.Clear();
            return Page();
        }

        if (Go != "do") return await ListAsync();
        CalendarOutcome? done = null;
        var answer = await SendAsync(
            Command(Digest),
            outcome =>
            {
                done = outcome;
                return Redirect($"/calendar?year={ShownYear}");
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (done is null) return answer;
        var now = done.Looked <= AtOnce;
        if (now) await HttpContext.RequestServices.GetRequiredService<Reprojection>().RunIfCalendarChangedAsync(HttpContext.RequestAborted);
        Notice = $"已记为日历变更第 {done.Version} 号：{done.What}。{(done.Moves == 0 ? "没有期限需要变动。" : now ? $"{done.Moves} 项期限已按新日历重算。" : $"{done.Moves} 项期限将由后台分批重算。")}";
        return answer;
    }

    private async Task<IActionResult> ListAsync()
    {
        if (!ModelState.IsValid) return Page();
        var listed = await Mediator.Send(Command(null), HttpContext.RequestAborted);
        if (listed.TryGet(out var list, out var error)) (Listed, Digest) = (list, list.Digest);
        else ModelState.AddModelError(FieldOf(error.Field), error.Line is { } line ? $"第 {line} 行：{error.Message}" : error.Message);
        ModelState.Remove(nameof(Digest));
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (sheet, refused) = await AskAsync(new ReadCalendar());
        Sheet = sheet!;
        return refused;
    }
}
