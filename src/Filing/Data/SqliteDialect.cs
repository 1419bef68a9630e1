using Microsoft.Data.Sqlite;

namespace Filing.Data;

/// <summary>SQLite's side of <see cref="Dialect"/>.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const int Busy = 5, Locked = 6, Constraint = 19, ConstraintPrimaryKey = 1555, ConstraintUnique = 2067, ConstraintRowId = 2579;

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override string Page(string ordered) => ordered.TrimEnd() + "\nLIMIT @Take OFFSET @Skip";

    /// <inheritdoc/>
    public override bool IsUniqueViolation(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: Constraint,
        SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique or ConstraintRowId,
    };

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => true,
        BatchLostException lost => lost.Retry || (lost.InnerException is { } inner && IsTransient(inner)),
        _ => false,
    };

    private protected override string BuildInsertIfAbsent(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        $"""
        -- sqlite: Data/SqliteDialect: insert if absent
        INSERT INTO [{table}] ({Names(key.Concat(rest))}) VALUES ({Parameters(key.Concat(rest))})
        ON CONFLICT ({Names(key)}) DO NOTHING
        """;

    private protected override string BuildUpsert(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        $"""
        -- sqlite: Data/SqliteDialect: insert or update
        INSERT INTO [{table}] ({Names(key.Concat(rest))}) VALUES ({Parameters(key.Concat(rest))})
        ON CONFLICT ({Names(key)}) DO UPDATE SET {Equal(rest, ", ")}
        """;
}
