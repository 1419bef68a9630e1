using System.Globalization;
using System.Reflection;
using System.Text;
using Filing.Domain;

namespace Filing.Data;

/// <summary>
/// Brings the schema of a database to that of this program: each missing migration in a transaction of its own, together with its
/// row in the table <c>SchemaJournal</c>. Any number of processes may start at once; each step is done once.
/// It refuses, and changes nothing, when the database is newer than the program, when a migration was edited after it was applied,
/// and when the scripts have a gap or lack a twin.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="clock">Gives the moment that the journal records.</param>
/// <param name="sqlFolder">Where the scripts are; null for <c>sql</c> beside the program.</param>
public sealed class Migrator(Database database, TimeProvider clock, string? sqlFolder = null)
{
    private readonly string _folder = sqlFolder ?? Path.Combine(AppContext.BaseDirectory, "sql");

    /// <summary>The version of the program, as the journal records it: the number and the first seven digits of the commit.</summary>
    public static string ProgramVersion { get; } = Short(
        typeof(Migrator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?");

    /// <summary>Does what is missing; answers the labels of the migrations that this call applied, or why the program must not start.</summary>
    /// <exception cref="System.Data.Common.DbException">A script itself failed; what it did was rolled back.</exception>
    public async Task<Result<IReadOnlyList<string>>> MigrateAsync(CancellationToken ct = default)
    {
        if (!Migration.Load(_folder, database.Dialect).TryGet(out var migrations, out var error)) return error;
        await using var target = await MigrationTarget.OpenAsync(database.Engine, ct);
        var applied = new List<string>();
        while (true)
        {
            await target.BeginAsync(ct);
            var journal = await target.JournalAsync();
            error = Compare(migrations, journal);
            if (error is not null || journal.Count == migrations.Count)
            {
                await target.RollbackAsync();
                return error is not null ? error : applied;
            }

            var next = migrations[journal.Count];
            await target.ApplyAsync(next.Text);
            await target.RecordAsync(next, clock.GetUtcNow(), ProgramVersion);
            await target.CommitAsync();
            applied.Add(next.Label);
        }
    }

    /// <summary>The labels of the migrations that <see cref="MigrateAsync"/> would apply, or why the program must not start; changes nothing.</summary>
    public async Task<Result<IReadOnlyList<string>>> MissingAsync(CancellationToken ct = default)
    {
        if (!Migration.Load(_folder, database.Dialect).TryGet(out var migrations, out var error)) return error;
        await using var target = await MigrationTarget.OpenAsync(database.Engine, ct);
        await target.BeginAsync(ct);
        var journal = await target.JournalAsync();
        await target.RollbackAsync();
        return Compare(migrations, journal) is { } refused ? refused : migrations.Skip(journal.Count).Select(m => m.Label).ToArray();
    }

    /// <summary>
    /// What an administrator runs who changes the schema himself, in the tool of the server: each step and its row in the journal in one transaction. A step that the
    /// journal has already is passed over, so that the script may be run again, and on a database of any age.
    /// </summary>
    /// <param name="from">The first step that is in it; 0 for all.</param>
    /// <param name="sqlFolder">Where the scripts are; null for <c>sql</c> beside the program.</param>
    public static Result<string> Script(int from = 0, string? sqlFolder = null)
    {
        if (!Migration.Load(sqlFolder ?? Path.Combine(AppContext.BaseDirectory, "sql"), Dialect.SqlServer).TryGet(out var migrations, out var error)) return error;
        if (from < 0 || from >= migrations.Count) return Error.Invalid("schema.no-step", $"没有第 {from:0000} 号结构脚本；本程序有第 0000 至 {migrations.Count - 1:0000} 号。", "--from");
        var script = new StringBuilder().Append(CultureInfo.InvariantCulture, $"-- Filing {ProgramVersion}: {migrations[from].Label} – {migrations[^1].Label}\n-- sqlcmd -b -i, or any tool that knows GO; in the register's own database.\nSET XACT_ABORT ON;\nGO\n")
            .Append(MigrationTarget.AllowSnapshots).Append("\nGO\n").Append(MigrationTarget.ReadSnapshots).Append("\nGO\n");
        foreach (var step in migrations.Skip(from)) Append(script, step);
        return script.ToString();
    }

    // Whoever runs the script runs it when he likes.
    private const string ServersOwnMoment = "SYSDATETIMEOFFSET()";

    // What stands between SET NOEXEC ON and OFF is compiled and not run: so a whole step can be passed over, whatever batches it has. After an error the transaction
    // is gone; what follows in the step must not run outside one.
    private static void Append(StringBuilder script, Migration step)
    {
        var known = step.Number == 0
            ? "OBJECT_ID(N'SchemaJournal') IS NOT NULL"
            : $"EXISTS (SELECT 1 FROM SchemaJournal WHERE Number = {step.Number}) OR NOT EXISTS (SELECT 1 FROM SchemaJournal WHERE Number = {step.Number - 1})";
        script.Append(CultureInfo.InvariantCulture, $"\n-- {step.Label}\nIF {known} SET NOEXEC ON;\nGO\nBEGIN TRANSACTION;\nGO\n");
        foreach (var batch in Migration.Batches(step.Text.ReplaceLineEndings("\n"))) script.Append(batch.Trim('\n')).Append("\nGO\nIF @@TRANCOUNT = 0 SET NOEXEC ON;\nGO\n");
        script.Append(CultureInfo.InvariantCulture,
            $"""
            -- sqlserver: Data/Migrator: a step was taken
            INSERT INTO SchemaJournal (Number, Name, Hash, AppliedAt, ProgramVersion) VALUES ({step.Number}, N'{step.Name}', N'{step.Hash}', {ServersOwnMoment}, N'{ProgramVersion}');
            COMMIT;
            """);
        script.Append("\nGO\nSET NOEXEC OFF;\nGO\n");
    }

    private static Error? Compare(IReadOnlyList<Migration> migrations, IReadOnlyList<JournalEntry> journal)
    {
        for (var i = 0; i < journal.Count; i++)
        {
            var entry = journal[i];
            if (i >= migrations.Count)
            {
                return Error.Refused(
                    "schema.newer",
                    $"数据库比程序新：库中已有第 {entry.Number:0000} 号结构“{entry.Name}”（由程序 {entry.ProgramVersion} 建立），本程序 {ProgramVersion} 只到第 {migrations.Count - 1:0000} 号。请改用 {entry.ProgramVersion} 或更新的程序。");
            }

            if (entry.Number != i)
                return Error.Refused("schema.gap", $"数据库的结构记录不连续：缺少第 {i:0000} 号。请从备份恢复，或联系维护人员。");
            if (entry.Name != migrations[i].Name || entry.Hash != migrations[i].Hash)
            {
                return Error.Refused(
                    "schema.edited",
                    $"结构脚本 {migrations[i].Label}.sql 与数据库中已执行的第 {entry.Number:0000} 号“{entry.Name}”内容不一致：脚本在执行之后被改动过。请恢复原脚本；需要修改结构时另加新的编号。");
            }
        }

        return null;
    }

    private static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is var plus and >= 0 && version.Length > plus + 8 ? version[..(plus + 8)] : version;
}
