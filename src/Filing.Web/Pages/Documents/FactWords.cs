using Filing.Domain;
using Filing.Features.Decision;
using Filing.Features.Drafting;
using Filing.Features.LegalityReview;

namespace Filing.Web.Pages.Documents;

/// <summary>What goes with a fact, in words: the value is kept as a code where a definition branches on it.</summary>
public static class FactWords
{
    /// <summary>The words of a value; a text that people wrote stays as it is.</summary>
    public static string? Of(FactKind kind, string? value) => (kind, value) switch
    {
        (_, null or "") => null,
        // The digest stands beside the texts, and the day beside the fact.
        (FactKind.OpinionFollowed, ['s', 'h', 'a', '2', '5', '6', ':', ..]) or (FactKind.Signed, _) => null,
        (FactKind.TermSet or FactKind.Renewed, _) => ValidityTerm.TryParse(value, out var term, out _) ? term.Text : value,
        (FactKind.ReviewConcluded, _) => Enum.TryParse<ReviewConclusion>(value, out var conclusion) ? conclusion.Chinese() : value,
        (FactKind.ConsultationOpened or FactKind.ConsultationClosed, "units") => "有关单位",
        (FactKind.ConsultationOpened or FactKind.ConsultationClosed, "public") => "社会公众",
        (FactKind.Urgent, _) => string.Join('、', value.Split(',').Select(Shortened)),
        (FactKind.Identified, nameof(IdentificationOutcome.Normative) or "normative") => "属于规范性文件",
        (FactKind.Identified, nameof(IdentificationOutcome.NotNormative) or "not-normative") => "不属于规范性文件",
        (FactKind.Identified, nameof(IdentificationOutcome.OtherChannel) or "other-channel") => "转其他渠道办理",
        (FactKind.Decided, _) => Enum.TryParse<DecisionOutcome>(value.Split(' ')[0], out var outcome) ? outcome.Chinese() : value,
        _ => value,
    };

    private static string Shortened(string step) => step switch
    {
        "public-consultation" => "不公开征求意见",
        "collective-decision" => "不经集体讨论",
        _ => step,
    };
}
