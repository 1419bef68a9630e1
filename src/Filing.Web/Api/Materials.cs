using Filing.Data;
using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Pipeline;
using Filing.Web.Operations;
using Filing.Web.Pages.Drafting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Filing.Web.Api;

/// <summary>A file that was received.</summary>
/// <param name="Sha256">By this a command refers to it, within a day.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="FileName">The name that it was sent under.</param>
/// <param name="MediaType">The type that it was sent under.</param>
public sealed record ReceivedMaterial(string Sha256, long Size, string FileName, string MediaType);

/// <summary>The form of an upload, as the API document shows it; the parts come in this order.</summary>
/// <param name="DeclaredNotSecret">The sender declares that the file holds no secret (不涉密); must be <c>true</c>.</param>
/// <param name="File">The file.</param>
public sealed record MaterialForm(bool DeclaredNotSecret, IFormFile File);

/// <summary>
/// <c>POST /api/v1/materials</c>: one file, streamed to the store. The declaration that it holds no secret comes before it in the form, so that
/// a file without one is never written.
/// </summary>
internal static class Materials
{
    public const string Declaration = "declaredNotSecret";

    public static void MapMaterials(this RouteGroupBuilder api) =>
        api.Operation(HttpMethods.Post, "materials", "receive-material", "上传材料", "Materials", typeof(ReceivedMaterial), ReceiveAsync).Takes("multipart/form-data", typeof(MaterialForm));

    /// <summary>What a stored file proposes, value by value with its place. Who knows the digest has had the file.</summary>
    public static void MapReading(this RouteGroupBuilder api) =>
        api.Operation(HttpMethods.Get, "materials/{sha256}/proposals", "read-material", "读取材料并提出建议", "Materials", typeof(CommandLine.PaperRead), ReadAsync);

    private static async Task<Microsoft.AspNetCore.Http.IResult> ReadAsync(HttpContext context)
    {
        if (context.Caller().Actor.Kind != ActorKind.Person) return Problems.Of(context, new Error(ErrorKind.Unauthenticated, "sign-in-required", "请先登录。"));
        if (!context.RequestServices.GetRequiredService<MaterialStore>().Open((string)context.Request.RouteValues["sha256"]!).TryGet(out var content, out var error)) return Problems.Of(context, error);
        await using (content)
        {
            var reader = new Features.Drafting.Intake.DocumentReader(new Features.Drafting.Intake.ReadLimits(), new Features.Drafting.Intake.PdfTextTool());
            return (await reader.ReadAsync(content, null, context.RequestAborted)).TryGet(out var read, out error) ? Results.Json(CommandLine.PaperRead.Of(read), Json.Options) : Problems.Of(context, error);
        }
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ReceiveAsync(HttpContext context)
    {
        var (services, caller) = (context.RequestServices, context.Caller());
        var received = caller.Actor.Kind == ActorKind.Person
            ? await StoreAsync(context, services.GetRequiredService<MaterialStore>(), services.GetRequiredService<FilingOptions>().MaterialLimit)
            : new Error(ErrorKind.Unauthenticated, "sign-in-required", "请先登录。");
        return received.TryGet(out var material, out var error) ? Results.Json(material, Json.Options) : Problems.Of(context, error);
    }

    private static async Task<Result<ReceivedMaterial>> StoreAsync(HttpContext context, MaterialStore store, long limit)
    {
        // The store itself measures; the server's own limit only has to let the form around the file through.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limit + (1 << 20);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return Error.Invalid("material.unreadable", "请以 multipart/form-data 上传。");
        var form = new MultipartReader(boundary, context.Request.Body);
        var declared = false;
        try
        {
            while (await form.ReadNextSectionAsync(context.RequestAborted) is { } part)
            {
                if (part.AsFileSection() is { FileStream: { } content } file)
                {
                    if (!declared) return Error.Invalid("material.secret-not-declared", "请先确认所上传的材料不涉密（该项须在文件之前）。涉密文件不得进入本系统。", Declaration);
                    var name = Path.GetFileName(file.FileName);
                    await using var peeked = new PeekedStream(content, await PeekedStream.HeadAsync(content, MaterialTypes.HeadLength, context.RequestAborted));
                    if (!MaterialTypes.Of(name, peeked.Head).TryGet(out var media, out var error)) return error;
                    return (await store.StoreAsync(peeked, limit, context.RequestAborted)).TryGet(out var stored, out error)
                        ? new ReceivedMaterial(stored.Sha256, stored.Size, name, media)
                        : error;
                }

                if (part.AsFormDataSection() is { } field && field.Name == Declaration) declared = await field.GetValueAsync() == "true";
            }
        }
        catch (Exception e) when (e is InvalidDataException || IsTorn(e))
        {
            return Error.Invalid("material.unreadable", "上传的表单不完整或格式有误。");
        }

        return Error.Invalid("material.missing", "表单中没有文件。");
    }

    // The reader says nothing more than this when the last boundary is missing; a full disk is an IOException too, and is a fault of ours.
    private static bool IsTorn(Exception e) => e is IOException and not BadHttpRequestException && e.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal);
}
