namespace Filing.Workflows;

/// <summary>Top to bottom in 360 pixels: each node a line of text beside the tracks its branches run on; backward ways run dashed at the right.</summary>
internal sealed class NarrowDrawing(DrawnGraph graph)
{
    private const double Width = 360;
    private const double Left = 20;
    private const double Lane = 18;

    private readonly Svg _svg = new();

    public string Draw()
    {
        TrackLayout.Line(graph.Shapes);
        TrackLayout.Track(graph.Shapes);
        var rows = graph.Shapes.OrderBy(s => s.Layer).ToList();
        var tracks = Math.Max(graph.Shapes.Max(s => s.Track), graph.Lines.Select(l => l.Track).DefaultIfEmpty(0).Max());
        var textX = Left + (tracks * Lane) + 24;
        var backs = graph.BackLines.OrderBy(l => Math.Abs(l.From.Layer - l.To.Layer)).ToList();
        var lanes = Lanes(backs);
        var room = Width - textX - 10 - (lanes.Count == 0 ? 0 : 10 + (lanes.Values.Max() * 9));

        var y = 8.0;
        foreach (var shape in rows)
        {
            var titled = shape.Kind is ShapeKind.Step or ShapeKind.Pill || Sizes.HasName(shape.Node);
            shape.Name = titled ? Svg.Wrap(shape.Node.Name, 14, room) : [];
            shape.Height = titled ? 12 + (Ways(shape).Count * 15) + (shape.Name.Count * 19) + (Captions(shape, room).Count * 16) : 22;
            shape.Y = y;
            shape.X = Left + (shape.Track * Lane);
            y += shape.Height;
        }

        foreach (var line in graph.Lines.OrderBy(l => l.Gone)) Ahead(line);
        for (var i = 0; i < backs.Count; i++) Backward(backs[i], Width - 8 - (lanes[backs[i]] * 9), textX);
        foreach (var shape in rows) Draw(shape, textX, room);
        var legend = _svg.Legend(graph, Left - 8, y, Width - 24);
        return _svg.Document(graph, Width, y + legend + 8);
    }

    private static List<string> Ways(Shape shape) =>
        [.. shape.In.Where(l => l.Label.Length > 0 && shape.In.Count < 3).Select(l => l.From.Layer == shape.Layer - 1 ? l.Label : $"{l.From.Node.Name}：{l.Label}").Distinct()];

    private static List<string> Captions(Shape shape, double room)
    {
        var texts = new List<string>();
        if (shape.Mark is { Captions.Count: > 0 } mark) texts.Add(string.Join("　", mark.Captions));
        texts.AddRange(shape.Back.Select(l => $"{(l.Label.Length > 0 ? l.Label : "退回")} ↩ {(l.To == shape ? "本步" : Named(l.To))}"));
        return [.. texts.SelectMany(t => Svg.Wrap(t, 12, room))];
    }

    /// <summary>What people would call the place: for a fork, what comes behind it.</summary>
    private static string Named(Shape shape)
    {
        while (shape.Kind is not ShapeKind.Step and not ShapeKind.Pill && !Sizes.HasName(shape.Node) && shape.Out.Count > 0) shape = shape.Out[0].To;
        return shape.Node.Name;
    }

    private static double MarkY(Shape shape) => shape.Name.Count == 0 ? shape.MidY : shape.Y + 17 + (Ways(shape).Count * 15);

    /// <summary>Backward ways that run beside each other take lanes of their own.</summary>
    private static Dictionary<Line, int> Lanes(List<Line> backs)
    {
        var lanes = new Dictionary<Line, int>();
        foreach (var line in backs)
        {
            var lane = 0;
            while (lanes.Any(o => o.Value == lane && o.Key.To.Layer <= line.From.Layer && o.Key.From.Layer >= line.To.Layer)) lane++;
            lanes[line] = lane;
        }

        return lanes;
    }

    private void Ahead(Line line)
    {
        var track = line.To.Layer == line.From.Layer + 1 ? line.To.Track : line.Track;
        var x = Left + (track * Lane);
        var (fromY, toY) = (MarkY(line.From) + Radius(line.From), MarkY(line.To) - Radius(line.To) - 1);
        var turn = Math.Min(20, (toY - fromY) / 2);
        var ink = line.Gone ? Svg.GoneInk : Svg.LineInk;
        var d = FormattableString.Invariant($"M{line.From.X:0.#} {fromY:0.#}");
        if (track != line.From.Track) d += FormattableString.Invariant($"C{line.From.X:0.#} {fromY + turn:0.#} {x:0.#} {fromY:0.#} {x:0.#} {fromY + turn:0.#}");
        if (track != line.To.Track) d += FormattableString.Invariant($"V{toY - turn:0.#}C{x:0.#} {toY:0.#} {line.To.X:0.#} {toY - turn:0.#} {line.To.X:0.#} {toY - 4:0.#}");
        else d += FormattableString.Invariant($"V{toY - 4:0.#}");
        _svg.Path(d, ink, line.Gone ? 2.4 : 1.6);
        _svg.Arrow((line.To.X, toY - 10), (line.To.X, toY), ink);
    }

    private void Backward(Line line, double x, double textX)
    {
        var ink = line.Gone ? Svg.GoneInk : Svg.LineInk;
        var nth = line.From.Back.Count - 1 - line.From.Back.IndexOf(line);
        var from = line.From.Y + line.From.Height - 10 - (nth * 16);
        var to = MarkY(line.To) + (graph.BackLines.TakeWhile(l => l != line).Count(l => l.To == line.To) * 4);
        var label = Captions(line.From, Width).SkipLast(nth).LastOrDefault() ?? "";
        var start = Math.Min(x - 8, textX + Svg.Measure(label, 12) + 6);
        var end = Math.Min(x - 10, textX + Svg.Measure(line.To.Name.Count == 0 ? "" : line.To.Name[0], 14) + 8);
        _svg.Way([(start, from), (x, from), (x, to), (end, to)], ink, line.Gone ? 1.8 : 1.3, "4 3");
    }

    private static double Radius(Shape shape) => shape.Kind switch
    {
        ShapeKind.Step => shape.State is NodeState.Ahead ? 7 : 8.5,
        ShapeKind.Decision => 7,
        ShapeKind.End => 8.5,
        ShapeKind.Start => 7,
        _ => shape.State is NodeState.Ahead ? 5 : 7,
    };

    private void Draw(Shape shape, double textX, double room)
    {
        var (stroke, fill) = Svg.Colours(shape.State);
        var plain = shape.Mark is null;
        if (plain) stroke = Svg.Ink2;
        var (x, y) = (shape.X, MarkY(shape));
        _svg.Open(Sizes.Kind(shape.Kind), shape.Mark, shape.Node.Name);
        if (shape.State is NodeState.Current or NodeState.Late or NodeState.Flawed)
            _svg.Rect(textX - 9, shape.Y + 2, Math.Min(room + 14, Width - textX + 5), shape.Height - 4, 6, fill, stroke, shape.State is NodeState.Late or NodeState.Flawed ? 2 : 1.2);
        switch (shape.Kind)
        {
            case ShapeKind.Start:
                _svg.Circle(x, y, 6.5, stroke, "none", 0);
                break;
            case ShapeKind.End:
                _svg.Circle(x, y, 8, Svg.Paper, stroke, 1.6);
                _svg.Circle(x, y, 4, stroke, "none", 0);
                break;
            case ShapeKind.Decision:
                _svg.Diamond(x, y, 7.5, plain || shape.State == NodeState.Ahead ? fill : stroke, stroke, 1.5);
                break;
            case ShapeKind.Bar:
                _svg.Rect(x - 7, y - 2.5, 14, 5, 2.5, shape.State == NodeState.Done ? stroke : Svg.Paper, stroke, 1.3);
                break;
            default:
                if (shape.State == NodeState.Ahead) _svg.Circle(x, y, Radius(shape) - 0.5, fill, stroke, 1.6);
                else _svg.Badge(x, y, shape.State, Radius(shape));
                break;
        }

        var at = shape.Y + 6;
        foreach (var way in Ways(shape))
        {
            _svg.Text(textX, at + 11, $"〔{way}〕", Svg.Small, Svg.Ink2, "start");
            at += 15;
        }

        var faint = shape.State is NodeState.Skipped or NodeState.Cancelled || shape.Kind is not ShapeKind.Step;
        foreach (var text in shape.Name)
        {
            _svg.Text(textX, at + 16, text, shape.Kind == ShapeKind.Step ? 14 : 12.5, faint ? Svg.Ink2 : Svg.Ink, "start",
                bold: shape.State is NodeState.Current or NodeState.Late or NodeState.Flawed, struck: shape.State == NodeState.Cancelled);
            at += 19;
        }

        var active = shape.State is NodeState.Current or NodeState.Late or NodeState.Flawed;
        foreach (var text in shape.Name.Count == 0 ? [] : Captions(shape, room))
        {
            _svg.Text(textX, at + 12, text, 12, active ? stroke : Svg.Ink2, "start");
            at += 16;
        }

        _svg.Close();
    }
}
