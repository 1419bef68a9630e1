namespace Filing.Data;

/// <summary>Sizes and times of the embedded database.</summary>
public sealed record SqliteSettings
{
    /// <summary>How many commands may share one commit.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>How long a batch may take in commands before it is committed; the command that is running is finished first.</summary>
    public TimeSpan BatchTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many commands may wait; a further one waits for a place, so that memory stays bounded.</summary>
    public int QueueLength { get; init; } = 1024;

    /// <summary>How many connections read at the same time.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>How long to wait for another process that writes the same file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
