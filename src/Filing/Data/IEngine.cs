namespace Filing.Data;

/// <summary>How one of the two databases runs units of work.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Runs the work in a transaction; answers its result and what is to be done after the commit.</summary>
    Task<(T Result, IReadOnlyList<Action> AfterCommit)> WriteAsync<T>(Func<Session, Task<T>> work, Func<T, bool> commit, CancellationToken ct);

    /// <summary>Runs the work on a snapshot.</summary>
    Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct);
}
