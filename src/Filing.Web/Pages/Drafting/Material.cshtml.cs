using Filing.Data;
using Filing.Features.Drafting;
using Microsoft.AspNetCore.Mvc;

namespace Filing.Web.Pages.Drafting;

/// <summary>One material, to be saved. Its content is compared with its digest first: a file that has changed since is not handed out.</summary>
public sealed class MaterialModel(MaterialStore store, ILogger<MaterialModel> log) : RequestPage
{
    /// <summary>The material's name, where its file cannot be handed out.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Hands it out.</summary>
    /// <param name="id">The document.</param>
    /// <param name="material">The material.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, Guid material)
    {
        var (line, refused) = await AskAsync(new ReadDocumentMaterial(id, material));
        if (refused is not null) return refused;
        var state = await store.VerifyAsync(line!.Sha256, HttpContext.RequestAborted);
        if (state != MaterialState.Whole || !store.Open(line.Sha256).TryGet(out var content, out _))
        {
            log.LogError("Material {Material} is {State}", material, state);
            (FileName, Response.StatusCode) = (line.FileName, StatusCodes.Status500InternalServerError);
            return Page();
        }

        Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(line.Sha256))}:";
        return File(content, MaterialTypes.Sent(line.FileName), line.FileName);
    }
}
