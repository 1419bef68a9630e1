using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using static Filing.Papers.DocxText;

namespace Filing.Papers;

/// <summary>
/// Writes a paper as a Word file in the layout of GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, 3号仿宋 on a pitch of 28.95 points (22 lines of
/// 28 characters), page numbers in dashes, outside.
/// </summary>
public static class DocxWriter
{
    /// <summary>The media type of such a file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>The ending of such a file.</summary>
    public const string Ending = ".docx";

    /// <summary>The file.</summary>
    public static byte[] Write(OfficialPaper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        using var memory = new MemoryStream();
        using (var file = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = Clean(paper.Title.ReplaceLineEndings(""));
            file.PackageProperties.Language = "zh-CN";
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = DocxStyles.Styles();
            main.AddNewPart<FontTablePart>().Fonts = DocxStyles.FontTable();
            main.AddNewPart<DocumentSettingsPart>().Settings = DocxStyles.Settings();
            main.Document = new Document(new Body([.. Content(paper), Section(main, paper.Wide)]));
        }

        return memory.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Content(OfficialPaper paper)
    {
        if (paper.Letterhead is { } head) yield return Letterhead(paper, head);
        if (paper.Number is not null) yield return Number(paper);
        foreach (var title in Title(paper)) yield return title;
        if (paper.Receivers is { } receivers) yield return Line(receivers + "：", DocxStyles.Flush);
        foreach (var block in paper.Body)
        {
            foreach (var element in Block(block, paper.Wide)) yield return element;
        }

        foreach (var element in Attachments(paper.Attachments)) yield return element;
        if (paper.Signature is { } signature)
        {
            foreach (var element in Signature(signature)) yield return element;
        }

        if (paper.Note is { } note) yield return Line($"（{note}）", DocxStyles.Body);
        if (paper.Proof is { } proof) yield return Line(proof, DocxStyles.Proof);
        if (paper.Imprint is { } imprint) yield return DocxTables.Imprint(imprint, Width(paper.Wide));
        // A table that ends the body leaves no room for the section's last paragraph, and the file would be damaged.
        if (paper.Imprint is not null || (paper is { Proof: null, Note: null, Signature: null, Attachments.Count: 0 } && paper.Body is [.., PaperTable or PaperForm])) yield return Line("", DocxStyles.Proof);
    }

    private static Paragraph Letterhead(OfficialPaper paper, string head)
    {
        var paragraph = Line(head, DocxStyles.Letterhead);
        paragraph.Descendants<RunProperties>().First().FontSize = new FontSize { Val = Half(paper.LetterheadPoints) };
        return paragraph;
    }

    private static Paragraph Number(OfficialPaper paper)
    {
        var paragraph = new Paragraph(new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = DocxStyles.Number } });
        var properties = paragraph.ParagraphProperties!;
        if (paper.Letterhead is not null)
            properties.ParagraphBorders = new ParagraphBorders { BottomBorder = new BottomBorder { Val = BorderValues.Single, Color = DocxStyles.Red, Size = 18, Space = 11 } };
        if (!paper.Upward)
        {
            properties.Justification = new Justification { Val = JustificationValues.Center };
            paragraph.Append(Text(paper.Number!));
            return paragraph;
        }

        // One character from either edge, by spaces: an indent would shorten the red line too.
        properties.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = Width(paper.Wide) });
        paragraph.Append(Text("　" + paper.Number), new Run(new TabChar()), Text("签发人："));
        var signer = Text(paper.Signer is { Length: > 0 } name ? name : "　　　　　");
        signer.RunProperties = new RunProperties { RunFonts = DocxStyles.Face(DocxStyles.Kai) };
        paragraph.Append(signer, Text("　"));
        return paragraph;
    }

    private static IEnumerable<Paragraph> Title(OfficialPaper paper)
    {
        var lines = paper.TitleLines;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = Line(lines[i], DocxStyles.Title);
            // Two lines below the red one, and one before what follows (GB/T 9704 7.3.1, 7.3.2); a form has its table at once.
            line.ParagraphProperties!.SpacingBetweenLines = new SpacingBetweenLines
            {
                Before = i == 0 && paper.Letterhead is not null ? Twips(DocxStyles.Pitch * 2) : "0",
                After = i < lines.Count - 1 ? "0" : Twips(paper.Receivers is null ? 12 : DocxStyles.Pitch),
                Line = Twips(34),
                LineRule = LineSpacingRuleValues.Exact,
            };
            yield return line;
        }
    }

    private static IEnumerable<OpenXmlElement> Block(PaperBlock block, bool wide) => block switch
    {
        PaperParagraph p => Lines(p.Text).Select(l => Line(l, p.Centred ? DocxStyles.Centred : p.Indented ? DocxStyles.Body : DocxStyles.Flush)),
        PaperHeading h => [Line(h.Text, h.Level == 1 ? DocxStyles.Heading1 : DocxStyles.Heading2)],
        PaperTable t => DocxTables.Table(t, Width(wide)),
        PaperForm f => DocxTables.Form(f, Width(wide)),
        _ => throw new NotSupportedException($"A piece of a paper that cannot be written: {block.GetType().Name}."),
    };

    private static IEnumerable<Paragraph> Attachments(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var (lead, number) = (i == 0 ? "附件：" : "", names.Count == 1 ? "" : $"{i + 1}．");
            var line = Line(lead + number + names[i], DocxStyles.Flush);
            // The names stand below each other, whatever stands before the first of them (GB/T 9704 7.3.4).
            var hanging = 16 * (number.Length == 0 ? 0 : 1.5) + (i == 0 ? 48 : 0);
            line.ParagraphProperties!.Indentation = new Indentation { Left = Twips(80 + 16 * (number.Length == 0 ? 0 : 1.5)), Hanging = Twips(hanging) };
            if (i == 0) line.ParagraphProperties.SpacingBetweenLines = DocxStyles.Spacing(before: DocxStyles.Pitch);
            yield return line;
        }
    }

    private static IEnumerable<Paragraph> Signature(PaperSignature signature)
    {
        // All are centred over the date, which stands four characters from the edge: there the seal goes (GB/T 9704 7.3.5.1).
        var centre = Math.Max(64 + Ems(signature.Date) * 8, signature.Bodies.Max(Ems) * 8);
        for (var i = 0; i <= signature.Bodies.Count; i++)
        {
            var last = i == signature.Bodies.Count;
            var text = last ? signature.Date : signature.Bodies[i];
            var line = Line(text, DocxStyles.Flush);
            var properties = line.ParagraphProperties!;
            properties.Justification = new Justification { Val = JustificationValues.Right };
            properties.Indentation = new Indentation { Right = Twips(centre - Ems(text) * 8) };
            properties.KeepNext = last ? null : new KeepNext();
            if (i == 0) properties.SpacingBetweenLines = DocxStyles.Spacing(before: DocxStyles.Pitch * 2);
            yield return line;
        }
    }

    private static SectionProperties Section(MainDocumentPart main, bool wide)
    {
        string Footer(bool odd)
        {
            var part = main.AddNewPart<FooterPart>();
            part.Footer = DocxStyles.PageNumber(odd);
            return main.GetIdOfPart(part);
        }

        var (top, right, bottom, left) = wide ? (28, 37, 26, 35) : (37, 26, 35, 28);
        return new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = Footer(true) },
            new FooterReference { Type = HeaderFooterValues.Even, Id = Footer(false) },
            new PageSize { Width = wide ? 16838u : 11906u, Height = wide ? 11906u : 16838u, Orient = wide ? PageOrientationValues.Landscape : PageOrientationValues.Portrait },
            new PageMargin { Top = Millimetres(top), Right = (uint)Millimetres(right), Bottom = Millimetres(bottom), Left = (uint)Millimetres(left), Header = 850u, Footer = (uint)Millimetres(bottom - 12), Gutter = 0u },
            new DocGrid { LinePitch = 579 });
    }

    private static int Width(bool wide) => wide ? 16838 - Millimetres(72) : 11906 - Millimetres(54);
}
