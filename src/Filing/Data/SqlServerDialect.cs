using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Filing.Data;

/// <summary>SQL Server's side of <see cref="Dialect"/>. No MERGE: it is not atomic against itself without lock hints.</summary>
internal sealed class SqlServerDialect : Dialect
{
    /// <inheritdoc/>
    public override string Name => "sqlserver";

    /// <inheritdoc/>
    public override string Page(string ordered) => ordered.TrimEnd() + "\nOFFSET @Skip ROWS FETCH NEXT @Take ROWS ONLY";

    /// <inheritdoc/>
    public override bool IsUniqueViolation(Exception exception) => exception is SqlException { Number: 2601 or 2627 };

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => exception switch
    {
        SqlException sql => sql.Errors.Cast<SqlError>().Any(error => IsTransient(error.Number)),
        TimeoutException => true,
        DbException { IsTransient: true } => true,
        _ => false,
    };

    // Time-out, deadlock, lock time-out, snapshot conflict; then lost connections; then a database that moves or is throttled.
    private static bool IsTransient(int number) => number is
        -2 or 1205 or 1222 or 3960 or
        20 or 64 or 121 or 233 or 10053 or 10054 or 10060 or 10928 or 10929 or
        4060 or 4221 or 40143 or 40197 or 40501 or 40540 or 40613 or 49918 or 49919 or 49920;

    private protected override string BuildInsertIfAbsent(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        $"""
        -- sqlserver: Data/SqlServerDialect: insert if absent
        INSERT INTO [{table}] ({Names(key.Concat(rest))})
        SELECT {Parameters(key.Concat(rest))}
        WHERE NOT EXISTS (SELECT 1 FROM [{table}] WHERE {Equal(key, " AND ")})
        """;

    private protected override string BuildUpsert(string table, IReadOnlyList<string> key, IReadOnlyList<string> rest) =>
        $"""
        -- sqlserver: Data/SqlServerDialect: insert or update
        UPDATE [{table}] SET {Equal(rest, ", ")} WHERE {Equal(key, " AND ")};
        IF @@ROWCOUNT = 0
        INSERT INTO [{table}] ({Names(key.Concat(rest))}) VALUES ({Parameters(key.Concat(rest))})
        """;
}
