using Filing.Data;
using Filing.Domain;
using Filing.Features.Desks;
using Filing.Features.Drafting;
using Filing.Web.Operations;
using Filing.Web.Pages.Forms;
using Filing.Web.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Filing.Web.Pages.Drafting;

/// <summary>材料: what there is, what is missing, and uploading more. Files are streamed to the store; the declaration comes before them in the form.</summary>
[StreamedForm]
[IgnoreAntiforgeryToken(Order = 2000)]
public sealed class MaterialsModel(MaterialStore store, FilingOptions options) : RequestPage
{
    private const int MostFiles = 20;

    /// <summary>The document.</summary>
    [FromRoute]
    public Guid Id { get; set; }

    /// <summary>What the files are.</summary>
    public MaterialKind? Kind { get; private set; }

    /// <summary>不涉密.</summary>
    public bool NotSecret { get; private set; }

    /// <summary>The document and its materials.</summary>
    public StepView Step { get; private set; } = null!;

    /// <summary>The checklist.</summary>
    public DraftSheet Sheet { get; private set; } = null!;

    /// <summary>The largest file, in megabytes.</summary>
    public long MostMegabytes => options.MaterialLimit >> 20;

    /// <summary>What a file can be.</summary>
    public static IReadOnlyList<Choice> Kinds { get; } = Choice.Of<MaterialKind>(k => k.Chinese());

    /// <summary>Shows them.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    /// <summary>Takes files in.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } refused) return refused;
        var (taken, error) = await TakeAsync();
        if (error is null)
        {
            Notice = $"已上传 {string.Join("、", taken.Select(t => $"“{t}”"))}。";
            return Redirect($"/documents/{Id}/materials");
        }

        if (error.Code == "form-token") return BadRequest();
        if (taken.Count > 0) await LoadAsync();
        ModelState.AddModelError(error.Field ?? "", taken.Count > 0 ? $"{error.Message}（此前的 {taken.Count} 件已经上传。）" : error.Message);
        Response.StatusCode = Api.Problems.StatusOf(error.Kind);
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        var (step, refused) = await AskAsync(new ReadStep(Id, null));
        if (refused is not null) return refused;
        (var sheet, refused) = await AskAsync(new ReadDraftSheet(Id));
        (Step, Sheet) = (step!, sheet!);
        return refused;
    }

    private async Task<(List<string> Taken, Error? Error)> TakeAsync()
    {
        // The store itself measures each file; the server's own limit only has to let the form through.
        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = (options.MaterialLimit * MostFiles) + (1 << 20);
        var taken = new List<string>();
        if (!MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return (taken, Error.Invalid("form-token", "表单有误。"));
        var (form, trusted) = (new MultipartReader(boundary, Request.Body), false);
        try
        {
            while (await form.ReadNextSectionAsync(HttpContext.RequestAborted) is { } part)
            {
                if (part.AsFileSection() is { FileStream: { } content } file)
                {
                    if (file.FileName.Length == 0) continue;
                    if (!trusted) return (taken, Error.Invalid("form-token", "表单有误。"));
                    if (await TakeAsync(Path.GetFileName(file.FileName), content) is { } error) return (taken, error);
                    taken.Add(Path.GetFileName(file.FileName));
                    if (taken.Count == MostFiles) break;
                }
                else if (part.AsFormDataSection() is { } field)
                {
                    var value = await field.GetValueAsync();
                    if (field.Name == "__RequestVerificationToken") trusted = await FormTokens.FitsAsync(HttpContext, value);
                    else if (field.Name == nameof(NotSecret)) NotSecret |= value == "true";
                    else if (field.Name == nameof(Kind) && Enum.TryParse<MaterialKind>(value, out var kind) && Enum.IsDefined(kind)) Kind = kind;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && e.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal)))
        {
            return (taken, Error.Invalid("material.unreadable", "上传中断或表单有误，请重新上传。", "file"));
        }

        if (!trusted) return (taken, Error.Invalid("form-token", "表单有误。"));
        return (taken, taken.Count == 0 ? Error.Invalid("material.missing", "请选择文件。", "file") : null);
    }

    private async Task<Error?> TakeAsync(string name, Stream content)
    {
        if (!NotSecret) return Error.Invalid("material.secret-not-declared", "请确认所上传的文件不涉密。涉密文件不得进入本系统。", "notSecret");
        if (Kind is not { } kind) return Error.Invalid("material.kind", "请选择材料种类。", "kind");
        await using var peeked = new PeekedStream(content, await PeekedStream.HeadAsync(content, MaterialTypes.HeadLength, HttpContext.RequestAborted));
        if (!MaterialTypes.Of(name, peeked.Head).TryGet(out var media, out var error)) return error;
        if (!(await store.StoreAsync(peeked, options.MaterialLimit, HttpContext.RequestAborted)).TryGet(out var stored, out error)) return error with { Message = $"“{name}”：{error.Message}", Field = "file" };
        return (await Mediator.Send(new AddMaterial(Id, kind, name, media, stored.Size, stored.Sha256, NotSecret), HttpContext.RequestAborted)).Error;
    }
}
