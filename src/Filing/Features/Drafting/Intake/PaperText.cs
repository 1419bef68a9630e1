namespace Filing.Features.Drafting.Intake;

/// <summary>
/// The text of one paper without what a web page or a catalogue put around it: from the head of the paper on, without furniture of the page, rules drawn
/// with characters, contents, and marks around the lines. What is left out is shown to the person, who can put it back.
/// </summary>
public sealed class PaperText
{
    private PaperText(string text, IReadOnlySet<int> lines) => (Text, Lines) = (text, lines);

    /// <summary>The text, its lines parted by line feeds.</summary>
    public string Text { get; }

    /// <summary>The numbers of the lines that it is made of.</summary>
    public IReadOnlySet<int> Lines { get; }

    /// <summary>The text of a paper of a document.</summary>
    /// <param name="document">What was read.</param>
    /// <param name="paper">The paper in it.</param>
    public static PaperText Of(ReadDocument document, DocumentProposal paper)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(paper);
        var rows = PageRows.Of(document.Lines.Where(line => line.Number >= paper.FirstLine && line.Number <= paper.LastLine));
        var title = rows.TakeWhile(row => row.Line < (paper.Title?.Place.Line ?? paper.FirstLine)).Count();
        var first = title;
        while (first > 0 && rows[first - 1].Kind is RowKind.Blank or RowKind.Rule or RowKind.Number or RowKind.Bodies or RowKind.Letterhead) first--;
        var (text, lines, blank) = (new List<string>(), new HashSet<int>(), false);
        foreach (var row in rows.Skip(first))
        {
            if (row.Kind is RowKind.Clutter or RowKind.Rule or RowKind.Contents || (row.Kind == RowKind.Fields && row.Line < paper.Title?.Place.Line)) continue;
            if (row.Kind == RowKind.Blank)
            {
                blank = text.Count > 0;
                continue;
            }

            if (blank) text.Add("");
            blank = false;
            text.Add(row.Text);
            lines.Add(row.Line);
        }

        return new(string.Join('\n', text), lines);
    }
}
