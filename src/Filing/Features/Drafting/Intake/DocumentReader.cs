using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Reads an uploaded or pasted paper into numbered lines. What a file is, its content says; a name whose ending says
/// otherwise is refused. A PDF or OFD without readable text is kept as material and its text asked for: that is an
/// outcome (<see cref="ReadDocument.TextIsWanted"/>), not an error.
/// </summary>
/// <remarks>
/// Errors: <c>intake.empty</c>, <c>too-large</c>, <c>too-long</c>, <c>type-mismatch</c>, <c>unsupported-type</c>,
/// <c>not-text</c>, <c>undecodable</c>, <c>encrypted</c>, <c>old-doc</c>, <c>ole</c>, <c>macros</c>, <c>docx-damaged</c>,
/// <c>docx-dtd</c>, <c>docx-nesting</c>, <c>zip-bomb</c>, <c>zip-entries</c>, <c>pdf-damaged</c>, each after <c>intake.</c>.
/// A file with macros is refused: it could not be kept as material safely, and the paper loses nothing by being saved without.
/// </remarks>
public sealed class DocumentReader(ReadLimits limits, PdfTextTool pdf)
{
    /// <summary>Above this share of control characters a "text" is some other kind of file.</summary>
    private const double MostControls = 0.1;

    /// <summary>Reads a file. The stream is read once, from where it stands, and no further than the limit.</summary>
    /// <param name="content">The bytes; need not be able to seek.</param>
    /// <param name="fileName">The name it came with; null when there was none. Only its ending is looked at.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<Result<ReadDocument>> ReadAsync(Stream content, string? fileName, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
        {
            if (copy.Length + read > limits.MaxBytes) return IntakeErrors.TooLarge(limits.MaxBytes);
            copy.Write(buffer, 0, read);
        }

        var file = copy.ToArray();
        if (file.Length == 0) return IntakeErrors.Empty;
        if (!ContentKind.Of(file).TryGet(out var kind, out var refused)) return Explain(refused, fileName, file);
        if (ContentKind.Contradicts(fileName, kind, opened: false) is { } mismatch) return mismatch;
        var result = kind switch
        {
            DocumentMedia.Docx or DocumentMedia.Ofd => ReadPackage(file),
            DocumentMedia.Pdf => await ReadPdf(file, cancel),
            DocumentMedia.Text => ReadPlain(file),
        };
        if (!result.TryGet(out var document, out var error)) return error;
        return ContentKind.Contradicts(fileName, document.Media, opened: true) is { } other ? other : document with { Bytes = file.LongLength };
    }

    /// <summary>Reads text that somebody pasted.</summary>
    public Result<ReadDocument> ReadPasted(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return IntakeErrors.Empty;
        return Lines(text, DocumentMedia.Text).TryGet(out var document, out var error)
            ? document with { Bytes = System.Text.Encoding.UTF8.GetByteCount(text) }
            : error;
    }

    /// <summary>An ending that promises a text or Word file explains more than the refusal of its content.</summary>
    private static Error Explain(Error refused, string? fileName, byte[] file) =>
        refused.Code == "intake.unsupported-type" && ContentKind.Named(file) is { } what && ContentKind.Promises(fileName) is { } ending
            ? IntakeErrors.Mismatch(ending, what)
            : refused;

    private Result<ReadDocument> ReadPackage(byte[] file)
    {
        if (!PackageReader.Open(file, limits).TryGet(out var package, out var error)) return error;
        using (package)
        {
            if (package.Has("OFD.xml")) return new ReadDocument(DocumentMedia.Ofd, TextState.ReaderMissing, [], []);
            if (!package.Has("[Content_Types].xml")) return IntakeErrors.Unsupported("压缩包");
            return DocxReader.Read(package, limits);
        }
    }

    private async Task<Result<ReadDocument>> ReadPdf(byte[] file, CancellationToken cancel)
    {
        if (!(await pdf.ReadAsync(file, limits, cancel)).TryGet(out var read, out var error)) return error;
        return read.State == TextState.Read ? Lines(read.Text, DocumentMedia.Pdf) : new ReadDocument(DocumentMedia.Pdf, read.State, [], []);
    }

    private Result<ReadDocument> ReadPlain(byte[] file)
    {
        if (TextDecoder.Decode(file) is not var (text, charset)) return IntakeErrors.Undecodable;
        if (text.AsSpan().TrimStart().StartsWith("{\\rtf", StringComparison.Ordinal)) return IntakeErrors.Unsupported("RTF 文件");
        var controls = text.Count(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\u0085'));
        if (controls > text.Length * MostControls && controls > 1) return IntakeErrors.NotText;
        if (string.IsNullOrWhiteSpace(text)) return IntakeErrors.Empty;
        return Lines(text, DocumentMedia.Text).TryGet(out var document, out var error) ? document with { Charset = charset } : error;
    }

    private Result<ReadDocument> Lines(string text, DocumentMedia media)
    {
        var cleaner = new TextCleaner(limits.MaxCharacters);
        // The break at the end of the last line begins no further line.
        var end = text.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : text.Length > 0 && text[^1] is '\n' or '\r' ? 1 : 0;
        if (!cleaner.Add(text.AsSpan(0, text.Length - end))) return IntakeErrors.TooLong(limits.MaxCharacters);
        return new ReadDocument(media, TextState.Read, cleaner.Lines, [.. cleaner.Warnings()]);
    }
}
