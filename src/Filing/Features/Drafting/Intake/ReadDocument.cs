namespace Filing.Features.Drafting.Intake;

/// <summary>What a file is by its content; the ending of its name does not decide.</summary>
public enum DocumentMedia
{
    /// <summary>Plain text, Markdown or pasted text.</summary>
    Text,

    /// <summary>A WordprocessingML package without macros (.docx, .dotx).</summary>
    Docx,

    /// <summary>A PDF file.</summary>
    Pdf,

    /// <summary>An OFD package (GB/T 33190), as the OA signs it.</summary>
    Ofd,
}

/// <summary>Whether there is text, or why somebody has to supply it. The file itself is good material in every case.</summary>
public enum TextState
{
    /// <summary>The text was read.</summary>
    Read,

    /// <summary>The file holds no text, only pictures: a scan, or an empty document.</summary>
    NoTextLayer,

    /// <summary>Nothing that reads this format is installed.</summary>
    ReaderMissing,

    /// <summary>The reader ran out of its time or memory, or stopped without saying why.</summary>
    ReaderGaveUp,

    /// <summary>The file is protected against having its text taken out.</summary>
    ExtractionForbidden,
}

/// <summary>Where in the paper a line stands.</summary>
public enum LineOrigin
{
    /// <summary>Running text.</summary>
    Body,

    /// <summary>One row of a table; its cells are parted by tabs.</summary>
    TableRow,

    /// <summary>A footnote or endnote, placed after the body.</summary>
    Footnote,

    /// <summary>The head of a page, placed after the body, each different text once.</summary>
    Header,

    /// <summary>The foot of a page, placed after the body, each different text once.</summary>
    Footer,
}

/// <summary>One line or paragraph of a text.</summary>
/// <param name="Number">Counted from 1, empty lines included.</param>
/// <param name="Text">Without the line break and without control characters; may be empty.</param>
/// <param name="Origin">Where in the paper it stands.</param>
public sealed record TextLine(int Number, string Text, LineOrigin Origin = LineOrigin.Body);

/// <summary>Something in the file that a person should know before relying on its text.</summary>
/// <param name="Code">Stable, lower-case, dotted, e.g. <c>intake.tracked-changes</c>.</param>
/// <param name="Message">One Chinese sentence.</param>
/// <param name="Line">The first line concerned, from 1; null when it is the whole file.</param>
public sealed record ReadWarning(string Code, string Message, int? Line = null);

/// <summary>A file that was read: numbered lines, what it is by content, and warnings. Immutable.</summary>
/// <param name="Media">What the file is by its content.</param>
/// <param name="State">Whether the text is there, or why it has to be supplied.</param>
/// <param name="Lines">The lines in order, numbered from 1 without a gap; empty unless <paramref name="State"/> is <see cref="TextState.Read"/>.</param>
/// <param name="Warnings">What a person should know; never an error.</param>
public sealed record ReadDocument(
    DocumentMedia Media, TextState State, IReadOnlyList<TextLine> Lines, IReadOnlyList<ReadWarning> Warnings)
{
    /// <summary>The character set that was recognised, for texts; null for other files.</summary>
    public string? Charset { get; init; }

    /// <summary>The size of the file in bytes; for pasted text its size as UTF-8.</summary>
    public long Bytes { get; init; }

    /// <summary>True when the text has to be pasted or uploaded by somebody; the file is kept as material all the same.</summary>
    public bool TextIsWanted => State != TextState.Read;

    /// <summary>The internet media type, for storing and sending the file.</summary>
    public string MediaType => Media switch
    {
        DocumentMedia.Text => "text/plain",
        DocumentMedia.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        DocumentMedia.Pdf => "application/pdf",
        DocumentMedia.Ofd => "application/ofd",
    };

    /// <summary>What to tell the person who uploaded it, in Chinese, when the text is wanted; null when it was read.</summary>
    public string? Request => State switch
    {
        TextState.Read => null,
        TextState.NoTextLayer => "文件已作为材料保存，但其中没有可读取的文字（可能是扫描件），请另行粘贴或上传正文文本。",
        TextState.ReaderMissing => "文件已作为材料保存，本系统未安装读取此格式文字的组件，请另行粘贴或上传正文文本。",
        TextState.ReaderGaveUp => "文件已作为材料保存，但在规定的时间和内存内未能读出文字，请另行粘贴或上传正文文本。",
        TextState.ExtractionForbidden => "文件已作为材料保存，但其权限设置禁止提取文字，请另行粘贴或上传正文文本。",
    };

    /// <summary>All lines joined by line feeds.</summary>
    public string FullText => string.Join('\n', Lines.Select(line => line.Text));
}

/// <summary>How much a file may cost. Every limit is inclusive: a file of exactly that size passes.</summary>
public sealed record ReadLimits
{
    /// <summary>Largest file, in bytes; the copy of the stream stops beyond it. 20 MB by default.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Longest text, in UTF-16 units, line breaks included. A million by default, some 1,500 pages.</summary>
    public int MaxCharacters { get; init; } = 1_000_000;

    /// <summary>Most entries of a package.</summary>
    public int MaxEntries { get; init; } = 4_096;

    /// <summary>Most bytes that all parts of a package that are read may inflate to together. 32 MB by default.</summary>
    public long MaxInflatedBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Highest ratio of inflated to packed bytes of one part, looked at beyond the first MiB of a part.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Deepest nesting of elements in a part.</summary>
    public int MaxDepth { get; init; } = 256;
}
