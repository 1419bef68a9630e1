namespace Filing.Features.Cases;

/// <summary>A deadline of a document.</summary>
public sealed record DeadlineLine
{
    /// <summary>The deadline.</summary>
    public required Guid Id { get; init; }

    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is due, in Chinese.</summary>
    public required string Label { get; init; }

    /// <summary>The day from which it is counted.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>How many units are counted; null where the sources give no length, or the due date is not counted.</summary>
    public int? Length { get; init; }

    /// <summary>The due date; null where the sources name no limit.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>True when a day that matters lies in a year without an announced plan of holidays.</summary>
    public required bool Provisional { get; init; }

    /// <summary>The derivation, as a JSON array of Chinese sentences.</summary>
    public required string Steps { get; init; }

    /// <summary>Where the limit comes from.</summary>
    public required string Source { get; init; }

    /// <summary>How sure that is, as a code.</summary>
    public required string Confidence { get; init; }

    /// <summary>When it was met.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>When it ended, met or not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Why it ended.</summary>
    public string? ClosedReason { get; init; }

    /// <summary>The fact that ends it, as a code.</summary>
    public required string UntilFact { get; init; }

    /// <summary>False for the end of validity and what is counted back from it: turning points with which nobody is late.</summary>
    public bool IsDuty => UntilFact != "term-ended";

    /// <summary>Days late on a day: of an open deadline on that day, of one that was met on the day it was met; 0 or less is in time.</summary>
    public int? DaysLate(DateOnly today)
    {
        if (Due is not { } due) return null;
        var days = (MetOn ?? (ClosedAt is null ? today : due)).DayNumber - due.DayNumber;
        return IsDuty ? days : Math.Min(days, 0);
    }
}
