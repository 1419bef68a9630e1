namespace Filing.Data;

/// <summary>
/// The server was told to commit and its answer was lost: all of the unit of work was done, or nothing of it. Whoever sent it under a key may send it again, since
/// the key tells which it was.
/// </summary>
public sealed class CommitUnknownException : Exception
{
    /// <summary>What became of the connection says <paramref name="innerException"/>.</summary>
    public CommitUnknownException(Exception innerException)
        : base("The connection was lost during the commit; it may have been done.", innerException)
    {
    }
}
