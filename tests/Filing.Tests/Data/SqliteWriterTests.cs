using System.Collections.Concurrent;
using Filing.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Filing.Tests.Data;

public sealed class SqliteWriterTests
{
    private TempFolder _folder = null!;
    private Database _db = null!;

    [SetUp]
    public async Task Open()
    {
        _folder = new();
        // So that what waits goes into one batch, however slow the machine.
        _db = Database.OpenSqlite(_folder.Path, new() { BatchTime = TimeSpan.FromMinutes(1) });
        await _db.WriteAsync(s => s.ExecuteAsync(
            """
            CREATE TABLE T (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL UNIQUE, ParentId INTEGER NULL REFERENCES T (Id) DEFERRABLE INITIALLY DEFERRED) STRICT;
            CREATE TABLE Counter (N INTEGER NOT NULL) STRICT;
            INSERT INTO Counter VALUES (0);
            CREATE TRIGGER Doom BEFORE INSERT ON T WHEN NEW.Name = 'doom' BEGIN SELECT RAISE(ROLLBACK, 'doomed'); END;
            """));
    }

    [TearDown]
    public async Task Close()
    {
        await _db.DisposeAsync();
        _folder.Dispose();
    }

    private Task<int> Insert(string name, CancellationToken ct = default) =>
        _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO T (Name) VALUES (@name)", new { name }), ct);

    private Task<IReadOnlyList<string>> Names() => _db.ReadAsync(s => s.QueryAsync<string>("SELECT Name FROM T ORDER BY Id"));

    /// <summary>Holds the writer inside a unit of work, so that what is sent meanwhile waits.</summary>
    private async Task<(TaskCompletionSource Release, Task Done)> Block()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource();
        var done = _db.WriteAsync(async _ =>
        {
            entered.SetResult();
            await release.Task;
            return 0;
        });
        await entered.Task;
        return (release, done);
    }

    [Test]
    public async Task Every_open_sets_what_the_register_relies_on()
    {
        await _db.WriteAsync(async s =>
        {
            Assert.Multiple(async () =>
            {
                Assert.That(await s.ScalarAsync<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
                Assert.That(await s.ScalarAsync<long>("PRAGMA synchronous"), Is.EqualTo(2));
                Assert.That(await s.ScalarAsync<long>("PRAGMA foreign_keys"), Is.EqualTo(1));
                Assert.That(await s.ScalarAsync<long>("PRAGMA recursive_triggers"), Is.EqualTo(1));
            });
            return 0;
        });
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<long>("PRAGMA query_only")), Is.EqualTo(1));
    }

    [Test]
    public async Task Many_that_open_a_new_file_at_once_all_come_through()
    {
        for (var round = 0; round < 5; round++)
        {
            var folder = _folder[$"new{round}"];
            await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
            {
                await using var db = Database.OpenSqlite(folder);
                await db.WriteAsync(s => s.ExecuteAsync($"CREATE TABLE T{n} (Id INTEGER) STRICT"));
            })));
            await using var all = Database.OpenSqlite(folder);
            Assert.That(await all.ReadAsync(s => s.ScalarAsync<int>("SELECT COUNT(*) FROM sqlite_master")), Is.EqualTo(6));
        }
    }

    [Test]
    public async Task A_result_that_is_not_to_be_kept_is_rolled_back_and_still_answered()
    {
        var answer = await _db.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync("INSERT INTO T (Name) VALUES ('a')");
                return "refused";
            },
            commit: _ => false);
        Assert.That(answer, Is.EqualTo("refused"));
        Assert.That(await Names(), Is.Empty);
    }

    [Test]
    public async Task A_failing_command_between_two_good_ones_takes_only_itself()
    {
        var (release, done) = await Block();
        var before = Insert("before");
        var bad = _db.WriteAsync<int>(async s =>
        {
            await s.ExecuteAsync("INSERT INTO T (Name) VALUES ('bad')");
            throw new InvalidOperationException("a bug");
        });
        var twice = Insert("before");
        var after = Insert("after");
        release.SetResult();
        await done;
        Assert.That(async () => await bad, Throws.InvalidOperationException.With.Message.EqualTo("a bug"));
        var violation = Assert.CatchAsync<Exception>(async () => await twice)!;
        Assert.That(_db.IsUniqueViolation(violation));
        Assert.That(await before + await after, Is.EqualTo(2));
        Assert.That(await Names(), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task An_error_that_ends_the_transaction_fails_the_whole_batch_and_the_next_one_works()
    {
        var (release, done) = await Block();
        var innocent = Insert("innocent");
        var doomed = Insert("doom");
        var later = Insert("later");
        release.SetResult();

        Assert.That(async () => await done, Throws.TypeOf<BatchLostException>());
        var told = Assert.CatchAsync<BatchLostException>(async () => await innocent)!;
        Assert.That(_db.IsTransient(told), "sending it again is sensible");
        var guilty = Assert.CatchAsync<BatchLostException>(async () => await doomed)!;
        Assert.That(guilty.InnerException, Is.TypeOf<SqliteException>().With.Message.Contains("doomed"));
        Assert.That(_db.IsTransient(guilty), Is.False);
        Assert.That(await later, Is.EqualTo(1), "it came after the failure and was never in the lost batch");
        Assert.That(await Names(), Is.EqualTo(new[] { "later" }));
    }

    [Test]
    public async Task A_failing_commit_fails_every_command_of_the_batch_and_nothing_was_done()
    {
        var (release, done) = await Block();
        var one = Insert("one");
        var two = Insert("two");
        var refuse = _db.WriteAsync(s =>
        {
            // SQLite turns the coming commit into a failure, as a full disk would.
            raw.sqlite3_commit_hook(((SqliteConnection)s.Connection).Handle, _ => 1, null);
            return Task.FromResult(0);
        });
        release.SetResult();
        foreach (var told in new[] { done, one, two, refuse })
            Assert.That(async () => await told, Throws.TypeOf<BatchLostException>().With.InnerException.TypeOf<SqliteException>());
        Assert.That(await Names(), Is.Empty);

        await _db.WriteAsync(
            s =>
            {
                raw.sqlite3_commit_hook(((SqliteConnection)s.Connection).Handle, null, null);
                return Task.FromResult(0);
            });
        await Insert("three");
        Assert.That(await Names(), Is.EqualTo(new[] { "three" }));
    }

    [Test]
    public async Task A_deferred_foreign_key_without_its_row_fails_its_own_command_only()
    {
        var (release, done) = await Block();
        var good = Insert("good");
        var orphan = _db.WriteAsync(s => s.ExecuteAsync("INSERT INTO T (Name, ParentId) VALUES ('orphan', 999)"));
        release.SetResult();
        await done;
        Assert.That(async () => await orphan, Throws.InvalidOperationException);
        Assert.That(await good, Is.EqualTo(1));
        Assert.That(await Names(), Is.EqualTo(new[] { "good" }));
    }

    private static async Task LeaveAReaderOpen(Session s)
    {
        var command = s.Connection.CreateCommand();
        command.CommandText = "SELECT Name FROM T UNION ALL SELECT 'more'";
        Assert.That(await (await command.ExecuteReaderAsync()).ReadAsync());
    }

    [Test]
    public async Task A_reader_left_open_by_a_write_does_not_keep_the_writer_from_writing()
    {
        await Insert("a");
        await _db.WriteAsync(async s =>
        {
            await LeaveAReaderOpen(s);
            return await s.ExecuteAsync("INSERT INTO T (Name) VALUES ('b')");
        });
        await using (var other = Database.OpenSqlite(_folder.Path))
            await other.WriteAsync(s => s.ExecuteAsync("INSERT INTO T (Name) VALUES ('c')"));
        await Insert("d");
        Assert.That(await Names(), Is.EqualTo(new[] { "a", "b", "c", "d" }));
    }

    [Test]
    public async Task A_reader_left_open_by_a_read_does_not_hold_an_old_state()
    {
        await _db.DisposeAsync();
        _db = Database.OpenSqlite(_folder.Path, new() { Readers = 1 });
        await _db.ReadAsync(async s =>
        {
            await LeaveAReaderOpen(s);
            return 0;
        });
        await Insert("a");
        Assert.That(await Names(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Commands_run_in_the_order_they_came()
    {
        var (release, done) = await Block();
        var sent = new List<Task>();
        for (var i = 0; i < 300; i++) sent.Add(Insert($"n{i:000}"));
        release.SetResult();
        await done;
        await Task.WhenAll(sent);
        Assert.That(await Names(), Is.EqualTo(Enumerable.Range(0, 300).Select(i => $"n{i:000}")));
    }

    [Test]
    public async Task Sixty_four_clients_at_once_lose_no_update()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await _db.WriteAsync(async s =>
                {
                    var n = await s.ScalarAsync<int>("SELECT N FROM Counter");
                    return await s.ExecuteAsync("UPDATE Counter SET N = @next", new { next = n + 1 });
                });
            }
        })));
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT N FROM Counter")), Is.EqualTo(64 * 20));
    }

    [Test]
    public async Task Two_writers_on_one_file_lose_no_update_and_neither_starves()
    {
        await using var other = Database.OpenSqlite(_folder.Path);
        var done = new ConcurrentDictionary<Database, int>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var clients = new[] { _db, other }.SelectMany(db => Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await db.WriteAsync(async s =>
                {
                    var n = await s.ScalarAsync<int>("SELECT N FROM Counter");
                    return await s.ExecuteAsync("UPDATE Counter SET N = @next", new { next = n + 1 });
                });
                done.AddOrUpdate(db, 1, (_, n) => n + 1);
            }
        })));
        await Task.WhenAll(clients);
        Assert.That(await _db.ReadAsync(s => s.ScalarAsync<int>("SELECT N FROM Counter")), Is.EqualTo(done.Values.Sum()));
        TestContext.Out.WriteLine($"{done[_db]} and {done[other]} in two seconds");
        Assert.That(done.Values.Min(), Is.GreaterThan(20));
    }

    [Test]
    public async Task A_command_cancelled_while_it_waits_never_runs()
    {
        var (release, done) = await Block();
        using var cancel = new CancellationTokenSource();
        var waiting = Insert("cancelled", cancel.Token);
        var other = Insert("other");
        await cancel.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>(), "at once, while the writer is still busy");
        release.SetResult();
        await done;
        await other;
        Assert.That(await Names(), Is.EqualTo(new[] { "other" }));
    }

    [Test]
    public async Task A_full_queue_makes_the_next_command_wait_and_that_wait_can_be_cancelled()
    {
        await _db.DisposeAsync();
        _db = Database.OpenSqlite(_folder.Path, new() { QueueLength = 2 });
        var (release, done) = await Block();
        var queued = new[] { Insert("a"), Insert("b") };
        using var cancel = new CancellationTokenSource();
        var outside = Insert("c", cancel.Token);
        var patient = Insert("d");
        await cancel.CancelAsync();
        Assert.That(async () => await outside, Throws.InstanceOf<OperationCanceledException>());
        release.SetResult();
        await Task.WhenAll(queued.Append(done).Append(patient));
        Assert.That(await Names(), Is.EqualTo(new[] { "a", "b", "d" }));
    }

    [Test]
    public async Task Closing_lets_what_waits_come_through_and_refuses_what_comes_later()
    {
        var (release, done) = await Block();
        var waiting = Enumerable.Range(0, 100).Select(i => Insert($"n{i}")).ToArray();
        var closing = _db.DisposeAsync().AsTask();
        Assert.That(async () => await Insert("late"), Throws.InstanceOf<ObjectDisposedException>());
        release.SetResult();
        await Task.WhenAll(waiting.Append(done));
        await closing;
        Assert.That(File.Exists(_folder["filing.db-wal"]), Is.False, "the log was tidied into the file");
        _db = Database.OpenSqlite(_folder.Path);
        Assert.That(await Names(), Has.Count.EqualTo(100));
    }

    [Test]
    public async Task A_write_started_inside_a_write_is_refused_instead_of_waiting_for_itself()
    {
        Assert.That(async () => await _db.WriteAsync(_ => Insert("inner")), Throws.InvalidOperationException);
        Assert.That(await Names(), Is.Empty);
    }

    [Test]
    public async Task What_is_to_happen_after_the_commit_happens_in_order_and_only_then()
    {
        var log = new List<string>();
        await _db.WriteAsync(async s =>
        {
            s.AfterCommit(() => log.Add("first"));
            s.AfterCommit(() => throw new InvalidOperationException("a bell that broke"));
            s.AfterCommit(() => log.Add("second"));
            log.Add("work");
            return await s.ExecuteAsync("INSERT INTO T (Name) VALUES ('a')");
        });
        await _db.WriteAsync(s =>
        {
            s.AfterCommit(() => log.Add("never"));
            return Task.FromResult(0);
        }, commit: _ => false);
        Assert.That(log, Is.EqualTo(new[] { "work", "first", "second" }));
    }

    [Test]
    public async Task The_work_sees_the_callers_context()
    {
        var ambient = new AsyncLocal<string> { Value = "caller" };
        Assert.That(await _db.WriteAsync(_ => Task.FromResult(ambient.Value)), Is.EqualTo("caller"));
    }

    [Test]
    public async Task A_read_sees_one_committed_state_whatever_is_written_meanwhile()
    {
        await Insert("a");
        await _db.ReadAsync(async s =>
        {
            var first = await s.ScalarAsync<int>("SELECT COUNT(*) FROM T");
            await Insert("b");
            var second = await s.ScalarAsync<int>("SELECT COUNT(*) FROM T");
            Assert.That((first, second), Is.EqualTo((1, 1)));
            return 0;
        });
        Assert.That(await Names(), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task A_read_never_sees_what_is_not_committed()
    {
        var seen = -1;
        await _db.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO T (Name) VALUES ('a')");
            seen = (await Names()).Count;
            return 0;
        });
        Assert.That(seen, Is.Zero);
    }

    [Test]
    public async Task A_read_cannot_write()
    {
        Assert.That(
            async () => await _db.ReadAsync(s => s.ExecuteAsync("INSERT INTO T (Name) VALUES ('a')")),
            Throws.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(raw.SQLITE_READONLY));
        Assert.That(await Names(), Is.Empty);
    }

    [Test]
    public async Task More_reads_than_readers_wait_their_turn()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(Names)));
        Assert.That(counts, Has.All.Empty);
    }

    [Test]
    public async Task Replacing_a_row_does_not_slip_past_a_delete_trigger()
    {
        await _db.WriteAsync(s => s.ExecuteAsync("CREATE TRIGGER Keep BEFORE DELETE ON T BEGIN SELECT RAISE(ABORT, 'kept'); END"));
        await Insert("a");
        Assert.That(
            async () => await _db.WriteAsync(s => s.ExecuteAsync("REPLACE INTO T (Id, Name) VALUES (1, 'b')")),
            Throws.TypeOf<SqliteException>().With.Message.Contains("kept"));
        Assert.That(await Names(), Is.EqualTo(new[] { "a" }));
    }
}
