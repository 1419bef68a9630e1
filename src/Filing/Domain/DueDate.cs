namespace Filing.Domain;

/// <summary>When something is due, and how that was found.</summary>
/// <param name="From">The day of the event that starts the limit; it is not counted. For a backward limit the day from which it counts back.</param>
/// <param name="Limit">The length.</param>
/// <param name="RawEnd">The last day of the limit before it rolls; equal to <paramref name="Due"/> for working days.</param>
/// <param name="Due">The last day on which it is in time (to 24:00 or to the close of business, as the profile says).</param>
/// <param name="Provisional">True when a day that was counted, or over which it rolled, lies in a year without an announced plan.</param>
/// <param name="Steps">The derivation, in Chinese sentences without a full stop, in the order of the calculation.</param>
public sealed record DueDate(DateOnly From, Limit Limit, DateOnly RawEnd, DateOnly Due, bool Provisional, IReadOnlyList<string> Steps);
