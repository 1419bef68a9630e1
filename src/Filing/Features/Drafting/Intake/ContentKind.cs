using System.Text;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>Tells by its first bytes what a file is, and whether its name says otherwise.</summary>
internal static class ContentKind
{
    private static readonly (byte[] Signature, string What)[] Others =
    [
        ([0x89, 0x50, 0x4E, 0x47], "图片（PNG）"),
        ([0xFF, 0xD8, 0xFF], "图片（JPEG）"),
        ("GIF8"u8.ToArray(), "图片（GIF）"),
        ([0x49, 0x49, 0x2A, 0x00], "图片（TIFF）"),
        ([0x4D, 0x4D, 0x00, 0x2A], "图片（TIFF）"),
        ([0x37, 0x7A, 0xBC, 0xAF], "压缩包"),
        ("Rar!"u8.ToArray(), "压缩包"),
        ([0x1F, 0x8B], "压缩包"),
        ([0x7F, 0x45, 0x4C, 0x46], "可执行程序"),
        ("{\\rtf"u8.ToArray(), " RTF 文件"),
    ];

    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");
    private static readonly byte[] WordDocument = Encoding.Unicode.GetBytes("WordDocument");

    /// <summary>The kind, or why it is none that can be read. A zip counts as <see cref="DocumentMedia.Docx"/> until it is opened.</summary>
    public static Result<DocumentMedia> Of(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Ole)) return OfOle(file);
        if (file.StartsWith("PK\x03\x04"u8) || file.StartsWith("PK\x05\x06"u8)) return DocumentMedia.Docx;
        if (file.TrimStart(" \t\r\n"u8).StartsWith("%PDF-"u8)) return DocumentMedia.Pdf;
        return Named(file) is { } what ? IntakeErrors.Unsupported(what) : DocumentMedia.Text;
    }

    /// <summary>What a file of a known other kind is, in Chinese; null when it is of no known other kind.</summary>
    public static string? Named(ReadOnlySpan<byte> file)
    {
        foreach (var (signature, what) in Others)
            if (file.StartsWith(signature)) return what;
        // Two letters begin many texts; a program has NULs close behind.
        return file.StartsWith("MZ"u8) && file[..Math.Min(file.Length, 64)].Contains((byte)0) ? "可执行程序" : null;
    }

    /// <summary>The ending, when it promises one of the kinds that can be read; null for other or no endings.</summary>
    public static string? Promises(string? fileName) => Promise(fileName) is null ? null : Path.GetExtension(fileName)!.ToLowerInvariant();

    /// <summary>The error when the ending promises another kind; null when it agrees or promises nothing.</summary>
    /// <param name="fileName">The name, or null.</param>
    /// <param name="kind">What the content is.</param>
    /// <param name="opened">False while a zip has not been opened: it may turn out to be a Word or an OFD file.</param>
    public static Error? Contradicts(string? fileName, DocumentMedia kind, bool opened)
    {
        if (Promise(fileName) is not { } promised || promised == kind) return null;
        if (!opened && kind == DocumentMedia.Docx && promised == DocumentMedia.Ofd) return null;
        return IntakeErrors.Mismatch(Promises(fileName)!, kind switch
        {
            DocumentMedia.Text => "纯文本",
            DocumentMedia.Docx => " Word 文件或压缩包",
            DocumentMedia.Pdf => " PDF 文件",
            DocumentMedia.Ofd => " OFD 文件",
        });
    }

    private static DocumentMedia? Promise(string? fileName) => Path.GetExtension(fileName ?? "").ToLowerInvariant() switch
    {
        ".docx" or ".dotx" => DocumentMedia.Docx,
        ".pdf" => DocumentMedia.Pdf,
        ".ofd" => DocumentMedia.Ofd,
        ".txt" or ".md" or ".markdown" or ".text" => DocumentMedia.Text,
        _ => null,
    };

    private static Error OfOle(ReadOnlySpan<byte> file)
    {
        if (file.IndexOf(EncryptedPackage) >= 0) return IntakeErrors.Encrypted;
        return file.IndexOf(WordDocument) >= 0 ? IntakeErrors.OldWord : IntakeErrors.OtherOle;
    }
}
