using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Pipeline;

namespace Filing.Features.Publication;

/// <summary>The text that is published: the approved one, or what the office-automation system made of it, if its body is the approved body.</summary>
internal static class PublishedText
{
    /// <summary>Stores the text that is published; <c>publish.text-differs</c> when its body is another than the approved one.</summary>
    public static async Task<Result<TextVersion>> StoreAsync(Work work, Guid documentId, Approval approval, string? text, Guid? materialId)
    {
        if (materialId is { } material && await BelongsAsync(work, documentId, material) is { } unknown) return unknown;
        var approved = approval.Text!.Body;
        if (text is not null && CanonicalText.From(text).Body != CanonicalText.From(approved).Body)
            return Error.Refused("publish.text-differs", "拟公布的正文与审签文本不一致，不能公布。请核对办公系统输出的文件。");
        return await DocumentTexts.AddAsync(work, documentId, DocumentTexts.Published, text ?? approved, materialId);
    }

    private static async Task<Error?> BelongsAsync(Work work, Guid documentId, Guid materialId) => await work.Db.ScalarAsync<int>(
        """
        -- Publication/PublishedText: a material of this document
        SELECT COUNT(*) FROM Material WHERE Id = @materialId AND DocumentId = @documentId
        """,
        new { materialId, documentId }) > 0
        ? null
        : Error.Invalid("material.unknown", "该文件没有这份材料。", "materialId");
}
