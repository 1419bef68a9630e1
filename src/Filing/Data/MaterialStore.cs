using System.Collections.Concurrent;
using System.Security.Cryptography;
using Filing.Domain;

namespace Filing.Data;

/// <summary>A file in the store.</summary>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits; its name in the store.</param>
/// <param name="Size">Its length in bytes.</param>
public sealed record StoredMaterial(string Sha256, long Size);

/// <summary>What became of a file in the store.</summary>
public enum MaterialState
{
    /// <summary>There, and its content has its hash.</summary>
    Whole,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but its content has another hash.</summary>
    Damaged,
}

/// <summary>
/// The files of the documents, named by their content. A file is durable before anybody learns its hash, so a row that a
/// transaction writes afterwards never refers to a missing or torn file. Files that no row refers to are removed when they have
/// been left alone for a day, so that transaction must follow within a day.
/// </summary>
/// <param name="folder">The folder of the files, inside the data folder.</param>
/// <param name="files">The file system.</param>
/// <param name="clock">
/// Tells the age of a file. Real time, not the time of the law: on a clock that runs faster, a file could grow a day old before
/// its transaction comes.
/// </param>
public sealed class MaterialStore(string folder, IFileSystem files, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, bool> _durableFolders = new(StringComparer.Ordinal);

    /// <summary>How long a file that nothing refers to is left alone.</summary>
    public static TimeSpan OrphanAge { get; } = TimeSpan.FromDays(1);

    private string Incoming => Path.Combine(folder, "incoming");

    private string LockFile => Path.Combine(folder, "lock");

    /// <summary>
    /// Stores a stream to its end. Too large is an <see cref="Error"/>, and nothing remains; a file that is stored already is stored once.
    /// </summary>
    /// <param name="content">Read from where it stands; not disposed of.</param>
    /// <param name="limit">The largest size in bytes, itself allowed.</param>
    /// <param name="ct">Cancels; nothing remains.</param>
    /// <exception cref="IOException">The disk is full or broken. Nothing that was stored before is harmed.</exception>
    public async Task<Result<StoredMaterial>> StoreAsync(Stream content, long limit, CancellationToken ct = default)
    {
        MakeFolder(folder);
        MakeFolder(Incoming);
        var incoming = Path.Combine(Incoming, $"{Guid.CreateVersion7():N}.part");
        var moved = false;
        try
        {
            var written = await WriteAsync(content, incoming, limit, ct);
            if (!written.TryGet(out var material, out _)) return written;
            var path = PathOf(material.Sha256);
            MakeFolder(Path.GetDirectoryName(Path.GetDirectoryName(path)!)!);
            MakeFolder(Path.GetDirectoryName(path)!);
            // Shared with other uploads; it keeps the orphan collector from taking the file between the look and the touch.
            using (files.Lock(LockFile, exclusive: false))
            {
                if (await StateAsync(material.Sha256, ct) == MaterialState.Whole)
                {
                    files.Touch(path, clock.GetUtcNow());
                }
                else
                {
                    files.Move(incoming, path);
                    moved = true;
                }
            }

            files.SyncFolder(Path.GetDirectoryName(path)!);
            return material;
        }
        finally
        {
            if (!moved) TryDelete(incoming);
        }
    }

    /// <summary>Opens a stored file for reading.</summary>
    public Result<Stream> Open(string sha256)
    {
        if (!IsHash(sha256)) return Error.NotFound("文件");
        try
        {
            return files.OpenRead(PathOf(sha256));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Error.NotFound("文件");
        }
    }

    /// <summary>Reads a stored file to its end and compares it with its name.</summary>
    public Task<MaterialState> VerifyAsync(string sha256, CancellationToken ct = default) =>
        IsHash(sha256) ? StateAsync(sha256, ct) : Task.FromResult(MaterialState.Missing);

    /// <summary>Removes the files that nothing refers to and that have been left alone for a day, and what broken-off uploads left.</summary>
    /// <param name="referenced">Gives the hashes of all rows that refer to files. It is asked after the old files are known.</param>
    /// <param name="ct">Stops between two files.</param>
    /// <returns>How many files were removed.</returns>
    public async Task<int> CollectOrphansAsync(Func<CancellationToken, Task<IReadOnlySet<string>>> referenced, CancellationToken ct = default)
    {
        var before = clock.GetUtcNow() - OrphanAge;
        var old = files.List(folder).Where(file => file.WrittenAt < before && file.Path != LockFile).Select(file => file.Path).ToArray();
        if (old.Length == 0) return 0;
        var kept = await referenced(ct);
        var removed = 0;
        foreach (var path in old)
        {
            ct.ThrowIfCancellationRequested();
            // Names that are no hash are left over from uploads, or are not ours.
            var name = Path.GetFileName(path);
            var orphan = IsHash(name) ? path == PathOf(name) && !kept.Contains(name) : path.EndsWith(".part", StringComparison.Ordinal);
            if (!orphan) continue;
            using (files.Lock(LockFile, exclusive: true))
            {
                // An upload of the same content may have touched it since.
                if (files.WrittenAt(path) is not { } writtenAt || writtenAt >= before) continue;
                files.Delete(path);
                removed++;
            }
        }

        return removed;
    }

    private static bool IsHash(string text) => text.Length == 64 && text.All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');

    private string PathOf(string sha256) => Path.Combine(folder, sha256[..2], sha256[2..4], sha256);

    private async Task<Result<StoredMaterial>> WriteAsync(Stream content, string path, long limit, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        var size = 0L;
        await using var file = files.Create(path);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            size += read;
            if (size > limit)
                return new Error(ErrorKind.TooLarge, "material.too-large", $"文件超过 {Megabytes(limit)} 的上限，未予保存。");
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        files.Touch(path, clock.GetUtcNow());
        files.SyncFile(file);
        return new StoredMaterial(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private async Task<MaterialState> StateAsync(string sha256, CancellationToken ct)
    {
        if (!Open(sha256).TryGet(out var stream, out _)) return MaterialState.Missing;
        await using (stream)
        {
            var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct));
            return actual == sha256 ? MaterialState.Whole : MaterialState.Damaged;
        }
    }

    // A folder may be there but not yet durable, made by a process that is about to sync it; so the first use syncs in any case.
    private void MakeFolder(string path)
    {
        if (_durableFolders.ContainsKey(path)) return;
        files.CreateFolder(path);
        files.SyncFolder(Path.GetDirectoryName(path)!);
        _durableFolders[path] = true;
    }

    private void TryDelete(string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The orphan collector takes it in a day; the failure that brought us here says more.
        }
    }

    private static string Megabytes(long bytes) => bytes >= 1 << 20 ? $"{bytes / (1 << 20)} MB" : $"{bytes} 字节";
}
