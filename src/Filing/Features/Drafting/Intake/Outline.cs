using Filing.Domain;

namespace Filing.Features.Drafting.Intake;

/// <summary>The depth of a part, from the outside in. A paper uses some of them and may skip any.</summary>
public enum OutlineLevel
{
    /// <summary>第一编.</summary>
    Book,

    /// <summary>第一章.</summary>
    Chapter,

    /// <summary>第一节.</summary>
    Section,

    /// <summary>第一条.</summary>
    Article,

    /// <summary>一、</summary>
    First,

    /// <summary>（一）</summary>
    Second,

    /// <summary>1.</summary>
    Third,

    /// <summary>（1）</summary>
    Fourth,

    /// <summary>①</summary>
    Fifth,
}

/// <summary>A numbered part of a text, to which an opinion can be given.</summary>
/// <param name="Address">Unique in its outline: the labels from the outside in, e.g. <c>三、/（七）</c>; a label that comes a second time at the
/// same place gets <c>#2</c>.</param>
/// <param name="Level">How deep it is.</param>
/// <param name="Number">The label's number.</param>
/// <param name="Label">The label without blanks, e.g. <c>第三条</c>, <c>（七）</c>, <c>12.</c></param>
/// <param name="Heading">The first words, up to the first stop, when they are short; empty when the part begins with a long sentence.</param>
/// <param name="Line">The line it begins in, from 1.</param>
/// <param name="Text">Its own text without the label, to the next part of any level; lines are joined by line feeds.</param>
public sealed record OutlinePart(string Address, OutlineLevel Level, int Number, string Label, string Heading, int Line, string Text);

/// <summary>
/// The numbered parts of a text: 第N编/章/节/条, 一、 （一） 1. （1） ①. Page furniture, empty lines, and what follows the signature on the last
/// page belong to no part. Text before the first number is left out.
/// </summary>
public static class Outline
{
    private const int LongestHeading = 40;
    private const int MostLabels = 12;

    /// <summary>The parts of a text, in order; empty when nothing in it is numbered.</summary>
    public static IReadOnlyList<OutlinePart> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cleaner = new TextCleaner(int.MaxValue);
        cleaner.Add(text);
        return Of(cleaner.Lines);
    }

    /// <summary>The parts of lines that were read; the numbers of the lines are kept.</summary>
    public static IReadOnlyList<OutlinePart> Of(IEnumerable<TextLine> lines) => Of(PageRows.Of(lines));

    /// <summary>The parts of one paper of a page that was read.</summary>
    public static IReadOnlyList<OutlinePart> Of(ReadDocument document, DocumentProposal paper) =>
        Of(document.Lines.Where(line => line.Number >= paper.FirstLine && line.Number <= paper.LastLine));

    /// <summary>The label a line begins with; null when it begins with none.</summary>
    internal static (OutlineLevel Level, int Number, int Length)? LabelOf(string text)
    {
        if (text.Length == 0) return null;
        var head = text.Length > MostLabels + 8 ? text[..(MostLabels + 8)] : text;
        return head[0] switch
        {
            '第' => Ordinal(head),
            '（' or '(' => Bracketed(head),
            >= '①' and <= '⑳' => (OutlineLevel.Fifth, head[0] - '①' + 1, 1),
            _ => Pointed(head),
        };
    }

    private static List<OutlinePart> Of(IReadOnlyList<PageRow> rows)
    {
        var (parts, open, addresses) = (new List<OutlinePart>(), new List<(OutlineLevel Level, string Label)>(), new Dictionary<string, int>(StringComparer.Ordinal));
        OutlinePart? part = null;
        var text = new List<string>();
        PaperSplitter.MarkContents(rows);
        foreach (var row in rows)
        {
            if (row.Kind != RowKind.Text)
            {
                // What is signed and dated is over, until the next number.
                if (row.Kind is RowKind.Date or RowKind.Fields or RowKind.Printed) Close();
                continue;
            }

            if (LabelOf(row.Text) is not var (level, number, length))
            {
                if (part is not null) text.Add(row.Text);
                continue;
            }

            Close();
            var label = PageRows.Squeezed(row.Text.AsSpan(0, length));
            open.RemoveAll(outer => outer.Level >= level);
            open.Add((level, label));
            var address = string.Join('/', open.Select(outer => outer.Label));
            addresses[address] = addresses.GetValueOrDefault(address) + 1;
            if (addresses[address] > 1) address = $"{address}#{addresses[address]}";
            var own = row.Text[length..].Trim();
            part = new OutlinePart(address, level, number, label, HeadingOf(own), row.Line, "");
            if (own.Length > 0) text.Add(own);
        }

        Close();
        return parts;

        void Close()
        {
            if (part is not null) parts.Add(part with { Text = string.Join('\n', text) });
            part = null;
            text.Clear();
        }
    }

    private static string HeadingOf(string text)
    {
        var stop = text.AsSpan().IndexOfAny("。：:；;");
        var heading = (stop < 0 ? text : text[..stop]).TrimEnd('*');
        return heading.Length <= LongestHeading ? heading : "";
    }

    /// <summary>第三条 at the head of an article; not 第三条第二款 nor 第三条的, which are in the middle of a sentence.</summary>
    private static (OutlineLevel, int, int)? Ordinal(string text)
    {
        var at = 1;
        if (!ChineseNumeral.TryRead(text, ref at, out var number) || number < 1 || at >= text.Length || at > MostLabels) return null;
        OutlineLevel? level = text[at] switch
        {
            '编' => OutlineLevel.Book,
            '章' => OutlineLevel.Chapter,
            '节' => OutlineLevel.Section,
            '条' => OutlineLevel.Article,
            _ => null,
        };
        if (level is not { } found) return null;
        at++;
        var spaced = at == text.Length || char.IsWhiteSpace(text[at]);
        return spaced || !"第的规和至、，。款之所中或及与、）)”》".Contains(text[at], StringComparison.Ordinal) ? (found, number, at) : null;
    }

    private static (OutlineLevel, int, int)? Bracketed(string text)
    {
        var at = 1;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        var arabic = at < text.Length && Glyph.Digit(text[at]) >= 0;
        if (!ChineseNumeral.TryRead(text, ref at, out var number) || number is < 1 or > 999) return null;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at < text.Length && text[at] is '）' or ')' ? (arabic ? OutlineLevel.Fourth : OutlineLevel.Second, number, at + 1) : null;
    }

    /// <summary>一、 or 1. or 1、; not 1.5, not 2013.4.2, not 一是.</summary>
    private static (OutlineLevel, int, int)? Pointed(string text)
    {
        var arabic = Glyph.Digit(text[0]) >= 0;
        if (!arabic && Glyph.ChineseDigit(text[0]) < 1 && text[0] != '十' && text[0] != '百') return null;
        var at = 0;
        if (!ChineseNumeral.TryRead(text, ref at, out var number) || number is < 1 or > 999 || at >= text.Length) return null;
        while (at < text.Length && text[at] == ' ') at++;
        if (at >= text.Length) return null;
        var ends = arabic ? text[at] is '.' or '．' or '、' : text[at] is '、';
        if (!ends || (arabic && at + 1 < text.Length && Glyph.Digit(text[at + 1]) >= 0)) return null;
        return (arabic ? OutlineLevel.Third : OutlineLevel.First, number, at + 1);
    }
}
