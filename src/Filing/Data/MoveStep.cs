namespace Filing.Data;

/// <summary>What a move does with a table.</summary>
public enum MovePhase
{
    /// <summary>Its rows are written into the target.</summary>
    Copy,

    /// <summary>Its rows are read on both sides and compared.</summary>
    Compare,
}

/// <summary>How far a move is; told after each batch, when it is on disk.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Table">With which table.</param>
/// <param name="Rows">How many of its rows are done, those of an earlier run included.</param>
/// <param name="Done">True when all of them are.</param>
public sealed record MoveStep(MovePhase Phase, string Table, long Rows, bool Done);

/// <summary>A row that is not the same on both sides.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Key">Its primary key; null where the target has rows that the source has not.</param>
/// <param name="Column">The first column that differs; null where the whole row is missing or too much.</param>
public sealed record MoveDifference(string Table, string? Key, string? Column)
{
    /// <inheritdoc/>
    public override string ToString() => (Key, Column) switch
    {
        (null, _) => $"{Table}：目标数据库中多出原数据库没有的行",
        (_, null) => $"{Table} {Key}：目标数据库中没有这一行",
        _ => $"{Table} {Key}：{Column} 的值不同",
    };
}

/// <summary>What the comparison of both sides found.</summary>
/// <param name="Tables">How many tables were compared.</param>
/// <param name="Rows">How many rows of the source.</param>
/// <param name="Differing">How many rows differ, are missing, or are too much.</param>
/// <param name="First">The first of them; <see cref="Most"/> at most.</param>
public sealed record MoveComparison(int Tables, long Rows, long Differing, IReadOnlyList<MoveDifference> First)
{
    /// <summary>How many differences are named.</summary>
    public const int Most = 50;
}
