using System.Text;
using Filing.Data;
using Filing.Domain;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Features.Drafting.Intake;
using Filing.Web.Operations;
using Filing.Web.Pages.Forms;
using Filing.Web.Pages.Steps;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>
/// A page that begins with the paper: it is uploaded or pasted, read, and everything that it says is proposed with its place beside it; a person confirms. Each
/// paper has a kept form of its own, so that several can be prepared at once and none is lost.
/// </summary>
public abstract class IntakePage : KeptPage
{
    private const string PastedName = "粘贴的正文.txt";
    private const string CorrectedName = "更正的正文.txt";

    /// <summary>Which of the forms that are being filled in; null for a new one.</summary>
    [BindProperty(SupportsGet = true, Name = "form")]
    public Guid? Form { get; set; }

    /// <summary>The paper as a file.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>The paper as text.</summary>
    [BindProperty]
    public string? Pasted { get; set; }

    /// <summary>不涉密.</summary>
    [BindProperty]
    public bool NotSecret { get; set; }

    /// <summary>The digest of the file that is read.</summary>
    [BindProperty]
    public string? Sha256 { get; set; }

    /// <summary>Its name.</summary>
    [BindProperty]
    public string? FileName { get; set; }

    /// <summary>The digest of the file that was handed in first, when the text was put right or supplied afterwards.</summary>
    [BindProperty]
    public string? OriginalSha256 { get; set; }

    /// <summary>Its name.</summary>
    [BindProperty]
    public string? OriginalName { get; set; }

    /// <summary>True when a person has put the text right.</summary>
    [BindProperty]
    public bool Corrected { get; set; }

    /// <summary>Which of several papers in the file, from 0.</summary>
    [BindProperty]
    public int? Paper { get; set; }

    /// <summary>True for a paper that was handed over from another page: its values are proposed when it is shown first.</summary>
    [BindProperty]
    public bool Fresh { get; set; }

    /// <summary>标题.</summary>
    [BindProperty]
    public string? Title { get; set; }

    /// <summary>文件种类.</summary>
    [BindProperty]
    public DocumentKind? Kind { get; set; }

    /// <summary>起草单位, by its code.</summary>
    [BindProperty]
    public string? DraftingBody { get; set; }

    /// <summary>制定机关, by its code.</summary>
    [BindProperty]
    public string? IssuingBody { get; set; }

    /// <summary>The other issuing bodies, by their codes.</summary>
    [BindProperty]
    public IReadOnlyList<string> CoIssuers { get; set; } = [];

    /// <summary>What can be chosen.</summary>
    public DraftingDesk Desk { get; private set; } = null!;

    /// <summary>What was read; null while nothing was.</summary>
    public Reading? Reading { get; private set; }

    /// <summary>True while the text is put right.</summary>
    public bool Correcting { get; private set; }

    /// <summary>The forms of this kind that are not sent yet.</summary>
    public IReadOnlyList<KeptDraft> Kept { get; private set; } = [];

    /// <summary>True where fields can be filled in without a text.</summary>
    public virtual bool TextOptional => false;

    /// <summary>True while fields are filled in, after the paper was handed in.</summary>
    public bool Filling => Reading?.Paper is not null || (Reading is { Papers.Count: 0 }) || (TextOptional && Form is not null && Sha256 is null && OriginalSha256 is null);

    /// <summary>Kinds of documents.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } = Choice.Of<DocumentKind>(k => k.Chinese());

    /// <summary>The units in whose name it can be done.</summary>
    public IReadOnlyList<Choice> Units => [.. (Desk.Units.Count > 0 && !Desk.Registers ? Desk.Units : Desk.Issuers).Select(Of)];

    /// <summary>The bodies that can issue it.</summary>
    public IReadOnlyList<Choice> Issuers => [.. Desk.Issuers.Select(Of)];

    /// <summary>The bodies that the paper names and the register does not have.</summary>
    public IReadOnlyList<Found> Unknown => [.. (Reading?.Under("body-") ?? []).Where(f => Desk.Issuers.All(i => i.Name != f.Value))];

    /// <inheritdoc/>
    protected override string FormPath => Request.Path.Value!.ToLowerInvariant() + (Form is { } form ? $"?form={form:N}" : "");

    /// <summary>Shows the beginning, or the form as it was kept.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Form is null)
        {
            Kept = KeptDraft.Of((await AskAsync(new ListSavedForms(FormPath + "?form="))).Value ?? []);
            return Page();
        }

        if (!await RestoreAsync()) return Redirect(Request.Path);
        var page = await ReadAgainAsync();
        if (Fresh && Reading?.Paper is not null)
        {
            Fresh = false;
            ProposeAll();
        }

        return page;
    }

    /// <summary>Goes on as the button says.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        if (Go == "read") return await TakeInAsync();
        if (Go == "blank" && TextOptional) return await BeginAsync();
        if (Go == "drop")
        {
            await ForgetAsync();
            Notice = "已放弃这份未提交的内容。";
            return Redirect(Request.Path);
        }

        if (Form is null) return Redirect(Request.Path);
        if (Go == "keep") return await KeepAndReloadAsync();
        if (await ReadAgainAsync() is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult) return Redirect(Request.Path);
        if (Go?.StartsWith("paper-", StringComparison.Ordinal) == true) return await ChooseAsync(Go[6..]);
        if (Go == "correct")
        {
            (Correcting, Pasted) = (true, Reading?.Text);
            ModelState.Remove(nameof(Pasted));
            return Page();
        }

        if (Go == "back") return Page();
        return await SubmitAsync();
    }

    /// <summary>What can be chosen here; refused where the asker may not do this at all.</summary>
    protected abstract Task<(DraftingDesk? Value, IActionResult? Refused)> ReadDeskAsync();

    /// <summary>Fills the fields of the kind of page with what the paper says.</summary>
    protected abstract void Propose(DocumentProposal? paper);

    /// <summary>Checks, or does it.</summary>
    protected abstract Task<IActionResult> SubmitAsync();

    /// <summary>The file that becomes a material; null when there is none.</summary>
    protected MaterialFile? Original()
    {
        var (sha, name) = OriginalSha256 is { Length: > 0 } first ? (first, OriginalName) : (Sha256, FileName);
        if (string.IsNullOrEmpty(sha) || !Store.Open(sha).TryGet(out var content, out _)) return null;
        using (content) return new(name ?? PastedName, MaterialTypes.Sent(name ?? PastedName), content.Length, sha);
    }

    /// <summary>Takes the paper to another page of this kind.</summary>
    /// <param name="path">The page.</param>
    protected async Task<IActionResult> HandOverAsync(string path)
    {
        var (from, to) = (FormPath, $"{path}?form={Form:N}");
        Dictionary<string, string?[]> fields = new()
        {
            [nameof(NotSecret)] = [NotSecret ? "true" : "false"],
            [nameof(Sha256)] = [Sha256],
            [nameof(FileName)] = [FileName],
            [nameof(OriginalSha256)] = [OriginalSha256],
            [nameof(OriginalName)] = [OriginalName],
            [nameof(Corrected)] = [Corrected ? "true" : "false"],
            [nameof(Fresh)] = ["true"],
            [nameof(Paper)] = [Paper?.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        };
        if ((await Mediator.Send(new SaveForm(to, System.Text.Json.JsonSerializer.Serialize(fields, Pipeline.Json.Options), null, FilesOf(fields)), HttpContext.RequestAborted)).Error is { } error) return Wrong("", error.Message);
        await Mediator.Send(new DropForm(from), HttpContext.RequestAborted);
        return Redirect(to);
    }

    private MaterialStore Store => HttpContext.RequestServices.GetRequiredService<MaterialStore>();

    private async Task<IActionResult?> LoadAsync()
    {
        var (desk, refused) = await ReadDeskAsync();
        Desk = desk!;
        return refused;
    }

    /// <summary>Takes in what was uploaded or pasted, and proposes.</summary>
    private async Task<IActionResult> TakeInAsync()
    {
        if (!NotSecret) return Wrong(nameof(NotSecret), "请确认所提交的内容不涉密。涉密文件不得进入本系统。");
        var file = Upload is { FileName.Length: > 0 } ? Upload : null;
        if (file is null && string.IsNullOrWhiteSpace(Pasted)) return Wrong(nameof(Upload), "请选择文件，或在下面粘贴正文。");
        var again = Sha256 is { Length: > 0 };
        var name = file is not null ? Path.GetFileName(file.FileName) : again ? CorrectedName : PastedName;
        using var content = new MemoryStream();
        if (file is not null) await file.CopyToAsync(content, HttpContext.RequestAborted);
        else content.Write(Encoding.UTF8.GetBytes(Pasted!));
        content.Position = 0;
        var source = file is not null ? nameof(Upload) : nameof(Pasted);
        if (!(await ReadAsync(content, name)).TryGet(out var read, out var error)) return Wrong(source, error.Message);
        content.Position = 0;
        if (!(await Store.StoreAsync(content, HttpContext.RequestServices.GetRequiredService<FilingOptions>().MaterialLimit, HttpContext.RequestAborted)).TryGet(out var stored, out error)) return Wrong(source, error.Message);
        Form ??= Guid.CreateVersion7();
        if (read.TextIsWanted)
        {
            (OriginalSha256, OriginalName, Sha256) = (stored.Sha256, name, null);
            return await SaveAsync(read.Request!);
        }

        if (again && OriginalSha256 is null or "") (OriginalSha256, OriginalName) = (Sha256, FileName);
        (Sha256, FileName, Corrected) = (stored.Sha256, name, again);
        if (Corrected) Paper = null;
        Reading = new Reading(read, Paper, Corrected);
        if (!again) ProposeAll();
        return await SaveAsync(again ? "正文已更新，所填内容没有改变。" : Reading.Papers.Count > 1 ? $"这份文件中有 {Reading.Papers.Count} 篇文件，请选择一篇。" : "已读取。请逐项核对右侧的内容，黄色处是它在原文中的位置。");
    }

    private async Task<IActionResult> BeginAsync()
    {
        Form = Guid.CreateVersion7();
        ProposeAll();
        return await SaveAsync("请填写，随时可以暂存。");
    }

    private async Task<IActionResult> ChooseAsync(string which)
    {
        Paper = int.TryParse(which, System.Globalization.CultureInfo.InvariantCulture, out var index) ? index : null;
        if (await ReadAgainAsync() is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult || Reading?.Paper is null) return Redirect(Address);
        ProposeAll();
        return await SaveAsync("请逐项核对右侧的内容，黄色处是它在原文中的位置。");
    }

    private async Task<IActionResult> SaveAsync(string said)
    {
        Pasted = null;
        if (await KeepValuesAsync() is { } error) return Wrong("", error.Message);
        Notice = said;
        return Redirect(Address);
    }

    private async Task<IActionResult> KeepAndReloadAsync()
    {
        if (await KeepAsync() is { } error) return Wrong("", error.Message);
        Notice = "已暂存，可以随时回来继续填写。";
        return Redirect(Address);
    }

    private string Address => $"{Request.Path}?form={Form:N}";

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Wrong(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Again(StatusCodes.Status400BadRequest);
    }

    /// <summary>Reads the stored file again: it is small, and its text need not travel with the form.</summary>
    private async Task<IActionResult> ReadAgainAsync()
    {
        if (Sha256 is not { Length: > 0 } sha) return Page();
        if (!Store.Open(sha).TryGet(out var content, out _)) return NotFound();
        await using (content)
            if ((await ReadAsync(content, FileName)).TryGet(out var read, out _)) Reading = new Reading(read, Paper, Corrected);
        return Page();
    }

    private Task<Result<ReadDocument>> ReadAsync(Stream content, string? name) =>
        new DocumentReader(new ReadLimits(), new PdfTextTool()).ReadAsync(content, name, HttpContext.RequestAborted);

    private void ProposeAll()
    {
        var paper = Reading?.Paper;
        Title = paper?.Title?.Value;
        if (Desk.Units.Count == 1) DraftingBody = Desk.Units[0].Code;
        List<BodyChoice> named = [.. (paper?.Bodies ?? []).Select(b => Desk.Issuers.FirstOrDefault(i => i.Name == b.Value.Name)).OfType<BodyChoice>().Distinct()];
        IssuingBody = named.Count > 0 ? named[0].Code : null;
        CoIssuers = [.. named.Skip(1).Select(n => n.Code)];
        Kind = named.Count > 0 ? named[0].Makes : paper?.Kind?.Value switch
        {
            PaperKind.Government => DocumentKind.Government,
            PaperKind.Department => DocumentKind.Department,
            PaperKind.Township => DocumentKind.Township,
            PaperKind.AuthorisedBody => DocumentKind.AuthorisedBody,
            _ => null,
        };
        Propose(paper);
    }

    private static Choice Of(BodyChoice body) => new(body.Code, body.Until is { } until ? $"{body.Name}（至{ChineseDate.Format(until)}）" : body.Name);
}

/// <summary>A form of this page that is not sent yet.</summary>
/// <param name="Address">Where it is filled in.</param>
/// <param name="Title">The title as it is so far; or the file's name.</param>
/// <param name="SavedAt">When it was kept.</param>
public sealed record KeptDraft(string Address, string Title, DateTimeOffset SavedAt)
{
    /// <summary>The forms as the page lists them.</summary>
    public static IReadOnlyList<KeptDraft> Of(IReadOnlyList<SavedForm> forms) =>
        [.. forms.Select(f =>
        {
            var fields = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string[]>>(f.Fields, Pipeline.Json.Options)!;
            string? Field(string name) => fields.GetValueOrDefault(name)?.FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
            return new KeptDraft(f.Form, Field("Title") ?? Field("FileName") ?? Field("OriginalName") ?? "未命名", f.SavedAt);
        })];
}
