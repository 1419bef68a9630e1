using Filing.Domain;
using Filing.Features.Cases;
using Filing.Pipeline;

namespace Filing.Features.FilingUp;

/// <summary>The materials of a filing (备案材料): what the profile wants, and what is there. Report, text, explanation and opinion come from the register itself where it made them.</summary>
public static class FilingMaterials
{
    /// <summary>备案报告: printed from the register.</summary>
    public const string Report = "filing-report";

    /// <summary>正式文本.</summary>
    public const string OfficialText = "official-text";

    /// <summary>合法性审查意见书.</summary>
    public const string LegalityOpinion = "legality-opinion";

    /// <summary>The Chinese name of a kind of material.</summary>
    public static string Chinese(string kind) => kind switch
    {
        Report => "备案报告",
        OfficialText => "正式文本",
        LegalityOpinion => "合法性审查意见书",
        "explanation" => "起草说明",
        "basis" => "制定依据",
        "proof-of-publication" => "公布的证明",
        "fair-competition" => "公平竞争审查结论",
        _ => kind,
    };

    /// <summary>The kinds that the profile wants and that are not there.</summary>
    internal static async Task<IReadOnlyList<string>> MissingAsync(Work work, Case file)
    {
        var kinds = (await work.Db.QueryAsync<string>(
            """
            -- FilingUp/FilingMaterials: the kinds of material of a document, with what the register makes of its own
            SELECT Kind FROM Material WHERE DocumentId = @DocumentId
            UNION SELECT 'official-text' FROM DocumentText WHERE DocumentId = @DocumentId AND Purpose = 'published'
            UNION SELECT 'explanation' FROM Fact WHERE DocumentId = @DocumentId AND Kind = 'draft-completed' AND Value IS NOT NULL
            UNION SELECT 'legality-opinion' FROM LegalityReview WHERE DocumentId = @DocumentId AND ConcludedOn IS NOT NULL
            """,
            new { file.DocumentId })).ToHashSet();
        return [.. file.Profile.FilingMaterials.Value.Where(kind => kind != Report && !kinds.Contains(kind))];
    }

    /// <summary>A material is missing: <c>filing.material-missing</c>, naming all that are.</summary>
    internal static async Task<Error?> GateAsync(Work work, Case file) => await MissingAsync(work, file) is { Count: > 0 } missing
        ? Error.Refused("filing.material-missing", $"备案材料不齐，缺少：{string.Join("、", missing.Select(Chinese))}（{file.Profile.FilingMaterials.Source}）。")
        : null;
}
