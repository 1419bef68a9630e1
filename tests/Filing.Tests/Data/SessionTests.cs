using System.Data;
using Dapper;
using Filing.Data;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Filing.Tests.Data;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 14, 16, 40, 7, 89, TimeSpan.FromHours(8));

    private TempFolder _folder = null!;
    private Database _db = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _folder = new();
        _db = Database.OpenSqlite(_folder.Path);
        await _db.WriteAsync(s => s.ExecuteAsync(
            """
            CREATE TABLE V (Id TEXT NOT NULL PRIMARY KEY, OtherId TEXT NULL, Day TEXT NULL, At TEXT NULL, Flag INTEGER NULL, N INTEGER NULL, Bytes BLOB NULL, Kind TEXT NULL) STRICT;
            CREATE TABLE K (A INTEGER NOT NULL, B INTEGER NOT NULL, C TEXT NULL UNIQUE, PRIMARY KEY (A, B)) STRICT;
            """));
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _db.DisposeAsync();
        _folder.Dispose();
    }

    private enum Shape
    {
        Round,
        Square,
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid? OtherId { get; init; }

        public DateOnly? Day { get; init; }

        public DateTimeOffset? At { get; init; }

        public bool? Flag { get; init; }

        public int? N { get; init; }

        public byte[]? Bytes { get; init; }

        public Shape? Kind { get; init; }
    }

    private const string Insert = "INSERT INTO V (Id, OtherId, Day, At, Flag, N, Bytes, Kind) VALUES (@Id, @OtherId, @Day, @At, @Flag, @N, @Bytes, @Kind)";

    private async Task<Row?> RoundTrip(Row row)
    {
        await _db.WriteAsync(s => s.ExecuteAsync(Insert, new { row.Id, row.OtherId, row.Day, row.At, row.Flag, row.N, row.Bytes, Kind = row.Kind?.ToString() }));
        return await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<Row>("SELECT * FROM V WHERE Id = @Id", new { row.Id }));
    }

    [Test]
    public async Task Every_kind_of_value_comes_back_as_it_went_in()
    {
        var row = new Row
        {
            Id = Guid.CreateVersion7(),
            OtherId = Guid.CreateVersion7(),
            Day = new(2026, 2, 14),
            At = Moment,
            Flag = true,
            N = 42,
            Bytes = [1, 2, 3],
            Kind = Shape.Square,
        };
        var back = (await RoundTrip(row))!;
        Assert.That(back.Bytes, Is.EqualTo(row.Bytes));
        Assert.That(back with { Bytes = null }, Is.EqualTo(row with { Bytes = null }));
        Assert.That(back.At!.Value.Offset, Is.EqualTo(TimeSpan.Zero), "moments are in UTC");
    }

    [Test]
    public async Task Every_kind_of_null_comes_back_as_null()
    {
        var row = new Row { Id = Guid.CreateVersion7() };
        Assert.That(await RoundTrip(row), Is.EqualTo(row));
    }

    [Test]
    public async Task Ids_days_and_moments_are_stored_as_text_that_sorts_as_they_do()
    {
        var id = Guid.Parse("0195AABB-CCDD-7000-8000-0123456789AB");
        await RoundTrip(new() { Id = id, Day = new(2026, 2, 14), At = Moment });
        var stored = await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<string>(
            "SELECT Id || ' ' || Day || ' ' || At FROM V WHERE Id = @id", new { id }));
        Assert.That(stored, Is.EqualTo("0195aabb-ccdd-7000-8000-0123456789ab 2026-02-14 2026-02-14T08:40:07.089Z"));
    }

    [Test]
    public void The_text_of_a_moment_sorts_as_the_moment() => Check.QuickThrowOnFailure(Prop.ForAll<DateTime, DateTime>((a, b) =>
    {
        var (x, y) = (new DateTimeOffset(a.Ticks, TimeSpan.Zero), new DateTimeOffset(b.Ticks, TimeSpan.Zero));
        var cut = (x.Ticks / TimeSpan.TicksPerMillisecond).CompareTo(y.Ticks / TimeSpan.TicksPerMillisecond);
        return Math.Sign(string.CompareOrdinal(DapperTypes.Text(x), DapperTypes.Text(y))) == cut;
    }));

    [Test]
    public void On_sql_server_the_same_values_go_out_in_native_types()
    {
        // No server is needed to see what the arguments become.
        var (id, day, moment) = (Guid.NewGuid(), new DateOnly(2026, 2, 14), Moment.AddTicks(9));
        Assert.Multiple(() =>
        {
            Assert.That(Sent(id), Has.Property("SqlDbType").EqualTo(SqlDbType.Binary).And.Property("Value").EqualTo(Convert.FromHexString(id.ToString("N"))));
            Assert.That(Sent(day), Has.Property("SqlDbType").EqualTo(SqlDbType.Date).And.Property("Value").EqualTo(new DateTime(2026, 2, 14)));
            Assert.That(Sent(moment), Has.Property("SqlDbType").EqualTo(SqlDbType.DateTimeOffset).And.Property("Scale").EqualTo(3));
            Assert.That(Sent(moment).Value, Is.EqualTo(Moment).And.Property("Offset").EqualTo(TimeSpan.Zero));
        });
    }

    private static SqlParameter Sent<T>(T value)
    {
        var parameter = new SqlParameter();
#pragma warning disable CS0618 // Dapper calls the door to its handlers obsolete because it is not meant for applications.
        SqlMapper.LookupDbType(typeof(T), "p", demand: true, out var handler);
#pragma warning restore CS0618
        handler!.SetValue(parameter, value!);
        return parameter;
    }

    [Test]
    public async Task A_list_of_ids_finds_its_rows()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) await RoundTrip(new() { Id = id });
        Assert.That(await _db.ReadAsync(s => s.QueryAsync<Guid>("SELECT Id FROM V WHERE Id IN @ids ORDER BY Id", new { ids })), Is.EqualTo(ids.Order()));
        Assert.That(await _db.ReadAsync(s => s.QueryAsync<Guid>("SELECT Id FROM V WHERE Id IN @ids", new { ids = Array.Empty<Guid>() })), Is.Empty);
    }

    [Test]
    public async Task A_single_value_comes_in_the_type_that_is_asked_for()
    {
        var id = Guid.CreateVersion7();
        await RoundTrip(new() { Id = id, Day = new(2026, 2, 14), At = Moment });
        await _db.ReadAsync(async s =>
        {
            Assert.That(await s.ScalarAsync<Guid>("SELECT Id FROM V WHERE Id = @id", new { id }), Is.EqualTo(id));
            Assert.That(await s.ScalarAsync<DateOnly?>("SELECT Day FROM V WHERE Id = @id", new { id }), Is.EqualTo(new DateOnly(2026, 2, 14)));
            Assert.That(await s.ScalarAsync<DateTimeOffset>("SELECT MAX(At) FROM V WHERE Id = @id", new { id }), Is.EqualTo(Moment));
            Assert.That(await s.ScalarAsync<DateOnly?>("SELECT MAX(Day) FROM V WHERE Id = 'none'"), Is.Null);
            return 0;
        });
    }

    [Test]
    public async Task A_list_of_arguments_runs_the_statement_once_each()
    {
        var rows = Enumerable.Range(0, 5).Select(_ => new { A = 77, B = Random.Shared.Next() }).ToArray();
        var changed = await _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO K (A, B) VALUES (@A, @B)", rows));
        Assert.That(changed, Is.EqualTo(5));
    }

    [Test]
    public async Task A_computed_column_that_begins_with_null_reads_on()
    {
        // SQLite has types by value: the first row decides how a column is read unless somebody takes care.
        const string sql = "SELECT NULL AS N, NULL AS Flag, NULL AS Day UNION ALL SELECT 5, 1, '2026-02-14' ORDER BY 1";
        var rows = await _db.ReadAsync(s => s.QueryAsync<Row>(sql));
        Assert.That(rows.Select(row => (row.N, row.Flag, row.Day)), Is.EqualTo(new[] { (null, null, null), ((int?)5, (bool?)true, (DateOnly?)new DateOnly(2026, 2, 14)) }));
    }

    [Test]
    public async Task A_computed_column_may_be_null_today_and_a_number_tomorrow()
    {
        const string sql = "SELECT @n AS N, @day AS Day";
        for (var i = 0; i < 3; i++)
        {
            var none = await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<Row>(sql, new { n = (int?)null, day = (DateOnly?)null }));
            var some = await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<Row>(sql, new { n = (int?)7, day = (DateOnly?)new DateOnly(2026, 2, 14) }));
            Assert.That((none!.N, none.Day, some!.N, some.Day), Is.EqualTo(((int?)null, (DateOnly?)null, (int?)7, (DateOnly?)new DateOnly(2026, 2, 14))));
        }
    }

    [Test]
    public async Task A_query_inside_the_loop_of_the_same_query_gets_its_own_statement()
    {
        const string sql = "SELECT value FROM json_each('[1,2,3]')";
        var sum = await _db.ReadAsync(async s =>
        {
            var total = 0;
            foreach (var outer in s.Connection.Query<int>(sql, buffered: false))
                total += outer * (await s.QueryAsync<int>(sql)).Sum();
            return total;
        });
        Assert.That(sum, Is.EqualTo(36));
    }

    [Test]
    public async Task More_texts_than_are_kept_do_no_harm()
    {
        var sum = await _db.ReadAsync(async s =>
        {
            var total = 0;
            for (var round = 0; round < 2; round++)
                for (var i = 0; i < 600; i++) total += await s.ScalarAsync<int>($"SELECT {i}");
            return total;
        });
        Assert.That(sum, Is.EqualTo(2 * 599 * 600 / 2));
    }

    [Test]
    public async Task A_statement_that_failed_can_be_used_again()
    {
        const string sql = "INSERT INTO K (A, B) VALUES (@A, @B)";
        await _db.WriteAsync(async s =>
        {
            Assert.That(await s.ExecuteAsync(sql, new { A = 5, B = 1 }), Is.EqualTo(1));
            Assert.That(async () => await s.ExecuteAsync(sql, new { A = 5, B = 1 }), Throws.TypeOf<SqliteException>());
            return await s.ExecuteAsync(sql, new { A = 5, B = 2 });
        });
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM K WHERE A = 5")), Is.EqualTo(2));
    }

    [Test]
    public async Task A_kept_statement_survives_a_change_of_the_schema()
    {
        await _db.WriteAsync(s => s.ExecuteAsync("CREATE TABLE S (A INTEGER) STRICT; INSERT INTO S VALUES (1)"));
        Assert.That((await _db.ReadAsync(s => s.QueryAsync<Row>("SELECT A AS N, * FROM S"))).Single().N, Is.EqualTo(1));
        await _db.WriteAsync(s => s.ExecuteAsync("ALTER TABLE S ADD COLUMN Flag INTEGER NOT NULL DEFAULT 1"));
        Assert.That((await _db.ReadAsync(s => s.QueryAsync<Row>("SELECT A AS N, * FROM S"))).Single(), Has.Property("Flag").EqualTo(true));
    }

    [Test]
    public async Task Insert_if_absent_says_whether_it_inserted()
    {
        async Task<bool> Try(int a, int b, string? c) =>
            await _db.WriteAsync(s => s.InsertIfAbsentAsync("K", ["A", "B"], ["C"], new { A = a, B = b, C = c }));
        Assert.That(await Try(1, 1, "x"), Is.True);
        Assert.That(await Try(1, 1, "y"), Is.False);
        Assert.That(await Try(1, 2, "y"), Is.True);
        var violation = Assert.CatchAsync<Exception>(async () => await Try(1, 3, "x"), "another key's violation is not an answer")!;
        Assert.That(_db.IsUniqueViolation(violation));
    }

    [Test]
    public async Task Upsert_inserts_and_then_updates()
    {
        foreach (var c in new[] { "first", "second" })
        {
            await _db.WriteAsync(async s =>
            {
                await s.UpsertAsync("K", ["A", "B"], ["C"], new { A = 9, B = 9, C = c });
                return 0;
            });
        }

        Assert.That(await _db.ReadAsync(s => s.QueryAsync<string>("SELECT C FROM K WHERE A = 9")), Is.EqualTo(new[] { "second" }));
    }

    [Test]
    public async Task A_page_is_cut_out_of_an_ordered_query()
    {
        var rows = await _db.ReadAsync(s => s.QueryAsync<int>(s.Dialect.Page("SELECT value FROM json_each('[1,2,3,4,5]') ORDER BY value"), new { Skip = 2, Take = 2 }));
        Assert.That(rows, Is.EqualTo(new[] { 3, 4 }));
    }

    [TestCase("K; DROP TABLE K", "A")]
    [TestCase("K", "A] = 1; --")]
    [TestCase("K", "")]
    public void A_name_that_is_no_name_is_refused(string table, string column) =>
        Assert.That(() => Dialect.Sqlite.Upsert(table, [column], []), Throws.ArgumentException);
}
