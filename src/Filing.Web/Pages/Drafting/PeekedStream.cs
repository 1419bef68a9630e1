namespace Filing.Web.Pages.Drafting;

/// <summary>A stream whose beginning was looked at, from the beginning.</summary>
internal sealed class PeekedStream(Stream rest, byte[] head) : Stream
{
    private int _at;

    /// <summary>The beginning.</summary>
    public ReadOnlySpan<byte> Head => head;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the beginning of a stream: so many bytes, or all where there are fewer.</summary>
    public static async Task<byte[]> HeadAsync(Stream stream, int length, CancellationToken ct)
    {
        var buffer = new byte[length];
        return buffer[..await stream.ReadAtLeastAsync(buffer, length, throwOnEndOfStream: false, ct)];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == head.Length) return await rest.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, head.Length - _at);
        head.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
