using Filing.Domain;
using Filing.Features.Drafting;
using Filing.Features.Registration;
using Filing.Pipeline;

namespace Filing.Features.Publication;

/// <summary>The text that is published: the approved one, or what the office-automation system made of it, if its body is the approved body.</summary>
internal static class PublishedText
{
    /// <summary>
    /// Stores the text that is published; <c>publish.text-differs</c> when its body is another than the approved one, <c>publish.number-differs</c> when it
    /// bears another number than the document has.
    /// </summary>
    public static async Task<Result<TextVersion>> StoreAsync(Work work, Guid documentId, TextVersion approved, IReadOnlyList<NumberRow> numbers, string? text, Guid? materialId)
    {
        if (materialId is { } material && await BelongsAsync(work, documentId, material) is { } unknown) return unknown;
        if (text is not null && Difference(approved.Body, text, numbers) is { } difference) return difference with { Field = "text" };
        return await DocumentTexts.AddAsync(work, documentId, DocumentTexts.Published, text ?? approved.Body, materialId);
    }

    private static Error? Difference(string approved, string text, IReadOnlyList<NumberRow> numbers)
    {
        var comparison = CanonicalText.Matches(approved, text);
        if (comparison.First is { } difference) return Error.Refused("publish.text-differs", difference.Message);
        var (issue, registration) = (numbers.Standing(NumberKind.Issue)?.Text, numbers.Standing(NumberKind.Registration)?.Text);
        foreach (var line in comparison.Slots.GetValueOrDefault(TextSlot.IssueNumber)?.Split('\n') ?? [])
        {
            if (IssueNumber.TryParse(line, out var number, out _) && number.ToString() != issue) return Other(number.ToString(), "发文字号", issue);
        }

        foreach (var line in comparison.Slots.GetValueOrDefault(TextSlot.RegistrationNumber)?.Split('\n') ?? [])
        {
            if (RegistrationNumber.TryParse(line, out var number, out _) && number.ToString() != registration) return Other(number.ToString(), "统一登记号", registration);
        }

        return null;
    }

    private static Error Other(string printed, string what, string? assigned) =>
        Error.Refused("publish.number-differs", $"拟公布的文本印有{what}“{printed}”，与编定的“{assigned ?? "（无）"}”不一致，不能公布。");

    private static async Task<Error?> BelongsAsync(Work work, Guid documentId, Guid materialId) => await work.Db.ScalarAsync<int>(
        """
        -- Publication/PublishedText: a material of this document
        SELECT COUNT(*) FROM Material WHERE Id = @materialId AND DocumentId = @documentId
        """,
        new { materialId, documentId }) > 0
        ? null
        : Error.Invalid("material.unknown", "该文件没有这份材料。", "materialId");
}
