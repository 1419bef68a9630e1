using System.Text.Json;
using Filing.Features.Desks;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace Filing.Web.Pages.Steps;

/// <summary>An answer as the check page repeats it.</summary>
/// <param name="Label">What was asked.</param>
/// <param name="Text">What was answered, in words.</param>
public sealed record Answer(string Label, string? Text);

/// <summary>
/// The page of one step of a document, as <c>_Step.cshtml</c> frames it: head, task with its deadline, the form, 暂存, and where
/// <see cref="Checks"/> a page that repeats the answers and says what will happen before it is done. What was typed is kept until it is sent.
/// </summary>
public abstract class StepPage : RequestPage
{
    /// <summary>The document.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>The task that the officer opened; a stale one is refused.</summary>
    [BindProperty(SupportsGet = true, Name = "task")]
    public Guid? TaskId { get; set; }

    /// <summary>Which button was pressed: <c>do</c>, <c>check</c>, <c>back</c>, <c>keep</c>.</summary>
    [BindProperty]
    public string? Go { get; set; }

    /// <summary>The revision of what is kept of this form; for two windows.</summary>
    [BindProperty]
    public int? Revision { get; set; }

    /// <summary>The document and its task.</summary>
    public StepView Step { get; protected set; } = null!;

    /// <summary>True while the answers are repeated for checking.</summary>
    public bool Checking { get; protected set; }

    /// <summary>What the command would do, on the check page.</summary>
    public IReadOnlyList<TrialEffect> Effects { get; protected set; } = [];

    /// <summary>When what is shown was kept; null when it was not.</summary>
    public DateTimeOffset? KeptAt { get; protected set; }

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today => LegalClock.DayOf(HttpContext.RequestServices.GetRequiredService<LegalClock>().GetUtcNow());

    /// <summary>What is done here: the heading and the name of the button.</summary>
    public abstract string Act { get; }

    /// <summary>The task that is finished here; null for an act that is no task.</summary>
    public virtual string? Code => null;

    /// <summary>True where the answers are checked before it is done.</summary>
    public virtual bool Checks => false;

    /// <summary>The answers, for the check page.</summary>
    public virtual IReadOnlyList<Answer> Answers => [];

    /// <summary>The key under which this form is kept.</summary>
    protected string FormPath => Request.Path.Value!.ToLowerInvariant() + (TaskId is { } task ? $"?task={task:N}" : "");
}

/// <summary>A step that sends one command.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class StepPage<T> : StepPage
{
    private static readonly string[] Furniture = ["__RequestVerificationToken", nameof(FormKey), nameof(Go), nameof(Revision), "task"];

    /// <summary>Shows the form, with what was kept of it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        await ProposeAsync();
        await RestoreAsync();
        return Page();
    }

    /// <summary>Goes on as the button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Go == "keep") return await KeepAsync();
        if (await LoadAsync() is { } refused) return refused;
        if (Go == "back") return Page();
        if (Checks && Go != "do") return await CheckAsync();
        var done = false;
        var answer = await SendAsync(
            Command(),
            value =>
            {
                done = true;
                return Finish(value);
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (done) await Mediator.Send(new DropForm(FormPath));
        return answer;
    }

    /// <summary>暂存 by the page's script; answers the revision.</summary>
    public async Task<IActionResult> OnPostSaveAsync()
    {
        var result = await Mediator.Send(new SaveForm(FormPath, Fields(), Revision), HttpContext.RequestAborted);
        return result.TryGet(out var revision, out var error)
            ? new JsonResult(new { revision })
            : new JsonResult(new { message = error.Message }) { StatusCode = Api.Problems.StatusOf(error.Kind) };
    }

    /// <summary>The command that the answers make.</summary>
    protected abstract ICommand<T> Command();

    /// <summary>What is said when it was done.</summary>
    protected virtual string Said(T value) => $"已办理：{Act}。";

    /// <summary>Where to go on when it was done.</summary>
    protected virtual IActionResult Next(T value) => Redirect($"/documents/{Id}");

    /// <summary>Reads what the page shows besides its document; null when that went well.</summary>
    protected virtual Task<IActionResult?> ReadAsync() => Task.FromResult<IActionResult?>(null);

    /// <summary>Fills the empty form with what can be proposed.</summary>
    protected virtual Task ProposeAsync() => Task.CompletedTask;

    /// <summary>Reads the document, its task and what the page shows besides; null when that went well.</summary>
    protected async Task<IActionResult?> LoadAsync()
    {
        var (step, refused) = await AskAsync(new ReadStep(Id, Code, TaskId));
        if (refused is not null) return refused;
        Step = step!;
        TaskId ??= Step.Task?.Id;
        return await ReadAsync();
    }

    private async Task<IActionResult> CheckAsync()
    {
        if (!ModelState.IsValid) return Again(StatusCodes.Status400BadRequest);
        var caller = HttpContext.RequestServices.GetRequiredService<Caller>();
        var trial = caller.Trial = new Trial();
        var result = await Mediator.Send(Command(), HttpContext.RequestAborted);
        caller.Trial = null;
        if (result.Error is { } error)
        {
            ModelState.AddModelError(error.Field ?? "", error.Message);
            return Again(Api.Problems.StatusOf(error.Kind));
        }

        (Checking, Effects) = (true, trial.Effects);
        return Page();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private IActionResult Finish(T value)
    {
        Notice = Said(value);
        return Next(value);
    }

    private async Task<IActionResult> KeepAsync()
    {
        Notice = "已暂存，可以随时回来继续填写。";
        return await StayAsync(null);
    }

    /// <summary>Sends a command beside the step, keeps what was typed with these changes, and shows the page again at a place of it.</summary>
    /// <param name="command">The command; of what was typed only what begins with <paramref name="minds"/> must be right.</param>
    /// <param name="minds">The part of the form that the command is made of.</param>
    /// <param name="said">What is said when it was done.</param>
    /// <param name="anchor">The place on the page; null for its beginning.</param>
    /// <param name="changed">Fields that are different from then on; null takes one out.</param>
    protected async Task<IActionResult> AsideAsync<TOther>(ICommand<TOther> command, string minds, string said, string? anchor, params (string Field, string? Value)[] changed)
    {
        if (Step is null && await LoadAsync() is { } refused) return refused;
        foreach (var (_, entry) in ModelState.Where(e => !e.Key.StartsWith(minds, StringComparison.OrdinalIgnoreCase)))
        {
            entry!.Errors.Clear();
            entry.ValidationState = ModelValidationState.Valid;
        }

        var done = false;
        IActionResult Done(TOther value)
        {
            done = true;
            return Page();
        }

        var answer = await SendAsync(command, Done, () => Task.FromResult<IActionResult>(Page()));
        if (!done) return answer;
        Notice = said;
        return await StayAsync(anchor, changed);
    }

    /// <summary>Keeps what was typed with these changes, and shows the page again at a place of it.</summary>
    /// <param name="anchor">The place on the page; null for its beginning.</param>
    /// <param name="changed">Fields that are different from then on; null takes one out.</param>
    protected async Task<IActionResult> StayAsync(string? anchor, params (string Field, string? Value)[] changed)
    {
        // Without a revision: whoever presses the button means this window.
        var result = await Mediator.Send(new SaveForm(FormPath, Fields(changed)), HttpContext.RequestAborted);
        if (result.Error is { } error)
        {
            Notice = null;
            if (await LoadAsync() is { } refused) return refused;
            ModelState.AddModelError("", error.Message);
            return Again(Api.Problems.StatusOf(error.Kind));
        }

        return Redirect(Request.Path + (TaskId is { } task ? $"?task={task}" : "") + (anchor is null ? "" : $"#{anchor}"));
    }

    private string Fields(params (string Field, string? Value)[] changed)
    {
        var fields = Request.Form.Where(f => !Furniture.Contains(f.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(f => f.Key, f => f.Value.ToArray());
        foreach (var (field, value) in changed)
        {
            if (value is null) fields.Remove(field);
            else fields[field] = [value];
        }

        return JsonSerializer.Serialize(fields, Json.Options);
    }

    private async Task RestoreAsync()
    {
        var (kept, _) = await AskAsync(new ReadSavedForm(FormPath));
        if (kept is null) return;
        var fields = JsonSerializer.Deserialize<Dictionary<string, string[]>>(kept.Fields, Json.Options)!.ToDictionary(f => f.Key, f => new StringValues(f.Value));
        var values = new FormValueProvider(BindingSource.Form, new FormCollection(fields), System.Globalization.CultureInfo.CurrentCulture);
        var binder = HttpContext.RequestServices.GetRequiredService<IModelBinderFactory>();
        foreach (var property in PageContext.ActionDescriptor.BoundProperties.Where(p => !Furniture.Contains(p.Name, StringComparer.OrdinalIgnoreCase) && p.BindingInfo?.BindingSource is null))
        {
            var metadata = MetadataProvider.GetMetadataForProperty(GetType(), property.Name);
            var context = DefaultModelBindingContext.CreateBindingContext(PageContext, values, metadata, property.BindingInfo, property.BindingInfo?.BinderModelName ?? property.Name);
            await binder.CreateBinder(new() { Metadata = metadata, BindingInfo = property.BindingInfo, CacheToken = property }).BindModelAsync(context);
            if (context.Result.IsModelSet) metadata.PropertySetter!(this, context.Result.Model);
        }

        foreach (var entry in ModelState.Values) entry.Errors.Clear();
        (Revision, KeptAt) = (kept.Revision, kept.SavedAt);
    }
}
