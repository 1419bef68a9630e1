using System.Text;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Finds the character set of a text: a byte order mark decides (UTF-8, UTF-16, UTF-32); without one strict UTF-8 is
/// tried, then strict GB18030, which holds GBK and GB2312. What fits none is refused rather than guessed.
/// </summary>
internal static class TextDecoder
{
    /// <summary>Below this share of characters from GB2312's own rows a GB18030 reading is an accident (Big5, Latin, binary).</summary>
    private const double LeastShareOfGb2312 = 0.8;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text and the name of its character set; null when it cannot be decoded.</summary>
    public static (string Text, string Charset)? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) return Strictly(new UTF8Encoding(false, true), bytes[3..], "UTF-8");
        if (bytes.StartsWith<byte>([0xFF, 0xFE, 0x00, 0x00])) return Strictly(new UTF32Encoding(false, false, true), bytes[4..], "UTF-32LE");
        if (bytes.StartsWith<byte>([0x00, 0x00, 0xFE, 0xFF])) return Strictly(new UTF32Encoding(true, false, true), bytes[4..], "UTF-32BE");
        if (bytes.StartsWith<byte>([0xFF, 0xFE])) return Strictly(new UnicodeEncoding(false, false, true), bytes[2..], "UTF-16LE");
        if (bytes.StartsWith<byte>([0xFE, 0xFF])) return Strictly(new UnicodeEncoding(true, false, true), bytes[2..], "UTF-16BE");
        if (Strictly(new UTF8Encoding(false, true), bytes, "UTF-8") is { } utf8) return utf8;
        return LooksLikeChinese(bytes) ? Strictly(Gb18030, bytes, "GB18030") : null;
    }

    private static (string Text, string Charset)? Strictly(Encoding encoding, ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return (encoding.GetString(bytes), name);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool LooksLikeChinese(ReadOnlySpan<byte> bytes)
    {
        int pairs = 0, common = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80 || i + 1 >= bytes.Length) continue;
            var (lead, trail) = (bytes[i], bytes[i + 1]);
            pairs++;
            if (lead is >= 0xA1 and <= 0xF7 && trail >= 0xA1) common++;
            // A digit as second byte begins one of the four-byte characters.
            i += trail is >= 0x30 and <= 0x39 ? 3 : 1;
        }

        return pairs > 0 && common >= pairs * LeastShareOfGb2312;
    }
}
