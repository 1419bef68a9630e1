using System.Diagnostics.CodeAnalysis;

namespace Filing.Domain;

/// <summary>What a document is on a given day.</summary>
public enum ValidityStatus
{
    /// <summary>未公布.</summary>
    NotPublished,

    /// <summary>已公布未施行.</summary>
    NotYetInForce,

    /// <summary>有效.</summary>
    InForce,

    /// <summary>即将到期: in force, with the end of its term within the horizon.</summary>
    Expiring,

    /// <summary>停止执行.</summary>
    Suspended,

    /// <summary>失效: its term ran out.</summary>
    Lapsed,

    /// <summary>宣布失效.</summary>
    DeclaredLapsed,

    /// <summary>废止.</summary>
    Repealed,

    /// <summary>撤销.</summary>
    Annulled,

    /// <summary>撤回.</summary>
    Withdrawn,
}

/// <summary>Codes and Chinese names of <see cref="ValidityStatus"/>.</summary>
public static class ValidityStatuses
{
    /// <summary>The name that people see.</summary>
    public static string Name(this ValidityStatus status) => status switch
    {
        ValidityStatus.NotPublished => "未公布",
        ValidityStatus.NotYetInForce => "已公布未施行",
        ValidityStatus.InForce => "有效",
        ValidityStatus.Expiring => "即将到期",
        ValidityStatus.Suspended => "停止执行",
        ValidityStatus.Lapsed => "失效",
        ValidityStatus.DeclaredLapsed => "宣布失效",
        ValidityStatus.Repealed => "废止",
        ValidityStatus.Annulled => "撤销",
        ValidityStatus.Withdrawn => "撤回",
    };

    /// <summary>The code in addresses and files: <c>in-force</c>.</summary>
    public static string Code(this ValidityStatus status) => Kebab.Of(status);

    /// <summary>Finds the status of a code; the code must be exact.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out ValidityStatus status) => Kebab.TryParse(code, out status);

    /// <summary>True when it may be a basis for administration: in force, expiring included.</summary>
    public static bool IsValid(this ValidityStatus status) => status is ValidityStatus.InForce or ValidityStatus.Expiring;
}

/// <summary>
/// Derives the status of a document from its dated facts; nothing has to run for a document to lapse. It is defined for every history and day,
/// and changes only on the legal date of a fact, on the day after the last valid day, and when the horizon begins.
/// </summary>
/// <remarks>
/// In this order: annulled and withdrawn; repealed and declared lapsed, whichever came first; not published; lapsed, because the term was ended or ran
/// out; not yet in force; suspended until resumed; expiring; in force. A formal act after a silent lapse shows as that act. Where no fact names a
/// day of entry into force, publication is that day. A renewal or a new term that begins later than the day after the last valid day has no force
/// backwards: the document stays lapsed. A term whose value cannot be read counts as none. Amendment changes no status.
/// </remarks>
public static class Validity
{
    /// <summary>The horizon before the end of a term in which a document counts as expiring, in months (pre-expiry evaluation).</summary>
    public const int DefaultHorizonMonths = 6;

    /// <summary>The status on a day.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="on">The day.</param>
    /// <param name="knownOn">Only what was recorded up to this moment; null means as known now.</param>
    /// <param name="horizonMonths">From how many months before the last valid day it is expiring; 0 for never.</param>
    public static ValidityStatus Status(
        FactHistory facts, DateOnly on, DateTimeOffset? knownOn = null, int horizonMonths = DefaultHorizonMonths)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentOutOfRangeException.ThrowIfNegative(horizonMonths);
        facts = facts.KnownOn(knownOn);
        if (FirstUpTo(facts, FactKind.Annulled, on) is not null)
            return ValidityStatus.Annulled;
        if (FirstUpTo(facts, FactKind.Withdrawn, on) is not null)
            return ValidityStatus.Withdrawn;

        var (repealed, declared) = (FirstUpTo(facts, FactKind.Repealed, on), FirstUpTo(facts, FactKind.DeclaredLapsed, on));
        if (repealed is not null && (declared is null || repealed.LegalDate <= declared.LegalDate))
            return ValidityStatus.Repealed;
        if (declared is not null)
            return ValidityStatus.DeclaredLapsed;
        if (FirstUpTo(facts, FactKind.Published, on) is not { } published)
            return ValidityStatus.NotPublished;

        var inForce = facts.Latest(FactKind.InForce)?.LegalDate ?? published.LegalDate;
        var last = LastValidDay(facts.Current, on, published.LegalDate, inForce);
        if (FirstUpTo(facts, FactKind.TermEnded, on) is not null || last < on)
            return ValidityStatus.Lapsed;
        if (inForce > on)
            return ValidityStatus.NotYetInForce;
        if (IsSuspended(facts.Current, on))
            return ValidityStatus.Suspended;
        return horizonMonths > 0 && last is { } end && on >= Before(end, horizonMonths) ? ValidityStatus.Expiring : ValidityStatus.InForce;
    }

    /// <summary>The last valid day as the terms set up to the day say; null when none is set, there is no end, or its start has no date.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="on">The day; a renewal that begins later is not taken into account.</param>
    /// <param name="knownOn">Only what was recorded up to this moment; null means as known now.</param>
    public static DateOnly? LastValidDay(FactHistory facts, DateOnly on, DateTimeOffset? knownOn = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        facts = facts.KnownOn(knownOn);
        var published = FirstUpTo(facts, FactKind.Published, on)?.LegalDate;
        return LastValidDay(facts.Current, on, published, facts.Latest(FactKind.InForce)?.LegalDate ?? published);
    }

    private static DateOnly? LastValidDay(IReadOnlyList<DatedFact> facts, DateOnly on, DateOnly? published, DateOnly? inForce)
    {
        DateOnly? last = null;
        for (var index = 0; index < facts.Count && facts[index].LegalDate <= on; index++)
        {
            var fact = facts[index];
            if (fact.Kind is not (FactKind.TermSet or FactKind.Renewed) || !ValidityTerm.TryParse(fact.Value, out var term, out _))
                continue;
            // What begins after a day without force does not bring the document back.
            if (last is { } end && end.DayNumber + 1 < fact.LegalDate.DayNumber)
                return last;
            last = fact.Kind == FactKind.Renewed ? term.LastValidDay(fact.LegalDate, fact.LegalDate) : term.LastValidDay(published, inForce);
        }

        return last;
    }

    private static DateOnly Before(DateOnly end, int months) =>
        (end.Year * 12) + end.Month - 13 >= months ? end.AddMonths(-months) : DateOnly.MinValue;

    private static bool IsSuspended(IReadOnlyList<DatedFact> facts, DateOnly on)
    {
        var suspended = false;
        for (var index = 0; index < facts.Count && facts[index].LegalDate <= on; index++)
        {
            if (facts[index].Kind is FactKind.Suspended or FactKind.Resumed)
                suspended = facts[index].Kind == FactKind.Suspended;
        }

        return suspended;
    }

    private static DatedFact? FirstUpTo(FactHistory facts, FactKind kind, DateOnly on) =>
        facts.First(kind) is { } fact && fact.LegalDate <= on ? fact : null;
}
