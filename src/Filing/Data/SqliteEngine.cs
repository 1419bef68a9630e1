using System.Collections.Concurrent;

namespace Filing.Data;

/// <summary>The embedded database: one writer that groups commits, and a few readers.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly SqliteSettings _settings;
    private readonly SqliteWriter _writer;
    private readonly ConcurrentBag<SqliteFile> _idle = [];
    private readonly SemaphoreSlim _readers;
    private volatile bool _closed;

    public SqliteEngine(string path, SqliteSettings settings)
    {
        (Path, _settings) = (path, settings);
        _readers = new(settings.Readers, settings.Readers);
        _writer = new(SqliteFile.Open(path, readOnly: false, settings.BusyTimeout), settings);
    }

    public string Path { get; }

    public TimeSpan BusyTimeout => _settings.BusyTimeout;

    public Task<(T Result, IReadOnlyList<Action> AfterCommit)> WriteAsync<T>(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct) =>
        _writer.WriteAsync(work, commit, ct);

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(Database));
        await _readers.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Database));
            if (!_idle.TryTake(out var file)) file = SqliteFile.Open(Path, readOnly: true, _settings.BusyTimeout);
            var sound = false;
            try
            {
                file.Control("BEGIN");
                var result = await work(new(file, ct)).ConfigureAwait(false);
                sound = true;
                return result;
            }
            finally
            {
                file.CloseReaders();
                // A reader after a failure is not worth examining: a new one costs less than a millisecond.
                if (file.InTransaction && file.TryControl("ROLLBACK") != 0) sound = false;
                if (sound && !_closed) _idle.Add(file);
                else file.Dispose();
            }
        }
        finally
        {
            _readers.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        // Readers first: the last connection to close is the writer, which then tidies the log into the file.
        for (var i = 0; i < _settings.Readers; i++) await _readers.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out var file)) file.Dispose();
        _readers.Release(_settings.Readers);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }
}
