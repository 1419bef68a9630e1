using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Filing.Data;

/// <summary>
/// The one writer of this process. It takes the commands that wait, in the order they came, into one transaction, a savepoint
/// each, and commits once: a commit is a wait for the disk, and here many commands share one. No answer leaves before its commit.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Another process (the command line beside a running server) polls for the file about every millisecond. A writer that is
    // never idle leaves it a gap of that length this often.
    private static readonly TimeSpan UninterruptedTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GatherTime = TimeSpan.FromMicroseconds(150);

    private readonly SqliteFile _file;
    private readonly SqliteSettings _settings;
    private readonly ConcurrentQueue<SqliteWork> _queue = new();
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly List<SqliteWork> _batch = [];
    private readonly Lock _gate = new();
    private bool _stopping;
    private int _lastBatch;

    public SqliteWriter(SqliteFile file, SqliteSettings settings)
    {
        (_file, _settings) = (file, settings);
        // SQLite's own wait grows to 100 ms between looks; a shorter, even one finds the gaps between another's batches.
        _file.Control("PRAGMA busy_timeout = 0");
        _places = new(settings.QueueLength, settings.QueueLength);
        _thread = new(Run) { IsBackground = true, Name = "filing writer" };
        _thread.Start();
    }

    public async Task<(T Result, IReadOnlyList<Action> AfterCommit)> WriteAsync<T>(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct)
    {
        if (Environment.CurrentManagedThreadId == _thread.ManagedThreadId)
            throw new InvalidOperationException("A unit of work started another write; it would wait for itself. Use its own session.");
        await _places.WaitAsync(ct).ConfigureAwait(false);
        var item = new SqliteWork<T>(work, commit, ct);
        lock (_gate)
        {
            if (_stopping)
            {
                _places.Release();
                throw new ObjectDisposedException(nameof(Database));
            }

            _queue.Enqueue(item);
        }

        _waiting.Release();
        return await item.Answer.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_stopping)
            {
                _stopping = true;
                _waiting.Release();
            }
        }

        await _stopped.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        var busySince = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!_waiting.Wait(0))
            {
                _waiting.Wait();
                busySince = Stopwatch.GetTimestamp();
            }

            // The release without a command is the one that says stop; commands before it were taken in order.
            if (!_queue.TryDequeue(out var first)) break;
            _places.Release();
            RunBatch(first);
            if (Stopwatch.GetElapsedTime(busySince) < UninterruptedTime) continue;
            Thread.Sleep(1);
            busySince = Stopwatch.GetTimestamp();
        }

        _file.Dispose();
        _stopped.SetResult();
    }

    private void RunBatch(SqliteWork first)
    {
        _batch.Clear();
        var begun = Begin();
        if (begun is not null)
        {
            if (first.TryStart()) first.Fail(begun);
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var next = first;
        Loss? lost = null;
        do
        {
            if (!next.TryStart()) continue;
            _batch.Add(next);
            lost = RunOne(next);
        }
        while (lost is null && _batch.Count < _settings.BatchSize && Stopwatch.GetElapsedTime(started) < _settings.BatchTime && TryTake(started, out next));

        lost ??= Commit();
        if (lost is not null && _file.InTransaction) _file.TryControl("ROLLBACK");
        _lastBatch = _batch.Count;
        foreach (var work in _batch) work.Complete(lost);
        _batch.Clear();
    }

    /// <summary>The next command, if one waits or comes within the moment that those answered a moment ago need to come back.</summary>
    private bool TryTake(long started, out SqliteWork work)
    {
        work = null!;
        if (!_waiting.Wait(0))
        {
            if (_batch.Count >= _lastBatch) return false;
            var spin = default(SpinWait);
            while (!_waiting.Wait(0))
            {
                if (Stopwatch.GetElapsedTime(started) >= GatherTime) return false;
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }

        if (!_queue.TryDequeue(out work!))
        {
            // The release that says stop; it is put back for the loop.
            _waiting.Release();
            return false;
        }

        _places.Release();
        return true;
    }

    /// <summary>Runs a command in its savepoint; answers the loss when the whole transaction is gone, not only the command.</summary>
    private Loss? RunOne(SqliteWork work)
    {
        try
        {
            _file.Control("SAVEPOINT command");
            var keep = work.Run(_file);
            _file.CloseReaders();
            if (!_file.InTransaction)
            {
                work.Spoil(new InvalidOperationException("The unit of work ended the writer's transaction."));
                return new(work.Exception!, Culprit: work);
            }

            if (keep && _file.HasOpenForeignKeys)
            {
                work.Spoil(new InvalidOperationException("The unit of work leaves a deferred foreign key without its row."));
                keep = false;
            }

            if (!keep) _file.Control("ROLLBACK TO command");
            _file.Control("RELEASE command");
            return null;
        }
        catch (SqliteException e)
        {
            work.Spoil(e);
            return new(e, Culprit: work);
        }
    }

    private SqliteException? Begin()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = _file.TryControl("BEGIN IMMEDIATE");
            if (code == raw.SQLITE_OK) return null;
            if ((code & 0xff) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || Stopwatch.GetElapsedTime(started) >= _settings.BusyTimeout)
                return Failure(code);
            Thread.Sleep(1);
        }
    }

    private Loss? Commit()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = _file.TryControl("COMMIT");
            if (code == raw.SQLITE_OK) return null;
            if ((code & 0xff) is not raw.SQLITE_BUSY || Stopwatch.GetElapsedTime(started) >= _settings.BusyTimeout) return new(Failure(code), Culprit: null);
            Thread.Sleep(1);
        }
    }

    private SqliteException Failure(int code)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(code, _file.Handle);
            throw new UnreachableException();
        }
        catch (SqliteException e)
        {
            return e;
        }
    }
}
