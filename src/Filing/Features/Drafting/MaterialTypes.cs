using System.Text;
using Filing.Domain;

namespace Filing.Features.Drafting;

/// <summary>
/// Which files are taken as materials: those that an office hands in, by the ending of the name and by the first bytes, which must agree. A program under
/// the name of a letter is refused before it is stored.
/// </summary>
public static class MaterialTypes
{
    /// <summary>How many bytes from the beginning are enough to tell.</summary>
    public const int HeadLength = 4096;

    private static readonly byte[] Zip = "PK"u8.ToArray();
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static readonly (string Ending, string Media, byte[][] Heads)[] Known =
    [
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [Zip]),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [Zip]),
        (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", [Zip]),
        (".ofd", "application/ofd", [Zip]),
        (".pdf", "application/pdf", ["%PDF-"u8.ToArray()]),
        (".doc", "application/msword", [Ole]),
        (".xls", "application/vnd.ms-excel", [Ole]),
        (".wps", "application/vnd.ms-works", [Ole, Zip]),
        (".et", "application/vnd.ms-excel", [Ole, Zip]),
        (".jpg", "image/jpeg", [[0xFF, 0xD8, 0xFF]]),
        (".jpeg", "image/jpeg", [[0xFF, 0xD8, 0xFF]]),
        (".png", "image/png", [[0x89, 0x50, 0x4E, 0x47]]),
        (".tif", "image/tiff", [[0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A]]),
        (".tiff", "image/tiff", [[0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A]]),
        (".txt", "text/plain", []),
        (".md", "text/plain", []),
        (".csv", "text/csv", []),
    ];

    /// <summary>The endings of the files that are taken, for people and for the chooser of a browser.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. Known.Select(k => k.Ending)];

    /// <summary>The media type of a file; <c>material.type</c> when files of that ending are not taken, <c>material.type-mismatch</c> when its content is another, <c>material.empty</c>.</summary>
    /// <param name="fileName">The name it has.</param>
    /// <param name="head">Its first <see cref="HeadLength"/> bytes, or all of it.</param>
    public static Result<string> Of(string fileName, ReadOnlySpan<byte> head)
    {
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        var known = Known.FirstOrDefault(k => k.Ending == ending);
        if (known.Media is null)
            return Error.Invalid("material.type", $"“{fileName}”：不接收{(ending.Length == 0 ? "没有扩展名的文件" : $" {ending} 文件")}。可以上传：{string.Join("、", Endings)}。", "file");
        if (head.Length == 0) return Error.Invalid("material.empty", $"“{fileName}”是空的，请重新选择。", "file");
        var agrees = known.Heads.Length == 0 ? IsText(head) : Starts(head, known.Heads);
        return agrees ? known.Media : Error.Invalid("material.type-mismatch", $"“{fileName}”的扩展名是 {ending}，内容却不是，请核对文件后重新上传。", "file");
    }

    /// <summary>The media type under which a stored file is sent again, by its name.</summary>
    public static string Sent(string fileName) => Known.FirstOrDefault(k => k.Ending.Equals(Path.GetExtension(fileName), StringComparison.OrdinalIgnoreCase)).Media ?? "application/octet-stream";

    private static bool Starts(ReadOnlySpan<byte> head, byte[][] heads)
    {
        foreach (var one in heads)
            if (head.StartsWith(one)) return true;
        return false;
    }

    /// <summary>Programs and pictures have NULs near their beginning; a text has none, unless it is UTF-16 with its mark.</summary>
    private static bool IsText(ReadOnlySpan<byte> head) =>
        head.StartsWith(Encoding.Unicode.Preamble) || head.StartsWith(Encoding.BigEndianUnicode.Preamble) || head.IndexOf((byte)0) < 0;
}
