using System.Buffers;
using System.Globalization;
using System.Text;

namespace Filing.Features.Drafting.Intake;

/// <summary>
/// Turns text as it comes into numbered lines: any kind of line break parts them; what cannot be seen and could deceive
/// (NUL and control characters, marks of writing direction, zero-width characters) is taken out with a warning. Characters that only some fonts know stay, with a warning.
/// </summary>
internal sealed class TextCleaner(int maxCharacters)
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 0x10000).Select(unit => (char)unit).Where(c => char.IsSurrogate(c) || Classify(c) != Mark.None)]);

    private readonly List<TextLine> _lines = [];
    private readonly int[] _count = new int[6];
    private readonly int[] _firstLine = new int[6];
    private long _length;

    private enum Mark { None, Control, Direction, Invisible, Broken, Private }

    /// <summary>True once the text is longer than allowed; what follows is not kept.</summary>
    public bool TooLong => _length > maxCharacters;

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<TextLine> Lines => _lines;

    /// <summary>Adds a text that may hold several lines. False once the text is too long.</summary>
    public bool Add(ReadOnlySpan<char> text, LineOrigin origin = LineOrigin.Body)
    {
        foreach (var line in text.EnumerateLines())
        {
            var rest = line;
            // EnumerateLines knows CR, LF, CRLF, FF, NEL, LS and PS; a vertical tab is Word's soft break.
            for (int tab; (tab = rest.IndexOf('\v')) >= 0; rest = rest[(tab + 1)..])
                if (!AddLine(rest[..tab], origin)) return false;
            if (!AddLine(rest, origin)) return false;
        }

        return true;
    }

    /// <summary>What was taken out, one warning a kind, with the first line of it.</summary>
    public IEnumerable<ReadWarning> Warnings()
    {
        if (Warning(Mark.Control, "intake.control-characters", "文本含有 {0} 个控制字符（如空字符），已去除。") is { } control) yield return control;
        if (Warning(Mark.Direction, "intake.bidi-controls", "文本含有 {0} 个改变书写方向的不可见字符，可能使显示与内容不一致，已去除。") is { } direction) yield return direction;
        if (Warning(Mark.Invisible, "intake.zero-width", "文本含有 {0} 个零宽不可见字符，已去除。") is { } invisible) yield return invisible;
        if (Warning(Mark.Broken, "intake.broken-characters", "文本含有 {0} 个残缺或无法识别的字符，请对照原件核对。") is { } broken) yield return broken;
        if (Warning(Mark.Private, "intake.private-use", "文本含有 {0} 个自造字或私用区字符，在其他电脑上可能显示不出，请对照原件核对。") is { } own) yield return own;
    }

    private ReadWarning? Warning(Mark mark, string code, string message) => _count[(int)mark] == 0
        ? null
        : new ReadWarning(code, string.Format(CultureInfo.InvariantCulture, message, _count[(int)mark]), _firstLine[(int)mark]);

    private bool AddLine(ReadOnlySpan<char> line, LineOrigin origin)
    {
        _length += line.Length + (_lines.Count > 0 ? 1 : 0);
        if (TooLong) return false;
        _lines.Add(new TextLine(_lines.Count + 1, Clean(line), origin));
        return true;
    }

    private string Clean(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny(Suspicious) < 0) return line.ToString();
        var kept = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (char.IsHighSurrogate(c) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]))
            {
                kept.Append(c).Append(line[++i]);
                continue;
            }

            var mark = char.IsSurrogate(c) ? Mark.Broken : Classify(c);
            if (mark != Mark.None && _count[(int)mark]++ == 0) _firstLine[(int)mark] = _lines.Count + 1;
            if (mark is Mark.None or Mark.Private) kept.Append(c);
            else if (mark == Mark.Broken) kept.Append('\uFFFD');
        }

        return kept.ToString();
    }

    private static Mark Classify(char c) => c switch
    {
        '\t' => Mark.None,
        < ' ' or (>= '\u007F' and <= '\u009F') => Mark.Control,
        '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Mark.Direction,
        // The joiners U+200C and U+200D hold emoji together and stay.
        '\u00AD' or '\u200B' or '\u2060' or '\uFEFF' => Mark.Invisible,
        >= '\uE000' and <= '\uF8FF' => Mark.Private,
        '\uFFFD' or '\uFFFE' or '\uFFFF' => Mark.Broken,
        _ => Mark.None,
    };
}
