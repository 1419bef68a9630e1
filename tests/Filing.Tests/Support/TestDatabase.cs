using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Filing.Data;
using Filing.Web.Operations;
using Microsoft.Data.SqlClient;

namespace Filing.Tests.Support;

/// <summary>
/// On which database the tests' registers stand. <c>FILING_TEST_DB=sqlserver</c> gives each data folder a database of its own on the server of
/// <c>FILING_TEST_SQLSERVER</c>, whose account may create databases; the folder's <c>filing.json</c> tells programs of it.
/// </summary>
internal static class TestDatabase
{
    private static readonly ConcurrentDictionary<string, string> Prepared = new(StringComparer.Ordinal);
    private static readonly ConcurrentBag<string> Free = [];

    /// <summary>The server; null where there is none.</summary>
    public static string? Server { get; } = Environment.GetEnvironmentVariable("FILING_TEST_SQLSERVER") is { Length: > 0 } server ? server : null;

    /// <summary>True when registers stand on a server.</summary>
    public static bool IsSqlServer { get; } = Environment.GetEnvironmentVariable("FILING_TEST_DB") switch
    {
        null or "" or "sqlite" => false,
        "sqlserver" when Server is not null => true,
        "sqlserver" => throw new InvalidOperationException("FILING_TEST_DB=sqlserver needs FILING_TEST_SQLSERVER."),
        var other => throw new InvalidOperationException($"FILING_TEST_DB is sqlite or sqlserver, not {other}."),
    };

    /// <summary>A value as SQLite would show it, so that one assertion serves both.</summary>
    public static string? Text(object? value) => value switch
    {
        null or DBNull => null,
        DateTime day => DapperTypes.Text(DateOnly.FromDateTime(day)),
        DateTimeOffset moment => DapperTypes.Text(moment),
        byte[] { Length: 16 } id => new Guid(id, bigEndian: true).ToString(),
        bool flag => flag ? "1" : "0",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Leaves a test out where the server is Babelfish, which does something otherwise than SQL Server.</summary>
    /// <param name="what">What it does otherwise.</param>
    public static void NotOnBabelfish(string what)
    {
        if (IsSqlServer && IsBabelfish) Assert.Ignore($"on Babelfish: {what}");
    }

    /// <summary>True where the server is Babelfish.</summary>
    public static bool IsBabelfish => Babelfish.Value;

    private static readonly Lazy<bool> Babelfish = new(() =>
    {
        using var connection = new SqlConnection(Server);
        connection.Open();
        using var command = new SqlCommand("SELECT @@VERSION", connection);
        return ((string)command.ExecuteScalar()).Contains("Babelfish", StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>Opens the database of a data folder; as another process would, when it is open already.</summary>
    public static async Task<Database> OpenAsync(string folder) =>
        await PrepareAsync(folder) is { } connection ? Database.OpenSqlServer(connection) : Database.OpenSqlite(folder);

    /// <summary>Gives a folder its database, so that whatever is started over it finds that; answers the connection string, null on SQLite.</summary>
    public static async Task<string?> PrepareAsync(string folder)
    {
        if (!IsSqlServer) return null;
        folder = Path.GetFullPath(folder);
        if (Prepared.TryGetValue(folder, out var known)) return known;
        var connection = await TakeAsync();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, FilingOptions.FileName), JsonSerializer.Serialize(new { Database = new { SqlServer = connection } }));
        return Prepared[folder] = connection;
    }

    /// <summary>Gives the databases of a folder, and of those in it, back for the next: making one takes longer than most tests.</summary>
    public static void Drop(string folder)
    {
        folder = Path.GetFullPath(folder);
        foreach (var (path, connection) in Prepared.Where(p => p.Key == folder || p.Key.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToList())
        {
            Prepared.TryRemove(path, out _);
            GiveBack(connection);
        }
    }

    /// <summary>A database on the server without rows, to be given back; with the schema or still without.</summary>
    public static async Task<string> TakeAsync()
    {
        if (Free.TryTake(out var free)) return free;
        var name = $"filing_{Guid.CreateVersion7():N}";
        await OnServerAsync($"CREATE DATABASE {name}");
        return new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString;
    }

    /// <summary>Takes a database back for the next.</summary>
    public static void GiveBack(string connection)
    {
        if (Empty(connection)) Free.Add(connection);
        else DropDatabase(connection);
    }

    /// <summary>Drops what is left of them, after the last test.</summary>
    public static void DropAll()
    {
        foreach (var connection in Free) DropDatabase(connection);
        Free.Clear();
    }

    private static void DropDatabase(string connection)
    {
        using (var own = new SqlConnection(connection)) SqlConnection.ClearPool(own);
        for (var tries = 1; ; tries++)
        {
            try
            {
                OnServerAsync($"DROP DATABASE {new SqlConnectionStringBuilder(connection).InitialCatalog}").GetAwaiter().GetResult();
                return;
            }
            catch (SqlException) when (tries < 20)
            {
                // The server has yet to notice that the last connection is closed.
                Thread.Sleep(100);
            }
        }
    }

    /// <summary>Empties every table but the journal, and puts back what the migrations wrote. False where the schema is not the one that ships.</summary>
    private static bool Empty(string connection)
    {
        using var own = new SqlConnection(connection);
        own.Open();
        using var transaction = own.BeginTransaction();
        using var migrated = new SqlCommand("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = N'SchemaJournal'", own, transaction);
        if ((int)migrated.ExecuteScalar() == 0) return true;
        using var command = new SqlCommand(Emptying.Value, own, transaction);
        try
        {
            command.ExecuteNonQuery();
            transaction.Commit();
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    /// <summary>Every table of the register, parents before their children.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. Regex.Matches(Script(), @"^CREATE TABLE (\w+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value)];

    private static string Script() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "sql", "sqlserver"), "*.sql").Order(StringComparer.Ordinal)
        .Where(f => !f.EndsWith("0000_Journal.sql", StringComparison.Ordinal)).Select(File.ReadAllText));

    /// <summary>From here on inserting a row into a table fails, as after a fault of the disk; <see cref="MendAsync"/> ends that.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">Of which rows, as a condition on its columns; null for every one.</param>
    /// <param name="least">From how many such rows on.</param>
    public static Task FaultAsync(Database database, string table, string? where = null, int least = 1) => database.WriteAsync(db => db.ExecuteAsync(db.Dialect.Name == Dialect.Sqlite.Name
        ? $"CREATE TRIGGER TR_Fault AFTER INSERT ON {table} WHEN (SELECT COUNT(*) FROM {table} WHERE {where ?? "1 = 1"}) >= {least} BEGIN SELECT RAISE(ABORT, 'fault'); END"
        : $"CREATE TRIGGER TR_Fault ON {table} AFTER INSERT AS IF (SELECT COUNT(*) FROM {table} WHERE {where ?? "1 = 1"}) >= {least} THROW 51000, 'fault', 1"));

    /// <summary>Takes a table away, as a disk that cannot be read does.</summary>
    public static Task LoseAsync(Database database, string table) => database.WriteAsync(db => db.ExecuteAsync(db.Dialect.Name == Dialect.Sqlite.Name
        ? $"ALTER TABLE {table} RENAME TO Lost"
        : $"EXEC sp_rename N'{table}', N'Lost', N'OBJECT'"));

    /// <summary>A part of what the database says of a table that is not there.</summary>
    public static string NoSuchTable(string table) => !IsSqlServer ? "no such table" : IsBabelfish ? $"relation \"{table}\" does not exist" : $"Invalid object name '{table}'";

    /// <summary>Ends what <see cref="FaultAsync"/> began.</summary>
    public static Task MendAsync(Database database) => database.WriteAsync(db => db.ExecuteAsync("DROP TRIGGER TR_Fault"));

    private static readonly Lazy<string> Emptying = new(() =>
    {
        var guarded = Regex.Matches(Script(), @"^CREATE TRIGGER (\w+) ON (\w+)", RegexOptions.Multiline).Select(m => (Trigger: m.Groups[1].Value, Table: m.Groups[2].Value)).ToList();
        return string.Join('\n',
        [
            .. guarded.Select(g => $"DISABLE TRIGGER {g.Trigger} ON {g.Table};"),
            .. Tables.Reverse().Select(t => $"DELETE FROM {t};"),
            .. guarded.Select(g => $"ENABLE TRIGGER {g.Trigger} ON {g.Table};"),
        ]);
    });

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new SqlConnection(Server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 120);
        await command.ExecuteNonQueryAsync();
    }
}
