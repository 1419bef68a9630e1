namespace Filing.Benchmarks.Rungs;

/// <summary>What Hangfire keeps its jobs in.</summary>
internal enum JobStorageKind
{
    /// <summary>The memory of the process.</summary>
    Memory,

    /// <summary>A file of SQLite beside that of the register, on the same disk and as durable.</summary>
    Sqlite,
}
