using Filing.Domain;

namespace Filing.Features.Registration;

/// <summary>A step of the order in which things must have happened: what it is called, and when it happened if it did.</summary>
/// <param name="What">The name of the step.</param>
/// <param name="On">Its legal date; null when there is none.</param>
internal readonly record struct Dated(string What, DateOnly? On);

/// <summary>The order of legal dates: none lies before one that must have come earlier. Equal days are in order.</summary>
internal static class Chronology
{
    /// <summary>The first step that lies before an earlier one (<c>date.order</c>); null when all are in order.</summary>
    /// <param name="field">The field of the request that would have to change.</param>
    /// <param name="steps">The steps in the order of the law; those without a date are passed over.</param>
    public static Error? Check(string? field, params ReadOnlySpan<Dated> steps)
    {
        Dated? latest = null;
        foreach (var step in steps)
        {
            if (step.On is not { } on) continue;
            if (latest is { } before && on < before.On)
                return Error.Invalid("date.order", $"{step.What}日期（{ChineseDate.Format(on)}）早于{before.What}日期（{ChineseDate.Format(before.On!.Value)}），顺序不可能，请核对。", field);
            latest = step;
        }

        return null;
    }

    /// <summary>The facts of making and issuing a document, in the order of the law.</summary>
    public static Dated[] Making(FactHistory facts) =>
    [
        .. new[]
        {
            FactKind.Identified, FactKind.ReviewReceived, FactKind.ReviewConcluded, FactKind.Decided, FactKind.Signed, FactKind.Registered, FactKind.Published,
        }.Select(kind => new Dated(kind.Name(), facts.Latest(kind)?.LegalDate)),
    ];
}
