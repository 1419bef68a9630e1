namespace Filing.Domain;

/// <summary>Something that happened to a document: on a legal date, recorded at a moment. Facts are appended and never changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="LegalDate">The day on which it has effect, in Asia/Shanghai; it may lie in the future.</param>
/// <param name="Recorded">When this system was told, in UTC.</param>
/// <param name="Value">What belongs to the kind: a number, a term, a reason; null when there is nothing.</param>
/// <param name="Source">Where it is known from: a command, a file, a paper.</param>
/// <param name="Supersedes">The fact that this one corrects, or null.</param>
public sealed record DatedFact(
    Guid Id, FactKind Kind, DateOnly LegalDate, DateTimeOffset Recorded, string? Value, string Source, Guid? Supersedes = null);

/// <summary>
/// The facts of one document. A fact that another one supersedes is replaced by it from the moment that the correction was recorded; earlier
/// questions (<c>known-on</c>) still see the first. Immutable.
/// </summary>
public sealed class FactHistory
{
    private readonly DatedFact[] _all;
    private readonly DatedFact[] _current;

    /// <summary>A history of these facts, in any order.</summary>
    public FactHistory(IEnumerable<DatedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _all = [.. facts.OrderBy(fact => fact.LegalDate).ThenBy(fact => fact.Recorded).ThenBy(fact => fact.Id)];
        _current = WithoutSuperseded(_all);
    }

    /// <summary>A history without facts.</summary>
    public static FactHistory Empty { get; } = new([]);

    /// <summary>All facts that no other one supersedes, by legal date, then by the moment they were recorded.</summary>
    public IReadOnlyList<DatedFact> Current => _current;

    /// <summary>Every fact, superseded ones too.</summary>
    public IReadOnlyList<DatedFact> Everything => _all;

    /// <summary>The facts with a legal date up to the day (inclusive), superseded ones replaced by their corrections.</summary>
    /// <param name="date">The day.</param>
    /// <param name="knownOn">Only what was recorded up to this moment (inclusive); null means as known now.</param>
    public FactHistory On(DateOnly date, DateTimeOffset? knownOn = null) =>
        new(KnownOn(knownOn)._current.Where(fact => fact.LegalDate <= date));

    /// <summary>The history as it was known at the moment (inclusive), legal dates in the future included; null means now.</summary>
    public FactHistory KnownOn(DateTimeOffset? moment) =>
        moment is { } known ? new FactHistory(_all.Where(fact => fact.Recorded <= known)) : this;

    /// <summary>The fact of the kind with the latest legal date (of those the one recorded last), or null.</summary>
    public DatedFact? Latest(FactKind kind) => Array.FindLast(_current, fact => fact.Kind == kind);

    /// <summary>The fact of the kind with the earliest legal date (of those the one recorded first), or null.</summary>
    public DatedFact? First(FactKind kind) => Array.Find(_current, fact => fact.Kind == kind);

    /// <summary>Every fact of the kind that is not superseded, in order.</summary>
    public IReadOnlyList<DatedFact> All(FactKind kind) => Array.FindAll(_current, fact => fact.Kind == kind);

    private static DatedFact[] WithoutSuperseded(DatedFact[] facts)
    {
        HashSet<Guid>? superseded = null;
        foreach (var fact in facts)
        {
            if (fact.Supersedes is { } id)
                (superseded ??= []).Add(id);
        }

        return superseded is null ? facts : Array.FindAll(facts, fact => !superseded.Contains(fact.Id));
    }
}
