using Filing.Domain;

namespace Filing.Features.Validity;

/// <summary>有效期 as an officer states it: exactly one of the members.</summary>
/// <param name="Until">有效期至: the last valid day.</param>
/// <param name="Years">So many years from the day that the rules name.</param>
/// <param name="Months">So many months from the day that the rules name.</param>
/// <param name="UntilDone">Until this task is done.</param>
/// <param name="LongTermReason">长期有效, and why.</param>
public sealed record TermRequest(DateOnly? Until = null, int? Years = null, int? Months = null, string? UntilDone = null, string? LongTermReason = null)
{
    /// <summary>What was stated, as a term under the rules of a profile.</summary>
    /// <returns>The term; <c>term.one-of</c>, <c>term.length</c> when it is none.</returns>
    public Result<ValidityTerm> Resolve(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var stated = new object?[] { Until, Years, Months, Blank(UntilDone), Blank(LongTermReason) }.Count(v => v is not null);
        if (stated != 1) return Error.Invalid("term.one-of", "有效期请只选一种：截止日期、年数、月数、至任务完成，或者长期有效并写明理由。", "term");
        if (Until is { } last) return ValidityTerm.Until(last);
        if (Blank(UntilDone) is { } task) return ValidityTerm.UntilDone(task);
        if (Blank(LongTermReason) is not null) return ValidityTerm.LongTerm;
        return Limit.TryCreate(Years ?? Months!.Value, Years is null ? LimitUnit.Month : LimitUnit.Year, DayKind.Calendar, out var length, out var error)
            ? Term(profile, length)
            : Error.Invalid("term.length", error.Message, "term");
    }

    /// <summary>The term of a document that states none: the profile's for trial documents, or its general one, with its source.</summary>
    public static (ValidityTerm Term, string Source) Default(Profile profile, string title)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var law = ValidityTerm.IsTrialTitle(title) ? profile.TrialTerm : profile.DefaultTerm;
        return (Term(profile, law.Value), law.Source);
    }

    internal static ValidityTerm Term(Profile profile, Limit length) =>
        ValidityTerm.For(length, profile.TermBase.Value == FactKind.InForce ? TermStart.InForce : TermStart.Publication, profile.TermEnd.Value);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
