using System.Text.Json;
using Filing.Data;
using Filing.Domain;
using Filing.Pipeline;
using Filing.Tests.Data.Sql;
using Filing.Tests.Support;
using Filing.Web.Operations;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Filing.Tests.Data;

/// <summary>What of a move to SQL Server needs no server: which tables in which order, which values, and what a mark keeps out.</summary>
internal sealed class MoveTests
{
    private static readonly Schema OnServer = SchemaTwins.SqlServer(Repository.Folder("sql/sqlserver"), []);

    private TempFolder _folder = null!;

    [SetUp]
    public async Task Make()
    {
        _folder = new TempFolder();
        await using var db = Database.OpenSqlite(_folder["data"]);
        Assert.That((await new Migrator(db, TimeProvider.System).MigrateAsync()).Ok, Is.True);
    }

    [TearDown]
    public void Leave() => _folder.Dispose();

    private async Task<IReadOnlyList<MovedTable>> Tables()
    {
        await using var db = Database.OpenSqlite(_folder["data"]);
        return await db.ReadAsync(MovedTable.ReadAsync);
    }

    // ---------------------------------------------------------------- tables

    [Test]
    public async Task Every_table_of_the_schema_is_moved_with_every_column_and_its_key()
    {
        var tables = await Tables();
        Assert.That(tables.Select(t => t.Name), Is.EquivalentTo(OnServer.Tables.Select(t => t.Name).Where(t => t != "SchemaJournal")));
        Assert.That(tables.Select(t => t.Name), Is.EquivalentTo(TestDatabase.Tables));
        foreach (var table in tables)
        {
            Assert.That(table.Columns, Is.EqualTo(OnServer.Tables.Single(t => t.Name == table.Name).Columns.Select(c => c.Name)), table.Name);
            Assert.That(table.Key, Is.EqualTo(OnServer.Keys.Single(k => k.Value.Table == table.Name && k.Key.StartsWith("PK_", StringComparison.Ordinal)).Value.Columns), table.Name);
        }
    }

    [Test]
    public async Task Every_reference_points_to_an_earlier_table_or_to_the_table_itself()
    {
        var tables = await Tables();
        var order = tables.Select((t, i) => (t.Name, i)).ToDictionary(t => t.Name, t => t.i);
        foreach (var (table, column, other, _) in OnServer.References)
        {
            if (table == other) Assert.That(tables[order[table]].Own, Does.Contain(column));
            else Assert.That(order[other], Is.LessThan(order[table]), $"{table}.{column}");
        }

        Assert.That(tables.SelectMany(t => t.Own.Select(c => $"{t.Name}.{c}")), Is.EquivalentTo(OnServer.References.Where(r => r.Table == r.OtherTable).Select(r => $"{r.Table}.{r.Column}")).And.Not.Empty);
    }

    [Test]
    public async Task A_table_that_is_added_later_is_moved_after_what_it_refers_to()
    {
        await ExecuteAsync("CREATE TABLE Ahead (Id TEXT NOT NULL CONSTRAINT PK_Ahead PRIMARY KEY, LaterId TEXT NULL REFERENCES Later (No)) STRICT; CREATE TABLE Later (No TEXT NOT NULL CONSTRAINT PK_Later PRIMARY KEY) STRICT, WITHOUT ROWID");
        var names = (await Tables()).Select(t => t.Name).ToList();
        Assert.That(names.IndexOf("Later"), Is.Not.Negative.And.LessThan(names.IndexOf("Ahead")));
    }

    [TestCase("CREATE TABLE A (Id TEXT PRIMARY KEY, B TEXT REFERENCES B (Id)) STRICT; CREATE TABLE B (Id TEXT PRIMARY KEY, A TEXT REFERENCES A (Id)) STRICT", "circle")]
    [TestCase("CREATE TABLE A (Id TEXT) STRICT", "no primary key")]
    [TestCase("CREATE TABLE A (Id TEXT PRIMARY KEY, No TEXT UNIQUE, Up TEXT REFERENCES A (No)) STRICT", "itself")]
    public async Task A_schema_that_cannot_be_moved_stops_it_at_once(string schema, string says)
    {
        await ExecuteAsync(schema);
        Assert.That(Tables, Throws.InvalidOperationException.With.Message.Contains(says));
    }

    [Test]
    public void Every_column_on_the_server_is_of_a_kind_that_is_moved()
    {
        foreach (var table in OnServer.Tables)
        {
            foreach (var column in table.Columns) Assert.That(() => MovedValue.KindOf(column.Type.Split('(')[0].Trim().ToLowerInvariant()), Throws.Nothing, $"{table.Name}.{column.Name}");
        }

        Assert.That(() => MovedValue.KindOf("float"), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // ---------------------------------------------------------------- order

    [Test]
    public void Parents_come_first_and_a_circle_comes_at_once()
    {
        (int, IReadOnlyList<int>)[] nodes = [(1, [2]), (2, [3]), (3, []), (4, [5, 3]), (5, [6]), (6, [4]), (7, [7]), (8, [99]), (9, [4])];
        var groups = MoveOrder.ParentsFirst(nodes);
        Assert.That(groups.Select(g => string.Join(',', g.Order())), Is.EqualTo(["3", "2", "1", "4,5,6", "7", "8", "9"]));
    }

    [Test]
    public void A_chain_as_long_as_a_table_is_ordered()
    {
        var groups = MoveOrder.ParentsFirst<int>([.. Enumerable.Range(0, 200_000).Select(i => (i, (IReadOnlyList<int>)[i + 1]))]);
        Assert.That(groups.Select(g => g.Single()), Is.EqualTo(Enumerable.Range(0, 200_000).Reverse()));
    }

    [Test]
    public void Whatever_refers_to_what_each_comes_once_and_not_before_what_it_refers_to() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 12).ListOf().Select(r => r.ToArray()).ListOf().Select(r => r.ToArray()).ToArbitrary(), Ordered));

    private static void Ordered(int[][] references)
    {
        var nodes = references.Select((r, i) => (i, (IReadOnlyList<int>)r)).ToArray();
        var groups = MoveOrder.ParentsFirst<int>(nodes);
        var place = groups.SelectMany((g, i) => g.Select(n => (n, i))).ToDictionary(n => n.n, n => n.i);
        Assert.That(place.Keys, Is.EquivalentTo(Enumerable.Range(0, nodes.Length)));
        foreach (var (node, parents) in nodes)
        {
            foreach (var parent in parents.Where(place.ContainsKey)) Assert.That(place[parent], Is.LessThanOrEqualTo(place[node]));
        }

        bool Reaches(int from, int to) => new HashSet<int>(Walk(from)).Contains(to);
        IEnumerable<int> Walk(int from)
        {
            var (seen, open) = (new HashSet<int>(), new Stack<int>([from]));
            while (open.TryPop(out var node))
            {
                foreach (var next in nodes[node].Item2.Where(place.ContainsKey))
                {
                    if (seen.Add(next)) open.Push(next);
                }
            }

            return seen;
        }

        foreach (var group in groups.Where(g => g.Count > 1)) Assert.That(group.All(a => group.All(b => Reaches(a, b))), Is.True, "only what is a circle stays together");
    }

    // ---------------------------------------------------------------- values

    [Test]
    public void Whatever_this_program_writes_comes_back()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<Guid>(id => ComesBack(MovedKind.Id, id.ToString())));
        Check.QuickThrowOnFailure(Prop.ForAll<DateTimeOffset>(moment => ComesBack(MovedKind.Moment, DapperTypes.Text(moment))));
        Check.QuickThrowOnFailure(Prop.ForAll<DateTimeOffset>(moment => ComesBack(MovedKind.Day, DapperTypes.Text(DateOnly.FromDateTime(moment.UtcDateTime)))));
        Check.QuickThrowOnFailure(Prop.ForAll<long>(number => ComesBack(MovedKind.Large, number) && ComesBack(MovedKind.Whole, (long)(int)number)));
        Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(bytes => ComesBack(MovedKind.Bytes, bytes)));
    }

    [TestCase(MovedKind.Flag, 0L)]
    [TestCase(MovedKind.Flag, 1L)]
    [TestCase(MovedKind.Text, "")]
    [TestCase(MovedKind.Text, " 郴政发〔2013〕2号𠮷 ")]
    [TestCase(MovedKind.Day, "0001-01-01")]
    [TestCase(MovedKind.Day, "9999-12-31")]
    [TestCase(MovedKind.Moment, "9999-12-31T23:59:59.999Z")]
    public void A_value_comes_back(MovedKind kind, object stored) => Assert.That(ComesBack(kind, stored), Is.True);

    // Written otherwise than this program writes it
    [TestCase(MovedKind.Id, "0197F5C0-0000-7000-8000-00000000000A")]
    [TestCase(MovedKind.Id, "{0197f5c0-0000-7000-8000-00000000000a}")]
    [TestCase(MovedKind.Moment, "2026-02-14T16:40:07+08:00")]
    [TestCase(MovedKind.Moment, "2026-02-14T08:40:07.1234Z")]
    [TestCase(MovedKind.Moment, "2026-02-14 08:40:07")]
    [TestCase(MovedKind.Day, "2026-2-14")]
    [TestCase(MovedKind.Day, "2026-02-30")]
    // None at all
    [TestCase(MovedKind.Id, "x")]
    [TestCase(MovedKind.Moment, "yesterday")]
    [TestCase(MovedKind.Flag, 2L)]
    [TestCase(MovedKind.Whole, 2147483648L)]
    [TestCase(MovedKind.Text, 1L)]
    [TestCase(MovedKind.Bytes, "x")]
    public void A_value_that_would_come_back_as_another_is_not_moved(MovedKind kind, object stored)
    {
        Assert.That(MovedValue.TryToServer(kind, stored, out _), Is.False);
        Assert.That(() => MovedValue.ToServer(kind, stored), Throws.ArgumentException);
    }

    [Test]
    public void Values_are_the_same_to_the_last_character_and_byte()
    {
        Assert.That(MovedValue.Same(null, null) && MovedValue.Same("郴", "郴") && MovedValue.Same(1L, 1L) && MovedValue.Same(new byte[] { 0, 1 }, new byte[] { 0, 1 }), Is.True);
        foreach (var (one, other) in new (object?, object?)[] { (null, ""), ("a", "a "), ("a", "A"), ("e\u0301", "\u00e9"), (1L, 0L), (1L, "1"), (new byte[] { 0 }, Array.Empty<byte>()), (Array.Empty<byte>(), null) })
            Assert.That(MovedValue.Same(one, other) || MovedValue.Same(other, one), Is.False, $"{one} {other}");
    }

    private static bool ComesBack(MovedKind kind, object stored) =>
        MovedValue.TryToServer(kind, stored, out var value) && MovedValue.Same(stored, MovedValue.FromServer(kind, value));

    // ---------------------------------------------------------------- marks

    [TestCase(MoveState.Moving, "register.moving", "--undo")]
    [TestCase(MoveState.Moved, "register.moved", "Database:SqlServer")]
    [TestCase(MoveState.Unfinished, "register.move-unfinished", "再次执行")]
    public async Task A_register_with_a_mark_is_not_opened_and_says_what_to_do(MoveState state, string code, string says)
    {
        await MarkAsync(state);
        var refused = await OpenAsync();
        Assert.That(refused.Error, Is.Not.Null);
        Assert.That((refused.Error!.Kind, refused.Error.Code), Is.EqualTo((ErrorKind.Refused, code)));
        Assert.That(refused.Error.Message, Does.Contain(says).And.Contain("server/filing"));
    }

    [TestCase(MoveState.Moving)]
    [TestCase(MoveState.Moved)]
    public async Task A_move_that_is_given_up_leaves_a_register_that_opens(MoveState state)
    {
        await MarkAsync(state);
        Assert.That((await Move.UndoAsync(_folder["data"])).Value.State, Is.EqualTo(state));
        var opened = await OpenAsync();
        Assert.That(opened.Ok, Is.True);
        await opened.Value.DisposeAsync();
        Assert.That((await Move.UndoAsync(_folder["data"])).Error?.Code, Is.EqualTo("move.none"));
    }

    [TestCase("Server=s", "move.no-database")]
    [TestCase("Database=d", "move.no-server")]
    [TestCase("Server=s;Database", "move.connection-string")]
    [TestCase("Server=s;Database=d;Timeout=soon", "move.connection-string")]
    [TestCase("Server=s;Database=d;Pasword=secret", "move.connection-string")]
    public async Task A_target_that_cannot_be_is_wrong_use_and_its_password_is_not_repeated(string connection, string code)
    {
        var error = (await Move.OpenAsync(_folder["data"], connection, TimeProvider.System)).Error!;
        Assert.That((error.Kind, error.Code, error.Field), Is.EqualTo((ErrorKind.Invalid, code, "--to")));
        Assert.That(error.Message, Does.Not.Contain("secret"));
    }

    [Test]
    public async Task A_folder_without_a_register_is_wrong_use()
    {
        Assert.That((await Move.OpenAsync(_folder["none"], "Server=s;Database=d", TimeProvider.System)).Error?.Code, Is.EqualTo("move.no-source"));
        Assert.That((await Move.UndoAsync(_folder["none"])).Error?.Code, Is.EqualTo("move.no-source"));
        Assert.That(Directory.Exists(_folder["none"]), Is.False);
    }

    [Test]
    public async Task A_register_of_an_older_program_is_to_be_migrated_first()
    {
        await using (var db = Database.OpenSqlite(_folder["older"]))
        {
            foreach (var dialect in new[] { "sqlite", "sqlserver" })
            {
                Directory.CreateDirectory(_folder[$"sql/{dialect}"]);
                File.Copy(Path.Combine(AppContext.BaseDirectory, "sql", dialect, "0000_Journal.sql"), _folder[$"sql/{dialect}/0000_Journal.sql"]);
            }

            await new Migrator(db, TimeProvider.System, _folder["sql"]).MigrateAsync();
            Assert.That((await new Migrator(db, TimeProvider.System).MissingAsync()).Value, Does.Contain("0001_Register"));
        }

        var error = (await Move.OpenAsync(_folder["older"], "Server=s;Database=d", TimeProvider.System)).Error!;
        Assert.That(error.Code, Is.EqualTo("move.source-older"));
        Assert.That(error.Message, Does.Contain("0001_Register").And.Contain("filing migrate"));
    }

    [Test]
    public async Task What_is_missing_of_the_schema_is_told_and_not_done()
    {
        await using var db = Database.OpenSqlite(_folder["new"]);
        var migrator = new Migrator(db, TimeProvider.System);
        var missing = (await migrator.MissingAsync()).Value;
        Assert.That((await migrator.MissingAsync()).Value, Is.EqualTo(missing).And.Not.Empty);
        Assert.That((await migrator.MigrateAsync()).Value, Is.EqualTo(missing));
        Assert.That((await migrator.MissingAsync()).Value, Is.Empty);
    }

    private async Task MarkAsync(MoveState state)
    {
        await using var db = Database.OpenSqlite(_folder["data"]);
        await Settings.WriteAsync(db, MoveMark.Setting, JsonSerializer.Serialize(new MoveMark(Guid.CreateVersion7(), state, "server/filing", DateTimeOffset.UnixEpoch)));
    }

    private Task<Result<Register>> OpenAsync() => Register.OpenAsync(_folder["data"], new FilingOptions(), new LegalClock(), NullLoggerFactory.Instance);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder["data"], Database.SqliteFileName)};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
