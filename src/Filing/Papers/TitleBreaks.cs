namespace Filing.Papers;

/// <summary>Where a long title is broken.</summary>
internal static class TitleBreaks
{
    private const int Longest = 19;
    private const int Slack = 4;
    private const string Opening = "《〈（〔“";
    private const string Closing = "》〉）〕”、，。：；";

    /// <summary>The lines of a title: as its author broke it, otherwise as few as hold it, of about the same length.</summary>
    public static IReadOnlyList<string> Of(string title)
    {
        var given = DocxText.Lines(title);
        if (given.Length > 1 || DocxText.Ems(title) <= Longest) return given;
        var count = (int)Math.Ceiling(DocxText.Ems(title) / Longest);
        var (lines, rest) = (new List<string>(count), title);
        for (; count > 1; count--)
        {
            var end = Break(rest, rest.Length / count);
            lines.Add(rest[..end]);
            rest = rest[end..];
        }

        lines.Add(rest);
        return lines;
    }

    /// <summary>The best break near a place: none inside a word that the marks show, one after 的 or a bracket rather than elsewhere.</summary>
    private static int Break(string text, int near) => Enumerable.Range(near - Slack, 2 * Slack + 1).Where(i => i > 0 && i < text.Length).MinBy(i => Cost(text, i) + Math.Abs(i - near));

    private static int Cost(string text, int at)
    {
        var (before, after) = (text[at - 1], text[at]);
        if (Closing.Contains(after) || Opening.Contains(before) || char.IsLowSurrogate(after) || (char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after))) return 100;
        return before == '的' || Closing.Contains(before) || Opening.Contains(after) ? -3 : 0;
    }
}
