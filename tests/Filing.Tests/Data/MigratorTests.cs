using Filing.Data;
using Filing.Domain;
using Microsoft.Data.Sqlite;

namespace Filing.Tests.Data;

public sealed class MigratorTests
{
    private TempFolder _folder = null!;
    private Database _db = null!;

    [SetUp]
    public void Open()
    {
        _folder = new();
        _db = Database.OpenSqlite(_folder["data"]);
        // The journal is the product's own; what follows is the test's.
        foreach (var dialect in new[] { "sqlite", "sqlserver" })
        {
            Directory.CreateDirectory(_folder[$"sql/{dialect}"]);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "sql", dialect, "0000_Journal.sql"), _folder[$"sql/{dialect}/0000_Journal.sql"]);
        }

        Script("0001_First", "CREATE TABLE A (Id INTEGER NOT NULL PRIMARY KEY) STRICT;");
    }

    [TearDown]
    public async Task Close()
    {
        await _db.DisposeAsync();
        _folder.Dispose();
    }

    private void Script(string label, string text)
    {
        Edit(label, text);
        Twin(label);
    }

    private void Edit(string label, string text) => File.WriteAllText(_folder[$"sql/sqlite/{label}.sql"], text);

    private void Twin(string label) => File.WriteAllText(_folder[$"sql/sqlserver/{label}.sql"], "SELECT 1");

    private Task<Result<IReadOnlyList<string>>> Migrate(Database? db = null) =>
        new Migrator(db ?? _db, new OddClock(), _folder["sql"]).MigrateAsync();

    private async Task<string> RefusalOf()
    {
        var result = await Migrate();
        Assert.That(result.Ok, Is.False);
        TestContext.Out.WriteLine(result.Error!.Message);
        Assert.That(result.Error.Kind, Is.EqualTo(ErrorKind.Refused));
        return result.Error.Code + " " + result.Error.Message;
    }

    [Test]
    public void The_script_for_an_administrator_has_every_step_and_each_can_be_read_by_the_server()
    {
        var script = Migrator.Script().Value;
        Assert.That(Migration.Load(Path.Combine(AppContext.BaseDirectory, "sql"), Dialect.SqlServer).Value, Has.All.Matches<Migration>(m => script.Contains($"N'{m.Hash}'", StringComparison.Ordinal)));
        Assert.That(Migration.Batches(script).SelectMany(batch =>
        {
            Sql.TSql.Parse(batch, out var errors);
            return errors;
        }), Is.Empty);
        Assert.That(Migrator.Script(1).Value, Does.Not.Contain("CREATE TABLE SchemaJournal").And.Contain("CREATE TABLE Document"));
        Assert.That((Migrator.Script(99).Error?.Code, Migrator.Script(-1).Error?.Code), Is.EqualTo(("schema.no-step", "schema.no-step")));
    }

    [Test]
    public async Task A_new_database_gets_every_migration_once_with_its_row_in_the_journal()
    {
        Script("0002_Second", "CREATE TABLE B (Id INTEGER NOT NULL PRIMARY KEY) STRICT; INSERT INTO B VALUES (7);");
        Assert.That((await Migrate()).Value, Is.EqualTo(new[] { "0000_Journal", "0001_First", "0002_Second" }));
        Assert.That((await Migrate()).Value, Is.Empty);
        Script("0003_Third", "INSERT INTO B VALUES (8);");
        Assert.That((await Migrate()).Value, Is.EqualTo(new[] { "0003_Third" }));
        Assert.That(await _db.ReadAsync(s => s.QueryAsync<int>("SELECT Id FROM B ORDER BY Id")), Is.EqualTo(new[] { 7, 8 }));
        Assert.That(
            await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<string>("SELECT Name || ' ' || Hash || ' ' || AppliedAt FROM SchemaJournal WHERE Number = 1")),
            Is.EqualTo($"First {Migration.HashOf("CREATE TABLE A (Id INTEGER NOT NULL PRIMARY KEY) STRICT;")} 2026-02-14T08:40:07.000Z"));
    }

    [Test]
    public async Task The_products_own_migrations_come_through()
    {
        var result = await new Migrator(_db, TimeProvider.System).MigrateAsync();
        Assert.That(result.Ok, () => result.Error!.Message);
        Assert.That(result.Value, Has.Member("0000_Journal"));
    }

    [Test]
    public async Task A_script_that_fails_leaves_nothing_of_itself_and_everything_before_it()
    {
        Script("0002_Bad", "CREATE TABLE B (Id INTEGER) STRICT; CREATE TABLE A (Id INTEGER) STRICT;");
        Assert.That(async () => await Migrate(), Throws.InstanceOf<SqliteException>());
        Assert.That(await Tables(), Is.EqualTo(new[] { "A", "SchemaJournal" }));
        Edit("0002_Bad", "CREATE TABLE B (Id INTEGER) STRICT;");
        Assert.That((await Migrate()).Value, Is.EqualTo(new[] { "0002_Bad" }));
    }

    [Test]
    public async Task A_script_that_leaves_rows_without_what_they_refer_to_is_rolled_back()
    {
        Script("0002_Refer", "CREATE TABLE B (A INTEGER NOT NULL REFERENCES A (Id)) STRICT; INSERT INTO A VALUES (1); INSERT INTO B VALUES (1);");
        Script("0003_Forget", "DELETE FROM A;");
        Assert.That(async () => await Migrate(), Throws.InvalidOperationException);
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM A")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_table_can_be_built_anew_under_those_that_refer_to_it()
    {
        Script("0002_Refer", "CREATE TABLE B (A INTEGER NOT NULL REFERENCES A (Id)) STRICT; INSERT INTO A VALUES (1); INSERT INTO B VALUES (1);");
        Script("0003_Anew", "CREATE TABLE A2 (Id INTEGER NOT NULL PRIMARY KEY, N INTEGER) STRICT; INSERT INTO A2 (Id) SELECT Id FROM A; DROP TABLE A; ALTER TABLE A2 RENAME TO A;");
        Assert.That((await Migrate()).Ok);
        Assert.That(
            async () => await _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO B VALUES (2)")),
            Throws.InstanceOf<SqliteException>(),
            "the reference holds on the new table");
    }

    [Test]
    public async Task An_older_program_refuses_a_newer_database()
    {
        Script("0002_Second", "CREATE TABLE B (Id INTEGER) STRICT;");
        await Migrate();
        File.Delete(_folder["sql/sqlite/0002_Second.sql"]);
        File.Delete(_folder["sql/sqlserver/0002_Second.sql"]);
        Assert.That(await RefusalOf(), Does.StartWith("schema.newer ").And.Contain("0002").And.Contain("Second"));
    }

    [Test]
    public async Task An_edited_migration_refuses_the_start()
    {
        await Migrate();
        Edit("0001_First", "CREATE TABLE A (Id INTEGER NOT NULL PRIMARY KEY, More TEXT) STRICT;");
        Script("0002_Second", "CREATE TABLE B (Id INTEGER) STRICT;");
        Assert.That(await RefusalOf(), Does.StartWith("schema.edited ").And.Contain("0001_First"));
        Assert.That(await Tables(), Does.Not.Contain("B"), "nothing was changed");
    }

    [Test]
    public async Task A_renamed_migration_refuses_the_start()
    {
        await Migrate();
        foreach (var dialect in new[] { "sqlite", "sqlserver" })
            File.Move(_folder[$"sql/{dialect}/0001_First.sql"], _folder[$"sql/{dialect}/0001_Other.sql"]);
        Assert.That(await RefusalOf(), Does.StartWith("schema.edited ").And.Contain("First"));
    }

    [Test]
    public async Task Other_line_ends_are_no_edit()
    {
        Script("0002_Lines", "CREATE TABLE B (\n Id INTEGER\n) STRICT;");
        await Migrate();
        Edit("0002_Lines", "CREATE TABLE B (\r\n Id INTEGER\r\n) STRICT;");
        Assert.That((await Migrate()).Value, Is.Empty);
    }

    [Test]
    public async Task A_gap_in_the_scripts_refuses_the_start()
    {
        Script("0003_Third", "CREATE TABLE B (Id INTEGER) STRICT;");
        Assert.That(await RefusalOf(), Does.StartWith("schema.gap ").And.Contain("0002"));
    }

    [Test]
    public async Task A_missing_twin_refuses_the_start()
    {
        Twin("0002_OnlyThere");
        Assert.That(await RefusalOf(), Does.StartWith("schema.twin-missing ").And.Contain("sqlserver/0002_OnlyThere"));
    }

    [TestCase("0002-Second", "schema.name")]
    [TestCase("2_Second", "schema.name")]
    [TestCase("0001_Second", "schema.duplicate")]
    public async Task A_file_that_breaks_the_numbering_refuses_the_start(string label, string code)
    {
        Script(label, "SELECT 1");
        Assert.That(await RefusalOf(), Does.StartWith(code + " "));
    }

    [Test]
    public async Task No_scripts_at_all_refuse_the_start()
    {
        Directory.Delete(_folder["sql"], recursive: true);
        Assert.That(await RefusalOf(), Does.StartWith("schema.gap "));
    }

    [Test]
    public async Task Many_that_start_at_once_migrate_once()
    {
        for (var n = 2; n < 12; n++) Script($"{n:0000}_Step", $"CREATE TABLE T{n} (Id INTEGER) STRICT; INSERT INTO T{n} VALUES (1);");
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var own = Database.OpenSqlite(_folder["data"]);
            return (await Migrate(own)).Value;
        })));
        Assert.That(applied.SelectMany(labels => labels).Order(), Is.EqualTo(
            Enumerable.Range(2, 10).Select(n => $"{n:0000}_Step").Prepend("0001_First").Prepend("0000_Journal")));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM T11")), Is.EqualTo(1));
    }

    [TestCase("A\nGO\nB", "A|B")]
    [TestCase("A\r\n  go ;\r\nB\r\nGO", "A|B")]
    [TestCase("GO\n\nGO\nA", "A")]
    [TestCase("SELECT 'GO'\nGOTO x -- GO", "SELECT 'GO'\nGOTO x -- GO")]
    public void A_script_is_cut_at_the_lines_that_say_only_GO(string script, string batches) =>
        Assert.That(string.Join('|', Migration.Batches(script).Select(batch => batch.Trim())), Is.EqualTo(batches));

    [Test]
    public async Task The_journal_cannot_be_rewritten()
    {
        await Migrate();
        foreach (var sql in new[] { "UPDATE SchemaJournal SET Hash = 'x'", "DELETE FROM SchemaJournal", "REPLACE INTO SchemaJournal SELECT * FROM SchemaJournal" })
            Assert.That(async () => await _db.WriteAsync(s => s.ExecuteAsync(sql)), Throws.InstanceOf<SqliteException>().With.Message.Contains("append-only"));
    }

    private Task<IReadOnlyList<string>> Tables() =>
        _db.ReadAsync(s => s.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"));

    private sealed class OddClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 2, 14, 16, 40, 7, TimeSpan.FromHours(8));
    }
}
