using System.Globalization;
using System.Text;

namespace Filing.Workflows;

/// <summary>Writes the elements that drawings are made of. Presentation attributes only.</summary>
internal sealed class Svg
{
    public const string Ink = "var(--flow-ink, #1d2433)";
    public const string Ink2 = "var(--flow-ink-2, #55607a)";
    public const string LineInk = "var(--flow-line, #858fa6)";
    public const string GoneInk = "var(--flow-gone, #3d5f8a)";
    public const string Paper = "var(--flow-paper, #fff)";
    public const double Name = 13;
    public const double Small = 11.5;

    private readonly StringBuilder _out = new(8192);

    public static (string Stroke, string Fill) Colours(NodeState state) => state switch
    {
        NodeState.Ahead => ("var(--flow-line, #858fa6)", Paper),
        NodeState.Done => ("var(--flow-done, #1b7f4b)", "var(--flow-done-soft, #e6f5ec)"),
        NodeState.Current => ("var(--flow-current, #1f5fbf)", "var(--flow-current-soft, #e8f0fc)"),
        NodeState.Late or NodeState.Flawed => ("var(--flow-late, #c02d2d)", "var(--flow-late-soft, #fcebea)"),
        NodeState.Cancelled or NodeState.Skipped => ("var(--flow-off, #8a93a8)", "var(--flow-off-soft, #f4f6fa)"),
    };

    /// <summary>How wide a text is, near enough: a Chinese character is as wide as the type is high.</summary>
    public static double Measure(string text, double size)
    {
        var ems = 0.0;
        foreach (var rune in text.EnumerateRunes())
            ems += rune.Value >= 0x2E80 ? 1 : rune.Value is ' ' or 'i' or 'l' or '.' or ',' ? 0.3 : rune.Value is >= 'A' and <= 'Z' ? 0.66 : 0.56;
        return ems * size;
    }

    /// <summary>Breaks a text into lines of about the same length that are no wider than allowed.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var whole = Measure(text, size);
        if (whole <= width) return [text];
        var lines = (int)Math.Ceiling(whole / width);
        var goal = whole / lines;
        var result = new List<string>();
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var closes = rune.Value is '）' or '，' or '。' or '、' or '”' or '》';
            if (line.Length > 0 && !closes && result.Count < lines - 1 && Measure(line.ToString(), size) + (Measure(rune.ToString(), size) / 2) > goal)
            {
                result.Add(line.ToString().Trim());
                line.Clear();
            }

            line.Append(rune);
        }

        result.Add(line.ToString().Trim());
        return result;
    }

    public string Document(DrawnGraph graph, double width, double height)
    {
        var id = graph.Options.IdPrefix;
        // Labels and lanes at the margins may want a little more than was allowed; then everything is drawn a little smaller.
        var scale = Math.Min(1, graph.Options.Width / width);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="flow-drawing" role="img" aria-labelledby="{Escape(id)}-title {Escape(id)}-desc" viewBox="0 0 {width:0.##} {height:0.##}" width="{width * scale:0.##}" height="{height * scale:0.##}" font-family="var(--flow-font, 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif)" fill="none" stroke-linejoin="round">
            <title id="{Escape(id)}-title">{Escape(graph.Title)}</title><desc id="{Escape(id)}-desc">{Escape(graph.Words())}</desc>
            {_out}</svg>
            """);
    }

    public void Open(string kind, NodeMark? mark, string name)
    {
        _out.Append("<g class=\"").Append(kind);
        if (mark is not null) _out.Append(' ').Append(Class(mark.State));
        _out.Append("\"><title>").Append(Escape(mark?.Tooltip ?? (mark is null ? name : $"{name}：{DrawnGraph.Word(mark.State)}"))).Append("</title>");
    }

    public void Close() => _out.Append("</g>\n");

    public void Text(double x, double y, string text, double size, string fill, string anchor = "middle", bool bold = false, bool struck = false) =>
        Write($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-size=\"{size:0.#}\" text-anchor=\"{anchor}\" fill=\"{fill}\"{(bold ? " font-weight=\"600\"" : "")}{(struck ? " text-decoration=\"line-through\"" : "")}>{Escape(text)}</text>");

    public void Rect(double x, double y, double width, double height, double radius, string fill, string stroke, double line, string? dash = null) =>
        Write($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{radius:0.#}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{line:0.##}\"{Dash(dash)}/>");

    public void Circle(double x, double y, double radius, string fill, string stroke, double line, string? dash = null) =>
        Write($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{line:0.##}\"{Dash(dash)}/>");

    public void Path(string d, string stroke, double line, string? dash = null, string fill = "none", string cap = "butt") =>
        Write($"<path d=\"{d}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{line:0.##}\"{Dash(dash)}{(cap == "butt" ? "" : $" stroke-linecap=\"{cap}\"")}/>");

    public void Diamond(double x, double y, double radius, string fill, string stroke, double line, string? dash = null) =>
        Path(FormattableString.Invariant($"M{x - radius:0.#} {y:0.#}L{x:0.#} {y - radius:0.#}L{x + radius:0.#} {y:0.#}L{x:0.#} {y + radius:0.#}Z"), stroke, line, dash, fill);

    /// <summary>A line along right angles with rounded corners, and an arrowhead at its end.</summary>
    public void Way(IReadOnlyList<(double X, double Y)> points, string stroke, double line, string? dash = null)
    {
        const double Radius = 7;
        List<(double X, double Y)> p = [points[0]];
        foreach (var next in points.Skip(1))
        {
            if (Same(next.X, p[^1].X) && Same(next.Y, p[^1].Y)) continue;
            if (p.Count > 1 && ((Same(p[^1].X, p[^2].X) && Same(next.X, p[^1].X)) || (Same(p[^1].Y, p[^2].Y) && Same(next.Y, p[^1].Y)))) p[^1] = next;
            else p.Add(next);
        }

        if (p.Count < 2) return;
        var d = new StringBuilder();
        d.Append(CultureInfo.InvariantCulture, $"M{p[0].X:0.#} {p[0].Y:0.#}");
        for (var i = 1; i < p.Count - 1; i++)
        {
            var r = Math.Min(Radius, Math.Min(Length(p[i - 1], p[i]), Length(p[i], p[i + 1])) / 2);
            var (a, b) = (Towards(p[i], p[i - 1], r), Towards(p[i], p[i + 1], r));
            d.Append(CultureInfo.InvariantCulture, $"L{a.X:0.#} {a.Y:0.#}Q{p[i].X:0.#} {p[i].Y:0.#} {b.X:0.#} {b.Y:0.#}");
        }

        var end = Towards(p[^1], p[^2], 5);
        d.Append(CultureInfo.InvariantCulture, $"L{end.X:0.#} {end.Y:0.#}");
        Path(d.ToString(), stroke, line, dash);
        Arrow(p[^2], p[^1], stroke);
    }

    public void Arrow((double X, double Y) from, (double X, double Y) tip, string fill)
    {
        var back = Towards(tip, from, 7.5);
        var (dx, dy) = ((tip.X - back.X) / 7.5 * 3.8, (tip.Y - back.Y) / 7.5 * 3.8);
        Write($"<path d=\"M{tip.X:0.#} {tip.Y:0.#}L{back.X - dy:0.#} {back.Y + dx:0.#}L{back.X + dy:0.#} {back.Y - dx:0.#}Z\" fill=\"{fill}\"/>");
    }

    /// <summary>The symbol of a state: a disc with a tick, dot, exclamation mark, cross or bar in it.</summary>
    public void Badge(double x, double y, NodeState state, double radius = 8)
    {
        if (state == NodeState.Ahead) return;
        var (stroke, _) = Colours(state);
        var off = state is NodeState.Cancelled or NodeState.Skipped;
        Circle(x, y, radius, off ? Paper : stroke, off ? stroke : Paper, off ? 1.3 : 1.5);
        var ink = off ? stroke : Paper;
        var u = radius / 8;
        switch (state)
        {
            case NodeState.Done:
                Path(FormattableString.Invariant($"M{x - (3.6 * u):0.#} {y + (0.2 * u):0.#}L{x - (1 * u):0.#} {y + (2.9 * u):0.#}L{x + (3.8 * u):0.#} {y - (2.8 * u):0.#}"), ink, 1.8, cap: "round");
                break;
            case NodeState.Current:
                Circle(x, y, 2.8 * u, ink, "none", 0);
                break;
            case NodeState.Late:
                Path(FormattableString.Invariant($"M{x:0.#} {y - (4.2 * u):0.#}V{y + (0.9 * u):0.#}M{x:0.#} {y + (3.7 * u):0.#}V{y + (4 * u):0.#}"), ink, 2, cap: "round");
                break;
            case NodeState.Cancelled or NodeState.Flawed:
                Path(FormattableString.Invariant($"M{x - (2.7 * u):0.#} {y - (2.7 * u):0.#}L{x + (2.7 * u):0.#} {y + (2.7 * u):0.#}M{x + (2.7 * u):0.#} {y - (2.7 * u):0.#}L{x - (2.7 * u):0.#} {y + (2.7 * u):0.#}"), ink, 1.6, cap: "round");
                break;
            case NodeState.Skipped:
                Path(FormattableString.Invariant($"M{x - (3.2 * u):0.#} {y:0.#}H{x + (3.2 * u):0.#}"), ink, 1.6, cap: "round");
                break;
            case NodeState.Ahead:
                break;
        }
    }

    /// <summary>The symbols that occur, in a row; the answer is the height they take.</summary>
    public double Legend(DrawnGraph graph, double x, double y, double width)
    {
        if (!graph.Options.Legend || !graph.IsCase) return 0;
        var (left, height) = (x, 30.0);
        foreach (var state in graph.Shapes.Select(s => s.State).Where(s => s != NodeState.Ahead).Distinct().Order())
        {
            var word = DrawnGraph.Word(state);
            var wide = 18 + Measure(word, Small) + 18;
            if (x + wide > left + width && x > left) (x, y, height) = (left, y + 20, height + 20);
            Badge(x + 6, y + 18, state, 6.5);
            Text(x + 18, y + 22, word, Small, Ink2, "start");
            x += wide;
        }

        return height;
    }

    private void Write(FormattableString text) => _out.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Class(NodeState state) => state switch
    {
        NodeState.Ahead => "ahead",
        NodeState.Done => "done",
        NodeState.Current => "current",
        NodeState.Late => "late",
        NodeState.Cancelled => "cancelled",
        NodeState.Skipped => "skipped",
        NodeState.Flawed => "flawed",
    };

    private static bool Same(double a, double b) => Math.Abs(a - b) < 0.05;

    private static double Length((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y);

    private static (double X, double Y) Towards((double X, double Y) from, (double X, double Y) to, double distance)
    {
        var length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        return length < 0.01 ? from : (from.X + ((to.X - from.X) / length * distance), from.Y + ((to.Y - from.Y) / length * distance));
    }

    private static string Escape(string text)
    {
        var clean = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => clean.Append("&amp;"),
                '<' => clean.Append("&lt;"),
                '>' => clean.Append("&gt;"),
                '"' => clean.Append("&quot;"),
                '\'' => clean.Append("&#39;"),
                < ' ' => clean.Append(' '),
                _ => clean.Append(c),
            };
        }

        return clean.ToString();
    }
}
