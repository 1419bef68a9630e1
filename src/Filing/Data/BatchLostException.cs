namespace Filing.Data;

/// <summary>
/// The common commit of a batch did not come through, so nothing of any command in it was done. A command that is told so may
/// be innocent: it shared the commit with others.
/// </summary>
public sealed class BatchLostException : Exception
{
    /// <summary>Nothing was done, and <paramref name="innerException"/> says why.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="retry">True when another command was at fault, so that sending this one again is sensible.</param>
    /// <param name="innerException">The failure that took the batch with it.</param>
    public BatchLostException(string message, bool retry, Exception innerException)
        : base(message, innerException) => Retry = retry;

    /// <summary>True when another command was at fault, so that sending this one again is sensible.</summary>
    public bool Retry { get; }
}
