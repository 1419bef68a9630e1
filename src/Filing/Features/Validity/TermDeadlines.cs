using Filing.Domain;
using Filing.Features.Cases;

namespace Filing.Features.Validity;

/// <summary>
/// The deadlines that hang on a document's term: its last valid day, which never rolls, and the start of the evaluation before it, which does, to the
/// working day on or before.
/// </summary>
internal static class TermDeadlines
{
    /// <summary>Sets, or moves, both; does nothing where the term has no last day.</summary>
    public static async Task SetAsync(Laws laws, Deadlines deadlines, Case file, string reason)
    {
        if (file.Latest(FactKind.TermSet) is not { } set || !ValidityTerm.TryParse(set.Value, out var term, out _)) return;
        if (file.Latest(FactKind.Published)?.LegalDate is not { } published) return;
        var inForce = file.Latest(FactKind.InForce)?.LegalDate ?? published;
        var end = term.Explain(published, inForce);
        if (end.LastDay is not { } last) return;
        var (from, start) = term switch
        {
            { Kind: TermKind.Length, Start: TermStart.InForce } => (FactKind.InForce, inForce),
            { Kind: TermKind.Length } => (FactKind.Published, published),
            _ => (FactKind.TermSet, set.LegalDate),
        };
        var confidence = ConfidenceOf(file.Profile, set, term);
        await deadlines.SetAsync(file, Deadlines.ValidityEnd, "有效期届满", from, start, last, end.Steps, set.Source, confidence, reason);
        if (file.Profile.EvaluationLeadMonths is not { Value: > 0 } lead) return;
        var evaluation = Deadline.ComputeBackward(last, Limit.Months(lead.Value), laws.CalendarOf(file.GovernmentId), null, "届满");
        await deadlines.SetAsync(
            file, Deadlines.Evaluation, "届满前评估", FactKind.TermSet, last, evaluation.Due, evaluation.Steps, lead.Source, Weaker(lead.Confidence, confidence), reason,
            evaluation.Provisional);
    }

    private static Confidence ConfidenceOf(Profile profile, DatedFact set, ValidityTerm term)
    {
        var length = set.Source == profile.TrialTerm.Source && set.Source == profile.DefaultTerm.Source ? Weaker(profile.TrialTerm.Confidence, profile.DefaultTerm.Confidence)
            : set.Source == profile.TrialTerm.Source ? profile.TrialTerm.Confidence
            : set.Source == profile.DefaultTerm.Source ? profile.DefaultTerm.Confidence
            : Confidence.Seed;
        return term.Kind == TermKind.Length ? Weaker(length, Weaker(profile.TermEnd.Confidence, profile.TermBase.Confidence)) : length;
    }

    private static Confidence Weaker(Confidence one, Confidence other) => one > other ? one : other;
}
