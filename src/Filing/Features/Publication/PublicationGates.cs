using Filing.Domain;
using Filing.Features.Cases;
using Filing.Features.Drafting;
using Filing.Pipeline;

namespace Filing.Features.Publication;

/// <summary>What must hold before a document is published, beside the gates of the register.</summary>
internal static class PublicationGates
{
    /// <summary>Not published yet: <c>publish.already</c>.</summary>
    public static Error? NotPublished(Case file) => file.Latest(FactKind.Published) is { } fact
        ? Error.Refused("publish.already", $"该文件已于{ChineseDate.Format(fact.LegalDate)}公布，不能重复公布。")
        : null;

    /// <summary>Its interpretation is there, where the profile wants it: <c>publish.no-interpretation</c>.</summary>
    public static async Task<Error?> InterpretedAsync(Work work, Case file) =>
        file.Profile.Interpretation is { Value: true, Source: var rule } && !await Materials.AnyAsync(work, file.DocumentId, MaterialKind.Interpretation)
            ? Error.Refused("publish.no-interpretation", $"解读应当与文件同步公布（{rule}）。请先在材料中上传解读。")
            : null;

    /// <summary>No appearance lies in the future: <c>fact.in-future</c>.</summary>
    public static Error? NotAhead(DateOnly today, IReadOnlyList<Appearance> carriers) => carriers.FirstOrDefault(c => c.On > today) is { } ahead
        ? Error.Invalid("fact.in-future", $"{ChineseDate.Format(ahead.On)}还没有到，不能记为已经公布的日期。", "carriers")
        : null;
}
