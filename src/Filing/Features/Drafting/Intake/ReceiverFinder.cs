namespace Filing.Features.Drafting.Intake;

/// <summary>Finds 主送机关 and 抄送机关 and parts them at their commas.</summary>
internal static class ReceiverFinder
{
    private const int MostRows = 6;
    private const int LongestRow = 400;
    private const string Organs = "府委局厅部办院位处队门关构市县区镇乡会司";

    /// <summary>The rows of the receivers: the first text after the title that ends with a colon. Null when the text begins without them.</summary>
    public static (int First, int Last)? Find(IReadOnlyList<PageRow> rows, int from, int to)
    {
        var (first, blanks) = (-1, 0);
        for (var i = from; i <= to && i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.Kind is RowKind.Blank or RowKind.Rule)
            {
                if (first >= 0 && ++blanks > 1) return null;
                continue;
            }

            if (row.Kind is RowKind.Number or RowKind.Date or RowKind.Clutter && first < 0) continue;
            if (row.Kind is not (RowKind.Text or RowKind.Bodies) || row.Text.Length > LongestRow || row.Text.AsSpan().IndexOfAny("。；;《") >= 0) return null;
            // A remark in brackets under the title: when and by whom it was adopted.
            if (first < 0 && row.Text[0] is '（' or '(' && row.Text[^1] is '）' or ')') continue;
            if (first < 0) first = i;
            if (i - first >= MostRows) return null;
            blanks = 0;
            if (row.Text[^1] is '：' or ':') return NamesOrgans(rows, first, i) ? (first, i) : null;
        }

        return null;
    }

    /// <summary>The parts of a text between its commas and stops, those in brackets not counted, each with its place.</summary>
    public static IEnumerable<Proposed<string>> Parts(Flow flow, int start, int end, Sureness sureness, string remark)
    {
        var depth = 0;
        for (var at = start; at < end;)
        {
            var stop = at;
            for (; stop < end && (depth > 0 || flow.Text[stop] is not ('，' or ',' or '。')); stop++)
                depth = flow.Text[stop] switch { '（' or '(' => depth + 1, '）' or ')' => Math.Max(0, depth - 1), _ => depth };
            depth = 0;
            var (from, to) = (at, stop);
            while (from < to && (char.IsWhiteSpace(flow.Text[from]) || flow.Text[from] is '、')) from++;
            while (to > from && (char.IsWhiteSpace(flow.Text[to - 1]) || flow.Text[to - 1] is '。' or '：' or ':' or '、')) to--;
            if (to > from) yield return new Proposed<string>(PageRows.Squeezed(flow.Text.AsSpan(from, to - from)), flow.At(from, to - from), sureness, remark);
            at = stop + 1;
        }
    }

    private static bool NamesOrgans(IReadOnlyList<PageRow> rows, int first, int last)
    {
        for (var i = first; i <= last; i++)
        {
            if (rows[i].Kind is RowKind.Blank or RowKind.Rule) continue;
            if (rows[i].Text.Contains('各', StringComparison.Ordinal)) return true;
            var end = rows[i].Text.AsSpan().TrimEnd("：: ");
            if (i == last && end.Length > 0) return Organs.Contains(end[^1], StringComparison.Ordinal);
        }

        return false;
    }
}
