using Filing.Features.Desks;
using Filing.Pipeline;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Filing.Web.Pages.Steps;

/// <summary>
/// The page of one step of a document, as <c>_Step.cshtml</c> frames it: head, task with its deadline, the form, 暂存, and where
/// <see cref="Checks"/> a page that repeats the answers and says what will happen before it is done. What was typed is kept until it is sent.
/// </summary>
public abstract class StepPage : KeptPage
{
    /// <summary>The document.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>The task that the officer opened; a stale one is refused.</summary>
    [BindProperty(SupportsGet = true, Name = "task")]
    public Guid? TaskId { get; set; }

    /// <summary>The document and its task.</summary>
    public StepView Step { get; protected set; } = null!;

    /// <summary>The task that is finished here; null for an act that is no task.</summary>
    public virtual string? Code => null;

    /// <summary>False where the task is not open.</summary>
    public virtual bool Due => Code is null || Step.Task is not null;

    /// <summary>False where the task lies at another desk.</summary>
    public virtual bool Mine => Code is null || Step.Mine;

    /// <summary>The heading, where the step is more than its last act.</summary>
    public virtual string Heading => Act;

    /// <summary>True where the answers are checked before it is done.</summary>
    public virtual bool Checks => false;

    /// <summary>What stands against it now, said instead of the form; null when nothing does.</summary>
    public string? Hindrance { get; protected set; }

    /// <summary>What was typed and sent, or kept, of texts and names only: for a step that somebody else has done meanwhile, so that nothing is lost.</summary>
    public IReadOnlyList<string> Written =>
    [
        .. (HttpMethods.IsPost(Request.Method) && Request.HasFormContentType ? Request.Form.Where(f => !IsFurniture(f.Key)).SelectMany(f => f.Value).OfType<string>() : KeptTexts)
            .Where(v => v.Any(c => c > 127)).Distinct(),
    ];

    /// <summary>False where the step is done by other buttons first: the page then offers no main button yet.</summary>
    public virtual bool Ready => true;

    /// <inheritdoc/>
    protected override string FormPath => Request.Path.Value!.ToLowerInvariant() + (TaskId is { } task ? $"?task={task:N}" : "");
}

/// <summary>A step that sends one command.</summary>
/// <typeparam name="T">What the command answers.</typeparam>
public abstract class StepPage<T> : StepPage
{
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
        if (Go == "keep") return await KeepFormAsync();
        if (await LoadAsync() is { } refused) return refused;
        if (Go == "back") return Page();
        if (await OtherAsync() is { } other) return other;
        if (Checks && Go != "do") return await CheckAsync(Command);
        var done = false;
        var answer = await SendAsync(
            Command(),
            value =>
            {
                done = true;
                return Finish(value);
            },
            () => Task.FromResult<IActionResult>(Page()));
        if (done) await ForgetAsync();
        return answer;
    }

    /// <summary>The command that the answers make.</summary>
    protected abstract ICommand<T> Command();

    /// <summary>Does what a further button of the page asks (<see cref="KeptPage.Go"/>); null when it was none of them.</summary>
    protected virtual Task<IActionResult?> OtherAsync() => Task.FromResult<IActionResult?>(null);

    /// <summary>What is said when it was done.</summary>
    protected virtual string Said(T value) => $"已办理：{Act}。";

    /// <summary>Where to go on when it was done.</summary>
    protected virtual IActionResult Next(T value) => Redirect($"/documents/{Id}");

    /// <summary>Reads what the page shows besides its document; null when that went well.</summary>
    protected virtual Task<IActionResult?> ReadAsync() => Task.FromResult<IActionResult?>(null);

    /// <summary>Fills the empty form with what can be proposed.</summary>
    protected virtual Task ProposeAsync() => Task.CompletedTask;

    /// <summary>The page again, by its own address.</summary>
    /// <param name="anchor">The place on the page; null for its beginning.</param>
    protected IActionResult Reload(string? anchor = null) => Redirect(Request.Path + (TaskId is { } task ? $"?task={task}" : "") + (anchor is null ? "" : $"#{anchor}"));

    /// <summary>Reads the document, its task and what the page shows besides; null when that went well.</summary>
    protected async Task<IActionResult?> LoadAsync()
    {
        var (step, refused) = await AskAsync(new ReadStep(Id, Code, TaskId));
        if (refused is not null) return refused;
        Step = step!;
        TaskId ??= Step.Task?.Id;
        return await ReadAsync();
    }

    private IActionResult Finish(T value)
    {
        Notice = Said(value);
        return Next(value);
    }

    private async Task<IActionResult> KeepFormAsync()
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
        if (await KeepChangedAsync(changed) is { } error)
        {
            Notice = null;
            if (await LoadAsync() is { } refused) return refused;
            ModelState.AddModelError("", error.Message);
            return Again(Api.Problems.StatusOf(error.Kind));
        }

        return Reload(anchor);
    }
}
