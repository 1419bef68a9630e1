namespace Filing.Data;

/// <summary>A file below a folder.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="WrittenAt">When it was last written or touched, UTC.</param>
public sealed record FileEntry(string Path, long Size, DateTimeOffset WrittenAt);

/// <summary>
/// The file system as far as materials need it: one port, so that a fault can be injected at every step. A failure is an
/// <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IFileSystem
{
    /// <summary>Creates the folder if it is not there; its parent must be. Durable only after <see cref="SyncFolder"/> of the parent.</summary>
    void CreateFolder(string path);

    /// <summary>Makes the names in a folder durable: files created in it, moved into it, deleted from it.</summary>
    void SyncFolder(string path);

    /// <summary>Creates a new file for writing; fails when it is there.</summary>
    Stream Create(string path);

    /// <summary>Makes the content of a file that <see cref="Create"/> gave durable.</summary>
    void SyncFile(Stream file);

    /// <summary>Opens a file for reading; others may read it, and it may be replaced or deleted meanwhile.</summary>
    Stream OpenRead(string path);

    /// <summary>Gives a file another name on the same volume, in one step, replacing what had that name.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file; not being there is no failure.</summary>
    void Delete(string path);

    /// <summary>Sets the moment of the last write.</summary>
    void Touch(string path, DateTimeOffset at);

    /// <summary>When the file was last written or touched; null when it is not there.</summary>
    DateTimeOffset? WrittenAt(string path);

    /// <summary>All files below a folder, at any depth; none when the folder is not there.</summary>
    IEnumerable<FileEntry> List(string folder);

    /// <summary>
    /// Waits for a lock that holds across processes until it is disposed of, or until its process ends: either one holder
    /// exclusively, or any number that share it.
    /// </summary>
    IDisposable Lock(string path, bool exclusive);
}
