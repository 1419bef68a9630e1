using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Filing.Papers;

/// <summary>The measures and small pieces of a Word file.</summary>
internal static class DocxText
{
    /// <summary>A paragraph of one run in a style.</summary>
    public static Paragraph Line(string text, string style)
    {
        var run = Text(text);
        run.RunProperties = new RunProperties();
        return new Paragraph(new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = style } }, run);
    }

    /// <summary>A run of text.</summary>
    public static Run Text(string text) => new(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>The text without what XML cannot hold, e.g. control characters and halves of a character.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) clean.Append(text[i]).Append(text[++i]);
        }

        return clean.ToString();
    }

    /// <summary>The lines of a text.</summary>
    public static string[] Lines(string? text) => (text ?? "").ReplaceLineEndings("\n").Split('\n');

    /// <summary>Points in twentieths.</summary>
    public static string Twips(double points) => ((int)Math.Round(points * 20)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Millimetres in twentieths of a point.</summary>
    public static int Millimetres(int length) => (int)Math.Round(length / 25.4 * 1440);

    /// <summary>Points in halves.</summary>
    public static string Half(double points) => ((int)Math.Round(points * 2)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The width of a text in characters: Latin letters and digits are half as wide.</summary>
    public static double Ems(string text) => text.Sum(c => c < 0x2000 ? 0.5 : 1.0);
}
