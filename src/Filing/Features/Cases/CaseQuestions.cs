using System.Collections.Frozen;
using Filing.Domain;

namespace Filing.Features.Cases;

/// <summary>
/// The named facts on which a definition may branch. Each answers with the name of an outcome; nothing here decides what follows from it.
/// </summary>
internal static class CaseQuestions
{
    /// <summary>The ways of shortening that the urgent path knows, as they stand in the value of <see cref="FactKind.Urgent"/>.</summary>
    public const string WithoutPublicConsultation = "public-consultation";

    /// <inheritdoc cref="WithoutPublicConsultation"/>
    public const string WithoutMeeting = "collective-decision";

    private static readonly FrozenDictionary<string, Func<FlowContext, Task<string>>> Answers = new Dictionary<string, Func<FlowContext, Task<string>>>
    {
        ["research"] = c => Task.FromResult(AnswersOf(c.Case.Profile)["research"]),
        ["registration"] = c => Task.FromResult(AnswersOf(c.Case.Profile)["registration"]),
        ["public-consultation"] = c => Task.FromResult(c.Case.Profile.PublicConsultation.Value && !Shortened(c, WithoutPublicConsultation) ? "Required" : "Waived"),
        ["decision-mode"] = c => Task.FromResult(Shortened(c, WithoutMeeting) ? "Head" : "Collective"),
        ["review-conclusion"] = c => Task.FromResult(c.Case.Latest(FactKind.ReviewConcluded)!.Value!),
        ["opinion-gate"] = c => Task.FromResult(AnswersOf(c.Case.Profile)["opinion-gate"]),
        ["issuance"] = c => Task.FromResult(c.Case.Issuance.ToString()),
        ["more-signatures"] = async c => await SignaturesAsync(c) < c.Case.Profile.SignatureLevels.Value.Count ? "Yes" : "No",
        ["has-term"] = c => Task.FromResult(Domain.Validity.LastValidDay(c.Case.History, DateOnly.MaxValue) is null ? "No" : "Yes"),
        ["filing-due"] = c => Task.FromResult(c.Case.MustBeFiled && !c.Case.KnownToBeFiled ? "Due" : "NotDue"),
        ["filing-known"] = c => Task.FromResult(c.Flow.FilingUnknown(c.Case) ? "Unknown" : "Known"),
        ["validity-over"] = c => Task.FromResult(IsOver(c) ? "Over" : "Watched"),
    }.ToFrozenDictionary();

    /// <summary>The questions that a profile alone answers, the same for every case under it.</summary>
    public static IReadOnlyDictionary<string, string> AnswersOf(Profile profile) => new Dictionary<string, string>
    {
        ["research"] = profile.ResearchFirst.Value ? "Required" : "NotRequired",
        ["registration"] = profile.RequiredBeforePublication.Value.Contains(PublicationRequirement.Registered) ? "Required" : "NotRequired",
        ["opinion-gate"] = profile.OpinionNotFollowed.Value.ToString(),
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Answers.Keys.Order(StringComparer.Ordinal);

    /// <summary>True when there is such a question.</summary>
    public static bool Known(string? name) => name is not null && Answers.ContainsKey(name);

    /// <summary>The answer, as the name of an outcome.</summary>
    public static Task<string> AnswerAsync(string name, FlowContext context) => Answers[name](context);

    /// <summary>Whether a finding of urgency shortens a step.</summary>
    public static bool Shortens(DatedFact urgent, string step) => urgent.Value?.Split(',').Contains(step) ?? false;

    /// <summary>Whether the document's last valid day, or its end by an act, lies behind: nobody has to watch for it any more.</summary>
    private static bool IsOver(FlowContext context) =>
        Domain.Validity.LastValidDay(context.Case.History, DateOnly.MaxValue) < context.Work.Today
        || Validity.EndOfValidity.EndedOn(context.Case.History)?.LegalDate <= context.Work.Today;

    private static bool Shortened(FlowContext context, string step) => context.Case.Latest(FactKind.Urgent) is { } urgent && Shortens(urgent, step);

    private static Task<int> SignaturesAsync(FlowContext context) => context.Db.ScalarAsync<int>(
        """
        -- Cases/CaseQuestions: signatures that stand
        SELECT COUNT(*) FROM Signature WHERE DocumentId = @DocumentId AND BodyId = @IssuingBodyId AND VoidedAt IS NULL
        """,
        new { context.Case.DocumentId, context.Case.IssuingBodyId });
}
