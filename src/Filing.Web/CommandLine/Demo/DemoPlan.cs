using Filing.Data;
using Filing.Domain;

namespace Filing.Web.CommandLine.Demo;

/// <summary>What becomes of a filing in the story.</summary>
internal enum DemoFiling
{
    /// <summary>Filed in time.</summary>
    Punctual,

    /// <summary>Filed some days late.</summary>
    Late,

    /// <summary>Filed, held, supplemented.</summary>
    Held,

    /// <summary>Not filed: it shows as overdue.</summary>
    Never,
}

/// <summary>How a life ends before its publication.</summary>
internal enum DemoEnd
{
    /// <summary>Found not to be a normative document.</summary>
    NotNormative,

    /// <summary>Withdrawn while it is consulted on.</summary>
    Withdrawn,

    /// <summary>Withdrawn when it had its numbers: they are void.</summary>
    WithdrawnNumbered,
}

/// <summary>What the first meeting on a draft says.</summary>
internal enum DemoMeeting
{
    /// <summary>Adopts it.</summary>
    Adopted,

    /// <summary>Wants it back before it adopts it at another meeting.</summary>
    Deferred,

    /// <summary>Adopts it in principle, with changes.</summary>
    InPrinciple,
}

/// <summary>The plan of one document's life.</summary>
internal sealed record DemoPlan
{
    public required DemoPaper Paper { get; init; }
    public required DateTimeOffset Start { get; init; }

    /// <summary>Counted through the whole story.</summary>
    public required int No { get; init; }

    /// <summary>Days between the steps are drawn from this.</summary>
    public required Random Dice { get; init; }

    public required WorkCalendar Calendar { get; init; }

    public DemoFiling Filing { get; init; }

    /// <summary>The review finds something that must be amended.</summary>
    public bool Amend { get; init; }

    /// <summary>The review takes longer than it may.</summary>
    public bool SlowReview { get; init; }

    /// <summary>The legal office finds the materials incomplete before it takes them in.</summary>
    public bool Incomplete { get; init; }

    /// <summary>What the first meeting says.</summary>
    public DemoMeeting Meeting { get; init; }

    public bool Repealed { get; init; }

    /// <summary>The task at which the story leaves it, so that whoever looks finds work on the desk; null goes on to the story's present.</summary>
    public string? RestsAt { get; init; }

    /// <summary>It is evaluated before its term ends.</summary>
    public bool Evaluated { get; init; }

    /// <summary>Its term, where it is a trial; null for the usual five years.</summary>
    public int? TermMonths { get; init; }

    /// <summary>How it ends before its publication; null for a life that goes on.</summary>
    public DemoEnd? EndsAs { get; init; }

    public required StoredMaterial Basis { get; init; }
}

/// <summary>The number books of the offices in the story: they number other papers too, so their serials have gaps.</summary>
internal sealed class DemoBook
{
    private readonly Dictionary<(string Letters, int Year), int> _last = [];
    private readonly Random _dice = new(43);

    /// <summary>The next serial of a book without gaps.</summary>
    public int Next(string letters, int year) => _last[(letters, year)] = _last.GetValueOrDefault((letters, year)) + 1;

    /// <summary>The next serial that the office gives to one of these papers.</summary>
    public int NextOfOffice(string letters, int year) => _last[(letters, year)] = _last.GetValueOrDefault((letters, year)) + _dice.Next(1, 5);
}
