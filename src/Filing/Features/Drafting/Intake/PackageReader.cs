using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Opens a zip package that nobody vouches for. Entries are counted in the directory before any object is made of them,
/// a name may occur once, only the parts asked for are inflated, and the inflating stops at the limits, whatever sizes the
/// package states.
/// </summary>
internal sealed class PackageReader : IDisposable
{
    private const int RatioFreeBytes = 1024 * 1024;
    private const uint DirectoryEntry = 0x02014B50;
    private const uint EndOfDirectory = 0x06054B50;
    private const int EndOfDirectorySize = 22;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private readonly ReadLimits _limits;
    private long _inflated;

    private PackageReader(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, ReadLimits limits) =>
        (_zip, _entries, _limits) = (zip, entries, limits);

    /// <summary>The names of all entries, without a leading slash.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens the directory; the array must not change while the reader lives.</summary>
    public static Result<PackageReader> Open(byte[] file, ReadLimits limits)
    {
        if (CountEntries(file, limits.MaxEntries) is not { } count) return IntakeErrors.Damaged("压缩包目录缺失");
        if (count > limits.MaxEntries) return IntakeErrors.TooManyEntries;
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in zip.Entries)
            {
                if (entry.IsEncrypted) return IntakeErrors.Encrypted;
                // Two parts of one name: another program might show the one that was not read.
                if (!entries.TryAdd(entry.FullName.TrimStart('/'), entry)) return IntakeErrors.Damaged("部件重名");
            }

            var reader = new PackageReader(zip, entries, limits);
            zip = null;
            return reader;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            return IntakeErrors.Damaged("压缩包目录有误");
        }
        finally
        {
            zip?.Dispose();
        }
    }

    /// <summary>True when the package has a part of that name.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The inflated bytes of a part; null when there is none.</summary>
    public Result<byte[]?> Read(string name)
    {
        if (!_entries.TryGetValue(name, out var entry)) return (byte[]?)null;
        try
        {
            using var source = entry.Open();
            using var copy = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                _inflated += read;
                if (_inflated > _limits.MaxInflatedBytes) return IntakeErrors.Bomb;
                copy.Write(buffer, 0, read);
                if (copy.Length > RatioFreeBytes && copy.Length / Math.Max(1, entry.CompressedLength) > _limits.MaxRatio) return IntakeErrors.Bomb;
            }

            if (copy.Length != entry.Length) return IntakeErrors.Damaged("部件大小不符");
            return copy.ToArray();
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or NotSupportedException)
        {
            return IntakeErrors.Damaged("部件无法解压");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>Walks the central directory itself, one past the limit at most; null when it is not where the package says.</summary>
    private static int? CountEntries(ReadOnlySpan<byte> file, int limit)
    {
        var last = file.Length - EndOfDirectorySize;
        for (var end = last; end >= 0 && end >= last - ushort.MaxValue; end--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(file[end..]) != EndOfDirectory) continue;
            // 0xFFFFFFFF means zip64, whose directory no letter needs.
            long at = BinaryPrimitives.ReadUInt32LittleEndian(file[(end + 16)..]);
            var count = 0;
            for (; count <= limit && at + 46 <= file.Length && BinaryPrimitives.ReadUInt32LittleEndian(file[(int)at..]) == DirectoryEntry; count++)
            {
                var entry = file[(int)at..];
                at += 46L + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                    + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            }

            return count == 0 ? null : count;
        }

        return null;
    }
}
