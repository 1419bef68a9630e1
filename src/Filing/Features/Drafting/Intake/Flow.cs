using System.Text;

namespace Filing.Features.Drafting.Intake;

/// <summary>Rows read on as one text, a line feed between them, from which places lead back to the rows.</summary>
internal sealed class Flow
{
    private readonly IReadOnlyList<PageRow> _rows;
    private readonly List<(int At, int Row)> _starts = [];

    /// <summary>The rows from one index to another, included, that a filter lets through.</summary>
    public Flow(IReadOnlyList<PageRow> rows, int first, int last, Func<PageRow, bool>? keep = null)
    {
        _rows = rows;
        var text = new StringBuilder();
        for (var i = first; i <= last && i < rows.Count; i++)
        {
            if (keep is not null && !keep(rows[i])) continue;
            if (_starts.Count > 0) text.Append('\n');
            _starts.Add((text.Length, i));
            text.Append(rows[i].Text);
        }

        Text = text.ToString();
    }

    /// <summary>The joined text.</summary>
    public string Text { get; }

    /// <summary>The place of a stretch of at least one unit.</summary>
    public TextPlace At(int start, int length)
    {
        var ((first, from), (last, to)) = (Locate(start), Locate(start + length - 1));
        return Span(_rows, first, from, last, to + 1);
    }

    /// <summary>The place from a unit of one row's text to a unit, not included, of the same or a later row's.</summary>
    public static TextPlace Span(IReadOnlyList<PageRow> rows, int first, int start, int last, int end)
    {
        if (first == last) return rows[first].At(start, end - start);
        var quote = new StringBuilder(rows[first].Raw[(rows[first].Start + start)..]);
        for (var row = first + 1; row < last; row++) quote.Append('\n').Append(rows[row].Raw);
        quote.Append('\n').Append(rows[last].Raw.AsSpan(0, rows[last].Start + end));
        return new TextPlace(rows[first].Line, rows[first].Start + start, quote.Length, quote.ToString());
    }

    private (int Row, int Offset) Locate(int at)
    {
        var index = _starts.BinarySearch((at, int.MaxValue), Comparer<(int At, int Row)>.Default);
        var (start, row) = _starts[index >= 0 ? index : ~index - 1];
        return (row, Math.Min(at - start, _rows[row].Text.Length));
    }
}
