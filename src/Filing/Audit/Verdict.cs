namespace Filing.Audit;

/// <summary>What became of one check of the register.</summary>
/// <param name="Name">The check, a stable code.</param>
/// <param name="Title">What must hold, in Chinese.</param>
/// <param name="Checked">How many things were looked at.</param>
/// <param name="Failed">How many of them offend.</param>
/// <param name="Rows">The offending ones, in Chinese; <see cref="Most"/> at most.</param>
public sealed record Verdict(string Name, string Title, long Checked, long Failed, IReadOnlyList<string> Rows)
{
    /// <summary>How many offending rows are named.</summary>
    public const int Most = 50;

    /// <summary>True when nothing offends.</summary>
    public bool Holds => Failed == 0;
}

/// <summary>What a check finds as it goes.</summary>
internal sealed class Findings(string name, string title)
{
    private readonly List<string> _rows = [];
    private long _checked;
    private long _failed;

    public Verdict Verdict => new(name, title, _checked, _failed, _rows);

    /// <summary>Counts things that were looked at.</summary>
    public void Look(long count = 1) => _checked += count;

    /// <summary>Notes an offence.</summary>
    public void Offend(string row)
    {
        _failed++;
        if (_rows.Count < Verdict.Most) _rows.Add(row);
    }

    /// <summary>Notes an offence where a condition does not hold.</summary>
    public void Demand(bool holds, Func<string> row)
    {
        if (!holds) Offend(row());
    }
}
