using Dapper;
using Filing.Data;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace Filing.Tests.Data;

/// <summary>The short way of the embedded database: it must mean what Dapper means.</summary>
public sealed class StatementTests
{
    private TempFolder _folder = null!;
    private Database _db = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _folder = new();
        _db = Database.OpenSqlite(_folder.Path);
        await _db.WriteAsync(s => s.ExecuteAsync("CREATE TABLE V (K INTEGER PRIMARY KEY, Text TEXT NULL, Number INTEGER NULL, Real REAL NULL, Bytes BLOB NULL) STRICT"));
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await _db.DisposeAsync();
        _folder.Dispose();
    }

    private sealed record Row
    {
        public required long K { get; init; }

        public string? Text { get; init; } = "as it began";

        public long? Number { get; init; }

        public double? Real { get; init; }

        public byte[]? Bytes { get; init; }
    }

    private const string Upsert = "INSERT INTO V (K, Text, Number, Real, Bytes) VALUES (@K, @Text, @Number, @Real, @Bytes) ON CONFLICT (K) DO UPDATE SET Text = @Text, Number = @Number, Real = @Real, Bytes = @Bytes";
    private const string Select = "SELECT K, Text, Number, Real, Bytes FROM V WHERE K = @k";

    [Test]
    public void Both_ways_write_the_same_and_read_the_same() => Check.QuickThrowOnFailure(Prop.ForAll<string?, long?, byte[]?>((text, number, bytes) =>
    {
        text = text is null || text.Contains('\0', StringComparison.Ordinal) ? null : string.Concat(text.Where(c => !char.IsSurrogate(c)));
        return _db.WriteAsync(async s =>
        {
            var row = new { K = 1L, Text = text, Number = number, Real = number / 8.0, Bytes = bytes };
            await s.ExecuteAsync(Upsert, row);
            await s.Connection.ExecuteAsync(Upsert, new { K = 2L, row.Text, row.Number, row.Real, row.Bytes });
            var same = await s.ScalarAsync<bool>("SELECT a.Text IS b.Text AND a.Number IS b.Number AND a.Real IS b.Real AND a.Bytes IS b.Bytes FROM V a, V b WHERE a.K = 1 AND b.K = 2");
            var mine = (await s.QuerySingleOrDefaultAsync<Row>(Select, new { k = 1 }))!;
            var dappers = await s.Connection.QuerySingleAsync<Row>(Select, new { k = 2 });
            return same && mine.Text == dappers.Text && mine.Number == dappers.Number && mine.Real == dappers.Real && (mine.Bytes ?? []).SequenceEqual(dappers.Bytes ?? []);
        }).Result;
    }));

    [Test]
    public async Task A_null_leaves_what_the_type_begins_with()
    {
        await _db.WriteAsync(s => s.ExecuteAsync(Upsert, new { K = 3L, Text = (string?)null, Number = (long?)null, Real = (double?)null, Bytes = (byte[]?)null }));
        var row = await _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<Row>(Select, new { k = 3 }));
        Assert.That(row, Is.EqualTo(new Row { K = 3 }));
    }

    [TestCase("")]
    [TestCase("a\0b")]
    [TestCase("一")]
    public async Task A_text_comes_back_whole(string text)
    {
        await _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO V (K, Text) VALUES (4, @text) ON CONFLICT (K) DO UPDATE SET Text = @text", new { text }));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<string>("SELECT Text FROM V WHERE K = 4")), Is.EqualTo(text));
    }

    [Test]
    public async Task A_long_text_comes_back_whole()
    {
        var text = new string('条', 200_000);
        await _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO V (K, Text) VALUES (5, @text)", new { text }));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<string>("SELECT Text FROM V WHERE K = 5")), Is.EqualTo(text));
    }

    // none, one, each size of a statement, and what is left over of the largest
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(16)]
    [TestCase(31)]
    [TestCase(100)]
    public async Task A_list_of_rows_is_inserted_in_full_and_counted(int count)
    {
        var rows = Enumerable.Range(1, count).Select(i => new { K = 1000L + i, Text = i % 3 == 0 ? null : $"第{i}行", Number = (long?)i, Real = (double?)null, Bytes = (byte[]?)[(byte)i] }).ToList();
        var (changed, read) = await _db.WriteAsync(async s =>
        {
            await s.ExecuteAsync("DELETE FROM V WHERE K > 1000");
            var inserted = await s.ExecuteAsync("-- a text with a remark\nINSERT INTO V (K, Text, Number, Real, Bytes)\nVALUES (@K, @Text, @Number, @Real, @Bytes)", rows);
            return (inserted, await s.QueryAsync<Row>("SELECT K, Text, Number, Real, Bytes FROM V WHERE K > 1000 ORDER BY K"));
        });
        Assert.That(changed, Is.EqualTo(count));
        // A NULL leaves what the type begins with.
        Assert.That(read.Select(r => (r.K, r.Text, r.Number, r.Bytes![0])), Is.EqualTo(rows.Select(r => (r.K, (string?)(r.Text ?? "as it began"), r.Number, r.Bytes![0]))));
    }

    // in the room for parameters, at its edge, and beyond it, alone and together
    [TestCase(10_000, 10_000)]
    [TestCase(32 * 1024, 0)]
    [TestCase(32 * 1024, 1)]
    [TestCase(20_000, 20_000)]
    [TestCase(200_000, 300_000)]
    public async Task Long_texts_and_bytes_beside_each_other_come_back_whole(int letters, int bytes)
    {
        var row = new { K = 3L, Text = new string('a', letters), Number = 7L, Real = 0.5, Bytes = Enumerable.Range(0, bytes).Select(i => (byte)i).ToArray() };
        var back = (await _db.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Upsert, row);
            return await s.QuerySingleOrDefaultAsync<Row>(Select, new { k = 3 });
        }))!;
        Assert.That((back.Text, back.Number, back.Real, back.Bytes), Is.EqualTo((row.Text, (long?)row.Number, (double?)row.Real, row.Bytes)));
    }

    [Test]
    public void A_text_is_no_number() =>
        Assert.ThrowsAsync<InvalidCastException>(() => _db.ReadAsync(s => s.QueryAsync<int>("SELECT 'twelve'")));

    [Test]
    public void A_number_that_is_too_large_is_not_cut() =>
        Assert.ThrowsAsync<OverflowException>(() => _db.ReadAsync(s => s.QueryAsync<int>("SELECT 3000000000")));

    [Test]
    public void Days_and_moments_are_read_as_they_were_written() => Check.QuickThrowOnFailure(Prop.ForAll<DateTime>(value =>
    {
        var moment = new DateTimeOffset(value.Ticks - value.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var day = DateOnly.FromDateTime(value);
        return _db.ReadAsync(async s =>
            await s.ScalarAsync<DateTimeOffset>("SELECT @moment", new { moment }) == moment && await s.ScalarAsync<DateOnly>("SELECT @day", new { day }) == day).Result;
    }));

    [TestCase("2026-02-30")]
    [TestCase("2026-2-14")]
    [TestCase("0000-01-01")]
    [TestCase("2026-02-14T00:00:00.000Z")]
    [TestCase("２０２６-02-14")]
    public void What_is_no_day_is_not_read_as_one(string text) =>
        Assert.ThrowsAsync<InvalidCastException>(() => _db.ReadAsync(s => s.ScalarAsync<DateOnly>("SELECT @text", new { text })));

    [TestCase("2026-02-14T24:00:00.000Z")]
    [TestCase("2026-02-14T08:40:07.089+")]
    [TestCase("2026-02-14 08:40:07.089Z")]
    [TestCase("2026-02-29T08:40:07.089Z")]
    public void What_is_no_moment_is_not_read_as_one(string text) =>
        Assert.ThrowsAsync<InvalidCastException>(() => _db.ReadAsync(s => s.ScalarAsync<DateTimeOffset>("SELECT @text", new { text })));

    [Test]
    public void A_missing_argument_is_named()
    {
        var e = Assert.ThrowsAsync<InvalidOperationException>(() => _db.ReadAsync(s => s.QueryAsync<int>("SELECT @there + @missing", new { there = 1 })))!;
        Assert.That(e.Message, Does.Contain("@missing"));
    }

    [Test]
    public async Task Two_kinds_of_arguments_and_of_rows_may_take_turns_on_one_text()
    {
        const string sql = "SELECT @a AS K, @b AS Text";
        await _db.ReadAsync(async s =>
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.That((await s.QueryAsync<Row>(sql, new { a = 1L, b = "x" })).Single(), Is.EqualTo(new Row { K = 1, Text = "x" }));
                Assert.That(await s.ScalarAsync<int>(sql, new { b = (Guid?)null, a = 7 }), Is.EqualTo(7));
            }

            return 0;
        });
    }

    [Test]
    public async Task Several_statements_in_one_text_all_run()
    {
        await _db.WriteAsync(s => s.ExecuteAsync("DELETE FROM V WHERE K = 8; INSERT INTO V (K, Number) VALUES (8, 1); UPDATE V SET Number = 2 WHERE K = 8;"));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT Number FROM V WHERE K = 8")), Is.EqualTo(2));
    }

    [Test]
    public void More_than_one_row_where_one_was_asked_for_is_an_error() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => _db.ReadAsync(s => s.QuerySingleOrDefaultAsync<int>("SELECT 1 UNION ALL SELECT 2")));

    [Test]
    public async Task A_read_cannot_change_anything()
    {
        Assert.ThrowsAsync<SqliteException>(() => _db.ReadAsync(s => s.ExecuteAsync("INSERT INTO V (K) VALUES (9)")));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM V WHERE K = 9")), Is.Zero);
    }

    [Test]
    public async Task An_empty_list_of_arguments_runs_nothing() =>
        Assert.That(await _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO V (K) VALUES (@K)", Array.Empty<Row>())), Is.Zero);

    [Test]
    public async Task A_list_that_fails_half_way_leaves_nothing()
    {
        var rows = new[] { 20L, 21L, 20L }.Select(k => new { K = k });
        Assert.ThrowsAsync<SqliteException>(() => _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO V (K) VALUES (@K)", rows)));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM V WHERE K IN (20, 21)")), Is.Zero);
    }
}
