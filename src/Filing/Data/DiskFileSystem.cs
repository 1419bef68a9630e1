using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Filing.Data;

/// <summary>The real file system. On Windows a folder needs no sync: NTFS journals its names.</summary>
public sealed class DiskFileSystem : IFileSystem
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        // .NET opens no folders, so the C library is asked.
        var handle = Native.Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (handle < 0) throw new IOException($"Cannot open the folder {path} (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Native.FSync(handle) != 0) throw new IOException($"Cannot sync the folder {path} (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Native.Close(handle);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string path) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Share = FileShare.None,
        BufferSize = 0,
    });

    /// <inheritdoc/>
    public void SyncFile(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <inheritdoc/>
    public Stream OpenRead(string path) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    /// <inheritdoc/>
    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void Touch(string path, DateTimeOffset at) => File.SetLastWriteTimeUtc(path, at.UtcDateTime);

    /// <inheritdoc/>
    public DateTimeOffset? WrittenAt(string path) => File.Exists(path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(path)) : null;

    /// <inheritdoc/>
    public IEnumerable<FileEntry> List(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => new FileEntry(file.FullName, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)))
        : [];

    /// <inheritdoc/>
    public IDisposable Lock(string path, bool exclusive)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = exclusive ? FileAccess.ReadWrite : FileAccess.Read,
                    Share = exclusive ? FileShare.None : FileShare.Read,
                    BufferSize = 0,
                });
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(started) < LockTimeout)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int FSync(int handle);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Close(int handle);
    }
}
