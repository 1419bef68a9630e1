using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Filing.Data;

/// <summary>
/// Ids of version 7 (RFC 9562 §6.2, method 2) that always grow within a process, also within a millisecond and when the machine's clock is set
/// back: what is inserted next stands next in every index, so that its pages are filled to their end and never split in the middle. They are no
/// secret: what may be read is decided by authorisation, never by knowing an id.
/// </summary>
public static class OrderedId
{
    private const int CounterBits = 62;

    private static readonly Lock Gate = new();
    private static readonly byte[] Pool = new byte[4096];
    private static int _taken = Pool.Length;
    private static long _milliseconds;

    // The 74 bits after the moment: 12 beside the version, 62 beside the variant.
    private static UInt128 _counter;

    /// <summary>An id greater than every one before it, in the order of its text.</summary>
    public static Guid Next() => Next(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>As <see cref="Next()"/>, at a moment that the caller names.</summary>
    /// <param name="milliseconds">Since 1970, UTC. One before the last is counted as the last.</param>
    public static Guid Next(long milliseconds)
    {
        lock (Gate)
        {
            if (milliseconds > _milliseconds)
            {
                // The topmost bit stays free, so that a millisecond does not run out of numbers.
                (_milliseconds, _counter) = (milliseconds, new UInt128(Random() & 0x1FF, Random()));
            }
            else
            {
                _counter += 1 + (Random() & 0xFFFF_FFFF);
                if (_counter >> (12 + CounterBits) != UInt128.Zero) (_milliseconds, _counter) = (_milliseconds + 1, Random());
            }

            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteInt64BigEndian(bytes, _milliseconds << 16);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (ushort)(_counter >> CounterBits)));
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | ((ulong)_counter & ((1UL << CounterBits) - 1)));
            return new Guid(bytes, bigEndian: true);
        }
    }

    private static ulong Random()
    {
        if (_taken + sizeof(ulong) > Pool.Length)
        {
            RandomNumberGenerator.Fill(Pool);
            _taken = 0;
        }

        var value = BinaryPrimitives.ReadUInt64LittleEndian(Pool.AsSpan(_taken));
        _taken += sizeof(ulong);
        return value;
    }
}
