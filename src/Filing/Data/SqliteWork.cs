namespace Filing.Data;

/// <summary>Why the transaction of a whole batch is gone.</summary>
/// <param name="Exception">What happened.</param>
/// <param name="Culprit">The command whose own failure did it; null when the common commit failed.</param>
internal sealed record Loss(Exception Exception, SqliteWork? Culprit);

/// <summary>A command that waits for the writer, or is being run by it.</summary>
internal abstract class SqliteWork
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private int _started;

    /// <summary>What the command threw; null when it came through or was not run.</summary>
    public Exception? Exception { get; private set; }

    /// <summary>Claims the command for the writer; false when it was cancelled while it waited.</summary>
    public bool TryStart() => Interlocked.Exchange(ref _started, 1) == 0;

    /// <summary>Runs the command in its caller's context; true when what it did is to be kept.</summary>
    public bool Run(SqliteFile file)
    {
        try
        {
            var task = default(Task<bool>);
            if (_context is null) task = RunAsync(file);
            else ExecutionContext.Run(_context, _ => task = RunAsync(file), null);
            return task!.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            Exception = e;
            return false;
        }
    }

    /// <summary>The command failed after it ran.</summary>
    public void Spoil(Exception exception) => Exception ??= exception;

    /// <summary>Gives the answer: after the commit, or with the failure that took the batch.</summary>
    public void Complete(Loss? lost)
    {
        if (lost is null && Exception is null)
            Succeed();
        else if (lost is null)
            Fail(Exception!);
        else if (lost.Culprit is null)
            Fail(new BatchLostException("The common commit failed; nothing of this command was done.", retry: false, lost.Exception));
        else if (lost.Culprit == this)
            Fail(new BatchLostException("The command's own failure took the whole transaction with it.", retry: false, lost.Exception));
        else
            Fail(new BatchLostException("Another command's failure took the whole transaction with it; nothing of this one was done.", retry: true, lost.Exception));
    }

    public abstract void Fail(Exception exception);

    protected abstract Task<bool> RunAsync(SqliteFile file);

    protected abstract void Succeed();
}

/// <inheritdoc/>
internal sealed class SqliteWork<T> : SqliteWork
{
    private readonly TaskCompletionSource<(T, IReadOnlyList<Action>)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<Session, Task<T>> _work;
    private readonly Func<T, bool> _commit;
    private readonly CancellationToken _ct;
    private readonly CancellationTokenRegistration _cancellation;
    private T? _result;
    private IReadOnlyList<Action> _afterCommit = [];

    public SqliteWork(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct)
    {
        (_work, _commit, _ct) = (work, commit, ct);
        if (ct.CanBeCanceled)
        {
            _cancellation = ct.UnsafeRegister(
                static state =>
                {
                    var self = (SqliteWork<T>)state!;
                    if (self.TryStart()) self._answer.TrySetCanceled(self._ct);
                },
                this);
        }
    }

    public Task<(T Result, IReadOnlyList<Action> AfterCommit)> Answer => _answer.Task;

    public override void Fail(Exception exception)
    {
        _cancellation.Dispose();
        if (exception is OperationCanceledException cancelled) _answer.TrySetCanceled(cancelled.CancellationToken);
        else _answer.TrySetException(exception);
    }

    protected override async Task<bool> RunAsync(SqliteFile file)
    {
        var session = new Session(file, _ct);
        _result = await _work(session).ConfigureAwait(false);
        if (!_commit(_result)) return false;
        _afterCommit = session.Committed;
        return true;
    }

    protected override void Succeed()
    {
        _cancellation.Dispose();
        _answer.TrySetResult((_result!, _afterCommit));
    }
}
