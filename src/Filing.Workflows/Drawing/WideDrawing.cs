namespace Filing.Workflows;

/// <summary>
/// Left to right; what is longer than the width goes on in a further row, as text does. Ways run along right angles: straight on their track, up and down in
/// the channels between the columns; backward ways run dashed below the row.
/// </summary>
internal sealed class WideDrawing(DrawnGraph graph)
{
    private const double Edge = 14;
    private const double Lane = 9;
    private const double Tip = 13;
    private const double BackPitch = 17;
    private const double TrackGap = 20;

    private readonly Svg _svg = new();
    private readonly List<Row> _rows = [];
    private readonly Dictionary<(Shape, bool Back), double> _trunks = [];
    private readonly Dictionary<Line, (double Left, double Right)> _margins = [];
    private readonly Dictionary<(Line, bool Out), double> _ports = [];
    private double[] _columns = [];
    private Channel[] _channels = [];
    private double _left;
    private double _width;

    public string Draw()
    {
        foreach (var shape in graph.Shapes) Sizes.Measure(shape);
        TrackLayout.Layer(graph.Shapes);
        TrackLayout.Track(graph.Shapes);
        MeasureColumns();
        BreakIntoRows();
        PlaceAcross();
        var bottom = PlaceDown();

        var lines = new List<(Line Line, List<(double, double)> Points)>();
        foreach (var line in graph.Lines) lines.Add((line, Ahead(line)));
        foreach (var line in graph.BackLines) lines.Add((line, Backward(line)));
        foreach (var (line, points) in lines.OrderBy(l => l.Line.Gone).ThenByDescending(l => l.Line.Back))
            _svg.Way(points, line.Gone ? Svg.GoneInk : Svg.LineInk, line.Gone ? 2.2 : 1.5, line.Back ? "5 4" : null);
        foreach (var line in graph.Lines) LabelAhead(line);
        foreach (var line in graph.BackLines) LabelBack(line);
        foreach (var shape in graph.Shapes) Sizes.Draw(_svg, shape);
        var legend = _svg.Legend(graph, _left, bottom, _width - _left - Edge);
        return _svg.Document(graph, _width, bottom + legend + 4);
    }

    private void MeasureColumns()
    {
        var layers = graph.Shapes.Max(s => s.Layer) + 1;
        _columns = new double[layers];
        _channels = [.. Enumerable.Range(0, layers).Select(_ => new Channel())];
        foreach (var shape in graph.Shapes) _columns[shape.Layer] = Math.Max(_columns[shape.Layer], shape.Width);
        foreach (var line in graph.Lines)
        {
            if (line.Label.Length > 0) _channels[line.From.Layer].Label = Math.Max(_channels[line.From.Layer].Label, Svg.Measure(line.Label, Svg.Small) + 10);
            foreach (var (channel, shape) in Turns(line))
            {
                var trunks = shape == line.From ? _channels[channel].Leaving : _channels[channel].Entering;
                if (!trunks.Contains((shape, false))) trunks.Add((shape, false));
            }
        }

        foreach (var line in graph.BackLines)
        {
            if (IsCovered(line.From) && !_channels[line.From.Layer].Leaving.Contains((line.From, true))) _channels[line.From.Layer].Leaving.Add((line.From, true));
            if (IsCovered(line.To) && line.To.Layer > 0 && !_channels[line.To.Layer - 1].Entering.Contains((line.To, true)))
                _channels[line.To.Layer - 1].Entering.Add((line.To, true));
        }
    }

    /// <summary>The channels where a way changes its track, and whose trunk it uses there.</summary>
    private static IEnumerable<(int Channel, Shape Trunk)> Turns(Line line)
    {
        if (line.To.Layer == line.From.Layer + 1)
        {
            if (line.From.Track != line.To.Track) yield return (line.From.Layer, line.From.Out.Count > 1 ? line.From : line.To);
            yield break;
        }

        if (line.Track != line.From.Track) yield return (line.From.Layer, line.From);
        if (line.Track != line.To.Track) yield return (line.To.Layer - 1, line.To);
    }

    private bool IsCovered(Shape shape) => graph.Shapes.Exists(s => s.Layer == shape.Layer && s.Track > shape.Track);

    /// <summary>Breaks where few ways cross and rows come out about equally long: the cheapest of all breaks, as in setting a paragraph.</summary>
    private void BreakIntoRows()
    {
        var last = _columns.Length - 1;
        var all = Across(0, last);
        var room = graph.Options.Width - (2 * Edge);
        if (all > room) room -= 70;
        var goal = all / Math.Ceiling(all / room);
        var best = new (double Cost, int Next)[_columns.Length + 1];
        for (var first = last; first >= 0; first--)
        {
            best[first] = (double.MaxValue, first + 1);
            for (var end = first; end <= last && (end == first || Across(first, end) <= room); end++)
            {
                // The last row may be short, but not a stub.
                var off = Math.Max(0, (end == last ? goal / 2 : goal) - Across(first, end)) / goal;
                var cost = 10 + (off * off * 30) + best[end + 1].Cost;
                foreach (var line in graph.Lines)
                {
                    if (line.From.Layer <= end && line.To.Layer > end) cost += line.From.Layer == end && line.From.Out.Count > 1 ? 5 : 3;
                }

                foreach (var line in graph.BackLines)
                {
                    if (line.From.Layer > end && line.To.Layer <= end) cost += 2;
                }

                if (cost < best[first].Cost) best[first] = (cost, end + 1);
            }
        }

        for (var first = 0; first <= last; first = best[first].Next) _rows.Add(new(_rows.Count, first, best[first].Next - 1));
    }

    private double Across(int first, int last)
    {
        var width = 0.0;
        for (var layer = first; layer <= last; layer++) width += _columns[layer] + (layer < last ? _channels[layer].Width : 0);
        return width;
    }

    private Row RowOf(int layer) => _rows.First(r => layer >= r.First && layer <= r.Last);

    private void PlaceAcross()
    {
        // Margins: ways that go on in the next row turn right of one row and left of the next; those back to an earlier row rise at the left.
        double stub = 0;
        var leftLanes = 0;
        foreach (var row in _rows.SkipLast(1))
        {
            var wraps = graph.Lines.Where(l => l.From.Layer <= row.Last && l.To.Layer > row.Last).ToList();
            row.Wraps.AddRange(wraps.OrderBy(l => TrackAfter(l, row.Last)).ThenBy(l => TrackBefore(l, row.Last)));
            leftLanes = Math.Max(leftLanes, wraps.Count);
            stub = Math.Max(stub, wraps.Where(l => l.From.Layer == row.Last).Select(l => l.Label.Length == 0 ? 0 : Svg.Measure(l.Label, Svg.Small) + 8).DefaultIfEmpty(0).Max());
        }

        var risers = graph.BackLines.Where(l => RowOf(l.From.Layer) != RowOf(l.To.Layer)).ToList();
        var covered = _rows.Any(r => r.First > 0 && _channels[r.First - 1].Entering.Any(t => t.Item2)) ? Lane : 0;
        _left = Edge + ((leftLanes + risers.Count) * Lane) + (_rows.Count > 1 ? Tip + 4 + stub + covered : 0);
        for (var i = 0; i < risers.Count; i++) _margins[risers[i]] = (Edge + (i * Lane), 0);

        foreach (var row in _rows)
        {
            var x = _left;
            for (var layer = row.First; layer <= row.Last; layer++)
            {
                foreach (var shape in graph.Shapes.Where(s => s.Layer == layer)) shape.X = x + ((_columns[layer] - shape.Width) / 2);
                x += _columns[layer];
                var channel = _channels[layer];
                channel.X = x;
                for (var i = 0; i < channel.Leaving.Count; i++) _trunks[channel.Leaving[i]] = x + 10 + (i * Lane);
                if (layer == row.Last) continue;
                x += channel.Width;
                for (var i = 0; i < channel.Entering.Count; i++) _trunks[channel.Entering[i]] = x - Tip - (i * Lane);
            }

            if (row.First > 0)
            {
                var entering = _channels[row.First - 1].Entering.Where(t => t.Item2).ToList();
                for (var i = 0; i < entering.Count; i++) _trunks[entering[i]] = _left - Tip;
            }

            row.Right = x + (_channels[row.Last].Leaving.Any(t => t.Item2) ? 10 + (_channels[row.Last].Leaving.Count * Lane) : 0);
        }

        foreach (var row in _rows.SkipLast(1))
        {
            for (var i = 0; i < row.Wraps.Count; i++)
            {
                var k = row.Wraps.Count - 1 - i;
                row.Turns[row.Wraps[i]] = (row.Right + 12 + (k * Lane), Edge + ((risers.Count + leftLanes - 1 - i) * Lane), k);
            }
        }

        _width = _rows.Max(r => r.Right + (r.Wraps.Count == 0 ? 0 : 12 + ((r.Wraps.Count - 1) * Lane))) + Edge;
        foreach (var shape in graph.Shapes)
        {
            List<(Line Line, bool Out)> ends = [.. graph.BackLines.Where(l => l.From == shape && !Sideways(l.From)).Select(l => (l, true)),
                .. graph.BackLines.Where(l => l.To == shape && !Sideways(l.To)).Select(l => (l, false))];
            var ordered = ends.OrderBy(e => OtherX(e.Line, e.Out)).ToList();
            var pitch = ordered.Count < 2 ? 0 : Math.Min(14, ((Sizes.Reach(shape) * 2) - 16) / (ordered.Count - 1));
            for (var i = 0; i < ordered.Count; i++) _ports[ordered[i]] = shape.MidX + ((i - ((ordered.Count - 1) / 2.0)) * Math.Max(0, pitch));
        }
    }

    /// <summary>Which side the other end of a backward way lies on; one to another row goes by the left.</summary>
    private double OtherX(Line line, bool leaving) =>
        RowOf(line.From.Layer) != RowOf(line.To.Layer) ? 0
        : line.From == line.To ? line.From.MidX + (leaving ? 1 : -1)
        : leaving ? line.To.MidX : line.From.MidX;

    private bool Sideways(Shape shape) => IsCovered(shape);

    private static int TrackAfter(Line line, int layer) => line.To.Layer == layer + 1 ? line.To.Track : line.Track;

    private static int TrackBefore(Line line, int layer) => line.From.Layer == layer ? line.From.Track : line.Track;

    private double PlaceDown()
    {
        var top = 12.0;
        foreach (var row in _rows)
        {
            var shapes = graph.Shapes.Where(s => s.Layer >= row.First && s.Layer <= row.Last).ToList();
            var tracks = new SortedDictionary<int, double>();
            foreach (var shape in shapes) Raise(tracks, shape.Track, Sizes.Drop(shape));
            foreach (var line in graph.Lines)
            {
                if (line.To.Layer - 1 >= row.First && line.From.Layer + 1 <= row.Last && line.To.Layer > line.From.Layer + 1) Raise(tracks, line.Track, 7);
                if (line.To.Layer == row.First && line.From.Layer < row.First) Raise(tracks, line.To.Track, 7);
                if (line.From.Layer == row.Last && line.To.Layer > row.Last) Raise(tracks, line.From.Track, 7);
            }

            var y = top;
            foreach (var (track, half) in tracks)
            {
                row.Tracks[track] = y + half;
                y += (half * 2) + TrackGap;
            }

            y -= TrackGap;
            foreach (var shape in shapes) shape.Y = row.Tracks[shape.Track] - (shape.Height / 2);
            row.Bottom = y;
            top = PlaceBelow(row) + (row.Index < _rows.Count - 1 ? 26 : 10);
        }

        return top;
    }

    /// <summary>Puts the backward ways and the ways to the next row below a row; the answer is where they end.</summary>
    private double PlaceBelow(Row row)
    {
        var lanes = new List<double>();
        var spans = graph.BackLines.SelectMany(l => Spans(l).Where(s => s.Row == row).Select(s => (Line: l, s.From, s.To))).OrderBy(s => s.To - s.From);
        var taken = new List<List<(double From, double To)>>();
        foreach (var (line, from, to) in spans)
        {
            var wide = line.Label.Length == 0 ? 0 : Svg.Measure(line.Label, Svg.Small) + 20;
            var (a, b) = (Math.Min(from, to - wide), Math.Max(to, from + wide));
            var lane = taken.FindIndex(t => t.TrueForAll(o => o.To + 6 < a || o.From - 6 > b));
            if (lane < 0)
            {
                lane = taken.Count;
                taken.Add([]);
                lanes.Add(0);
            }

            taken[lane].Add((a, b));
            row.Lanes[line] = row.Bottom + 16 + (lane * BackPitch);
        }

        var bottom = row.Bottom + (lanes.Count > 0 ? 10 + (lanes.Count * BackPitch) : 0);
        row.Gutter = bottom + 14;
        return row.Wraps.Count > 0 ? row.Gutter + ((row.Wraps.Count - 1) * Lane) : bottom;
    }

    private IEnumerable<(Row Row, double From, double To)> Spans(Line line)
    {
        var (from, to) = (RowOf(line.From.Layer), RowOf(line.To.Layer));
        var (x, y) = (EndX(line, true), EndX(line, false));
        if (from == to)
        {
            yield return (from, Math.Min(x, y), Math.Max(x, y));
            yield break;
        }

        yield return (from, _margins[line].Left, x);
        yield return (to, _margins[line].Left, y);
    }

    private double EndX(Line line, bool leaving)
    {
        var shape = leaving ? line.From : line.To;
        return Sideways(shape) && _trunks.TryGetValue((shape, true), out var trunk) ? trunk : _ports.GetValueOrDefault((line, leaving), shape.MidX);
    }

    private List<(double, double)> Ahead(Line line)
    {
        var row = RowOf(line.From.Layer);
        var track = line.From.Track;
        var y = row.Tracks[track];
        var points = new List<(double, double)> { (line.From.MidX + Sizes.Reach(line.From), y) };
        for (var channel = line.From.Layer; channel < line.To.Layer; channel++)
        {
            var next = channel == line.To.Layer - 1 ? line.To.Track : line.Track;
            if (channel == row.Last)
            {
                var (right, left, lane) = row.Turns[line];
                var gutter = row.Gutter + (lane * Lane);
                row = _rows[row.Index + 1];
                points.AddRange([(right, y), (right, gutter), (left, gutter), (left, row.Tracks[next])]);
            }
            else if (next != track)
            {
                var x = _trunks[(Turns(line).First(t => t.Channel == channel).Trunk, false)];
                points.AddRange([(x, y), (x, row.Tracks[next])]);
            }

            track = next;
            y = row.Tracks[track];
        }

        points.Add((line.To.MidX - Sizes.Reach(line.To) - 1, y));
        return points;
    }

    private List<(double, double)> Backward(Line line)
    {
        var (from, to) = (RowOf(line.From.Layer), RowOf(line.To.Layer));
        var points = new List<(double, double)>();
        var x = EndX(line, true);
        if (Sideways(line.From)) points.AddRange([(line.From.MidX + Sizes.Reach(line.From), line.From.MidY), (x, line.From.MidY)]);
        else points.Add((x, line.From.MidY + Sizes.Drop(line.From)));
        points.Add((x, from.Lanes[line]));
        if (from != to) points.AddRange([(_margins[line].Left, from.Lanes[line]), (_margins[line].Left, to.Lanes[line])]);
        x = EndX(line, false);
        points.Add((x, to.Lanes[line]));
        if (Sideways(line.To) && line.To.Layer > 0) points.AddRange([(x, line.To.MidY), (line.To.MidX - Sizes.Reach(line.To) - 1, line.To.MidY)]);
        else points.Add((x, line.To.MidY + Sizes.Drop(line.To) + 1));
        return points;
    }

    private void LabelAhead(Line line)
    {
        if (line.Label.Length == 0) return;
        var row = RowOf(line.From.Layer);
        var ink = line.Gone ? Svg.Ink : Svg.Ink2;
        if (line.From.Layer == row.Last)
        {
            row = _rows[row.Index + 1];
            _svg.Text(_left - Tip - 2, row.Tracks[TrackAfter(line, line.From.Layer)] - 5, line.Label, Svg.Small, ink, "end");
            return;
        }

        var channel = _channels[line.From.Layer];
        var track = line.To.Layer == line.From.Layer + 1 ? line.To.Track : line.Track;
        var x = channel.X + 10 + (channel.Leaving.Count == 0 ? -4 : (channel.Leaving.Count * Lane) - 3);
        // A way that only turns at its target's trunk still runs on its source's track where the label stands.
        if (Turns(line).FirstOrDefault().Trunk == line.To && line.To.Layer == line.From.Layer + 1) track = line.From.Track;
        _svg.Text(x, row.Tracks[track] - 5, line.Label, Svg.Small, ink, "start");
    }

    private void LabelBack(Line line)
    {
        if (line.Label.Length == 0) return;
        var (row, from, to) = Spans(line).First();
        var wide = Svg.Measure(line.Label, Svg.Small);
        var x = row == RowOf(line.To.Layer) ? (from + to) / 2 : Math.Max(to - (wide / 2) - 12, from + (wide / 2) + 8);
        _svg.Rect(x - (wide / 2) - 4, row.Lanes[line] - 8, wide + 8, 16, 3, Svg.Paper, "none", 0);
        _svg.Text(x, row.Lanes[line] + 4, line.Label, Svg.Small, line.Gone ? Svg.Ink : Svg.Ink2);
    }

    private static void Raise(SortedDictionary<int, double> tracks, int track, double half) =>
        tracks[track] = Math.Max(tracks.GetValueOrDefault(track), half);

    private sealed class Row(int index, int first, int last)
    {
        public int Index => index;

        public int First => first;

        public int Last => last;

        public double Right { get; set; }

        public double Bottom { get; set; }

        public double Gutter { get; set; }

        public Dictionary<int, double> Tracks { get; } = [];

        public Dictionary<Line, double> Lanes { get; } = [];

        public List<Line> Wraps { get; } = [];

        public Dictionary<Line, (double Right, double Left, int Lane)> Turns { get; } = [];
    }

    private sealed class Channel
    {
        public double X { get; set; }

        public double Label { get; set; }

        public List<(Shape, bool Back)> Leaving { get; } = [];

        public List<(Shape, bool Back)> Entering { get; } = [];

        public double Width => Math.Max(28, 10 + (Leaving.Count * Lane) + Label + (Entering.Count * Lane) + (Entering.Count > 0 ? Tip - Lane + 4 : Tip));
    }
}
