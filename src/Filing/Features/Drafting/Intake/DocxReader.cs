using System.Xml;
using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Reads the text of a Word package: the main part, then footnotes, endnotes, heads and feet. Nothing is fetched from
/// outside, no DTD is read, and only the parts that carry text are inflated.
/// </summary>
internal static class DocxReader
{
    private const string Transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    /// <summary>The text of the package, or why it cannot be read.</summary>
    public static Result<ReadDocument> Read(PackageReader package, ReadLimits limits)
    {
        if (!MainPart(package, limits).TryGet(out var main, out var error)) return error;
        var cleaner = new TextCleaner(limits.MaxCharacters);
        var seen = new WordSeen();
        WordNumbering? numbering = null;
        if (!Open(package, Beside(main, "numbering.xml"), limits, xml => numbering = WordNumbering.Read(xml)).TryGet(out _, out error)) return error;
        if (numbering is not null && !Open(package, Beside(main, "styles.xml"), limits, numbering.ReadStyles).TryGet(out _, out error)) return error;

        var parts = new List<(string Name, LineOrigin Origin)> { (main, LineOrigin.Body) };
        parts.AddRange([(Beside(main, "footnotes.xml"), LineOrigin.Footnote), (Beside(main, "endnotes.xml"), LineOrigin.Footnote)]);
        var folder = Beside(main, "");
        foreach (var (stem, origin) in new[] { ("header", LineOrigin.Header), ("footer", LineOrigin.Footer) })
            parts.AddRange(package.Names.Where(name => IsNumbered(name, folder + stem)).Order(StringComparer.Ordinal).Select(name => (name, origin)));

        foreach (var (name, origin) in parts)
        {
            var walker = new WordWalker(cleaner, origin, origin == LineOrigin.Body ? numbering : null, seen);
            Error? refused = null;
            var opened = Open(package, name, limits, xml => refused = walker.Walk(xml, limits));
            if (!opened.TryGet(out var found, out error)) return error;
            if (refused is not null) return refused;
            if (!found && origin == LineOrigin.Body) return IntakeErrors.Damaged("缺少正文部件");
        }

        var warnings = cleaner.Warnings().Concat(seen.Warnings(numbering?.Unknown ?? false)).ToList();
        if (package.Has(Beside(main, "comments.xml")) && !seen.Comments) warnings.Add(WordSeen.CommentsIgnored(null));
        var empty = cleaner.Lines.All(line => string.IsNullOrWhiteSpace(line.Text));
        return new ReadDocument(DocumentMedia.Docx, empty ? TextState.NoTextLayer : TextState.Read, empty ? [] : cleaner.Lines, warnings);
    }

    /// <summary>True when the reader stands on an element of WordprocessingML, transitional or strict.</summary>
    internal static bool IsWord(XmlReader xml) => xml.NamespaceURI is Transitional or Strict;

    /// <summary>An attribute of WordprocessingML on the current element; null when there is none.</summary>
    internal static string? Attribute(XmlReader xml, string name) => xml.GetAttribute(name, Transitional) ?? xml.GetAttribute(name, Strict);

    private static string Beside(string part, string name) => part[..(part.LastIndexOf('/') + 1)] + name;

    private static bool IsNumbered(string name, string stem) =>
        name.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        && name.AsSpan(stem.Length, name.Length - stem.Length - 4).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Finds the main part by the package's relationships, as Word does, and refuses macros.</summary>
    private static Result<string> MainPart(PackageReader package, ReadLimits limits)
    {
        if (package.Names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) return IntakeErrors.Macros;
        var (types, macros, main) = (false, false, (string?)null);
        if (!Open(package, "[Content_Types].xml", limits, xml =>
        {
            types = true;
            while (xml.Read())
                macros |= xml.NodeType == XmlNodeType.Element && (xml.GetAttribute("ContentType")?.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) ?? false);
        }).TryGet(out _, out var error)) return error;
        if (macros) return IntakeErrors.Macros;
        if (!Open(package, "_rels/.rels", limits, xml =>
        {
            while (xml.Read())
            {
                if (xml.NodeType == XmlNodeType.Element && (xml.GetAttribute("Type")?.EndsWith("/relationships/officeDocument", StringComparison.Ordinal) ?? false)
                    && xml.GetAttribute("TargetMode") != "External") main ??= xml.GetAttribute("Target")?.TrimStart('/');
            }
        }).TryGet(out _, out error)) return error;
        if (!types || main is null) return IntakeErrors.Damaged("缺少部件清单");
        if (main.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) return IntakeErrors.Unsupported("电子表格（Excel）文件");
        if (main.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) return IntakeErrors.Unsupported("演示文稿（PowerPoint）文件");
        return package.Has(main) ? main : IntakeErrors.Damaged("缺少正文部件");
    }

    /// <summary>Lets a reader see one part; false when there is no such part.</summary>
    private static Result<bool> Open(PackageReader package, string name, ReadLimits limits, Action<XmlReader> read)
    {
        if (!package.Read(name).TryGet(out var bytes, out var error)) return error;
        if (bytes is null) return false;
        try
        {
            // Once to the end first: whoever reads then meets well-formed XML of bounded depth.
            using (var probe = Xml(bytes, DtdProcessing.Prohibit, limits))
                while (probe.Read())
                    if (probe.Depth > limits.MaxDepth) return IntakeErrors.TooDeep;
            using var xml = Xml(bytes, DtdProcessing.Prohibit, limits);
            read(xml);
            return true;
        }
        catch (XmlException)
        {
            return DeclaresDtd(bytes, limits) ? IntakeErrors.Dtd : IntakeErrors.Damaged("部件不是规范的 XML");
        }
    }

    /// <summary>Strict reading failed before the first element and reading without DTDs does not: it was the DTD.</summary>
    private static bool DeclaresDtd(byte[] bytes, ReadLimits limits) =>
        !Starts(bytes, DtdProcessing.Prohibit, limits) && Starts(bytes, DtdProcessing.Ignore, limits);

    private static bool Starts(byte[] bytes, DtdProcessing dtd, ReadLimits limits)
    {
        try
        {
            using var xml = Xml(bytes, dtd, limits);
            return xml.MoveToContent() == XmlNodeType.Element;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static XmlReader Xml(byte[] bytes, DtdProcessing dtd, ReadLimits limits) => XmlReader.Create(
        new MemoryStream(bytes, writable: false),
        new XmlReaderSettings
        {
            DtdProcessing = dtd,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxInflatedBytes,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        });
}
