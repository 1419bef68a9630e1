using System.Text.Json;
using Filing.Features.Desks;
using Filing.Pipeline;
using Filing.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Filing.Web.Pages.Steps;

/// <summary>An answer as the check page repeats it.</summary>
/// <param name="Label">What was asked.</param>
/// <param name="Text">What was answered, in words.</param>
public sealed record Answer(string Label, string? Text);

/// <summary>
/// A page with a form that is kept (暂存) while it is filled in, and checked by a trial before it is done. Its form carries <c>_KeptForm.cshtml</c>. What
/// was typed when the session had ended comes back after signing in, see <see cref="EndedSession"/>.
/// </summary>
public abstract class KeptPage : RequestPage
{
    /// <summary>The field that says whose form it is, and which.</summary>
    internal const string SealField = "Seal";

    private static readonly string[] Furniture = ["__RequestVerificationToken", nameof(FormKey), nameof(Go), nameof(Revision), SealField, "task"];

    /// <summary>Which button was pressed: <c>do</c>, <c>check</c>, <c>back</c>, <c>keep</c>.</summary>
    [BindProperty]
    public string? Go { get; set; }

    /// <summary>The revision of what is kept of this form; for two windows.</summary>
    [BindProperty]
    public int? Revision { get; set; }

    /// <summary>True while the answers are repeated for checking.</summary>
    public bool Checking { get; protected set; }

    /// <summary>What the command would do, on the check page.</summary>
    public IReadOnlyList<TrialEffect> Effects { get; protected set; } = [];

    /// <summary>When what is shown was kept; null when it was not.</summary>
    public DateTimeOffset? KeptAt { get; protected set; }

    /// <summary>The values that were kept of the form; empty where none are.</summary>
    protected IReadOnlyList<string> KeptTexts { get; private set; } = [];

    /// <summary>Today, by the clock of the law.</summary>
    public DateOnly Today => LegalClock.DayOf(HttpContext.RequestServices.GetRequiredService<LegalClock>().GetUtcNow());

    /// <summary>What is done here: the heading and the name of the button.</summary>
    public abstract string Act { get; }

    /// <summary>The answers, for the check page.</summary>
    public virtual IReadOnlyList<Answer> Answers => [];

    /// <summary>Says to the server, and to nobody else, whose form this is and under which name it is kept.</summary>
    public string Seal => EndedSession.Seal(HttpContext, FormPath);

    /// <summary>The key under which this form is kept: an address at which it is filled in again.</summary>
    protected abstract string FormPath { get; }

    /// <summary>True for a field that goes with every form and is no answer.</summary>
    internal static bool IsFurniture(string name) => Furniture.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The answers of a form as they are kept.</summary>
    internal static string FieldsOf(IEnumerable<KeyValuePair<string, StringValues>> form) =>
        JsonSerializer.Serialize(form.Where(f => !IsFurniture(f.Key)).ToDictionary(f => f.Key, f => f.Value.ToArray()), Json.Options);

    /// <summary>The digests of stored files to which a form refers: the fields whose name ends in Sha256.</summary>
    internal static string[] FilesOf(IEnumerable<KeyValuePair<string, string?[]>> form) =>
        [.. form.Where(f => f.Key.EndsWith("Sha256", StringComparison.Ordinal)).SelectMany(f => f.Value).OfType<string>().Where(v => v.Length == 64)];

    /// <summary>暂存 by the page's script; answers the revision.</summary>
    public async Task<IActionResult> OnPostSaveAsync()
    {
        var result = await Mediator.Send(new SaveForm(FormPath, FieldsOf(Request.Form), Revision, FilesOf(Request.Form.Select(f => KeyValuePair.Create(f.Key, f.Value.ToArray())))), HttpContext.RequestAborted);
        return result.TryGet(out var revision, out var error)
            ? new JsonResult(new { revision })
            : new JsonResult(new { message = error.Message }) { StatusCode = Api.Problems.StatusOf(error.Kind) };
    }

    /// <summary>Keeps what was typed, whichever window kept something before; null when that went well.</summary>
    /// <param name="without">The fields that are done with.</param>
    protected async Task<Domain.Error?> KeepAsync(params string[] without)
    {
        var form = Request.Form.Where(f => !without.Any(w => f.Key == w || f.Key.StartsWith(w + "[", StringComparison.Ordinal))).ToList();
        return (await Mediator.Send(new SaveForm(FormPath, FieldsOf(form), null, FilesOf(form.Select(f => KeyValuePair.Create(f.Key, f.Value.ToArray())))), HttpContext.RequestAborted)).Error;
    }

    /// <summary>Keeps what was typed with these changes; null when that went well.</summary>
    /// <param name="changed">Fields that are different from then on; null takes one out.</param>
    protected async Task<Domain.Error?> KeepChangedAsync(params (string Field, string? Value)[] changed)
    {
        var form = Request.Form.Where(f => changed.All(c => c.Field != f.Key)).Concat(
            changed.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Field, new StringValues(c.Value)))).ToList();
        return (await Mediator.Send(new SaveForm(FormPath, FieldsOf(form), null, FilesOf(form.Select(f => KeyValuePair.Create(f.Key, f.Value.ToArray())))), HttpContext.RequestAborted)).Error;
    }

    /// <summary>Keeps the values that the page's members have now, typed or proposed; null when that went well.</summary>
    protected async Task<Domain.Error?> KeepValuesAsync()
    {
        var fields = new Dictionary<string, string?[]>();
        foreach (var bound in PageContext.ActionDescriptor.BoundProperties.Where(p => !IsFurniture(p.Name) && p.BindingInfo?.BindingSource is null))
        {
            switch (MetadataProvider.GetMetadataForProperty(GetType(), bound.Name).PropertyGetter!(this))
            {
                case null or IFormFile: break;
                case System.Collections.IDictionary map:
                    foreach (System.Collections.DictionaryEntry entry in map)
                        if (entry.Value is { } value) fields[$"{bound.Name}[{entry.Key}]"] = [Text(value)];
                    break;
                case IEnumerable<string> several: fields[bound.Name] = [.. several]; break;
                case { } value: fields[bound.Name] = [Text(value)]; break;
            }
        }

        return (await Mediator.Send(new SaveForm(FormPath, JsonSerializer.Serialize(fields, Json.Options), null, FilesOf(fields)), HttpContext.RequestAborted)).Error;
    }

    /// <summary>Forgets what was kept: it was sent.</summary>
    protected Task ForgetAsync() => Mediator.Send(new DropForm(FormPath), HttpContext.RequestAborted);

    /// <summary>Tries the command in a transaction that is rolled back, and shows the answers with what it would do.</summary>
    protected async Task<IActionResult> CheckAsync<T>(Func<ICommand<T>> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!ModelState.IsValid) return Again(StatusCodes.Status400BadRequest);
        var caller = HttpContext.RequestServices.GetRequiredService<Caller>();
        var trial = caller.Trial = new Trial();
        var result = await Mediator.Send(command(), HttpContext.RequestAborted);
        caller.Trial = null;
        if (result.Error is { } error)
        {
            ModelState.AddModelError(error.Field ?? "", error.Message);
            return Again(Api.Problems.StatusOf(error.Kind));
        }

        (Checking, Effects) = (true, trial.Effects);
        return Page();
    }

    /// <summary>Shows the page again with what is wrong.</summary>
    protected PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>Shows what was kept of the form, if anything was; true when something was.</summary>
    protected async Task<bool> RestoreAsync()
    {
        var (kept, _) = await AskAsync(new ReadSavedForm(FormPath));
        if (kept is null) return false;
        var fields = JsonSerializer.Deserialize<Dictionary<string, string[]>>(kept.Fields, Json.Options)!.ToDictionary(f => f.Key, f => new StringValues(f.Value));
        var values = new FormValueProvider(BindingSource.Form, new FormCollection(fields), System.Globalization.CultureInfo.CurrentCulture);
        var binder = HttpContext.RequestServices.GetRequiredService<IModelBinderFactory>();
        foreach (var property in PageContext.ActionDescriptor.BoundProperties.Where(p => !IsFurniture(p.Name) && p.BindingInfo?.BindingSource is null))
        {
            var metadata = MetadataProvider.GetMetadataForProperty(GetType(), property.Name);
            var context = DefaultModelBindingContext.CreateBindingContext(PageContext, values, metadata, property.BindingInfo, property.BindingInfo?.BinderModelName ?? property.Name);
            await binder.CreateBinder(new() { Metadata = metadata, BindingInfo = property.BindingInfo, CacheToken = property }).BindModelAsync(context);
            if (context.Result.IsModelSet) metadata.PropertySetter!(this, context.Result.Model);
        }

        foreach (var entry in ModelState.Values) entry.Errors.Clear();
        (Revision, KeptAt, KeptTexts) = (kept.Revision, kept.SavedAt, [.. fields.Values.SelectMany(v => v).OfType<string>()]);
        return true;
    }

    private static string Text(object value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        string text => text,
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
