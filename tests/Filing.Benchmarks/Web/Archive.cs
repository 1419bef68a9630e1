using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Filing.Benchmarks.Steps;
using Filing.Data;
using Filing.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Filing.Benchmarks.Web;

/// <summary>
/// Fills a register with the documents of many years. Each kind of life, over or under way, is lived once by the people of the tests, and its rows
/// are then written again for other documents, with ids, days and numbers of their own.
/// </summary>
internal static partial class Archive
{
    private const int YearsBack = 10;
    private const string Title = "郴州市城镇房屋租赁管理办法";

    // The columns of Number, in the order of the schema.
    private const int SerialCell = 3;
    private const int TextCell = 4;

    /// <summary>Adds so many documents; one in a hundred is under way, each at another step, the others have lived their lives.</summary>
    /// <returns>A document that is being reviewed.</returns>
    public static async Task<Guid> FillAsync(IPeople people, string folder, DateOnly today, int documents)
    {
        var file = Path.Combine(folder, Database.SqliteFileName);
        var (lives, shown) = (new List<Told>(), Guid.Empty);
        // The first life of a year opens its series of numbers.
        await BeginAsync(people, today);
        for (var last = 0; last < Life.Steps.Count; last++)
        {
            var (told, document) = await TellAsync(people, file, today, last + 2, last);
            if (Life.Steps[last].Name == "conclude-review") shown = document;
            lives.Add(told);
        }

        var latest = Life.Steps.Count - 1;
        WriteAll(file, lives.Count + 1, documents, today, serial => (lives[serial % 100 == 0 ? serial / 100 % latest : latest], today.AddDays(-(int)((serial + 1) * 7919L % (YearsBack * 365)))));
        return shown;
    }

    /// <summary>Adds so many documents that have all come to the same step on the same day.</summary>
    /// <param name="people">Who lives the first.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="today">The day.</param>
    /// <param name="step">The name of the last step that each has taken.</param>
    /// <param name="documents">How many.</param>
    public static async Task RepeatAsync(IPeople people, string folder, DateOnly today, string step, int documents)
    {
        var file = Path.Combine(folder, Database.SqliteFileName);
        await BeginAsync(people, today);
        var (told, _) = await TellAsync(people, file, today, 2, Life.Steps.ToList().FindIndex(s => s.Name == step));
        WriteAll(file, 2, documents + 1, today, _ => (told, today));
    }

    private static async Task BeginAsync(IPeople people, DateOnly today)
    {
        var first = new Life(today, 1);
        while (await first.StepAsync(people))
        {
        }
    }

    private static async Task<(Told Told, Guid Document)> TellAsync(IPeople people, string file, DateOnly today, int serial, int last)
    {
        var watch = new RowWatch(file);
        watch.Begin();
        var life = new Life(today, serial);
        for (var step = 0; step <= last; step++) await life.StepAsync(people);
        RowChange[] rows = [.. watch.Changes().Where(c => c.What == Change.Insert)];
        return (new(rows, watch.Ids, [.. rows.Where(IsNumber).Select(r => (string)r.Cells[TextCell].Value)]), life.Document);
    }

    private static void WriteAll(string file, int from, int documents, DateOnly today, Func<int, (Told Life, DateOnly Day)> which)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=60");
        connection.Open();
        using (var quick = connection.CreateCommand())
        {
            // Nobody's records: what is measured comes later.
            quick.CommandText = "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 50000";
            quick.ExecuteNonQuery();
        }

        var commands = new Dictionary<string, SqliteCommand>();
        var serial = from;
        while (serial < documents)
        {
            using var transaction = connection.BeginTransaction();
            for (var i = 0; i < 2000 && serial < documents; i++, serial++)
            {
                var (life, day) = which(serial);
                Write(connection, commands, transaction, life, serial + 1, today, day);
            }

            transaction.Commit();
        }

        foreach (var command in commands.Values) command.Dispose();
        using var next = connection.CreateCommand();
        next.CommandText = "UPDATE SeriesYear SET Next = @next; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)";
        next.Parameters.AddWithValue("@next", documents + 1);
        next.ExecuteNonQuery();
    }

    private static void Write(SqliteConnection connection, Dictionary<string, SqliteCommand> commands, SqliteTransaction transaction, Told life, int serial, DateOnly today, DateOnly day)
    {
        var ids = Floor.Ids(life.Ids);
        foreach (var row in life.Rows)
        {
            if (!commands.TryGetValue(row.Sql, out var command))
            {
                command = connection.CreateCommand();
                command.CommandText = row.Sql;
                for (var i = 0; i < row.Cells.Length; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", DBNull.Value));
                commands.Add(row.Sql, command);
            }

            command.Transaction = transaction;
            var (number, own) = (IsNumber(row), life.Own(row, today));
            for (var i = 0; i < row.Cells.Length; i++)
            {
                command.Parameters[i].Value = row.Cells[i].With(ids) switch
                {
                    string text when own[i] => Other(text),
                    byte[] bytes when own[i] => Encoding.UTF8.GetBytes(Other(Encoding.UTF8.GetString(bytes))),
                    _ when number && i == SerialCell => (long)serial,
                    var value => value,
                };
            }

            command.ExecuteNonQuery();
        }

        string Other(string text) => life.Numbers
            .Aggregate(text, (all, n) => all.Replace(n, Serial().Replace(n, m => serial.ToString(new string('0', m.Length), CultureInfo.InvariantCulture)), StringComparison.Ordinal))
            .Replace(Title, $"郴州市第{serial}号城镇房屋租赁管理办法", StringComparison.Ordinal)
            .Replace(Iso(today), Iso(day), StringComparison.Ordinal);
    }

    private static bool IsNumber(RowChange row) => row.Sql.StartsWith("INSERT INTO Number ", StringComparison.Ordinal);

    [GeneratedRegex("[0-9]+(?=号?$)")]
    private static partial Regex Serial();

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Told(IReadOnlyList<RowChange> Rows, int Ids, IReadOnlyList<string> Numbers)
    {
        private readonly Dictionary<RowChange, bool[]> _own = new(ReferenceEqualityComparer.Instance);

        /// <summary>Which cells of a row hold a day, a number or a title, of which each document has its own.</summary>
        public bool[] Own(RowChange row, DateOnly today) => _own.TryGetValue(row, out var known)
            ? known
            : _own[row] = [.. row.Cells.Select(c => (c.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : c.Value as string) is { } text
                && (text.Contains(Iso(today), StringComparison.Ordinal) || text.Contains(Title, StringComparison.Ordinal) || Numbers.Any(n => text.Contains(n, StringComparison.Ordinal))))];
    }
}
