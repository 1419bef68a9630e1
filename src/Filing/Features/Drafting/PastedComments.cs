using Filing.Domain;

namespace Filing.Features.Drafting;

/// <summary>A comment as it is entered.</summary>
/// <param name="Author">Who commented.</param>
/// <param name="Text">What was said.</param>
/// <param name="ReceivedOn">When it came; today when absent.</param>
public sealed record CommentLine(string Author, string Text, DateOnly? ReceivedOn = null);

/// <summary>
/// Reads many comments that were pasted at once, one a line: three or two cells of a table (who, what, and a date in either of the other places), or
/// <c>市财政局：第三条……</c>. A line that is neither is refused with its number; nothing is guessed.
/// </summary>
public static class PastedComments
{
    private const int LongestAuthor = 100;
    private static readonly char[] Colons = ['：', ':'];
    private static readonly char[] Breaks = ['\r', '\n'];

    /// <summary>The comments, in order; <c>comments.unreadable</c> with the line, <c>comments.none</c>.</summary>
    /// <param name="pasted">What was pasted.</param>
    public static Result<IReadOnlyList<CommentLine>> Read(string? pasted)
    {
        var comments = new List<CommentLine>();
        foreach (var (index, raw) in (pasted ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Split(Breaks).Index())
        {
            if (string.IsNullOrWhiteSpace(raw)) continue;
            if (Line(raw) is not { } comment)
                return Error.Invalid("comments.unreadable", $"第 {index + 1} 行分不出提出人和意见。请写作“提出人：意见”，或从表格粘贴“提出人、意见”两列。", "pasted") with { Line = index + 1 };
            comments.Add(comment);
        }

        return comments.Count == 0 ? Error.Invalid("comments.none", "请粘贴意见，一行一条。", "pasted") : comments;
    }

    private static CommentLine? Line(string raw)
    {
        var cells = raw.Split('\t', StringSplitOptions.TrimEntries).Where(c => c.Length > 0).ToList();
        if (cells.Count > 1)
        {
            DateOnly? on = null;
            var at = cells.FindIndex(c => ChineseDate.TryParse(c, out _));
            if (cells.Count > 2 && at >= 0 && ChineseDate.TryParse(cells[at], out var date))
            {
                on = date;
                cells.RemoveAt(at);
            }

            // A table often begins with a column of numbers.
            if (cells.Count > 2 && cells[0].All(char.IsAsciiDigit)) cells.RemoveAt(0);
            return cells.Count >= 2 && cells[0].Length <= LongestAuthor ? new(cells[0], string.Join('　', cells.Skip(1)), on) : null;
        }

        var colon = raw.IndexOfAny(Colons);
        var (author, text) = colon < 1 ? ("", "") : (raw[..colon].Trim(), raw[(colon + 1)..].Trim());
        return author.Length is > 0 and <= LongestAuthor && text.Length > 0 ? new(author, text) : null;
    }
}
