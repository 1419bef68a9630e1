namespace Filing.Workflows;

/// <summary>
/// Gives each shape a track, as trains have: the longest way through the work runs straight on track 0, every branch on a track below that is free from where
/// it leaves to where it comes back, so that no line runs through a shape.
/// </summary>
internal static class TrackLayout
{
    /// <summary>Sets each shape's layer to the length of the longest way to it.</summary>
    public static void Layer(IReadOnlyList<Shape> shapes)
    {
        foreach (var shape in InOrder(shapes, _ => 0))
            shape.Layer = shape.In.Count == 0 ? 0 : shape.In.Max(l => l.From.Layer) + 1;
    }

    /// <summary>Sets each shape's layer to a place of its own, branch by branch, the short ones first.</summary>
    public static void Line(IReadOnlyList<Shape> shapes)
    {
        var place = 0;
        Layer(shapes);
        var depth = new Dictionary<Shape, int>();
        foreach (var shape in shapes.OrderByDescending(s => s.Layer))
            depth[shape] = shape.Out.Count == 0 ? 0 : shape.Out.Max(l => depth[l.To]) + 1;
        foreach (var shape in InOrder(shapes, line => depth[line.To]).ToList()) shape.Layer = place++;
    }

    /// <summary>Sets the tracks of shapes that have their layers, and of the lines between them.</summary>
    public static void Track(IReadOnlyList<Shape> shapes)
    {
        var taken = new HashSet<(int Layer, int Track)>();
        var left = shapes.OrderBy(s => s.Layer).ThenBy(s => s.Order).ToList();
        while (left.Count > 0)
        {
            var chain = Chain(left[0], shapes);
            var entry = chain[0].In.Where(l => l.From.Track >= 0).MaxBy(l => l.From.Layer);
            var exit = chain[^1].Out.Where(l => l.To.Track >= 0).MinBy(l => l.To.Layer);
            var first = entry is null ? chain[0].Layer : entry.From.Layer + 1;
            var last = exit is null ? chain[^1].Layer : exit.To.Layer - 1;
            var track = entry is null ? 0 : entry.From.Track + 1;
            while (!IsFree(taken, first, last, track)) track++;
            Take(taken, first, last, track);
            foreach (var shape in chain) shape.Track = track;
            for (var i = 1; i < chain.Count; i++) chain[i].In.First(l => l.From == chain[i - 1]).Track = track;
            if (entry is not null) entry.Track = track;
            if (exit is not null) exit.Track = track;
            left.RemoveAll(chain.Contains);
        }

        foreach (var line in shapes.SelectMany(s => s.Out).Where(l => l.Track < 0).OrderBy(l => l.To.Layer - l.From.Layer))
        {
            var (first, last) = (line.From.Layer + 1, line.To.Layer - 1);
            var track = first > last || IsFree(taken, first, last, line.From.Track) ? line.From.Track
                : IsFree(taken, first, last, line.To.Track) ? line.To.Track
                : Math.Min(line.From.Track, line.To.Track) + 1;
            while (first <= last && !IsFree(taken, first, last, track)) track++;
            Take(taken, first, last, track);
            line.Track = track;
        }
    }

    /// <summary>Sources before targets; a branch is gone to its end before the next begins.</summary>
    private static IEnumerable<Shape> InOrder(IReadOnlyList<Shape> shapes, Func<Line, int> rank)
    {
        var open = shapes.ToDictionary(s => s, s => s.In.Count);
        var free = new Stack<Shape>(shapes.Where(s => s.In.Count == 0).Reverse());
        while (free.TryPop(out var shape))
        {
            yield return shape;
            foreach (var line in shape.Out.OrderByDescending(rank).ThenByDescending(l => l.To.Order))
            {
                if (--open[line.To] == 0) free.Push(line.To);
            }
        }
    }

    /// <summary>The weightiest way on from a shape through shapes that have no track.</summary>
    private static List<Shape> Chain(Shape head, IReadOnlyList<Shape> shapes)
    {
        var best = new Dictionary<Shape, (int Weight, Shape? Next)>();
        foreach (var shape in shapes.Where(s => s.Track < 0).OrderByDescending(s => s.Layer))
        {
            var (weight, next) = (0, (Shape?)null);
            foreach (var line in shape.Out)
            {
                if (line.To.Track >= 0 || best[line.To].Weight <= weight) continue;
                (weight, next) = (best[line.To].Weight, line.To);
            }

            best[shape] = (weight + (shape.Kind == ShapeKind.Step ? 10 : shape.Kind == ShapeKind.End ? 5 : 1), next);
        }

        var chain = new List<Shape>();
        for (var at = head; at is not null; at = best[at].Next) chain.Add(at);
        return chain;
    }

    private static bool IsFree(HashSet<(int, int)> taken, int first, int last, int track)
    {
        for (var layer = first; layer <= last; layer++)
        {
            if (taken.Contains((layer, track))) return false;
        }

        return true;
    }

    private static void Take(HashSet<(int, int)> taken, int first, int last, int track)
    {
        for (var layer = first; layer <= last; layer++) taken.Add((layer, track));
    }
}
