using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Filing.Domain;

/// <summary>A SHA-256 digest, written <c>sha256:</c> and 64 small hexadecimal digits: of a canonical body text or of the bytes of a file.</summary>
public sealed record ContentDigest
{
    private const string Scheme = "sha256:";

    private ContentDigest(string hex) => Hex = hex;

    /// <summary>The 64 digits without the scheme.</summary>
    public string Hex { get; }

    /// <summary>The first four and last four digits, for a table: 9c41…e07a.</summary>
    public string Brief => $"{Hex[..4]}…{Hex[^4..]}";

    /// <summary>The digest of bytes, e.g. of one rendition's file.</summary>
    public static ContentDigest OfBytes(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The digest of the canonical body of a text; see <see cref="CanonicalText"/>.</summary>
    public static ContentDigest OfText(string text) => OfExactly(CanonicalText.From(text).Body);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no digest.</exception>
    public static ContentDigest Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error.Message);

    /// <summary>Reads a digest, in small or capital letters, with or without the scheme.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The digest.</param>
    /// <param name="error"><c>digest.format</c>.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ContentDigest? value, [NotNullWhen(false)] out Error? error)
    {
        var hex = text?.Trim() ?? "";
        hex = hex.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? hex[Scheme.Length..] : hex;
        var valid = hex.Length == 64 && hex.All(char.IsAsciiHexDigit);
        value = valid ? new ContentDigest(hex.ToLowerInvariant()) : null;
        error = valid ? null : Error.Invalid("digest.format", "摘要应为“sha256:”加 64 位十六进制数字。");
        return valid;
    }

    /// <summary>sha256:9c41….</summary>
    public override string ToString() => Scheme + Hex;

    /// <summary>The digest of a text's UTF-8 bytes, as they are.</summary>
    internal static ContentDigest OfExactly(string text) => OfBytes(Encoding.UTF8.GetBytes(text));
}
