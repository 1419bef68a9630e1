using Microsoft.Data.Sqlite;

namespace Filing.Elsa;

/// <summary>Where Elsa keeps its own state: where its instances stand, and what they wait for. What the law wants kept is never there.</summary>
/// <param name="ConnectionString">Of SQLite; null keeps it in memory and forgets it with the process.</param>
public sealed record ElsaStore(string? ConnectionString)
{
    /// <summary>In memory: for tests, whose register is thrown away too.</summary>
    public static ElsaStore Memory { get; } = new((string?)null);

    /// <summary>A database file of its own, so that Elsa's schema and ours never meet.</summary>
    /// <param name="folder">The data folder of the register.</param>
    public static ElsaStore In(string folder) => new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "elsa.db"), DefaultTimeout = 30 }.ToString());
}
